"""A list over the field that completes what is being typed: names of emoji, canned replies."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from linqdesk.ui.elided_text import draw_elided
from linqdesk.ui.pickers.popover import Popover
from linqdesk.ui.pickers.soft_shadow import SHADOW_PX
from linqdesk.ui.theme import RADIUS_BUTTON_PX, FontSize, Theme, font

_ROW_PX, _MOST_ROWS, _WIDTH_PX = 36, 7, 420
_PAD_PX = 8
_LOOKED_BACK = 80
_DETAIL = Qt.ItemDataRole.UserRole
_ON = True


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of the list; `key` is for the source that made it."""

    key: str
    title: str
    detail: str = ""


class Source(Protocol):
    """Completes one kind of word."""

    heading: str

    def find(self, before: str) -> tuple[int, Sequence[Suggestion]]:
        """Return how many code units before the cursor are replaced, and by what; 0 for nothing to say."""

    def take(self, suggestion: Suggestion, replaced: QTextCursor) -> None:
        """Write a suggestion in the place of what is selected."""


class _Lines(QStyledItemDelegate):
    """Draws the title and, fainter, the detail."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return one line's size."""
        return QSize(_WIDTH_PX // 2, _ROW_PX)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a line."""
        theme = self.theme
        box = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & option.state.State_Selected:
            painter.setPen(theme.accent if theme.outline_px else Qt.PenStyle.NoPen)
            painter.setBrush(theme.selected)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS_BUTTON_PX, RADIUS_BUTTON_PX)
        room = box.adjusted(_PAD_PX + 2, 0, -_PAD_PX - 2, 0)
        bold = font(FontSize.BODY, QFont.Weight.DemiBold)
        title_px = draw_elided(painter, room, str(index.data()), bold, theme.text)
        room.setLeft(room.left() + title_px + 12)
        draw_elided(painter, room, str(index.data(_DETAIL)), font(FontSize.PREVIEW), theme.text_secondary)
        painter.restore()


class SuggestionList(Popover):
    """The list itself; it never takes the focus from the field."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        """Lie hidden over a window."""
        super().__init__("Suggestions", theme, window)
        self.list = QListWidget(self)
        self._lines = _Lines(theme, self.list)
        self.list.setObjectName("suggestions")
        self.list.setAccessibleName("Suggestions")
        self.list.setItemDelegate(self._lines)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(_ON)
        self.list.setMouseTracking(_ON)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        edge = SHADOW_PX + 6
        self.column.setContentsMargins(edge, edge, edge, edge)
        self.column.addWidget(self.list)

    def fill(self, suggestions: Sequence[Suggestion]) -> None:
        """Show other suggestions, with the first one chosen."""
        self.list.clear()
        for each in suggestions:
            item = QListWidgetItem(each.title)
            item.setData(_DETAIL, each.detail)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{each.title}: {each.detail}")
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        rows = min(_MOST_ROWS, len(suggestions))
        self.list.setFixedSize(_WIDTH_PX - 12, rows * _ROW_PX)

    @override
    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        super().set_theme(theme)
        self._lines.theme = theme

    @override
    def _place(self, opener: QWidget) -> None:
        """Stand over the field, flush with its left edge."""
        corner = opener.mapTo(self.window(), QPoint(0, 0))
        self.move(corner.x() - SHADOW_PX - 10, max(0, corner.y() - 8 + SHADOW_PX - self.height()))


class Suggestions(QObject):
    """Watches a field: shows what fits while one types, and takes it with Enter, Tab or a click."""

    def __init__(self, edit: QPlainTextEdit, theme: Theme, sources: Sequence[Source]) -> None:
        """Complete what is typed in a field from several sources, the first that fits."""
        super().__init__(edit)
        self._edit = edit
        self._theme = theme
        self._sources = sources
        self._shown: Sequence[Suggestion] = ()
        self._source: Source | None = None
        self._length = 0
        self._dismissed_at: int | None = None
        self._list: SuggestionList | None = None
        edit.installEventFilter(self)
        edit.textChanged.connect(self.look)
        edit.cursorPositionChanged.connect(self._on_cursor_moved)

    @property
    def is_open(self) -> bool:
        """Whether the list is on screen."""
        return self._list is not None and self._list.isVisible()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        if self._list is not None:
            self._list.set_theme(theme)

    def look(self) -> None:
        """Show what fits the word before the cursor, or nothing."""
        source, length, found = self._fitting()
        cursor = self._edit.textCursor()
        begins_at = cursor.position() - length
        if source is None or self._dismissed_at == begins_at:
            if source is None:
                self._dismissed_at = None
            self.close()
            return
        self._source, self._length, self._shown = source, length, found
        if self._list is None:
            self._list = SuggestionList(self._theme, self._edit.window())
            self._list.list.itemClicked.connect(self._take)
        self._list.fill(found)
        self._list.list.setAccessibleDescription(source.heading)
        self._list.open_over(self._edit)

    def close(self) -> None:
        """Hide the list."""
        self._source, self._shown = None, ()
        if self._list is not None:
            self._list.close_up(gives_back=not _ON)

    def _fitting(self) -> tuple[Source | None, int, Sequence[Suggestion]]:
        cursor = self._edit.textCursor()
        if not self._edit.hasFocus() or cursor.hasSelection() or self._edit.isReadOnly():
            return None, 0, ()
        reader = QTextCursor(cursor)
        back = min(_LOOKED_BACK, cursor.positionInBlock())
        reader.setPosition(cursor.position() - back)
        reader.setPosition(cursor.position(), QTextCursor.MoveMode.KeepAnchor)
        before = reader.selectedText()
        for source in self._sources:
            length, found = source.find(before)
            if length and found:
                return source, length, found
        return None, 0, ()

    def _on_cursor_moved(self) -> None:
        if self.is_open and not self._fitting()[1]:
            self.close()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that are meant for the list while it is open."""
        if event.type() is QEvent.Type.FocusOut:
            self.close()
        if not self.is_open or not isinstance(event, QKeyEvent):
            return False
        if event.type() is QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return event.type() is QEvent.Type.KeyPress and self._press(event)

    def _press(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        match event.key():
            case Qt.Key.Key_Up:
                self._walk(-1)
            case Qt.Key.Key_Down:
                self._walk(1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Tab:
                self._take()
            case Qt.Key.Key_Escape:
                self._dismissed_at = self._edit.textCursor().position() - self._length
                self.close()
            case _:
                return False
        return True

    def _walk(self, step: int) -> None:
        if self._list is not None:
            lines = self._list.list
            lines.setCurrentRow((lines.currentRow() + step) % max(1, lines.count()))

    def _take(self) -> None:
        row = self._list.list.currentRow() if self._list is not None else -1
        source, length = self._source, self._length
        if source is None or not 0 <= row < len(self._shown):
            return
        suggestion = self._shown[row]
        self.close()
        replaced = self._edit.textCursor()
        replaced.setPosition(self._edit.textCursor().position() - length)
        replaced.setPosition(self._edit.textCursor().position(), QTextCursor.MoveMode.KeepAnchor)
        source.take(suggestion, replaced)
