import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from linqdesk.domain.errors import NotAllowedError, NotFoundError
from linqdesk.domain.ids import ChatId, LocalId
from linqdesk.domain.message import Message
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.thread_reader import ThreadReader
from linqdesk.store.cache import Cache
from tests.services.virtual import Network, VirtualClock
from tests.store.messages import ANA, a_chat, a_message, a_send

LIMIT = 4
Event = Callable[[], object]


def told(number: int, *, sent: int | None = None) -> dict[str, Any]:
    """The message that arrived in a minute, sent in another where it was recovered late."""
    at, sent_at = (f"2026-03-01T12:{minute:02d}:00Z" for minute in (number, number if sent is None else sent))
    return {"id": f"m{number:02d}", "created_at": at, "sent_at": sent_at, "parts": []}


class Desk:
    """A reader on a server of at most 4 messages a page, the newest first."""

    def __init__(self, *messages: dict[str, Any]) -> None:
        self.messages = list(messages)
        self.is_newest_first = True
        self.before: dict[str, Event] = {}
        self.refused: dict[str, int] = {}
        self.next_of: dict[str, str] = {}
        self.network = Network(self.answer)
        self.cache = Cache()
        self.cache.merge_chats([a_chat()])
        connectivity = Connectivity(self.cache, VirtualClock())
        self.reader = ThreadReader(self.network.client(), self.cache, connectivity)

    def answer(self, request: httpx.Request) -> tuple[int, Any]:
        cursor = request.url.params.get("cursor", "")
        self.before.pop(cursor, lambda: None)()
        if cursor in self.refused:
            return self.refused[cursor], {"error": {"code": 2001}}
        items = list(reversed(self.messages)) if self.is_newest_first else self.messages
        start = int(cursor or 0)
        end = start + LIMIT
        following = str(end) if end < len(items) else None
        return 200, {"messages": items[start:end], "next_cursor": self.next_of.get(cursor, following)}

    def numbers(self) -> list[int]:
        return [int(row.key[1:]) for row in self.cache.rows(ANA)]


@pytest.fixture
async def desk() -> Desk:
    made = Desk(*[told(number) for number in range(6)])
    await made.reader.read_newest(ANA)
    assert made.numbers() == [2, 3, 4, 5]
    return made


async def test_what_came_in_beside_an_answer_to_a_send_is_not_missed(desk: Desk) -> None:
    desk.messages += [told(number) for number in range(6, 17)]
    desk.cache.add_outgoing(a_send("k"))
    desk.cache.confirm(ANA, LocalId("k"), a_message("m16", 16, is_mine=True))
    await desk.reader.read_newest(ANA)
    assert [row.key for row in desk.cache.rows(ANA)][:-1] == [f"m{number:02d}" for number in range(2, 16)]


async def test_a_reading_that_broke_off_is_made_up_for(desk: Desk) -> None:
    desk.messages += [told(number) for number in range(6, 17)]
    desk.refused = {"8": 403}
    with pytest.raises(NotAllowedError):
        await desk.reader.read_newest(ANA)
    desk.refused = {}
    await desk.reader.read_newest(ANA)
    assert desk.numbers() == list(range(2, 17))


async def test_a_message_that_arrives_while_pages_are_turned_hides_none(desk: Desk) -> None:
    desk.messages += [told(number) for number in range(6, 17)]
    desk.before["4"] = lambda: desk.messages.append(told(17))
    await desk.reader.read_newest(ANA)
    await desk.reader.read_newest(ANA)
    assert desk.numbers() == list(range(2, 18))


async def test_messages_recovered_late_do_not_turn_the_thread_round(desk: Desk) -> None:
    desk.messages += [told(6), told(7, sent=1), told(8, sent=0)]
    await desk.reader.read_newest(ANA)
    desk.messages += [told(9)]
    await desk.reader.read_newest(ANA)
    assert sorted(desk.numbers()) == list(range(2, 10))
    assert desk.cache.history(ANA).has_older


@pytest.mark.parametrize("status", [400, 404])
async def test_a_cursor_that_expires_in_the_middle_loses_neither_messages_nor_the_chat(
    desk: Desk, status: int
) -> None:
    desk.messages += [told(number) for number in range(6, 17)]
    desk.refused = {"8": status}
    await desk.reader.read_newest(ANA)
    desk.refused = {}
    await desk.reader.read_newest(ANA)
    assert desk.numbers() == list(range(2, 17))


