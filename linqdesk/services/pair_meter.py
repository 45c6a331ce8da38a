"""Counts what went to each customer within the last minute, by whomever: beyond 30 Linq refuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from linqdesk.domain.ids import RowKey
from linqdesk.domain.message import Message
from linqdesk.services.server_time import ServerTime
from linqdesk.store.changes import ChatAdopted, MessagesChanged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linqdesk.domain.ids import ChatId, LocalId
    from linqdesk.services.clock import Clock
    from linqdesk.store.changes import Change
    from linqdesk.store.view import CacheView

# linq-api.md 3.2: more messages between a line and a recipient are refused with 429/1007.
LIMIT, WITHIN_S = 30, 60.0
# Times are rounded to milliseconds on their way.
_COUNTS_FOR_S = WITHIN_S + 0.5
_SHORTEST_WAIT_S = 0.001
# What others send at the very moment is not seen before we send.
_RESERVE = 2


@dataclass(frozen=True, slots=True)
class _Try:
    """A send of ours: the latest moment, in the clock's seconds, at which Linq can have counted it."""

    at_s: float
    is_answered: bool = False


@dataclass(frozen=True, slots=True)
class PairLoad:
    """How many messages went into a chat within the last minute, and in how many seconds one more may go.

    `has_company` tells that others sent some of them over our line.
    """

    count: int = 0
    wait_s: float = 0.0
    has_company: bool = False


class PairMeter:
    """Our own sends as they leave, and all others of our line as the thread shows them."""

    def __init__(self, cache: CacheView, clock: Clock) -> None:
        """Count from now on. Cache and meter live equally long."""
        self._cache = cache
        self._clock = clock
        self._time = ServerTime(clock)
        self._tries: dict[ChatId, dict[RowKey, _Try]] = {}
        cache.subscribe(self._on_cache_changed)

    def load(self, chat_id: ChatId, beside: LocalId | None = None) -> PairLoad:
        """Return how full a chat's minute is, not counting one message that is to go again."""
        now_s = self._clock.monotonic()
        tries = self._tries.setdefault(chat_id, {})
        for key in [each for each, tried in tries.items() if now_s - tried.at_s >= _COUNTS_FOR_S]:
            del tries[key]
        ours = [now_s - tried.at_s for key, tried in tries.items() if beside is None or key != RowKey(beside)]
        theirs = list(self._ages_of_others(chat_id))
        ages = sorted((*ours, *theirs))
        room = LIMIT - _RESERVE if theirs else LIMIT
        # No shorter, for a rounding could be left of it for ever.
        wait_s = max(_SHORTEST_WAIT_S, _COUNTS_FOR_S - ages[room - 1]) if len(ages) >= room else 0.0
        return PairLoad(len(ages), wait_s, has_company=bool(theirs))

    def note_try(self, chat_id: ChatId, local_id: LocalId) -> None:
        """Count a message that is about to leave; one that left before counts once, from its last try.

        Which of its tries Linq counted is not known, and the last is the latest that it can be.
        """
        self._tries.setdefault(chat_id, {})[RowKey(local_id)] = _Try(self._clock.monotonic())

    def _ages_of_others(self, chat_id: ChatId) -> Iterator[float]:
        """Yield how old each message is that went out lately without being tried here, in seconds."""
        tries = self._tries[chat_id]
        for row in reversed(self._cache.rows(chat_id)):
            message = row.content
            if not isinstance(message, Message):
                continue
            age_s = self._time.age_s(message.created_at)
            if age_s >= _COUNTS_FOR_S:
                return
            # What was sent from here keeps the key that it was given here.
            if message.is_from_me and row.key not in tries and row.key == RowKey(message.id):
                yield age_s

    def _on_cache_changed(self, change: Change) -> None:
        if isinstance(change, ChatAdopted):
            begun = self._tries.pop(change.local_id, {})
            self._tries.setdefault(change.chat_id, {}).update(begun)
        elif isinstance(change, MessagesChanged):
            for key in (*change.inserted, *change.updated):
                row = self._cache.row(change.chat_id, key)
                if row is not None and isinstance(row.content, Message):
                    self._learn(change.chat_id, key, row.content)

    def _learn(self, chat_id: ChatId, key: RowKey, message: Message) -> None:
        tried = self._tries.get(chat_id, {}).get(key)
        is_answer = tried is not None and not tried.is_answered
        self._time.learn(message.created_at, is_answer=is_answer)
        if is_answer:
            # Linq counted it before now.
            self._tries[chat_id][key] = _Try(self._clock.monotonic(), is_answered=True)
