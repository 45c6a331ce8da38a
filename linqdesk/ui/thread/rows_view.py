"""An item view over an arrangement of rows: scrolling, changes of the model, and what Qt asks of its kind."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget
from typing_extensions import override

from linqdesk.store.view import CacheView
from linqdesk.ui.models.message_list_model import MessageListModel
from linqdesk.ui.thread.arrangement import Arrangement
from linqdesk.ui.thread.spoken_parts import SpokenPart

_WHEEL_STEP_PX = 60


class RowsView(QAbstractItemView):
    """Places the rows of one thread; drawing them is left to who inherits."""

    def __init__(self, cache: CacheView, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._messages = MessageListModel(cache, self)
        self._arrangement = Arrangement(self._messages)
        self._is_syncing = False
        self._arrivals = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def begin(self) -> None:
        """Show the model's rows from now on; to be called once, when who inherits is complete."""
        self.setModel(self._messages)
        self._messages.rowsRemoved.connect(self._on_model_rows_removed)

    @property
    def messages(self) -> MessageListModel:
        """The rows that are shown."""
        return self._messages

    @property
    def arrangement(self) -> Arrangement:
        """Which rows are on screen and where."""
        return self._arrangement

    def spoken_parts(self, row: int) -> Sequence[SpokenPart]:
        """Return what a screen reader can find within a row that is on screen."""
        del row
        return ()

    def _arranged(self) -> None:
        """Bring everything that hangs on the arrangement in line with it."""
        self._sync_scroll_bar()
        if self._arrangement.is_at_bottom:
            self._arrivals = 0
        self.viewport().update()

    def _arrived(self, first: int, count: int) -> None:
        """Take note of rows that have come in and been placed."""

    # Changes of the model.

    @override
    def reset(self) -> None:
        """Arrange everything anew."""
        super().reset()
        self._arrangement.reset()
        self._arranged()

    @override
    def rowsInserted(self, parent: QModelIndex | QPersistentModelIndex, start: int, end: int) -> None:
        """Take new rows in; what is on screen stays where it is."""
        super().rowsInserted(parent, start, end)
        arrangement = self._arrangement
        if start >= arrangement.count and not arrangement.is_at_bottom:
            self._arrivals += end - start + 1
        arrangement.rows_inserted(start, end - start + 1)
        self._arranged()
        self._arrived(start, end - start + 1)

    @override
    def dataChanged(
        self,
        topLeft: QModelIndex | QPersistentModelIndex,
        bottomRight: QModelIndex | QPersistentModelIndex,
        roles: object = (),
    ) -> None:
        """Draw changed rows anew."""
        for row in range(topLeft.row(), bottomRight.row() + 1):
            self._arrangement.row_changed(row)
        self._arranged()

    def _on_model_rows_removed(self, _parent: QModelIndex, start: int, end: int) -> None:
        self._arrangement.rows_removed(start, end - start + 1)
        self._arranged()

    # Scrolling.

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Scroll; exact where it is near, by estimate where it is a jump."""
        if not self._is_syncing:
            self._arrangement.scroll_by(-dy)
            self._arranged()

    @override
    def updateGeometries(self) -> None:
        """Let the scroll bar say how much there is and where we are in it."""
        super().updateGeometries()
        self._sync_scroll_bar()

    def _sync_scroll_bar(self) -> None:
        bar, arrangement = self.verticalScrollBar(), self._arrangement
        height = self.viewport().height()
        self._is_syncing = True
        bar.setPageStep(height)
        bar.setSingleStep(_WHEEL_STEP_PX // 3)
        bar.setRange(0, max(0, round(arrangement.total_px) - height))
        bar.setValue(bar.maximum() if arrangement.is_at_bottom else round(arrangement.scrolled_px))
        self._is_syncing = False

    # What QAbstractItemView asks of its kind.

    @override
    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll as little as it takes to see a row."""
        if index.isValid():
            self._arrangement.reveal(index.row())
            self._arranged()

    @override
    def visualRect(self, index: QModelIndex | QPersistentModelIndex) -> QRect:
        """Return where a row is in the viewport; empty for one that is not."""
        y = self._arrangement.place_of(index.row()) if index.isValid() else None
        if y is None:
            return QRect()
        height = self._arrangement.layout_of(index.row()).height_px
        return QRect(0, round(y), self.viewport().width(), round(height))

    @override
    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the row at a point of the viewport."""
        row = self._arrangement.row_at(point.y())
        return QModelIndex() if row is None else self._messages.index(row)

    @override
    def horizontalOffset(self) -> int:
        """Return 0: there is no scrolling sideways."""
        return 0

    @override
    def verticalOffset(self) -> int:
        """Return how much lies above the viewport, in pixels."""
        return round(self._arrangement.scrolled_px)

    @override
    def isIndexHidden(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """Return False: no row is hidden."""
        return False

    @override
    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Do nothing: text is selected here, not rows."""

    @override
    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Return nothing: text is selected here, not rows."""
        return QRegion()
