"""Notices that the computer slept or that its clock was set, after which nothing known is fresh."""

import asyncio
from collections.abc import Callable

from linqdesk.services.clock import Clock

LOOK_EVERY_S = 5.0
# The wall's clock moving against the monotonic one by more than this is no drift (reliability.md F9).
_JUMP_S = 30.0


class ResumeWatch:
    """Compares two clocks: the wall's runs on while the computer sleeps, the monotonic one does not."""

    def __init__(self, clock: Clock, resumed: Callable[[], None]) -> None:
        """Watch from now on; `resumed` is called after each jump."""
        self._clock = clock
        self._resumed = resumed
        self._seen = clock.monotonic(), clock.now()

    async def run(self) -> None:
        """Watch for ever."""
        while True:
            await self._clock.wait(asyncio.Event(), LOOK_EVERY_S)
            (then_s, then), now_s, now = self._seen, self._clock.monotonic(), self._clock.now()
            self._seen = now_s, now
            if abs((now - then).total_seconds() - (now_s - then_s)) > _JUMP_S:
                self._resumed()
