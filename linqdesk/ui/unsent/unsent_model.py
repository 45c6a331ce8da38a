"""What is not sent yet as rows of a Qt model."""

from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from linqdesk.store.view import CacheView
from linqdesk.ui.unsent.unsent_words import UnsentRow, unsent_rows

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_NOWHERE = QModelIndex()


class UnsentModel(QAbstractListModel):
    """The rows as they were when `refresh` was called last."""

    def __init__(self, cache: CacheView, parent: QObject) -> None:
        """Start with what is there now."""
        super().__init__(parent)
        self._cache = cache
        self.rows: list[UnsentRow] = unsent_rows(cache)

    def refresh(self) -> None:
        """Look again; rows that stay keep their place in a view."""
        rows = unsent_rows(self._cache)
        if rows == self.rows:
            return
        if [each.outgoing.local_id for each in rows] == [each.outgoing.local_id for each in self.rows]:
            self.rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return how many messages are not sent."""
        return 0 if parent.isValid() else len(self.rows)

    @override
    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a row, or how it is spoken."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return row.spoken(datetime.now(UTC))
        return None
