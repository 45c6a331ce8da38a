"""Finds words in what is loaded of a thread, the newest first, a slice at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

from linqdesk.domain.decorations import utf16_length
from linqdesk.domain.ids import RowKey
from linqdesk.domain.system_event import SystemEvent
from linqdesk.store.view import CacheView
from linqdesk.ui.models.message_list_model import MessageListModel
from linqdesk.ui.models.message_words import row_text

SLICE = 400


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a message holds the words: `[start, end)` of its text in UTF-16 code units."""

    key: RowKey
    start: int
    end: int


class Search:
    """One search through the rows of a model; every message counts once, at its first place."""

    def __init__(self, words: str, model: MessageListModel, cache: CacheView) -> None:
        """Begin at the newest row."""
        self._words = words.casefold()
        self._model = model
        self._cache = cache
        self._keys = [model.row_at(row).key for row in range(model.rowCount() - 1, -1, -1)]
        self._done = 0
        self.hits: list[Hit] = []

    @property
    def is_over(self) -> bool:
        """Whether every row has been looked at."""
        return not self._words or self._done >= len(self._keys)

    def look_on(self) -> None:
        """Look through one more slice."""
        keys = self._keys[self._done : self._done + SLICE]
        self._done += len(keys)
        self.hits += self._found(keys)

    def _found(self, keys: list[RowKey]) -> Iterator[Hit]:
        for key in keys:
            position = self._model.position_of(key)
            row = None if position is None else self._model.row_at(position)
            if row is None or isinstance(row.content, SystemEvent):
                continue
            text = row_text(row, self._cache)
            at = text.casefold().find(self._words)
            if at >= 0:
                yield Hit(key, *_place(text, self._words, at))


def _place(text: str, words: str, at: int) -> tuple[int, int]:
    """Return a place that was found in the folded text as one of the text itself."""
    folded = 0
    start = end = None
    for number, letter in enumerate(text):
        if start is None and folded >= at:
            start = number
        if folded >= at + len(words):
            end = number
            break
        folded += len(letter.casefold())
    start = len(text) if start is None else start
    end = len(text) if end is None else end
    return utf16_length(text[:start]), utf16_length(text[:end])