async def test_two_first_readings_at_once_leave_no_gap_between_them() -> None:
    desk = Desk(*[told(number) for number in range(6)])
    desk.before[""] = lambda: desk.messages.extend(told(number) for number in range(6, 17))
    await asyncio.gather(desk.reader.read_newest(ANA), desk.reader.read_older(ANA))
    assert desk.numbers() == list(range(desk.numbers()[0], 17))


async def test_a_chat_that_is_gone_is_said_to_be_gone(desk: Desk) -> None:
    desk.refused = {"": 404}
    with pytest.raises(NotFoundError):
        await desk.reader.read_newest(ANA)


async def test_the_end_of_a_thread_that_begins_with_the_oldest_is_found_again() -> None:
    desk = Desk(*[told(number) for number in range(10)])
    desk.is_newest_first = False
    await desk.reader.read_newest(ANA)
    assert desk.numbers() == list(range(10))
    desk.refused = {"8": 404}
    desk.messages += [told(10), told(11), told(12)]
    await desk.reader.read_newest(ANA)
    desk.refused = {}
    await desk.reader.read_newest(ANA)
    assert desk.numbers() == list(range(13))
    assert not desk.cache.history(ANA).has_older


async def test_a_chat_does_not_fall_in_the_list_while_its_thread_is_read_from_the_oldest_on() -> None:
    desk = Desk(*[told(number) for number in range(10)])
    desk.is_newest_first = False
    desk.cache.merge_chats([a_chat(minute=9), a_chat(ChatId("other"), minute=5)])
    shown: list[tuple[str, str | None]] = []

    def note(_change: object) -> None:
        summary = desk.cache.summary(ANA)
        assert summary is not None
        newest = summary.newest
        shown.append((desk.cache.chat_ids()[0], newest.id if isinstance(newest, Message) else None))

    desk.cache.subscribe(note)
    await desk.reader.read_newest(ANA)
    assert {first for first, _ in shown} == {ANA}
    assert {newest for _, newest in shown} == {None, "m09"}


async def test_cursors_that_lead_in_a_circle_end_a_reading(desk: Desk) -> None:
    desk.messages = [told(number) for number in range(20, 32)]
    desk.next_of = {"4": "4"}
    await desk.reader.read_newest(ANA)
    assert desk.numbers()[-8:] == list(range(24, 32))


async def test_a_server_of_oldest_first_that_leads_in_a_circle_ends_a_reading() -> None:
    desk = Desk(*[told(number) for number in range(12)])
    desk.is_newest_first = False
    desk.next_of = {"8": "4"}
    await desk.reader.read_newest(ANA)
    assert desk.numbers() == list(range(12))


async def test_a_place_that_is_lost_twice_over_is_found_at_the_third_try(desk: Desk) -> None:
    desk.messages[:0] = [told(0) | {"id": f"m9{number}"} for number in range(6)]
    desk.refused = {"4": 404, "8": 404}
    await desk.reader.read_older(ANA)
    desk.refused = {}
    while desk.cache.history(ANA).has_older:
        await desk.reader.read_older(ANA)
    assert len(desk.numbers()) == 12


async def test_a_chat_that_is_gone_while_paging_back_says_so(desk: Desk) -> None:
    desk.refused = {"4": 404, "": 404}
    await desk.reader.read_older(ANA)
    assert isinstance(desk.cache.history(ANA).fault, NotFoundError)


async def test_paging_back_in_a_chat_that_was_never_read_begins_at_its_end() -> None:
    desk = Desk(*[told(number) for number in range(6)])
    await desk.reader.read_older(ANA)
    assert desk.numbers() == [2, 3, 4, 5]


async def test_older_pages_are_fetched_one_at_a_time(desk: Desk) -> None:
    asked = len(desk.network.asked)
    await asyncio.gather(*[desk.reader.read_older(ANA) for _ in range(3)])
    assert len(desk.network.asked) == asked + 1
    assert desk.numbers() == list(range(6))
    await desk.reader.read_older(ANA)
    assert len(desk.network.asked) == asked + 1


async def test_a_page_of_nothing_readable_does_not_hide_what_lies_below() -> None:
    desk = Desk(told(0), told(1), *[{"id": None}] * 4)
    await desk.reader.read_newest(ANA)
    assert desk.numbers() == [0, 1]
