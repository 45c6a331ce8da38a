"""Keeps sends below Linq's limit for a pair of line and recipient, so that the agent never meets it."""

import asyncio
from collections import deque

from linqdesk.domain.ids import ChatId, LocalId
from linqdesk.services.clock import Clock

# linq-api.md 3.2: more messages between a line and a recipient are refused with 429/1007.
MESSAGES, WITHIN_S = 30, 60.0


class PairPace:
    """Lets 30 messages into a chat within any 60 seconds; a repeated one counts once, from its last try.

    Which of its tries Linq counted is not known, and the last is the latest that it can be.
    """

    def __init__(self, clock: Clock) -> None:
        """Start without a message."""
        self._clock = clock
        self._lately: dict[ChatId, deque[tuple[float, LocalId]]] = {}

    async def turn(self, chat_id: ChatId, local_id: LocalId | None) -> None:
        """Return once a message may go, and count it; None counts nothing."""
        if local_id is None:
            return
        lately = self._lately.setdefault(chat_id, deque())
        while True:
            now = self._clock.monotonic()
            # Compared as it is waited for: of two ways to reckon it one may lag by a rounding, for ever.
            while lately and lately[0][0] + WITHIN_S <= now:
                lately.popleft()
            earlier = next((each for each in lately if each[1] == local_id), None)
            if earlier is not None:
                lately.remove(earlier)
            if len(lately) < MESSAGES:
                lately.append((now, local_id))
                return
            await self._clock.wait(asyncio.Event(), lately[0][0] + WITHIN_S - now)
