"""Our lines: phone numbers, what a recipient's device can, the contact card."""

import pytest

from tests.contract.sdk import Sdk, opened
from tests.contract.world import Account, Talk, World


def test_our_lines_are_listed(sdk: Sdk, account: Account) -> None:
    lines = sdk(lambda linq: linq.phone_numbers.list()).phone_numbers
    assert sdk.status == 200
    assert account.line in [line.phone_number for line in lines]


def test_a_wrong_token_opens_nothing(account: Account, kind: str) -> None:
    with opened(kind, account.base_url, "wrong") as stranger:
        assert stranger.refusal(lambda linq: linq.phone_numbers.list()) == (401, 2004)


@pytest.mark.usefixtures("world")
def test_who_is_blocked_is_listed_until_unblocked(sdk: Sdk, talk: Talk) -> None:
    handle = talk.customer
    made = sdk(lambda linq: linq.blocked_handles.block(handle=handle, reason="Spam")).blocked_handle
    assert (made.handle, made.reason) == (handle, "Spam")
    listed = sdk(lambda linq: linq.blocked_handles.list()).blocked_handles
    assert [each.handle for each in listed] == [handle]
    sdk(lambda linq: linq.blocked_handles.unblock(handle=handle))
    assert sdk(lambda linq: linq.blocked_handles.list()).blocked_handles == []


def test_who_has_imessage_is_told(sdk: Sdk, account: Account, talk: Talk) -> None:
    checked = sdk(lambda linq: linq.capability.check_i_message(address=talk.customer, from_=account.line))
    assert sdk.status == 200
    assert (checked.address, checked.available) == (talk.customer, True)


def test_who_has_rcs_is_told(sdk: Sdk, world: World) -> None:
    address = world.customer(last_digit=3)
    assert sdk(lambda linq: linq.capability.check_RCS(address=address)).available


def test_who_has_neither_is_told_why(sdk: Sdk, world: World) -> None:
    address = world.customer(last_digit=9)
    answer = sdk(lambda linq: linq.capability.check_i_message(address=address))
    assert (answer.available, answer.reason) == (False, "not_supported")
    world.act(advance_s=11)
    answer = sdk(lambda linq: linq.capability.check_RCS(address=address))
    assert not answer.available


def test_a_check_is_made_once_in_ten_seconds(sdk: Sdk, world: World) -> None:
    address = world.customer()
    sdk(lambda linq: linq.capability.check_i_message(address=address))
    refused = sdk.refused(lambda linq: linq.capability.check_RCS(address=address))
    assert (refused.status_code, refused.code) == (429, 1007)
    assert refused.retry_after == int(refused.response.headers["Retry-After"])
    world.act(advance_s=11)
    sdk(lambda linq: linq.capability.check_RCS(address=address))


def test_a_check_takes_an_address_that_can_be_one(sdk: Sdk, world: World) -> None:
    assert sdk.refusal(lambda linq: linq.capability.check_i_message(address="Ana")) == (400, 1002)
    world.act(advance_s=11)
    refused = sdk.refused(lambda linq: linq.capability.check_RCS(address="ana@example.com"))
    assert refused.status_code == 400


@pytest.mark.usefixtures("world")
def test_a_contact_card_is_made_read_and_changed(sdk: Sdk, account: Account) -> None:
    made = sdk(
        lambda linq: linq.contact_card.create(
            phone_number=account.line,
            first_name="Bike",
            last_name="Shop",
            image_url="https://example.com/a.png",
        )
    )
    assert (made.phone_number, made.first_name, made.is_active) == (account.line, "Bike", True)
    changed = sdk(lambda linq: linq.contact_card.update(phone_number=account.line, last_name="Works"))
    assert (changed.first_name, changed.last_name) == ("Bike", "Works")
    for cards in (
        sdk(lambda linq: linq.contact_card.retrieve(phone_number=account.line)),
        sdk(lambda linq: linq.contact_card.retrieve()),
    ):
        card = next(each for each in cards.contact_cards if each.phone_number == account.line)
        assert (card.phone_number, card.first_name, card.last_name) == (account.line, "Bike", "Works")


@pytest.mark.usefixtures("world")
def test_a_contact_card_is_not_made_twice(sdk: Sdk, account: Account) -> None:
    sdk(lambda linq: linq.contact_card.create(phone_number=account.line, first_name="Bike"))
    assert sdk.refusal(
        lambda linq: linq.contact_card.create(phone_number=account.line, first_name="Bike")
    ) == (409, 2014)


@pytest.mark.usefixtures("world")
def test_a_contact_card_that_is_none_is_not_changed(sdk: Sdk, account: Account) -> None:
    assert sdk.refusal(
        lambda linq: linq.contact_card.update(phone_number=account.line, first_name="Bike")
    ) == (404, 2012)


@pytest.mark.usefixtures("world")
def test_a_line_without_a_contact_card_says_so(sdk: Sdk, account: Account) -> None:
    assert sdk.refusal(lambda linq: linq.contact_card.retrieve(phone_number=account.line)) == (404, 2012)


def test_a_contact_card_is_written_three_times_in_ten_minutes(
    sdk: Sdk, account: Account, world: World
) -> None:
    sdk(lambda linq: linq.contact_card.create(phone_number=account.line, first_name="Bike"))
    sdk(lambda linq: linq.contact_card.update(phone_number=account.line, last_name="Shop"))
    sdk(lambda linq: linq.contact_card.update(phone_number=account.line, last_name="Works"))
    refused = sdk.refused(lambda linq: linq.contact_card.update(phone_number=account.line, last_name="Inc"))
    assert (refused.status_code, refused.code) == (429, 1007)
    assert refused.retry_after == int(refused.response.headers["Retry-After"])
    world.act(advance_s=600)
    sdk(lambda linq: linq.contact_card.update(phone_number=account.line, last_name="Inc"))


@pytest.mark.parametrize("number", ["555-0100", "Ana"])
def test_a_contact_card_belongs_to_a_number(sdk: Sdk, world: World, number: str) -> None:
    del world
    refused = sdk.refused(lambda linq: linq.contact_card.create(phone_number=number, first_name="Bike"))
    assert refused.status_code == 400
