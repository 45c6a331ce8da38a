from collections.abc import Iterator

import pytest

from linqdesk.sandbox.options import SandboxOptions
from tests.sandbox.conftest import Outsider, error_of
from tests.sandbox.inside import inside

PATH = "/v3/blocked_handles"
ANA = "+14155550134"


@pytest.fixture
def world() -> Iterator[Outsider]:
    with inside(SandboxOptions(story="empty")) as outsider:
        yield outsider


def test_who_is_blocked_is_listed_the_newest_first_and_stays_as_he_is(world: Outsider) -> None:
    assert world.get(PATH) == {"blocked_handles": []}
    made = world.api.post(PATH, json={"handle": ANA, "reason": "Spam"})
    assert made.status_code == 201
    entry = made.json()["blocked_handle"]
    assert (entry["handle"], entry["reason"]) == (ANA, "Spam")
    assert world.api.post(PATH, json={"handle": ANA}).json()["blocked_handle"] == entry
    world.api.post(PATH, json={"handle": "Ana@Shop.test"})
    assert [each["handle"] for each in world.get(PATH)["blocked_handles"]] == ["ana@shop.test", ANA]
    assert world.api.request("DELETE", PATH, json={"handle": ANA}).status_code == 204
    assert [each["handle"] for each in world.get(PATH)["blocked_handles"]] == ["ana@shop.test"]


def test_what_is_no_handle_and_no_reason_is_refused(world: Outsider) -> None:
    assert error_of(world.api.post(PATH, json={"handle": " "})) == (400, 1001)
    assert error_of(world.api.post(PATH, json={"handle": ANA, "reason": 5})) == (400, 1003)


def test_an_account_without_the_operation_says_that_there_is_none() -> None:
    with inside(SandboxOptions(story="empty", variants={"blocked_handles": "absent"})) as outsider:
        assert outsider.api.get(PATH).status_code == 404
