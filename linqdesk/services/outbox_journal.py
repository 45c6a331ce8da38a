"""Where the outbox writes down what it must not lose."""

from typing import Protocol

from linqdesk.domain.ids import LocalId
from linqdesk.domain.outgoing import OutgoingMessage


class Journal(Protocol):
    """Keeps unsent messages; each call returns once its change is safe.

    Every call raises LocalFaultError where this computer cannot keep it.
    """

    async def put(self, outgoing: OutgoingMessage) -> None:
        """Keep a message, in place of what was kept under its id."""

    async def remove(self, local_id: LocalId) -> None:
        """Forget a message that was sent or discarded."""


class MemoryJournal:
    """Keeps unsent messages while the program runs."""

    def __init__(self) -> None:
        """Start empty."""
        self._kept: dict[LocalId, OutgoingMessage] = {}

    async def put(self, outgoing: OutgoingMessage) -> None:
        """Keep a message, in place of what was kept under its id."""
        self._kept[outgoing.local_id] = outgoing

    async def remove(self, local_id: LocalId) -> None:
        """Forget a message that was sent or discarded."""
        self._kept.pop(local_id, None)
