"""What an earlier run left is sent once, in order, or asked about."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from typing_extensions import override

from linqdesk.domain.beginning import Beginning
from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import ChatId, Handle, LocalId
from linqdesk.domain.outgoing import Content, Draft, OutgoingMessage, OutgoingState, OutgoingText
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.keeping import Keeping
from linqdesk.services.outbox import Outbox
from linqdesk.services.outbox_journal import MemoryJournal
from linqdesk.services.task_scope import TaskScope
from linqdesk.store.cache import Cache
from tests.services.virtual import Network, VirtualClock
from tests.store.messages import ANA, a_chat

LATE = timedelta(hours=13)


class Afterlife:
    """A program that starts on a journal which another run left."""

    def __init__(self) -> None:
        self.clock = VirtualClock()
        self.cache = Cache()
        self.journal = MemoryJournal()
        self.network = Network(self._answer)
        self.scope = TaskScope("test")
        self.connectivity = Connectivity(self.cache, self.clock)
        self.outbox = Outbox(self.cache, Keeping(self.journal), self.connectivity, self.scope, self.clock)
        self.in_chat: list[dict[str, Any]] = []
        self.refusal: tuple[int, int] | None = None

    async def leave(self, text: str, state: OutgoingState, age: timedelta = timedelta()) -> OutgoingMessage:
        left = OutgoingMessage(
            LocalId(str(uuid4())), ANA, None, self.clock.now() - age, Content((OutgoingText(text),)), state
        )
        await self.journal.add([left])
        return left

    async def start(self, seconds: float = 1) -> None:
        await self.outbox.restore()
        self.cache.merge_chats([a_chat()])
        self.outbox.use(self.network.client())
        await self.clock.run(seconds)

    def said(self, text: str, **more: object) -> dict[str, Any]:
        """A message of ours as Linq tells it."""
        moment = self.clock.now().isoformat()
        return {
            "id": str(uuid4()),
            "chat_id": ANA,
            "is_from_me": True,
            "created_at": moment,
            "updated_at": moment,
            "parts": [{"type": "text", "value": text, "reactions": None}],
            **more,
        }

    def states(self) -> list[OutgoingState | None]:
        rows = [row.content for row in self.cache.rows(ANA)]
        return [each.state if isinstance(each, OutgoingMessage) else None for each in rows]

    async def kept(self) -> list[str]:
        return [each.text for each in (await self.journal.load()).messages]

    def _answer(self, request: httpx.Request) -> tuple[int, Any]:
        if self.refusal is not None:
            status, code = self.refusal
            return status, {"error": {"status": status, "code": code, "message": "no"}}
        if request.method == "GET":
            return 200, {"messages": self.in_chat, "next_cursor": None}
        return 202, {"chat_id": ANA, "message": {"id": str(uuid4()), "created_at": "2026-03-01T00:00:00Z"}}


@pytest.fixture
async def desk() -> AsyncIterator[Afterlife]:
    made = Afterlife()
    yield made
    await made.scope.close()


async def test_what_was_left_is_sent_in_order_under_its_own_keys(desk: Afterlife) -> None:
    left = [
        await desk.leave("one", OutgoingState.SENDING),
        await desk.leave("two", OutgoingState.QUEUED),
        await desk.leave("three", OutgoingState.QUEUED),
    ]
    await desk.start()
    assert desk.network.sent() == [(each.text, each.local_id) for each in left]
    assert desk.states() == [None, None, None]
    assert await desk.kept() == []


async def test_what_was_on_its_way_counts_as_unconfirmed(desk: Afterlife) -> None:
    await desk.leave("one", OutgoingState.SENDING)
    await desk.outbox.restore()
    desk.cache.merge_chats([a_chat()])
    assert desk.states() == [OutgoingState.UNCONFIRMED]


async def test_what_was_deleted_since_it_was_sent_is_not_sent_again(desk: Afterlife) -> None:
    await desk.leave("one", OutgoingState.SENDING)
    desk.refusal = (404, 2002)
    await desk.start(60)
    assert len(desk.network.asked) == 1
    assert desk.states() == []
    assert await desk.kept() == []


async def test_a_failure_is_still_the_agents_to_decide(desk: Afterlife) -> None:
    failed = await desk.leave("one", OutgoingState.FAILED)
    await desk.leave("two", OutgoingState.QUEUED)
    await desk.start(600)
    assert desk.network.asked == []
    assert desk.states() == [OutgoingState.FAILED, OutgoingState.QUEUED]
    await desk.outbox.retry(failed.local_id)
    await desk.clock.run(1)
    assert [text for text, _ in desk.network.sent()] == ["one", "two"]


async def test_drafts_come_back(desk: Afterlife) -> None:
    desk.journal.note_draft(ANA, Draft("half a thought"))
    await desk.start()
    summary = desk.cache.summary(ANA)
    assert summary is not None
    assert summary.draft == Draft("half a thought")


async def test_an_old_send_that_is_in_the_chat_is_not_repeated(desk: Afterlife) -> None:
    await desk.leave("one", OutgoingState.SENDING, LATE)
    desk.in_chat = [desk.said("one"), desk.said("one", is_from_me=False), desk.said("other")]
    await desk.start()
    assert {each.method for each in desk.network.asked} == {"GET"}
    assert desk.states() == [None]
    assert await desk.kept() == []


@pytest.mark.parametrize("twins", [0, 2])
async def test_an_old_send_of_which_nobody_knows_is_asked_about(desk: Afterlife, twins: int) -> None:
    left = await desk.leave("one", OutgoingState.SENDING, LATE)
    await desk.leave("two", OutgoingState.QUEUED, LATE)
    desk.in_chat = [desk.said("one") for _ in range(twins)]
    await desk.start(600)
    assert {each.method for each in desk.network.asked} == {"GET"}
    assert desk.states() == [OutgoingState.FAILED, OutgoingState.QUEUED]
    desk.network.asked.clear()
    await desk.outbox.retry(left.local_id)
    await desk.clock.run(1)
    assert desk.network.sent()[0] == ("one", left.local_id)


async def test_an_old_send_waits_until_its_chat_can_be_read(desk: Afterlife) -> None:
    await desk.leave("one", OutgoingState.SENDING, LATE)
    desk.in_chat = [desk.said("one")]
    desk.network.failure = httpx.ConnectError("")
    await desk.start(60)
    assert desk.states() == [OutgoingState.UNCONFIRMED]
    desk.network.failure = None
    await desk.clock.run(120)
    assert desk.states() == [None]


async def test_an_old_send_into_a_chat_that_cannot_be_read_at_all_is_asked_about(desk: Afterlife) -> None:
    await desk.leave("one", OutgoingState.SENDING, LATE)
    desk.refusal = (404, 2001)
    await desk.start(10)
    assert desk.states() == [OutgoingState.FAILED]


async def test_what_never_left_is_sent_however_old_it_is(desk: Afterlife) -> None:
    await desk.leave("one", OutgoingState.QUEUED, LATE)
    await desk.start()
    assert desk.states() == [None]


async def test_a_chat_that_was_being_begun_is_begun_again(desk: Afterlife) -> None:
    line, kim, new = Handle("+14155550100"), Handle("+14155550177"), ChatId("new:1")
    left = replace(await desk.leave("Hello", OutgoingState.SENDING), chat_id=new)
    await desk.journal.update([replace(left, begins=Beginning(line, (kim,)))])
    await desk.outbox.restore()
    summary = desk.cache.summary(new)
    assert summary is not None
    assert summary.chat.is_provisional
    assert [row.content for row in desk.cache.rows(new)] != []


async def test_taking_up_twice_sends_once(desk: Afterlife) -> None:
    await desk.leave("one", OutgoingState.QUEUED)
    await desk.outbox.restore()
    await desk.start()
    assert len(desk.network.sent()) == 1


async def test_what_the_server_calls_final_is_not_repeated(desk: Afterlife) -> None:
    def refuse(_request: httpx.Request) -> tuple[int, Any]:
        return 500, {"error": {"status": 500, "code": 3006, "message": "no"}}

    desk.network.answer, desk.network.headers = refuse, {"x-should-retry": "false"}
    await desk.leave("one", OutgoingState.QUEUED)
    await desk.start(600)
    assert len(desk.network.asked) == 1
    assert desk.states() == [OutgoingState.FAILED]


class _DiskThatFills(MemoryJournal):
    @override
    async def update(self, changed: Sequence[OutgoingMessage]) -> None:
        raise LocalFaultError("The disk is full.")

    @override
    async def remove(self, local_id: LocalId, changed: Sequence[OutgoingMessage] = ()) -> None:
        raise LocalFaultError("The disk is full.")


async def test_what_is_safe_is_sent_although_the_disk_is_full_by_now(desk: Afterlife) -> None:
    outbox = Outbox(desk.cache, Keeping(_DiskThatFills()), desk.connectivity, desk.scope, desk.clock)
    desk.cache.merge_chats([a_chat()])
    outbox.use(desk.network.client())
    for text in ("one", "two"):
        await outbox.enqueue(ANA, Content((OutgoingText(text),)))
    await desk.clock.run(1)
    assert [text for text, _ in desk.network.sent()] == ["one", "two"]
    assert desk.states() == [None, None]
