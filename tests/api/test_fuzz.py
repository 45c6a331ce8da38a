import asyncio
import json
import logging
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from random import Random
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linqdesk.api.client import LinqClient
from linqdesk.api.transport import Transport
from linqdesk.domain.errors import LinqDeskError, RateLimitedError, SignInRejectedError
from linqdesk.domain.page import ChatPage, MessagePage
from linqdesk.store.cache import Cache
from tests.api.mutations import JUNK, spoil, spoil_bytes
from tests.api.replies import ANSWERS, CHAT, LISTS, READS, Read
from tests.fuzzing import examples
from tests.store.messages import a_chat

OPERATIONS = (*READS, *ANSWERS)
STATUSES = (200, 200, 200, 200, 200, 201, 202, 204, 302, 400, 401, 404, 418, 429, 500, 503)
ERROR = {
    "success": False,
    "error": {
        "status": 429,
        "code": 1007,
        "message": "Hello",
        "doc_url": "https://x.test",
        "retry_after": 30,
    },
    "trace_id": "0123456789abcdef",
}


class Desk:
    """One client for many replies, for making one takes longer than reading one."""

    def __init__(self) -> None:
        self.runner = asyncio.Runner()
        self.status, self.body, self.headers = 200, b"", dict[bytes, bytes]()
        self.client = self._connected()

    def _connected(self) -> LinqClient:
        network = httpx.MockTransport(self._answer)
        return LinqClient(Transport("http://127.0.0.1", "t", http_transport=network, read_attempts=1))

    def _answer(self, _request: httpx.Request) -> httpx.Response:
        return httpx.Response(self.status, headers=self.headers, stream=httpx.ByteStream(self.body))

    def ask(self, read: Read, body: bytes, status: int = 200) -> Any:
        """Return what an operation makes of a reply, None where it says that it cannot read it."""
        self.body, self.status = body, status
        try:
            return self.runner.run(_awaited(read, self.client))
        except LinqDeskError as error:
            assert_sayable(error)
            if isinstance(error, SignInRejectedError):
                self.runner.run(self.client.close())
                self.client = self._connected()
            return None


def assert_sayable(error: LinqDeskError) -> None:
    """Assert that an error can be told to a person and waited for."""
    assert_showable(error.message)
    assert_showable(error.details)
    assert not isinstance(error, RateLimitedError) or 1 <= error.retry_after_s <= 300


async def _awaited(read: Read, client: LinqClient) -> object:
    return await read.ask(client)


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    logging.getLogger("linqdesk").setLevel(logging.ERROR)
    made = Desk()
    yield made
    made.runner.run(made.client.close())
    made.runner.close()
    logging.getLogger("linqdesk").setLevel(logging.NOTSET)


def packed(tree: Any) -> bytes:
    return json.dumps(tree).encode()


def assert_showable(value: object) -> None:
    """Assert that a window can show and sort whatever a reply became."""
    match value:
        case Enum():
            return
        case str():
            value.encode()
        case datetime():
            assert value.tzinfo is not None
        case tuple():
            for each in value:
                assert_showable(each)
        case _ if is_dataclass(value):
            for each in fields(value):
                assert_showable(getattr(value, each.name))
        case _:
            assert value is None or isinstance(value, bool | int | float)


def items_of(told: Any) -> tuple[list[object], int]:
    match told:
        case ChatPage():
            return list(told.chats), told.set_aside
        case MessagePage():
            return list(told.messages), told.set_aside
        case _:
            return list(told), 0


def test_the_replies_to_spoil_are_valid(desk: Desk) -> None:
    for read in OPERATIONS:
        told = desk.ask(read, packed(read.reply))
        assert told is not None, read.name
        assert_showable(told)


