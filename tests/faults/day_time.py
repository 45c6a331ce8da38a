"""A loop in which time passes only while everybody waits, and a clock by it that may be set and may sleep."""

import asyncio
import selectors
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from typing_extensions import override

from tests.faults.inside import DeskClock

_BEGAN = datetime(2026, 3, 1, tzinfo=UTC)


class _Selector(selectors.DefaultSelector):
    """Lets time pass instead of waiting for it."""

    def __init__(self, passed: Callable[[float], None]) -> None:
        super().__init__()
        self._passed = passed

    @override
    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            return super().select(None)
        ready = super().select(0)
        if not ready and timeout > 0:
            self._passed(timeout)
        return ready


class DayLoop(asyncio.SelectorEventLoop):
    """A loop whose timers go off at once, in order, as soon as nobody has anything else to do."""

    def __init__(self) -> None:
        self.now_s = 0.0
        super().__init__(_Selector(self._pass))

    def _pass(self, seconds: float) -> None:
        self.now_s += seconds

    @override
    def time(self) -> float:
        return self.now_s


class DayClock(DeskClock):
    """The clock of such a loop."""

    def __init__(self, loop: DayLoop) -> None:
        super().__init__()
        self._loop = loop

    @override
    def monotonic(self) -> float:
        return self._loop.now_s

    @override
    def now(self) -> datetime:
        return _BEGAN + timedelta(seconds=self.world_s() + self.set_by_s)

    @override
    def world_s(self) -> float:
        return self._loop.now_s + self._slept_s

    @override
    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            return
