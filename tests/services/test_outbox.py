from collections.abc import AsyncIterator, Sequence
from typing import Any

import httpx
import pytest
from typing_extensions import override

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import LocalId
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import Content, OutgoingMessage, OutgoingState, OutgoingText
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.keeping import Keeping
from linqdesk.services.outbox import Outbox
from linqdesk.services.outbox_journal import MemoryJournal
from linqdesk.services.task_scope import TaskScope
from linqdesk.store.cache import Cache
from linqdesk.store.view import ConnectionState
from tests.services.virtual import Network, VirtualClock
from tests.store.messages import ANA, a_chat, a_message


def _accepted(request: httpx.Request) -> tuple[int, Any]:
    number = str(abs(hash(request.content)))
    return 202, {"chat_id": ANA, "message": {"id": number, "created_at": "2026-03-01T00:00:00Z"}}


def _error(status: int, code: int) -> tuple[int, Any]:
    return status, {"error": {"status": status, "code": code, "message": "no"}}


class Bench:
    """An outbox with its cache, its clock and its network."""

    def __init__(self) -> None:
        self.clock = VirtualClock()
        self.cache = Cache()
        self.cache.merge_chats([a_chat()])
        self.network = Network(_accepted)
        self.scope = TaskScope("test")
        self.connectivity = Connectivity(self.cache, self.clock)
        self.outbox = Outbox(self.cache, Keeping(MemoryJournal()), self.connectivity, self.scope, self.clock)
        self.outbox.use(self.network.client())

    async def send(self, text: str) -> LocalId:
        return await self.outbox.enqueue(ANA, Content((OutgoingText(text),)))

    def states(self) -> list[OutgoingState | None]:
        """The state of each row; None for what Linq has confirmed."""
        rows = [row.content for row in self.cache.rows(ANA)]
        return [each.state if isinstance(each, OutgoingMessage) else None for each in rows]


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    made = Bench()
    yield made
    await made.scope.close()


async def test_what_is_taken_is_on_screen_at_once_and_then_confirmed(bench: Bench) -> None:
    await bench.send("one")
    assert bench.states() == [OutgoingState.QUEUED]
    await bench.clock.run(1)
    assert bench.states() == [None]
    assert bench.cache.connection.state is ConnectionState.ONLINE


async def test_sends_go_in_order_with_one_key_each(bench: Bench) -> None:
    for text in ("one", "two", "three"):
        await bench.send(text)
    await bench.clock.run(1)
    assert [text for text, _ in bench.network.sent()] == ["one", "two", "three"]
    assert len({key for _, key in bench.network.sent()}) == 3


@pytest.mark.parametrize(
    "failure", [httpx.ReadTimeout(""), httpx.RemoteProtocolError(""), httpx.ReadError("")]
)
async def test_a_lost_answer_is_repeated_under_the_same_key(bench: Bench, failure: Exception) -> None:
    bench.network.failure = failure
    await bench.send("one")
    await bench.clock.run(0.1)
    assert bench.states() == [OutgoingState.UNCONFIRMED]
    bench.network.failure = None
    await bench.clock.run(60)
    assert bench.states() == [None]
    assert len(set(bench.network.sent())) == 1
    assert len(bench.network.sent()) == 2


async def test_offline_the_queue_is_kept_and_sent_in_order_when_the_network_is_back(bench: Bench) -> None:
    bench.network.failure = httpx.ConnectError("")
    for text in ("one", "two"):
        await bench.send(text)
    await bench.clock.run(8 * 3_600)
    assert bench.states() == [OutgoingState.QUEUED, OutgoingState.QUEUED]
    assert bench.cache.connection.state is ConnectionState.OFFLINE
    tries = len(bench.network.asked)
    assert tries < 1_100
    bench.network.failure = None
    await bench.clock.run(120)
    assert [text for text, _ in bench.network.sent()[tries:]] == ["one", "two"]


async def test_after_429_nothing_is_asked_before_the_wait_is_over(bench: Bench) -> None:
    bench.network.answer = lambda _request: _error(429, 1007)
    await bench.send("one")
    await bench.clock.run(4.9)
    assert len(bench.network.asked) == 1
    assert bench.cache.connection.state is ConnectionState.RATE_LIMITED
    bench.network.answer = _accepted
    await bench.clock.run(3)
    assert bench.states() == [None]


