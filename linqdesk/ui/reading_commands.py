"""The verbs for what was read; every call returns at once."""

from collections.abc import Callable
from typing import Protocol

from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import ChatId


class ReadingCommands(Protocol):
    """What the agent has read, and what the customer is shown of it."""

    def is_to_tell(self, chat_id: ChatId) -> bool:
        """Whether the customer of a chat wrote something of which they were not shown Read; cheap."""

    def mark_unread(self, chat_id: ChatId) -> None:
        """Let a chat count as unread until it is opened again; the customer hears nothing of it."""

    def mark_read(self, chat_id: ChatId, done: Callable[[LinqDeskError | None], None]) -> None:
        """Note that a chat was read and let its customer see Read; `done` hears whether that went well."""
