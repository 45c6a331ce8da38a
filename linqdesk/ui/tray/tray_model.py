"""What stands in a tray as rows of a Qt model."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from linqdesk.domain.tray import Entry
from linqdesk.ui.tray.tray_words import detail_of, spoken_entry, title_of

_NOWHERE = QModelIndex()


class TrayRole(IntEnum):
    """What a tile can be asked for beyond Qt's own roles: its second line."""

    DETAIL = Qt.ItemDataRole.UserRole + 1


class TrayModel(QAbstractListModel):
    """Files, texts and the place of the text in the editor, in the order in which they are sent."""

    def __init__(self, parent: QObject) -> None:
        """Start empty."""
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self._typed = ""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What stands in it."""
        return self._entries

    def show_entries(self, entries: tuple[Entry, ...], typed: str) -> None:
        """Hold other entries; `typed` is the text that the editor holds."""
        if entries != self._entries:
            self.beginResetModel()
            self._entries, self._typed = entries, typed
            self.endResetModel()
        elif typed != self._typed:
            self._typed = typed
            if None in entries:
                index = self.index(entries.index(None))
                self.dataChanged.emit(index, index)

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return how many tiles there are."""
        return 0 if parent.isValid() else len(self._entries)

    @override
    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return what a tile holds for a role."""
        if not index.isValid() or not 0 <= index.row() < len(self._entries):
            return None
        entry = self._entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title_of(entry, self._typed)
            case TrayRole.DETAIL:
                return detail_of(entry)
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken_entry(entry, self._typed, index.row(), len(self._entries))
            case _:
                return None

    @override
    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Let every tile be dragged."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled
