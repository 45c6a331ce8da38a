"""Time as the services know it, so that tests need not wait."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells and passes time."""

    def monotonic(self) -> float:
        """Return seconds that never jump."""

    def now(self) -> datetime:
        """Return the wall's time, aware."""

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        """Return after `seconds`, or as soon as the event is set."""


class SystemClock:
    """The computer's own clock."""

    def monotonic(self) -> float:
        """Return seconds that never jump."""
        return time.monotonic()

    def now(self) -> datetime:
        """Return the wall's time in UTC."""
        return datetime.now(UTC)

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        """Return after `seconds`, or as soon as the event is set."""
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            return
