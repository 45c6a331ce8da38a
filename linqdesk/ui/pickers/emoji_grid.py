"""The grid of emoji: arrows go through it, Enter takes one, letters go back to the search."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from linqdesk.ui.pickers.emoji_table_model import COLUMNS, EmojiTableModel
from linqdesk.ui.theme import FOCUS_RING_PX, RADIUS_BUTTON_PX, FontSize, Theme, font

CELL_PX, HEADING_PX = 40, 28
_EMOJI_PX = 24
_ON = True
_ACTION = QAbstractItemView.CursorAction
_SIDEWAYS = {_ACTION.MoveLeft: -1, _ACTION.MovePrevious: -1, _ACTION.MoveRight: 1, _ACTION.MoveNext: 1}
_OVER = {_ACTION.MoveUp: -1, _ACTION.MoveDown: 1}
_PAGES = {_ACTION.MovePageUp: -1, _ACTION.MovePageDown: 1}


def emoji_font(size_px: int) -> QFont:
    """Return the application's font with its emoji first, so that "#" with a frame is one picture."""
    made = QFont()
    made.setFamilies(list(reversed(QApplication.font().families())))
    made.setPixelSize(size_px)
    return made


class _Cells(QStyledItemDelegate):
    """Draws emoji and headings."""

    def __init__(self, theme: Theme, parent: "EmojiGrid") -> None:
        super().__init__(parent)
        self.theme = theme
        self._font = emoji_font(_EMOJI_PX)
        self._heading = font(FontSize.META, QFont.Weight.DemiBold)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a cell."""
        words = str(index.data() or "")
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.flags() & Qt.ItemFlag.ItemIsEnabled:
            self._draw_ground(painter, option, box)
            painter.setFont(self._font)
            painter.setPen(self.theme.text)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        elif words:
            painter.setFont(self._heading)
            painter.setPen(self.theme.text_secondary)
            place = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box.adjusted(6, 0, 0, 0), place, words)
        painter.restore()

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF) -> None:
        states = option.state
        is_current = bool(states & option.state.State_HasFocus)
        is_hovered = bool(states & option.state.State_MouseOver)
        if is_current or is_hovered:
            painter.setPen(QPen(self.theme.accent, FOCUS_RING_PX) if is_current else Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.selected if is_current else self.theme.hover)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS_BUTTON_PX, RADIUS_BUTTON_PX)


class EmojiGrid(QTableView):
    """Shows a table of emoji; `taken` carries the emoji and whether more are wanted."""

    taken = Signal(object, bool)
    current_changed = Signal(object)
    typed = Signal(str)
    left_upwards = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Start empty."""
        super().__init__(parent)
        self.emoji = EmojiTableModel(self)
        self._cells = _Cells(theme, self)
        self.setObjectName("emoji_grid")
        self.setAccessibleName("Emoji to choose from")
        self.setModel(self.emoji)
        self.setItemDelegate(self._cells)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(not _ON)
        self.setMouseTracking(_ON)
        self.setTabKeyNavigation(not _ON)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._fix(self.horizontalHeader(), CELL_PX)
        self._fix(self.verticalHeader(), CELL_PX)
        self.clicked.connect(self._on_clicked)

    def _fix(self, header: QHeaderView, size_px: int) -> None:
        header.hide()
        header.setMinimumSectionSize(1)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultSectionSize(size_px)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._cells.theme = theme
        self.viewport().update()

    def lay_out(self) -> None:
        """Give headings a row of their own height; called after other sections are shown."""
        self.clearSpans()
        self.verticalHeader().reset()
        for row, _ in self.emoji.headings():
            self.setSpan(row, 0, 1, COLUMNS)
            self.setRowHeight(row, HEADING_PX)
        self.scrollToTop()

    def go_to_first(self) -> None:
        """Make the first emoji current."""
        if self.emoji.rowCount() > 1:
            self.setCurrentIndex(self.emoji.index(1, 0))

    def show_row(self, row: int) -> None:
        """Scroll a row to the top."""
        self.scrollTo(self.emoji.index(row, 0), QAbstractItemView.ScrollHint.PositionAtTop)

    @override
    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell which emoji the keyboard is at."""
        super().currentChanged(current, previous)
        self.current_changed.emit(self.emoji.emoji_at(current))

    @override
    def moveCursor(
        self, cursor_action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Go over headings and the blanks at the end of a section."""
        at = self.currentIndex()
        if not at.isValid():
            return self.emoji.index(1, 0) if self.emoji.rowCount() > 1 else QModelIndex()
        if cursor_action in _SIDEWAYS:
            return self._beside(at, _SIDEWAYS[cursor_action])
        if cursor_action in _OVER:
            return self._over(at, _OVER[cursor_action], 1)
        if cursor_action in _PAGES:
            return self._over(at, _PAGES[cursor_action], self._rows_on_page())
        return super().moveCursor(cursor_action, modifiers)

    def _rows_on_page(self) -> int:
        return max(1, self.viewport().height() // CELL_PX - 1)

    def _beside(self, at: QModelIndex, step: int) -> QModelIndex:
        """Return the cell before or after, in the neighbouring row where this one ends."""
        column = at.column() + step
        if 0 <= column < self.emoji.count_in(at.row()):
            return self.emoji.index(at.row(), column)
        row = self._row_from(at.row(), step, 1)
        if row == at.row():
            return at
        return self.emoji.index(row, 0 if step > 0 else self.emoji.count_in(row) - 1)

    def _over(self, at: QModelIndex, step: int, rows: int) -> QModelIndex:
        row = self._row_from(at.row(), step, rows)
        return self.emoji.index(row, min(at.column(), self.emoji.count_in(row) - 1))

    def _row_from(self, row: int, step: int, count: int) -> int:
        """Return the row with emoji that lies `count` such rows away, or the last one on the way."""
        found, at = row, row + step
        while 0 <= at < self.emoji.rowCount() and count:
            if self.emoji.count_in(at):
                found, count = at, count - 1
            at += step
        return found

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take with Enter, leave upwards from the first row, and give letters to the search."""
        index = self.currentIndex()
        is_first = index.row() <= 1
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._take(index, wants_more=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() == Qt.Key.Key_Up and is_first:
            self.left_upwards.emit()
        elif event.key() == Qt.Key.Key_Backspace:
            self.typed.emit("")
        elif event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        """Say the name of the emoji under the pointer, as of the one under the keyboard."""
        if event.type() is QEvent.Type.HoverMove or event.type() is QEvent.Type.MouseMove:
            emoji = self.emoji.emoji_at(self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos())))
            if emoji is not None:
                self.current_changed.emit(emoji)
        return super().viewportEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        held = QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        self._take(index, wants_more=bool(held))

    def _take(self, index: QModelIndex, *, wants_more: bool) -> None:
        emoji = self.emoji.emoji_at(index)
        if emoji is not None:
            self.taken.emit(emoji, wants_more)
