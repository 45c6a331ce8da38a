"""How many requests a second looking for news may cost; what the agent asks for never waits for it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linqdesk.services.clock import Clock

USUAL_PER_S = 2.0
# The first look at an account and an agent who scrolls may take this many at once.
_BURST = 120.0
# What the agent asked for beyond the burst holds looks back for no longer than this many requests take.
_MAX_DEBT = 10.0
# What is missing may be too little for a clock to measure.
_MIN_WAIT_S = 0.01


class Budget:
    """An allowance that fills up steadily; looks wait until something is left of it."""

    def __init__(self, clock: Clock, per_s: float = USUAL_PER_S) -> None:
        """Start with the whole burst."""
        self._clock = clock
        self._per_s = per_s
        self._left = _BURST
        self._filled_at = clock.monotonic()

    def allow(self, per_s: float) -> None:
        """Allow this many requests a second from now on, more than 0."""
        self._fill()
        self._per_s = per_s

    def spend(self) -> None:
        """Count a request that leaves now."""
        self._fill()
        self._left = max(self._left - 1.0, -_MAX_DEBT)

    async def turn(self) -> None:
        """Return once a look may leave; it is counted by `spend`."""
        while True:
            self._fill()
            if self._left >= 1.0:
                return
            await self._clock.wait(asyncio.Event(), max((1.0 - self._left) / self._per_s, _MIN_WAIT_S))

    def _fill(self) -> None:
        now = self._clock.monotonic()
        self._left = min(_BURST, self._left + (now - self._filled_at) * self._per_s)
        self._filled_at = now
