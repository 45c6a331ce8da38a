import asyncio
from itertools import count

from linqdesk.domain.ids import ChatId, LocalId
from linqdesk.services.pacing import PairPace
from linqdesk.services.task_scope import TaskScope
from tests.services.virtual import VirtualClock, settle

ANA, BEN = ChatId("ana"), ChatId("ben")


async def test_no_minute_sees_more_than_thirty_messages_of_a_pair() -> None:
    clock, went = VirtualClock(), list[float]()
    pace = PairPace(clock)
    names = count()

    async def send_all() -> None:
        for _ in range(95):
            await pace.turn(ANA, LocalId(f"message {next(names)}"))
            went.append(clock.monotonic())

    scope = TaskScope("test")
    scope.start(send_all(), name="send")
    await clock.run(600)
    await scope.close()
    assert len(went) == 95
    assert all(later - earlier >= 60 for earlier, later in zip(went, went[30:], strict=False))
    assert went[-1] <= 180


async def test_a_repetition_and_another_chat_do_not_wait() -> None:
    clock = VirtualClock()
    pace = PairPace(clock)
    for number in range(30):
        await pace.turn(ANA, LocalId(f"message {number}"))
    await pace.turn(ANA, LocalId("message 29"))
    await pace.turn(ANA, None)
    await pace.turn(BEN, LocalId("another"))
    scope = TaskScope("test")
    waiting = scope.start(pace.turn(ANA, LocalId("message 30")), name="wait")
    await settle()
    assert waiting is not None
    assert not waiting.done()
    await clock.run(61)
    assert waiting.done()
    await scope.close()


async def test_a_message_counts_from_its_last_try() -> None:
    clock = VirtualClock()
    pace = PairPace(clock)
    await pace.turn(ANA, LocalId("tried while offline"))
    await clock.run(50)
    await pace.turn(ANA, LocalId("tried while offline"))
    for number in range(29):
        await pace.turn(ANA, LocalId(f"message {number}"))
    scope = TaskScope("test")
    waiting = scope.start(pace.turn(ANA, LocalId("one too many")), name="wait")
    await clock.run(59)
    assert waiting is not None
    assert not waiting.done()
    await clock.run(2)
    assert waiting.done()
    await scope.close()


async def test_a_time_that_cannot_be_told_exactly_does_not_make_it_wait_for_ever() -> None:
    # From 4.1 s on the minute is over at 64.1 s, which less 4.1 s is a rounding below 60 s.
    began_s = 4.1
    assert began_s + 60 - began_s < 60
    clock = VirtualClock()
    await clock.run(began_s)
    pace = PairPace(clock)
    for number in range(30):
        await pace.turn(ANA, LocalId(f"message {number}"))
    scope = TaskScope("test")
    waiting = scope.start(pace.turn(ANA, LocalId("message 30")), name="wait")
    await asyncio.wait_for(clock.run(61), timeout=20)
    assert waiting is not None
    assert waiting.done()
    await scope.close()
