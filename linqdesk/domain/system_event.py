"""What happened to a chat without anybody saying it: who came and went, a new name, a new icon."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from linqdesk.domain.ids import ChatId, Handle, RowKey


class SystemEventKind(StrEnum):
    """The kinds of events that Linq lets us see in a chat."""

    JOINED = "joined"
    LEFT = "left"
    REMOVED = "removed"
    RENAMED = "renamed"
    ICON_CHANGED = "icon"


@dataclass(frozen=True, slots=True)
class SystemEvent:
    """One event: `handle` is whom it is about, `name` the new name, None where the chat lost its own."""

    chat_id: ChatId
    kind: SystemEventKind
    created_at: datetime
    handle: Handle | None = None
    is_me: bool = False
    name: str | None = None

    @property
    def key(self) -> RowKey:
        """The event's lasting identity in its thread."""
        about = self.handle or self.name or ""
        return RowKey(f"event:{self.kind}:{about}:{self.created_at.isoformat()}")

    @property
    def text(self) -> str:
        """The text parts: none, for nobody wrote it."""
        return ""
