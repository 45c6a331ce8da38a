"""Our lines: phone numbers, what a recipient's device can, the contact card."""

from tests.contract.sdk import Sdk, opened
from tests.contract.world import Account


def test_our_lines_are_listed(sdk: Sdk, account: Account) -> None:
    lines = sdk(lambda linq: linq.phone_numbers.list()).phone_numbers
    assert sdk.status == 200
    assert account.line in [line.phone_number for line in lines]


def test_a_wrong_token_opens_nothing(account: Account, kind: str) -> None:
    with opened(kind, account.base_url, "wrong") as stranger:
        assert stranger.refusal(lambda linq: linq.phone_numbers.list()) == (401, 2004)
