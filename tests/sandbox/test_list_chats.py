from collections.abc import Iterator

import pytest

from linqdesk.sandbox.options import SandboxOptions
from tests.sandbox.conftest import Outsider, error_of
from tests.sandbox.inside import inside, vendor

LINE = "+14155550110"


@pytest.fixture
def world() -> Iterator[Outsider]:
    with inside(SandboxOptions()) as outsider:
        yield outsider


def test_chats_are_found_by_line_and_by_participant(world: Outsider) -> None:
    of_line = world.get("/v3/chats", limit=100, **{"from": LINE})["chats"]
    assert 0 < len(of_line) < 48
    assert all(any(each["handle"] == LINE and each["is_me"] for each in chat["handles"]) for chat in of_line)
    ana = world.chat("Ana Ruiz")
    handle = ana["handles"][1]["handle"]
    with_ana = world.get("/v3/chats", to=handle, limit=100, **{"from": LINE})["chats"]
    assert ana["id"] in {chat["id"] for chat in with_ana}
    assert all(handle in {each["handle"] for each in chat["handles"]} for chat in with_ana)


def test_pages_of_any_size_make_the_whole(world: Outsider) -> None:
    client = vendor(world)
    whole = [chat.id for chat in client.chats.list_chats(limit=100)]
    assert [chat.id for chat in client.chats.list_chats(limit=7)] == whole
    assert len(set(whole)) == 48


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"from": " 14155550110"}, 1002),
        ({"to": "ana"}, 1002),
        ({"limit": 0}, 1005),
        ({"limit": 101}, 1005),
        ({"limit": "many"}, 1005),
        ({"cursor": "-1"}, 1005),
    ],
)
def test_a_wrong_question_is_refused(world: Outsider, query: dict[str, str], code: int) -> None:
    assert error_of(world.api.get("/v3/chats", params=query)) == (400, code)


@pytest.mark.parametrize("cursor", ["20", "!", "eDox", "bTp4"])
def test_a_cursor_of_something_else_is_refused(world: Outsider, cursor: str) -> None:
    path = f"/v3/chats/{world.chat('Ana Ruiz')['id']}/messages"
    assert error_of(world.api.get(path, params={"cursor": cursor})) == (400, 1005)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"from": NaN}',
        b'{"from": "\\ud800"}',
        b"\xff",
        b'{"a":' * 5_000,
    ],
)
def test_what_is_no_json_object_is_malformed(world: Outsider, body: bytes) -> None:
    assert error_of(world.api.post("/v3/chats", content=body)) == (400, 1003)
