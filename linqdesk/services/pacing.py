"""Keeps sends below Linq's limit for a pair of line and recipient, so that the agent never meets it."""

import asyncio
from collections.abc import Awaitable, Callable

from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import ChatId, LocalId
from linqdesk.services.clock import Clock
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.pair_meter import PairMeter

Look = Callable[[ChatId], Awaitable[None]]
# Who sends no more than this in a minute, alone, is far from the limit whatever others do unseen.
_CALM = 4
_SOON_FULL = 22
_LOOK_EVERY_S = 1.0


class PairPace:
    """Lets a message go when its chat's minute has room, after a look at what others sent into it.

    Others are seen when a poll brings what they sent. So a chat in which much is sent, or in which they
    wrote lately, is read right before the next message leaves.
    """

    def __init__(self, meter: PairMeter, connectivity: Connectivity, clock: Clock) -> None:
        """Start without anybody who looks."""
        self._meter = meter
        self._connectivity = connectivity
        self._clock = clock
        self._looked_at_s: dict[ChatId, float] = {}
        self.look: Look | None = None

    async def turn(self, chat_id: ChatId, local_id: LocalId, is_wanted: Callable[[], bool]) -> bool:
        """Return True once a message may go, which counts it; False where it is not wanted any more."""
        while is_wanted():
            await self._connectivity.allowed()
            if not await self._is_seen(chat_id):
                await self._connectivity.allowed()
            wait_s = self._meter.load(chat_id, local_id).wait_s
            if wait_s <= 0 and is_wanted():
                self._meter.note_try(chat_id, local_id)
                return True
            await self._clock.wait(asyncio.Event(), wait_s)
        return False

    async def _is_seen(self, chat_id: ChatId) -> bool:
        """Read a chat where others may fill its minute; tells whether that went well, or was not needed."""
        if self.look is None or not self._must_look(chat_id):
            return True
        self._looked_at_s[chat_id] = self._clock.monotonic()
        try:
            await self.look(chat_id)
        except LinqDeskError as error:
            # The message itself finds out how things stand: a thread that cannot be read holds nothing up.
            self._connectivity.failed(error)
            return False
        return True

    def _must_look(self, chat_id: ChatId) -> bool:
        load = self._meter.load(chat_id)
        if load.count <= _CALM and not load.has_company:
            return False
        since_s = self._clock.monotonic() - self._looked_at_s.get(chat_id, -_LOOK_EVERY_S)
        return load.count >= _SOON_FULL or since_s >= _LOOK_EVERY_S
