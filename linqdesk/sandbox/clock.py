"""The world's time: it follows the real clock, may run faster, and can be moved on at will."""

import asyncio
import heapq
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import count

FAST_SPEED = 50.0
"""World seconds per real second under `--speed fast`."""


class Clock:
    """Tells the world's time, which never goes backward."""

    def __init__(
        self, start: datetime, speed: float = 1.0, ticks: Callable[[], float] = time.monotonic
    ) -> None:
        """Start at `start` (with a zone); `speed` is world seconds per real second."""
        self.speed = speed
        self._start = start
        self._ticks = ticks
        self._began = ticks()
        self._moved_s = 0.0
        self._held: datetime | None = None

    def now(self) -> datetime:
        """Return the world's time, in UTC."""
        if self._held is not None:
            return self._held
        real_s = self._ticks() - self._began
        return self._start + timedelta(seconds=real_s * self.speed + self._moved_s)

    def advance(self, seconds: float) -> None:
        """Move the world on by `seconds`, which must not be negative."""
        self._moved_s += seconds

    async def wait(self, seconds: float) -> None:
        """Wait really where time runs as it does outside; where it runs faster, only move it on."""
        if self.speed == 1:
            await asyncio.sleep(seconds)
        else:
            self.advance(seconds)

    def hold(self, moment: datetime | None) -> None:
        """Stand still at `moment` while what was due then happens; None lets time run again."""
        self._held = moment


class Agenda:
    """What is still to happen, done in order and at its own time when the world is next looked at."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._order = count()
        self._due: list[tuple[datetime, int, Callable[[], None]]] = []

    def after(self, seconds: float, action: Callable[[], None]) -> None:
        """Plan `action` for `seconds` of world time from now."""
        when = self._clock.now() + timedelta(seconds=seconds)
        heapq.heappush(self._due, (when, next(self._order), action))

    def catch_up(self) -> None:
        """Do everything that has become due, oldest first, each at the time it was due."""
        now = self._clock.now()
        while self._due and self._due[0][0] <= now:
            when, _, action = heapq.heappop(self._due)
            self._clock.hold(when)
            try:
                action()
            finally:
                self._clock.hold(None)


def wall_time() -> datetime:
    """Return the real time, from which a world starts."""
    return datetime.now(UTC)


@lru_cache(maxsize=20_000)
def stamp(moment: datetime) -> str:
    """Write a time as the API does: RFC 3339 in UTC with a Z (linq-api.md, section 1)."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
