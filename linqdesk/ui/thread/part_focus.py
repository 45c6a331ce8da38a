"""Which part of the focused message the keyboard has reached."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from linqdesk.ui.models.message_list_model import MessageListModel
from linqdesk.ui.thread.arrangement import Arrangement
from linqdesk.ui.thread.targets import Place

if TYPE_CHECKING:
    from linqdesk.domain.ids import RowKey


class PartFocus(QObject):
    """Walks over the places of one row at a time."""

    changed = Signal()

    def __init__(self, model: MessageListModel, arrangement: Arrangement, parent: QObject) -> None:
        """Start outside of any part."""
        super().__init__(parent)
        self._model = model
        self._arrangement = arrangement
        self._at: tuple[RowKey, int] | None = None

    def place_in(self, row: int) -> Place | None:
        """Return what is reached within a row, None for the row as a whole."""
        if self._at is None or not 0 <= row < self._model.rowCount():
            return None
        places = self._arrangement.layout_of(row).places
        is_here = self._model.row_at(row).key == self._at[0]
        return places[self._at[1]] if is_here and self._at[1] < len(places) else None

    def step(self, row: int, by: int) -> bool:
        """Go to the next or previous part of a row; before the first one is the row as a whole.

        Returns:
            False where the row has no part in that direction.
        """
        places = self._arrangement.layout_of(row).places
        key = self._model.row_at(row).key
        at = self._at[1] if self._at is not None and self._at[0] == key else -1
        if not -1 <= at + by < len(places):
            return False
        self._at = (key, at + by) if at + by >= 0 else None
        self.changed.emit()
        return True

    def leave(self) -> None:
        """Be outside of any part."""
        if self._at is not None:
            self._at = None
            self.changed.emit()
