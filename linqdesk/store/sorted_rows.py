"""Rows in the order of their sort keys, found by bisection."""

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import datetime

from linqdesk.domain.ids import RowKey
from linqdesk.domain.ordering import MessageSortKey
from linqdesk.store.view import ThreadRow

KeyedRow = tuple[MessageSortKey, ThreadRow]


class SortedRows:
    """The rows of a thread, oldest first; no two of them have one key."""

    def __init__(self) -> None:
        """Start empty."""
        self._rows: list[ThreadRow] = []
        self._keys: list[MessageSortKey] = []
        self._key_of: dict[RowKey, MessageSortKey] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, key: RowKey) -> bool:
        return key in self._key_of

    def all(self) -> list[ThreadRow]:
        """Return all rows, oldest first: a copy."""
        return self._rows.copy()

    def oldest_first(self) -> Iterator[KeyedRow]:
        """Iterate over the rows with their sort keys."""
        return zip(self._keys, self._rows, strict=True)

    def newest_first(self) -> Iterator[KeyedRow]:
        """Iterate over the rows backward with their sort keys."""
        return zip(reversed(self._keys), reversed(self._rows), strict=True)

    def newest_key(self) -> MessageSortKey | None:
        """Return the last row's sort key, None where there are no rows."""
        return self._keys[-1] if self._keys else None

    def sort_key(self, key: RowKey) -> MessageSortKey | None:
        """Return a row's sort key, None where it is gone."""
        return self._key_of.get(key)

    def position(self, key: RowKey) -> int | None:
        """Return a row's index, None where it is gone."""
        sort_key = self._key_of.get(key)
        return None if sort_key is None else bisect_left(self._keys, sort_key)

    def row(self, key: RowKey) -> ThreadRow | None:
        """Return a row, None where it is gone."""
        at = self.position(key)
        return None if at is None else self._rows[at]

    def at_instant(self, instant: datetime) -> Iterator[KeyedRow]:
        """Iterate over the rows of one instant, in order."""
        at = bisect_left(self._keys, (instant, -math.inf, ""))
        while at < len(self._keys) and self._keys[at][0] == instant:
            yield self._keys[at], self._rows[at]
            at += 1

    def put(self, at: int, row: ThreadRow) -> None:
        """Show something else of the row at an index."""
        self._rows[at] = row

    def insert(self, sort_key: MessageSortKey, row: ThreadRow) -> int:
        """Insert a row; returns its index."""
        at = bisect_left(self._keys, sort_key)
        self._keys.insert(at, sort_key)
        self._rows.insert(at, row)
        self._key_of[row.key] = sort_key
        return at

    def insert_all(self, new: Sequence[KeyedRow]) -> None:
        """Insert sorted rows, each run that falls into one gap at once."""
        start = 0
        while start < len(new):
            at = bisect_left(self._keys, new[start][0])
            end = start + 1
            while end < len(new) and (at == len(self._keys) or new[end][0] < self._keys[at]):
                end += 1
            self._keys[at:at] = [sort_key for sort_key, _ in new[start:end]]
            self._rows[at:at] = [row for _, row in new[start:end]]
            start = end
        self._key_of.update((row.key, sort_key) for sort_key, row in new)

    def pop(self, at: int) -> KeyedRow:
        """Take out the row at an index."""
        row, sort_key = self._rows.pop(at), self._keys.pop(at)
        del self._key_of[row.key]
        return sort_key, row
