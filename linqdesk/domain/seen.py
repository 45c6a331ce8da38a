"""How far an agent has looked at a chat: content-free, so that it may be kept on disk."""

from dataclasses import dataclass
from enum import StrEnum

from linqdesk.domain.ordering import MessageSortKey


@dataclass(frozen=True, slots=True)
class SeenMark:
    """The newest message that was seen, None for none; `is_unread` where the agent marked the chat so."""

    newest: MessageSortKey | None = None
    is_unread: bool = False


class ReadPolicy(StrEnum):
    """When the customer is shown Read."""

    ON_ANSWER = "answer"
    ON_OPENING = "open"
    BY_HAND = "hand"
