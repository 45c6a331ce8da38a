from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from linqdesk.domain.chat import Reputation
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.polling import LINES_EVERY_S, ChatListPoller
from linqdesk.services.previews import Previews
from linqdesk.services.task_scope import TaskScope
from linqdesk.services.thread_reader import ThreadReader
from linqdesk.store.cache import Cache
from tests.services.virtual import Network, VirtualClock, settle
from tests.store.messages import a_chat


class Desk:
    """A poller of 130 chats, in pages of at most 50."""

    def __init__(self) -> None:
        self.chats = [_chat(number, "2026-02-01T00:00:00Z") for number in range(130)]
        self.refused_cursor: str | None = None
        self.next_of: dict[str, str] = {}
        self.arriving = 0
        self.lines: list[dict[str, Any]] = []
        self.network = Network(self.answer)
        self.cache = Cache()
        self.clock = VirtualClock()
        connectivity = Connectivity(self.cache, self.clock)
        client = self.network.client()
        previews = Previews(ThreadReader(client, self.cache, connectivity), connectivity, self.clock)
        self.poller = ChatListPoller(client, self.cache, previews, connectivity, self.clock)

    def answer(self, request: httpx.Request) -> tuple[int, Any]:
        if request.url.path.endswith("/phone_numbers"):
            return 200, {"phone_numbers": self.lines}
        cursor = request.url.params.get("cursor")
        if cursor is not None and cursor == self.refused_cursor:
            return 400, {"error": {"code": 1005}}
        start = int(cursor or 0)
        end = start + 50
        following = str(end) if end < len(self.chats) else None
        page = self.chats[start:end]
        if self.arriving:
            self.arriving -= 10
            new = [_chat(1_000 + self.arriving + each, "2026-02-03T00:00:00Z", "after") for each in range(10)]
            self.chats = [*new, *self.chats]
        return 200, {"chats": page, "next_cursor": self.next_of.get(cursor or "", following)}

    def names(self) -> set[str | None]:
        summaries = [self.cache.summary(chat_id) for chat_id in self.cache.chat_ids()]
        return {summary.chat.display_name for summary in summaries if summary is not None}


def _chat(number: int, updated_at: str, name: str = "before") -> dict[str, Any]:
    times = {"created_at": "2026-02-01T00:00:00Z", "updated_at": updated_at}
    return {"id": f"c{number}", "display_name": name, "handles": [], "is_group": True, **times}


async def test_a_look_that_broke_off_is_made_up_for() -> None:
    desk = Desk()
    scope = TaskScope("test")
    scope.start(desk.poller.run(), name="poll")
    await settle()
    assert desk.names() == {"before"}
    desk.chats = [_chat(number, "2026-02-02T00:00:00Z", "after") for number in range(130)]
    desk.refused_cursor = "50"
    await desk.clock.run(5)
    assert desk.names() == {"before", "after"}
    desk.refused_cursor = None
    await desk.clock.run(5)
    assert desk.names() == {"after"}
    asked = len(desk.network.asked)
    await desk.clock.run(40)
    assert {each.url.params.get("cursor") for each in desk.network.asked[asked:]} == {None}
    await scope.close()


@pytest.fixture
async def polled() -> AsyncIterator[Desk]:
    desk = Desk()
    scope = TaskScope("test")
    scope.start(desk.poller.run(), name="poll")
    await settle()
    yield desk
    await scope.close()


async def test_a_change_on_a_page_that_nothing_leads_to_is_found_within_a_minute(polled: Desk) -> None:
    polled.chats[120] = _chat(120, "2026-02-02T00:00:00Z", "after")
    await polled.clock.run(30)
    assert polled.names() == {"before"}
    await polled.clock.run(40)
    assert polled.names() == {"before", "after"}


async def test_news_at_the_top_alone_take_one_page(polled: Desk) -> None:
    polled.chats[30] = _chat(30, "2026-02-02T00:00:00Z", "after")
    asked = len(polled.network.asked)
    await polled.clock.run(4.5)
    assert polled.names() == {"before", "after"}
    lists = [each for each in polled.network.asked[asked:] if each.url.path.endswith("/chats")]
    assert [each.url.params.get("cursor") for each in lists] == [None]


