"""The tiles of a tray: walked, put in order and removed by pointer and keyboard."""

import secrets

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget
from typing_extensions import override

from linqdesk.domain.tray import Entry
from linqdesk.ui.theme import Theme
from linqdesk.ui.tray.thumbnails import Thumbnails
from linqdesk.ui.tray.tile_painting import (
    THUMB_PX,
    TILE_WIDTH_PX,
    TilePainter,
    cross_place,
    tile_height_px,
)
from linqdesk.ui.tray.tray_model import TrayModel

_TILE_TYPE = "application/x-linqdesk-tile"
_MAX_LINES, _MARK_PX = 2, 3
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class TrayView(QListView):
    """Says what is wished with the tile at a place; what the tiles are is the model's.

    The arrows walk, with Ctrl they move the tile, Delete removes it, Ctrl+Z brings it back, Enter chooses it.
    """

    removed = Signal(int)
    moved = Signal(int, int)
    chosen = Signal(int)
    undo_wished = Signal()
    # The tile's place, and a point of the screen.
    menu_wished = Signal(int, QPoint)

    def __init__(self, thumbnails: Thumbnails, theme: Theme, parent: QWidget) -> None:
        """Start empty."""
        super().__init__(parent)
        self.tiles = TrayModel(self)
        self._theme = theme
        self._painter = TilePainter(self.tiles, thumbnails, theme, self)
        self._mark: int | None = None
        self._token = secrets.token_hex(8)
        self._set_up()
        thumbnails.changed.connect(self.viewport().update)

    def _set_up(self) -> None:
        self.setObjectName("tray")
        self.setAccessibleName("Files to send")
        self.setModel(self.tiles)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setTabKeyNavigation(False)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = self._painter.theme = theme
        self.viewport().update()

    def show_entries(self, entries: tuple[Entry, ...], typed: str) -> None:
        """Show other tiles; the one that has the focus keeps it, or its place does."""
        row = self.currentIndex().row()
        focused = self.tiles.entries[row] if 0 <= row < len(self.tiles.entries) else None
        is_same = entries == self.tiles.entries
        self.tiles.show_entries(entries, typed)
        if is_same or row < 0:
            return
        at = entries.index(focused) if focused in entries else min(row, len(entries) - 1)
        self.setCurrentIndex(self.tiles.index(at))
        self.fit()

    def fit(self) -> None:
        """Become as high as the tiles need, two lines at most."""
        columns = max(1, self.viewport().width() // TILE_WIDTH_PX)
        lines = -(-max(1, len(self.tiles.entries)) // columns)
        self.setFixedHeight(min(lines, _MAX_LINES) * tile_height_px())

    @override
    def minimumSizeHint(self) -> QSize:
        """Return room for one tile."""
        return QSize(TILE_WIDTH_PX, tile_height_px())

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Fit the words of tiles of another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self.fit()

    # Pointer and keyboard.

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove, move or choose the tile that has the focus."""
        row = self.currentIndex().row()
        is_moving = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_wished.emit()
        elif row < 0:
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removed.emit(row)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.chosen.emit(row)
        elif event.key() in _STEPS and is_moving:
            self.moved.emit(row, row + _STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Remove a tile by its cross, choose it elsewhere."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() is not Qt.MouseButton.LeftButton:
            return
        is_crossed = cross_place(self.visualRect(index)).contains(event.position().toPoint())
        if is_crossed and self.tiles.entries[index.row()] is not None:
            self.removed.emit(index.row())
        else:
            self.chosen.emit(index.row())

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Tell where a menu is wished: at the focused tile where a key wishes it."""
        is_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if is_key else self.indexAt(event.pos())
        if index.isValid():
            place = self.visualRect(index).center() if is_key else event.pos()
            self.menu_wished.emit(index.row(), self.viewport().mapToGlobal(place))

    # Putting in order by dragging.

    @override
    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        """Drag the tile under the pointer within the tray."""
        index = self.currentIndex()
        if not index.isValid():
            return
        drag = QDrag(self)
        drag.setMimeData(self.tile_data(index.row()))
        place = self.visualRect(index)
        picture = self.viewport().grab(QRect(place.center().x() - THUMB_PX // 2, place.top(), THUMB_PX, 84))
        drag.setPixmap(picture)
        drag.setHotSpot(QPoint(THUMB_PX // 2, THUMB_PX // 2))
        drag.exec(Qt.DropAction.MoveAction)
        self._set_mark(None)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let tiles in; files go on to the chat."""
        self._mind(event)

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show between which tiles it would come."""
        self._mind(event)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show no place any more."""
        self._set_mark(None)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        """Move the tile to where it was dropped."""
        row, gap = self._row_of(event.mimeData()), self.gap_at(event.position().toPoint())
        self._set_mark(None)
        if row is None:
            event.ignore()
            return
        event.acceptProposedAction()
        to = gap - 1 if gap > row else gap
        if to != row:
            self.moved.emit(row, to)

    def tile_data(self, row: int) -> QMimeData:
        """Return what a dragged tile carries, which means something to its own tray alone."""
        data = QMimeData()
        data.setData(_TILE_TYPE, f"{self._token} {row}".encode())
        return data

    def _row_of(self, data: QMimeData) -> int | None:
        """Return the place of a tile of this tray, None for whatever else is dragged."""
        rows = range(len(self.tiles.entries))
        said = data.data(_TILE_TYPE).data() if data.hasFormat(_TILE_TYPE) else b""
        return next((row for row in rows if said == f"{self._token} {row}".encode()), None)

    def gap_at(self, point: QPoint) -> int:
        """Return between which tiles a point of the viewport is: 0 is before all of them."""
        for row in range(len(self.tiles.entries)):
            place = self.visualRect(self.tiles.index(row))
            is_on_line = place.top() <= point.y() <= place.bottom()
            if point.y() < place.top() or (is_on_line and point.x() < place.center().x()):
                return row
        return len(self.tiles.entries)

    def _mind(self, event: QDragMoveEvent) -> None:
        if self._row_of(event.mimeData()) is None:
            event.ignore()
            return
        self._set_mark(self.gap_at(event.position().toPoint()))
        event.acceptProposedAction()

    def _set_mark(self, gap: int | None) -> None:
        if gap != self._mark:
            self._mark = gap
            self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tiles, and where a dragged one would come."""
        super().paintEvent(event)
        if self._mark is not None:
            with QPainter(self.viewport()) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.accent)
                painter.drawRoundedRect(self._mark_place(self._mark), 1, 1)

    def _mark_place(self, gap: int) -> QRect:
        last = len(self.tiles.entries) - 1
        place = self.visualRect(self.tiles.index(min(gap, last)))
        x = place.left() if gap <= last else place.right() - _MARK_PX + 1
        return QRect(x, place.top() + 8, _MARK_PX, THUMB_PX + 8)
