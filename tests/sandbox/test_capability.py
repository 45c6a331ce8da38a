from collections.abc import Iterator
from typing import Any

import pytest
from linq import RateLimitError

from linqdesk.sandbox.options import SandboxOptions
from tests.sandbox.conftest import Outsider, error_of
from tests.sandbox.inside import inside, vendor

LINE = "+14155550110"


@pytest.fixture
def world() -> Iterator[Outsider]:
    with inside(SandboxOptions(story="empty")) as outsider:
        yield outsider


def check(world: Outsider, what: str, address: Any, **more: Any) -> Any:
    world.act("/world", {"advance_s": 10.1})
    return world.api.post(f"/v3/capability/check_{what}", json={"address": address, **more})


@pytest.mark.parametrize(
    ("what", "address", "expected"),
    [
        ("imessage", "ana@shop.test", (True, "iMessage")),
        ("imessage", "+14155550100", (True, "iMessage")),
        ("imessage", "+14155550107", (False, "RCS")),
        ("rcs", "+14155550107", (True, "RCS")),
        ("rcs", "+14155550109", (False, "SMS")),
    ],
)
def test_a_check_tells_what_reaches_the_recipient(
    world: Outsider, what: str, address: str, expected: tuple[bool, str]
) -> None:
    answer = check(world, what, address, **{"from": LINE}).json()
    assert (answer["available"], answer["selected_service"]) == expected
    assert answer.get("reason") == (None if expected[0] else "not_supported")


def test_there_is_one_check_in_ten_seconds_of_either_kind(world: Outsider) -> None:
    assert check(world, "imessage", "+14155550100").status_code == 200
    refused = world.api.post("/v3/capability/check_rcs", json={"address": "+14155550100"})
    assert error_of(refused) == (429, 1007)
    assert refused.headers["Retry-After"] == "10"
    assert check(world, "rcs", "+14155550100").status_code == 200


@pytest.mark.parametrize("options", [SandboxOptions(story="empty", speed="fast")])
def test_who_is_told_to_wait_is_told_his_own_seconds(options: SandboxOptions) -> None:
    with inside(options) as world:
        codes = [
            world.api.post("/v3/capability/check_imessage", json={"address": "+14155550100"})
            for _ in range(2)
        ]
        assert codes[1].headers["Retry-After"] == "1"


@pytest.mark.parametrize(
    ("what", "body", "expected"),
    [
        ("imessage", {}, (400, 1001)),
        ("imessage", {"address": "ana"}, (400, 1002)),
        ("rcs", {"address": "ana@shop.test"}, (400, 1002)),
        ("imessage", {"address": "+14155550100", "from": "+14155559999"}, (403, 2006)),
    ],
)
def test_a_wrong_question_is_refused(
    world: Outsider, what: str, body: Any, expected: tuple[int, int]
) -> None:
    assert error_of(world.api.post(f"/v3/capability/check_{what}", json=body)) == expected


def test_the_vendors_client_reads_the_answers(world: Outsider) -> None:
    client = vendor(world)
    assert client.capability.check_i_message(address="+14155550100").available
    with pytest.raises(RateLimitError) as refused:
        client.capability.check_RCS(address="+14155550100")
    assert (refused.value.code, refused.value.retry_after) == (1007, 10)
    world.act("/world", {"advance_s": 11})
    assert client.capability.check_RCS(address="+14155550109").reason == "not_supported"