def assert_siblings_are_read(
    desk: Desk, read: Read, seed: int, spoilt_items: frozenset[int], times: int
) -> None:
    """Spoil some items of a list; the others must come out as if nothing had happened."""
    assert read.items is not None
    chance = Random(seed)
    whole, _ = items_of(desk.ask(read, packed(read.reply)))
    items = list(read.reply[read.items])
    for at in spoilt_items:
        items[at] = spoil(items[at], chance, times)
    told = desk.ask(read, packed({**read.reply, read.items: items}))
    assert told is not None
    assert_showable(told)
    values, set_aside = items_of(told)
    assert [each for at, each in enumerate(whole) if at not in spoilt_items and each not in values] == []
    if isinstance(told, ChatPage | MessagePage):
        assert len(values) + set_aside == len(items)
        assert told.next_cursor == read.reply["next_cursor"]


@examples(250, full=60_000)
@given(
    st.sampled_from(LISTS),
    st.integers(0, 2**32),
    st.frozensets(st.integers(0, 3), min_size=1, max_size=3),
    st.integers(1, 6),
)
def test_no_spoilt_item_hides_a_valid_sibling(
    desk: Desk, read: Read, seed: int, spoilt_items: frozenset[int], times: int
) -> None:
    assert_siblings_are_read(desk, read, seed, spoilt_items, times)


@examples(150, full=25_000)
@given(st.sampled_from(OPERATIONS), st.integers(0, 2**32), st.integers(1, 8), st.sampled_from(STATUSES))
def test_whatever_stands_in_a_reply_only_our_errors_come_out(
    desk: Desk, read: Read, seed: int, times: int, status: int
) -> None:
    told = desk.ask(read, packed(spoil(read.reply, Random(seed), times)), status)
    assert_showable(told)
    cache = Cache()
    cache.merge_chats([a_chat(CHAT)])
    match told:
        case ChatPage():
            cache.merge_chats(told.chats)
            assert set(cache.chat_ids()) == {CHAT, *(chat.id for chat in told.chats)}
        case MessagePage():
            cache.merge_messages(CHAT, told.messages, 1)
            assert {row.key for row in cache.rows(CHAT)} == {str(each.id) for each in told.messages}
        case _:
            pass


@examples(150, full=15_000)
@given(st.sampled_from(OPERATIONS), st.integers(0, 2**32), st.sampled_from(STATUSES))
def test_whatever_bytes_a_reply_is_only_our_errors_come_out(
    desk: Desk, read: Read, seed: int, status: int
) -> None:
    assert_showable(desk.ask(read, spoil_bytes(packed(read.reply), Random(seed)), status))


@examples(100, full=10_000)
@given(
    st.sampled_from(OPERATIONS),
    st.integers(0, 2**32),
    st.integers(400, 599),
    st.sampled_from(["", "5", "-1", "1e9", "nan", "inf", "Wed, 21 Oct 2015 07:28:00 GMT", "soon", "\u0663"]),
)
def test_whatever_an_error_says_it_is_one_of_ours(
    desk: Desk, read: Read, seed: int, status: int, retry_after: str
) -> None:
    chance = Random(seed)
    desk.headers = {b"Retry-After": retry_after.encode()} if retry_after else {}
    body = spoil_bytes(packed(ERROR), chance) if seed % 4 == 0 else packed(spoil(ERROR, chance, 1 + seed % 5))
    assert desk.ask(read, body, status) is None
    desk.headers = {}


@pytest.mark.parametrize("read", LISTS[:3], ids=lambda read: read.name)
def test_each_kind_of_junk_at_each_place_of_an_item_hides_no_sibling(desk: Desk, read: Read) -> None:
    assert read.items is not None
    first, *rest = read.reply[read.items]
    whole, _ = items_of(desk.ask(read, packed(read.reply)))
    for field in first:
        for junk in JUNK:
            items = [{**first, field: junk}, *rest]
            values, _ = items_of(desk.ask(read, packed({**read.reply, read.items: items})))
            assert values[-len(rest) :] == whole[1:], (field, junk)
