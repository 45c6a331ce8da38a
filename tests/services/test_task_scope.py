import asyncio

import pytest

from linqdesk.services.task_scope import TaskScope
from tests.services.virtual import VirtualClock, settle


async def test_a_failure_is_reported_once_and_stops_nobody_else(caplog: pytest.LogCaptureFixture) -> None:
    failures: list[Exception] = []
    scope = TaskScope("test", failures.append)
    went_on = asyncio.Event()

    async def fail() -> None:
        raise ValueError("x")

    async def go_on() -> None:
        await asyncio.sleep(0)
        went_on.set()

    scope.start(fail(), name="fail")
    scope.start(go_on(), name="go on")
    await settle()
    assert went_on.is_set()
    assert len(failures) == 1
    assert "fail failed: ValueError" in caplog.text
    await scope.close()


async def test_closing_ends_every_task_and_drops_later_ones() -> None:
    scope = TaskScope("test")
    ended: list[str] = []

    async def last(name: str) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            ended.append(name)

    for name in ("one", "two"):
        scope.start(last(name), name=name)
    await settle()
    await scope.close()
    assert sorted(ended) == ["one", "two"]
    assert scope.start(last("three"), name="three") is None


async def test_a_failing_loop_is_begun_again_some_five_times_a_minute_and_never_given_up() -> None:
    clock = VirtualClock()
    failures: list[Exception] = []
    scope = TaskScope("test", failures.append)
    begun_at: list[float] = []

    async def fail() -> None:
        begun_at.append(clock.monotonic())
        raise ValueError("x")

    scope.start_loop(fail, name="loop", clock=clock)
    await clock.run(3_600)
    assert max(sum(at <= each < at + 60 for each in begun_at) for at in begun_at) <= 6
    assert begun_at[-1] > 3_500
    assert len(failures) == len(begun_at)
    await scope.close()


async def test_a_loop_that_ends_by_itself_is_not_begun_again() -> None:
    scope = TaskScope("test")
    begun: list[int] = []

    async def once() -> None:
        begun.append(1)

    scope.start_loop(once, name="loop", clock=VirtualClock())
    await settle()
    assert begun == [1]
    await scope.close()
