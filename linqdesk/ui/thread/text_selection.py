"""Selecting and copying text of the thread, within a bubble and over several."""

from datetime import UTC, datetime

from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QGuiApplication

from linqdesk.domain.decorations import utf16_length
from linqdesk.domain.ids import RowKey
from linqdesk.store.view import CacheView
from linqdesk.ui.models.grouping import said_at
from linqdesk.ui.models.message_list_model import MessageListModel
from linqdesk.ui.models.message_words import row_text, sender_name
from linqdesk.ui.thread.arrangement import Arrangement
from linqdesk.ui.thread.selection import Selection, Spot
from linqdesk.ui.wording import time_heading


class TextSelection(QObject):
    """What is selected, and how the pointer changes it; points are in the viewport."""

    changed = Signal()

    def __init__(
        self, model: MessageListModel, arrangement: Arrangement, cache: CacheView, parent: QObject
    ) -> None:
        """Start with nothing selected."""
        super().__init__(parent)
        self._model = model
        self._arrangement = arrangement
        self._cache = cache
        self._selection: Selection | None = None

    def clear(self) -> None:
        """Select nothing."""
        if self._selection is not None:
            self._selection = None
            self.changed.emit()

    def begin(self, point: QPointF) -> None:
        """Begin a selection where the pointer went down."""
        spot = self._spot_at(point)
        self._set(None if spot is None else Selection(spot, spot))

    def extend(self, point: QPointF) -> None:
        """Take the selection to where the pointer is now."""
        spot = self._spot_at(point)
        if self._selection is not None and spot is not None:
            self._set(Selection(self._selection.anchor, spot))

    def select_word(self, point: QPointF) -> None:
        """Select the word under the pointer."""
        spot = self._spot_at(point)
        row = None if spot is None else self._model.position_of(spot.key)
        if spot is not None and row is not None:
            start, end = self._arrangement.layout_of(row).word_at(spot.position)
            self._set(Selection(Spot(spot.key, start), Spot(spot.key, end)))

    def select_row(self, row: int) -> None:
        """Select all of one message."""
        self._select_rows(row, row)

    def select_in(self, key: RowKey, start: int, end: int) -> None:
        """Select a range of one message, in UTF-16 code units of its text."""
        self._set(Selection(Spot(key, start), Spot(key, end)))

    def select_all(self) -> None:
        """Select the whole thread as far as it is loaded."""
        if self._model.rowCount():
            self._select_rows(0, self._model.rowCount() - 1)

    def extend_to_row(self, row: int) -> None:
        """Take a selection that was begun at a row's edge to the end of another row."""
        selection = self._selection
        anchor_row = None if selection is None else self._model.position_of(selection.anchor.key)
        if anchor_row is None:
            self.select_row(row)
        elif row < anchor_row:
            self._set(
                Selection(Spot(self._key(anchor_row), self._length(anchor_row)), Spot(self._key(row), 0))
            )
        else:
            self._select_rows(anchor_row, row)

    def range_in(self, row: int) -> tuple[int, int] | None:
        """Return what is selected of a row, None where nothing is."""
        selection = self._selection
        if selection is None:
            return None
        anchor_row = self._model.position_of(selection.anchor.key)
        head_row = self._model.position_of(selection.head.key)
        if anchor_row is None or head_row is None:
            return None
        if not min(anchor_row, head_row) <= row <= max(anchor_row, head_row):
            return None
        return selection.range_in(row, anchor_row, head_row, self._length(row))

    def copy(self, focused_row: int | None) -> bool:
        """Put the selected text on the clipboard, else the focused row's; tells whether there was any."""
        text = self.text() or ("" if focused_row is None else self._whole(focused_row))
        if text:
            QGuiApplication.clipboard().setText(text)
        return bool(text)

    def text(self) -> str:
        """Return the selected text; of several messages each begins with who said it and when."""
        rows = self._selected_rows()
        if len(rows) == 1:
            return self._part(rows[0])
        return "\n".join(f"{self._who_and_when(row)}: {self._part(row)}" for row in rows)

    def _set(self, selection: Selection | None) -> None:
        if selection != self._selection:
            self._selection = selection
            self.changed.emit()

    def _select_rows(self, first: int, last: int) -> None:
        self._set(Selection(Spot(self._key(first), 0), Spot(self._key(last), self._length(last))))

    def _selected_rows(self) -> list[int]:
        selection = self._selection
        if selection is None:
            return []
        ends = [self._model.position_of(each.key) for each in (selection.anchor, selection.head)]
        known = [each for each in ends if each is not None]
        if len(known) < len(ends):
            return []
        return [row for row in range(min(known), max(known) + 1) if self.range_in(row) is not None]

    def _spot_at(self, point: QPointF) -> Spot | None:
        row = self._arrangement.row_at(point.y())
        top = None if row is None else self._arrangement.place_of(row)
        if row is None or top is None:
            return None
        layout = self._arrangement.layout_of(row)
        return Spot(self._key(row), layout.position_at(point - QPointF(0, top)))

    def _key(self, row: int) -> RowKey:
        return self._model.row_at(row).key

    def _whole(self, row: int) -> str:
        return row_text(self._model.row_at(row), self._cache)

    def _length(self, row: int) -> int:
        return utf16_length(self._whole(row))

    def _part(self, row: int) -> str:
        selected = self.range_in(row)
        if selected is None:
            return ""
        units = self._whole(row).encode("utf-16-le", "surrogatepass")
        return units[selected[0] * 2 : selected[1] * 2].decode("utf-16-le", "replace")

    def _who_and_when(self, row: int) -> str:
        content = self._model.row_at(row)
        who, when = sender_name(content, self._cache), time_heading(said_at(content), datetime.now(UTC))
        return f"{who}, {when}" if who else when