async def test_the_page_after_the_first_known_one_is_read_too(polled: Desk) -> None:
    polled.chats[40] = _chat(40, "2026-02-02T00:00:00Z", "after")
    asked = len(polled.network.asked)
    await polled.clock.run(4.5)
    cursors = [each.url.params.get("cursor") for each in polled.network.asked[asked:]]
    assert cursors[:3] == [None, "50", "100"]


async def test_a_look_begins_with_a_small_page(polled: Desk) -> None:
    polled.chats = [_chat(number, "2026-02-02T00:00:00Z", "after") for number in range(400)]
    asked = len(polled.network.asked)
    await polled.clock.run(4.5)
    lists = [each for each in polled.network.asked[asked:] if each.url.path.endswith("/chats")]
    assert [each.url.params["limit"] for each in lists][:3] == ["30", "100", "100"]


async def test_chats_that_arrive_while_pages_are_turned_hide_none(polled: Desk) -> None:
    polled.arriving = 30
    polled.chats = [_chat(number, "2026-02-02T00:00:00Z", "after") for number in range(130)]
    await polled.clock.run(15)
    assert polled.names() == {"after"}
    assert len(polled.cache.chat_ids()) == len(polled.chats)


async def test_cursors_that_lead_in_a_circle_end_a_look(polled: Desk) -> None:
    polled.next_of = {"50": "50"}
    polled.chats = [_chat(number, "2026-02-02T00:00:00Z", "after") for number in range(130)]
    asked = len(polled.network.asked)
    await polled.clock.run(4.5)
    assert 2 <= len(polled.network.asked) - asked <= 4


async def test_a_slow_old_answer_does_not_undo_what_a_later_question_told() -> None:
    desk = Desk()
    early, late = desk.cache.next_sequence(), desk.cache.next_sequence()
    old, new = (replace(a_chat(name=name), health=None) for name in ("old", "new"))
    desk.cache.merge_chats([new], late)
    desk.cache.merge_chats([old], early)
    assert desk.names() == {"new"}
    desk.cache.merge_chats([old], desk.cache.next_sequence())
    assert desk.names() == {"old"}


async def test_a_cursor_that_always_expires_keeps_neither_lines_nor_chats_back() -> None:
    desk = Desk()
    desk.refused_cursor = "50"
    desk.lines = [{"id": "l", "phone_number": "+14155550110"}]
    scope = TaskScope("test")
    scope.start(desk.poller.run(), name="poll")
    await desk.clock.run(10)
    assert desk.cache.lines
    assert len(desk.cache.chat_ids()) == 50
    await scope.close()


def _a_line(reputation: str) -> dict[str, Any]:
    return {"id": "l", "phone_number": "+14155550110", "reputation": {"status": reputation}}


def _line_reads(desk: Desk) -> int:
    return sum(each.url.path.endswith("/phone_numbers") for each in desk.network.asked)


async def test_a_lines_changed_reputation_shows_within_minutes_and_costs_few_requests() -> None:
    desk = Desk()
    desk.lines = [_a_line("HEALTHY")]
    scope = TaskScope("test")
    scope.start(desk.poller.run(), name="poll")
    await settle()
    desk.lines = [_a_line("CRITICAL")]
    await desk.clock.run(LINES_EVERY_S - 10)
    assert [each.reputation for each in desk.cache.lines] == [Reputation.HEALTHY]
    assert _line_reads(desk) == 1
    await desk.clock.run(20)
    assert [each.reputation for each in desk.cache.lines] == [Reputation.CRITICAL]
    assert _line_reads(desk) == 2
    await scope.close()


async def test_a_refresh_reads_the_lines_with_the_next_look() -> None:
    desk = Desk()
    desk.lines = [_a_line("HEALTHY")]
    scope = TaskScope("test")
    scope.start(desk.poller.run(), name="poll")
    await settle()
    desk.lines = [_a_line("AT_RISK")]
    desk.poller.refresh_lines()
    await desk.clock.run(5)
    assert [each.reputation for each in desk.cache.lines] == [Reputation.AT_RISK]
    await scope.close()
