"""Whom the account has blocked (linq-api.md 2.4; PY, blocked_handles)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from linqdesk.sandbox.clock import Clock, stamp


@dataclass(frozen=True, slots=True)
class Blocked:
    """One handle that is blocked, with the note that was given."""

    handle: str
    reason: str | None
    blocked_at: datetime

    def as_json(self) -> dict[str, Any]:
        """Return the shape of the vendor's BlockedHandleEntry."""
        return {"handle": self.handle, "reason": self.reason, "blocked_at": stamp(self.blocked_at)}


class Blocklist:
    """The handles that are blocked; who is on it already stays as he is."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._entries: dict[str, Blocked] = {}

    def __contains__(self, handle: object) -> bool:
        """Tell whether somebody is blocked."""
        return handle in self._entries

    def __iter__(self) -> Iterator[Blocked]:
        """Yield all entries, the newest first."""
        return iter(tuple(reversed(self._entries.values())))

    def add(self, handle: str, reason: str | None = None) -> Blocked:
        """Block somebody; returns the entry that there is."""
        return self._entries.setdefault(handle, Blocked(handle, reason, self._clock.now()))

    def discard(self, handle: str) -> None:
        """Block somebody no longer."""
        self._entries.pop(handle, None)
