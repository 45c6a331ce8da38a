"""Whom our account has blocked: pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from linqdesk.domain.ids import Handle


@dataclass(frozen=True, slots=True)
class BlockedHandle:
    """Somebody whose messages Linq drops and to whom it refuses ours; `reason` is a note, often empty."""

    handle: Handle
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BlockList:
    """All whom our account has blocked, as it was when the list was asked for.

    Groups with others in them are not restricted (PY, blocked_handles).
    """

    read_at: datetime
    entries: Mapping[Handle, BlockedHandle] = field(default_factory=dict)

    def find(self, handle: Handle) -> BlockedHandle | None:
        """Return the entry of somebody, None where they are not blocked; Linq keeps mail in lower case."""
        return self.entries.get(handle) or self.entries.get(Handle(handle.lower()))
