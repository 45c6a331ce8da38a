from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from linqdesk.domain.errors import ApiDetails, NotAllowedError
from linqdesk.domain.outgoing import OutgoingState
from linqdesk.domain.send_gate import Lock, LockReason
from linqdesk.services.block_list import EVERY_S, BlockListReader
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.task_scope import TaskScope
from linqdesk.store.cache import Cache
from linqdesk.store.changes import Change, ChatsChanged
from linqdesk.store.view import ConnectionState
from tests.services.virtual import Network, VirtualClock, settle
from tests.store.messages import ANA, a_chat, a_message, a_send

PERSON = a_chat().others[0].handle
BLOCKED = {"handle": PERSON, "reason": "Spam", "blocked_at": "2026-02-01T00:00:00Z"}
LOCK = Lock(LockReason.BLOCKED, "Spam")


class Desk:
    """A reader at a Linq that has such a list, or has not."""

    def __init__(self) -> None:
        self.status = 200
        self.entries: list[Any] = []
        self.network = Network(self.answer)
        self.cache = Cache()
        self.cache.merge_chats([a_chat()])
        self.clock = VirtualClock()
        self.connectivity = Connectivity(self.cache, self.clock)
        self.client = self.network.client()
        self.reader = BlockListReader(self.client, self.cache, self.connectivity, self.clock)
        self.scope = TaskScope("test")
        self.changes: list[Change] = []
        self.cache.subscribe(self.changes.append)

    def answer(self, request: httpx.Request) -> tuple[int, Any]:
        assert (request.method, request.url.path) == ("GET", "/v3/blocked_handles")
        return self.status, {"blocked_handles": self.entries} if self.status == 200 else {}

    async def start(self) -> None:
        self.scope.start(self.reader.run(), name="block list")
        await settle()

    @property
    def lock(self) -> Lock | None:
        summary = self.cache.summary(ANA)
        assert summary is not None
        return summary.lock

    @property
    def asked(self) -> int:
        return len(self.network.asked)

    def refuse(self) -> None:
        """Let Linq refuse a message of now for a block."""
        refused = replace(
            a_send("m", OutgoingState.FAILED), failure=NotAllowedError("", ApiDetails(403, 2026))
        )
        self.cache.add_outgoing(replace(refused, created_at=self.clock.now() + timedelta(seconds=1)))


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    made = Desk()
    yield made
    await made.scope.close()
    made.reader.close()
    await made.client.close()


async def test_who_is_blocked_is_locked_from_the_first_look_on_and_freed_by_a_later_one(desk: Desk) -> None:
    desk.entries = [BLOCKED, "nonsense", {"reason": "no handle"}]
    await desk.start()
    assert desk.lock == LOCK
    assert desk.changes == [ChatsChanged(updated=(ANA,))]
    desk.entries = []
    await desk.clock.run(EVERY_S)
    assert desk.lock is None
    assert desk.asked == 2


@pytest.mark.parametrize("status", [403, 404, 405])
async def test_where_there_is_no_such_list_it_is_asked_for_once_and_nothing_is_said(
    desk: Desk, status: int
) -> None:
    desk.status = status
    await desk.start()
    await desk.clock.run(EVERY_S * 3)
    assert desk.asked == 1
    assert desk.cache.blocks is None
    assert desk.cache.connection.state is ConnectionState.CONNECTING


async def test_a_failure_is_tried_again_later_without_a_word(desk: Desk) -> None:
    desk.status = 500
    await desk.start()
    assert desk.cache.connection.fault is None
    desk.status, desk.entries = 200, [BLOCKED]
    await desk.clock.run(EVERY_S)
    assert desk.lock == LOCK


async def test_a_refusal_that_the_list_does_not_tell_of_is_looked_up_at_once(desk: Desk) -> None:
    await desk.start()
    desk.entries = [BLOCKED]
    desk.refuse()
    assert desk.lock == Lock(LockReason.BLOCKED)
    await desk.clock.run(2)
    assert (desk.asked, desk.lock) == (2, LOCK)


async def test_news_in_a_chat_whose_customer_is_blocked_asks_whether_that_is_still_so(desk: Desk) -> None:
    desk.entries = [BLOCKED]
    await desk.start()
    desk.entries = []
    said = replace(a_message("m", 0), created_at=desk.clock.now() + timedelta(seconds=1))
    desk.cache.merge_messages(ANA, [said], desk.cache.next_sequence())
    await desk.clock.run(2)
    assert (desk.asked, desk.lock) == (2, None)


async def test_other_news_costs_no_look(desk: Desk) -> None:
    desk.cache.merge_messages(ANA, [a_message("m", 0)], desk.cache.next_sequence())
    await desk.start()
    desk.cache.merge_messages(ANA, [a_message("n", 1)], desk.cache.next_sequence())
    await desk.clock.run(60)
    assert desk.asked == 1


async def test_the_agent_can_have_it_read_at_once(desk: Desk) -> None:
    await desk.start()
    desk.entries = [BLOCKED]
    desk.reader.refresh()
    await desk.clock.run(2)
    assert desk.lock == LOCK
