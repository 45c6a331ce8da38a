"""Counts what went to each customer within the last minute, by whomever: beyond 30 Linq refuses."""

from collections.abc import Iterator

from linqdesk.domain.ids import ChatId, MessageId
from linqdesk.domain.message import Message
from linqdesk.services.clock import Clock
from linqdesk.services.pacing import MESSAGES, WITHIN_S
from linqdesk.store.changes import Change, MessagesChanged
from linqdesk.store.view import CacheView

LIMIT = MESSAGES


class PairMeter:
    """Own messages as the cache tells of them, a colleague's included; times are those of the server."""

    def __init__(self, cache: CacheView, clock: Clock) -> None:
        """Count from now on."""
        self._cache = cache
        self._clock = clock
        self._lately: dict[ChatId, dict[MessageId, float]] = {}
        self._subscription = cache.subscribe(self._on_cache_changed)

    def count(self, chat_id: ChatId) -> int:
        """Return how many messages went into a chat within the last 60 seconds."""
        now_s = self._clock.now().timestamp()
        lately = self._lately.get(chat_id, {})
        for message_id in [each for each, at_s in lately.items() if now_s - at_s >= WITHIN_S]:
            del lately[message_id]
        return len(lately)

    def close(self) -> None:
        """Count no more."""
        self._subscription.close()

    def _on_cache_changed(self, change: Change) -> None:
        if isinstance(change, MessagesChanged):
            oldest_s = self._clock.now().timestamp() - WITHIN_S
            for message in self._own(change):
                at_s = (message.sent_at or message.created_at).timestamp()
                if at_s > oldest_s:
                    self._lately.setdefault(change.chat_id, {})[message.id] = at_s

    def _own(self, change: MessagesChanged) -> Iterator[Message]:
        for key in (*change.inserted, *change.updated):
            row = self._cache.row(change.chat_id, key)
            if row is not None and isinstance(row.content, Message) and row.content.is_from_me:
                yield row.content
