"""Which rank messages get among those of one instant, from what is shown and what is held back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from linqdesk.domain.ids import MessageId, RowKey
from linqdesk.domain.message import Message
from linqdesk.domain.ordering import Listing, message_instant
from linqdesk.store.sorted_rows import SortedRows
from linqdesk.store.ties import ranks_among


@dataclass(frozen=True, slots=True)
class Parked:
    """A message that is held back, the number of the question that brought it, and its rank."""

    message: Message
    sequence: int
    rank: float

    @property
    def instant(self) -> datetime:
        """When it was said."""
        return message_instant(self.message)


class Ranking:
    """Looks at a thread's own tables, which change under it."""

    def __init__(
        self,
        rows: SortedRows,
        row_key_of: Mapping[MessageId, RowKey],
        sequence_of: Mapping[RowKey, int],
        parked: Mapping[MessageId, Parked],
    ) -> None:
        """Look at these tables."""
        self._rows = rows
        self._row_key_of = row_key_of
        self._sequence_of = sequence_of
        self._parked = parked

    def ranks(self, told: Iterable[Message], sequence: int, listing: Listing) -> dict[MessageId, float]:
        """Return the ranks that messages have, or get now, among those of their instants."""
        instant_of = {each.id: message_instant(each) for each in told}
        together: dict[datetime, list[MessageId]] = {}
        for message_id in listing.line or instant_of:
            instant = instant_of.get(message_id) or self._instant(message_id)
            if instant is not None:
                together.setdefault(instant, []).append(message_id)
        ranks: dict[MessageId, float] = {}
        for instant, ids in together.items():
            placed = self.placed(instant)
            ranks.update(placed)
            if not all(each in placed for each in ids):
                loose_at = self._loose_at(ids, placed, sequence, listing)
                ranks.update(ranks_among(placed, ids, loose_at))
        return ranks

    def _instant(self, message_id: MessageId) -> datetime | None:
        parked, key = self._parked.get(message_id), self._row_key_of.get(message_id)
        if parked is not None or key is None:
            return None if parked is None else parked.instant
        sort_key = self._rows.sort_key(key)
        return None if sort_key is None else sort_key[0]

    def placed(self, instant: datetime) -> dict[MessageId, float]:
        """Return the ranks of the messages of an instant, those that are held back included, ascending."""
        shown = (
            (sort_key[1], row.content.id)
            for sort_key, row in self._rows.at_instant(instant)
            if isinstance(row.content, Message)
        )
        held = ((each.rank, each.message.id) for each in self._parked.values() if each.instant == instant)
        return {message_id: rank for rank, message_id in sorted((*shown, *held))}

    def _loose_at(
        self, ids: list[MessageId], placed: Mapping[MessageId, float], sequence: int, listing: Listing
    ) -> int:
        """Return before how many of an instant those go that the server listed beside none of them.

        A page is a piece of the list: those of an instant go on beyond it only at an end of it. Without that
        what is on the screen keeps its side; else the server's list begins with its newest or oldest end.
        """
        is_oldest_end, is_newest_end = (
            bool(set(each) & set(ids)) for each in (listing.ids[:1], listing.ids[-1:])
        )
        if is_oldest_end is not is_newest_end:
            return 0 if is_newest_end else len(placed)
        places = (self._place(each) for each in ids)
        place = next((each for each in places if each is not None), None)
        if place is not None:
            return sum((self._place(each) or 0) < place for each in placed)
        if not listing.is_newest_first:
            return 0
        asked = (self._asked_at(each) for each in placed)
        return next((at for at, each in enumerate(asked) if each > sequence), len(placed))

    def _place(self, message_id: MessageId) -> int | None:
        key = self._row_key_of.get(message_id)
        return None if key is None else self._rows.position(key)

    def _asked_at(self, message_id: MessageId) -> int:
        parked = self._parked.get(message_id)
        return (
            parked.sequence if parked is not None else self._sequence_of.get(self._row_key_of[message_id], 0)
        )