async def test_a_refusal_stops_the_chat_until_the_agent_decides(bench: Bench) -> None:
    bench.network.answer = lambda _request: _error(403, 2026)
    first = await bench.send("one")
    await bench.send("two")
    await bench.clock.run(600)
    assert bench.states() == [OutgoingState.FAILED, OutgoingState.QUEUED]
    assert len(bench.network.asked) == 1

    bench.network.answer = _accepted
    await bench.outbox.retry(first)
    await bench.clock.run(1)
    assert bench.states() == [None, None]
    texts = [text for text, _ in bench.network.sent()]
    assert texts == ["one", "one", "two"]
    assert bench.network.sent()[0] == bench.network.sent()[1]


async def test_a_discarded_refusal_lets_the_next_one_go(bench: Bench) -> None:
    bench.network.answer = lambda _request: _error(400, 1004)
    first = await bench.send("one")
    await bench.send("two")
    await bench.clock.run(1)
    bench.network.answer = _accepted
    await bench.outbox.discard(first)
    await bench.clock.run(1)
    assert bench.states() == [None]
    assert [text for text, _ in bench.network.sent()] == ["one", "two"]


async def test_what_may_have_arrived_cannot_be_discarded(bench: Bench) -> None:
    bench.network.failure = httpx.ReadTimeout("")
    local_id = await bench.send("one")
    await bench.clock.run(0.1)
    await bench.outbox.discard(local_id)
    assert bench.states() == [OutgoingState.UNCONFIRMED]


async def test_a_key_whose_message_was_deleted_is_never_sent_again(bench: Bench) -> None:
    bench.network.failure = httpx.ReadTimeout("")
    await bench.send("one")
    await bench.clock.run(0.1)
    bench.network.failure = None
    bench.network.answer = lambda _request: _error(404, 2002)
    await bench.clock.run(120)
    assert bench.states() == []
    assert len(bench.network.asked) == 2


async def test_a_chat_that_is_still_being_made_is_tried_again(bench: Bench) -> None:
    bench.network.answer = lambda _request: _error(409, 2009)
    await bench.send("one")
    await bench.clock.run(0.1)
    bench.network.answer = _accepted
    await bench.clock.run(5)
    assert bench.states() == [None]


async def test_signed_out_the_outbox_waits_for_another_token(bench: Bench) -> None:
    bench.network.answer = lambda _request: _error(401, 2004)
    await bench.send("one")
    await bench.clock.run(3_600)
    assert len(bench.network.asked) == 1
    assert bench.states() == [OutgoingState.QUEUED]
    bench.network.answer = _accepted
    bench.outbox.use(bench.network.client())
    bench.connectivity.signed_in_again()
    await bench.clock.run(1)
    assert bench.states() == [None]


async def test_own_messages_are_shown_when_no_answer_comes_for_half_a_minute(bench: Bench) -> None:
    bench.network.failure = httpx.ReadTimeout("")
    await bench.send("one")
    await bench.clock.run(0.1)
    own = (await _confirmed(bench, "other")).id
    assert bench.cache.has_parked(ANA)
    await bench.clock.run(90)
    assert not bench.cache.has_parked(ANA)
    assert any(getattr(row.content, "id", None) == own for row in bench.cache.rows(ANA))


async def _confirmed(bench: Bench, name: str) -> Message:
    message = a_message(name, 1, is_mine=True)
    bench.cache.merge_messages(ANA, [message], bench.cache.next_sequence())
    return message


class _FullDisk(MemoryJournal):
    @override
    async def add(self, taken: Sequence[OutgoingMessage]) -> None:
        raise LocalFaultError("The disk is full.")


async def test_what_cannot_be_kept_is_neither_shown_nor_sent(bench: Bench) -> None:
    outbox = Outbox(bench.cache, Keeping(_FullDisk()), bench.connectivity, bench.scope, bench.clock)
    with pytest.raises(LocalFaultError):
        await outbox.enqueue(ANA, Content((OutgoingText("one"),)))
    assert bench.states() == []


async def test_finishing_gives_a_request_under_way_its_time_and_starts_no_other(bench: Bench) -> None:
    await bench.outbox.finish(2)
    await bench.send("one")
    await bench.clock.run(60)
    assert bench.network.asked == []
    assert bench.states() == [OutgoingState.QUEUED]
