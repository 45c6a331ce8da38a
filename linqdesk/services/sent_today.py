"""Counts what each line has sent today, as far as it is loaded here: Linq tells no such number."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from linqdesk.domain.message import Message
from linqdesk.store.changes import MessagesChanged

if TYPE_CHECKING:
    from datetime import date

    from linqdesk.domain.ids import Handle, MessageId
    from linqdesk.store.changes import Change
    from linqdesk.store.view import CacheView


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


class SentToday:
    """Own messages of today by line, a colleague's included; a message counts once."""

    def __init__(self, cache: CacheView) -> None:
        """Count from now on what the cache tells of."""
        self._cache = cache
        self._day = _today()
        self._sent: dict[Handle, set[MessageId]] = {}
        self._subscription = cache.subscribe(self._on_cache_changed)

    def count(self, line: Handle) -> int:
        """Return how many messages a line has sent today."""
        self._turn_to_today()
        return len(self._sent.get(line, ()))

    def close(self) -> None:
        """Count no more."""
        self._subscription.close()

    def _turn_to_today(self) -> None:
        today = _today()
        if today != self._day:
            self._day = today
            self._sent.clear()

    def _on_cache_changed(self, change: Change) -> None:
        if not isinstance(change, MessagesChanged):
            return
        summary = self._cache.summary(change.chat_id)
        line = summary.chat.line if summary is not None else None
        if line is None:
            return
        self._turn_to_today()
        for key in (*change.inserted, *change.updated):
            row = self._cache.row(change.chat_id, key)
            if row is not None and isinstance(row.content, Message) and self._is_of_today(row.content):
                self._sent.setdefault(line, set()).add(row.content.id)

    def _is_of_today(self, message: Message) -> bool:
        at = message.sent_at or message.created_at
        return message.is_from_me and at.astimezone().date() == self._day
