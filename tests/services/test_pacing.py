import asyncio
from itertools import count

import pytest

from linqdesk.domain.errors import OfflineError
from linqdesk.domain.ids import ChatId, LocalId
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.pacing import PairPace
from linqdesk.services.pair_meter import PairMeter
from linqdesk.services.task_scope import TaskScope
from linqdesk.store.cache import Cache
from tests.services.virtual import VirtualClock, settle

ANA, BEN = ChatId("ana"), ChatId("ben")


class Desk:
    """A pace, and somebody who looks into chats."""

    def __init__(self) -> None:
        self.clock = VirtualClock()
        cache = Cache()
        self.connectivity = Connectivity(cache, self.clock)
        self.pace = PairPace(PairMeter(cache, self.clock), self.connectivity, self.clock)
        self.pace.look = self._look
        self.looked: list[float] = []
        self.is_offline = False

    async def turn(self, chat_id: ChatId, name: str, *, is_wanted: bool = True) -> bool:
        return await self.pace.turn(chat_id, LocalId(name), lambda: is_wanted)

    async def wait(self, name: str) -> None:
        assert await self.turn(ANA, name)

    async def _look(self, chat_id: ChatId) -> None:
        assert chat_id == ANA
        self.looked.append(self.clock.monotonic())
        if self.is_offline:
            raise OfflineError("no network")


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_no_minute_sees_more_than_thirty_messages_of_a_pair(desk: Desk) -> None:
    went = list[float]()
    names = count()

    async def send_all() -> None:
        for _ in range(95):
            assert await desk.turn(ANA, f"message {next(names)}")
            went.append(desk.clock.monotonic())

    scope = TaskScope("test")
    scope.start(send_all(), name="send")
    await desk.clock.run(600)
    await scope.close()
    assert len(went) == 95
    assert all(later - earlier >= 60 for earlier, later in zip(went, went[30:], strict=False))
    assert went[-1] <= 182


async def test_a_repetition_and_another_chat_do_not_wait(desk: Desk) -> None:
    for number in range(30):
        await desk.turn(ANA, f"message {number}")
    assert await desk.turn(ANA, "message 29")
    assert not await desk.turn(ANA, "discarded", is_wanted=False)
    assert await desk.turn(BEN, "another")
    scope = TaskScope("test")
    waiting = scope.start(desk.wait("message 30"), name="wait")
    await settle()
    assert waiting is not None
    assert not waiting.done()
    await desk.clock.run(61)
    assert waiting.done()
    await scope.close()


async def test_a_message_counts_from_its_last_try(desk: Desk) -> None:
    await desk.turn(ANA, "tried while offline")
    await desk.clock.run(50)
    await desk.turn(ANA, "tried while offline")
    for number in range(29):
        await desk.turn(ANA, f"message {number}")
    scope = TaskScope("test")
    waiting = scope.start(desk.wait("one too many"), name="wait")
    await desk.clock.run(59)
    assert waiting is not None
    assert not waiting.done()
    await desk.clock.run(2)
    assert waiting.done()
    await scope.close()


async def test_who_sends_little_does_not_look_and_who_sends_much_looks_once_a_second(desk: Desk) -> None:
    for number in range(5):
        await desk.turn(ANA, f"message {number}")
    assert desk.looked == []
    for number in range(5, 10):
        await desk.turn(ANA, f"message {number}")
    assert desk.looked == [0.0]
    await desk.clock.run(1)
    await desk.turn(ANA, "another")
    assert desk.looked == [0.0, 1.0]
    for number in range(11, 22):
        await desk.turn(ANA, f"message {number}")
    assert desk.looked == [0.0, 1.0]
    # Now every message counts.
    await desk.turn(ANA, "message 22")
    await desk.turn(ANA, "message 23")
    assert desk.looked == [0.0, 1.0, 1.0, 1.0]


async def test_a_chat_that_cannot_be_read_holds_no_message_up(desk: Desk) -> None:
    for number in range(5):
        await desk.turn(ANA, f"message {number}")
    desk.is_offline = True
    assert await desk.turn(ANA, "goes all the same")
    assert desk.looked == [0.0]


async def test_a_time_that_cannot_be_told_exactly_does_not_make_it_wait_for_ever(desk: Desk) -> None:
    # From 4.1 s on the minute is over at 64.6 s, which less 4.1 s may be a rounding below 60.5 s.
    for began_s in (4.1, 0.3, 0.7):
        await desk.clock.run(began_s)
        for number in range(30):
            await desk.turn(ANA, f"message {began_s} {number}")
        scope = TaskScope("test")
        waiting = scope.start(desk.wait(f"one more {began_s}"), name="wait")
        await asyncio.wait_for(desk.clock.run(61), timeout=20)
        assert waiting is not None
        assert waiting.done()
        await scope.close()
        await desk.clock.run(61)
