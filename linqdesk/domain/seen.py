"""How far an agent has looked at a chat: content-free, so that it may be kept on disk."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

# When a message was said, and its id: what tells it from all others in any run.
SeenKey = tuple[datetime, str]


@dataclass(frozen=True, slots=True)
class SeenMark:
    """The newest message that was seen, None for none; `is_unread` where the agent marked the chat so."""

    newest: SeenKey | None = None
    is_unread: bool = False


class ReadPolicy(StrEnum):
    """When the customer is shown Read."""

    ON_ANSWER = "answer"
    ON_OPENING = "open"
    BY_HAND = "hand"
