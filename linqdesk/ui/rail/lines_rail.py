"""The rail at the left edge: our lines, which of them are shown, and how each of them stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelectionModel,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
)
from typing_extensions import override

from linqdesk.domain.ids import Handle
from linqdesk.ui.icons import icon_pixmap
from linqdesk.ui.rail.line_mark import paint_line
from linqdesk.ui.rail.lines_model import LinesModel
from linqdesk.ui.theme import FOCUS_RING_PX, FontSize, font, mixed, text_scale

if TYPE_CHECKING:
    from PySide6.QtCore import (
        QEvent,
        QItemSelection,
        QModelIndex,
        QPersistentModelIndex,
    )
    from PySide6.QtGui import QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import (
        QStyleOptionViewItem,
        QWidget,
    )

    from linqdesk.store.view import CacheView
    from linqdesk.ui.preferences import Preferences
    from linqdesk.ui.theme import Theme

WIDTH_PX, _ROW_PX, _DISC_PX, _ICON_PX, _BADGE_PX = 56, 56, 36, 20, 18
_MAX_COUNTED = 99
_MOST_SCALE = 1.25
_FEW = 2
_ON = True


class _LineDelegate(QStyledItemDelegate):
    """Draws a line: its mark, a badge for what is unread, a bar where it is shown."""

    def __init__(self, theme: Theme, model: LinesModel, parent: QWidget) -> None:
        """Wear a theme."""
        super().__init__(parent)
        self.theme = theme
        self._model = model

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of every row."""
        return QSize(WIDTH_PX, _ROW_PX)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw a row."""
        theme, rect = self.theme, option.rect
        ground = theme.panel
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._model.is_chosen(index.row()):
            painter.fillRect(rect, theme.selected)
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), theme.accent)
            ground = mixed(theme.panel, theme.accent, theme.selected.alphaF())
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.hover)
            ground = mixed(theme.panel, theme.text, theme.hover.alphaF())
        disc = QRectF(0, 0, _DISC_PX, _DISC_PX)
        disc.moveCenter(QRectF(rect).center())
        line = self._model.line_at(index.row())
        if line is None:
            self._paint_all(painter, disc)
        else:
            paint_line(painter, disc, line, theme, ground)
        self._paint_badge(painter, disc, self._model.unread_at(index.row()), QPen(ground, 2))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.accent, FOCUS_RING_PX))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(4, 3, -3, -3), 8, 8)
        painter.restore()

    def _paint_all(self, painter: QPainter, disc: QRectF) -> None:
        ratio = painter.device().devicePixelRatioF()
        painter.setPen(
            QPen(self.theme.text, self.theme.outline_px) if self.theme.outline_px else Qt.PenStyle.NoPen
        )
        painter.setBrush(self.theme.hover)
        painter.drawEllipse(disc)
        icon = icon_pixmap("message-square-text", self.theme.text_secondary.name(), _ICON_PX, ratio)
        place = QRect(0, 0, _ICON_PX, _ICON_PX)
        place.moveCenter(disc.center().toPoint())
        painter.drawPixmap(place.topLeft(), icon)

    def _paint_badge(self, painter: QPainter, disc: QRectF, count: int, ring: QPen) -> None:
        if not count:
            return
        words = str(count) if count <= _MAX_COUNTED else f"{_MAX_COUNTED}+"
        # The mark below it does not grow, and is to be seen.
        zoom = max(1.0, min(text_scale(), _MOST_SCALE))
        bold = font(FontSize.META, QFont.Weight.DemiBold, zoom)
        height = round(_BADGE_PX * zoom)
        width = max(height, QFontMetrics(bold).horizontalAdvance(words) + 8)
        place = QRectF(disc.right() - width + 8, disc.top() - 5, width, height)
        painter.setPen(ring)
        painter.setBrush(self.theme.accent)
        painter.drawRoundedRect(place, height / 2, height / 2)
        painter.setFont(bold)
        painter.setPen(self.theme.on_accent)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)


class LinesRail(QListView):
    """Hidden while there is one line; a click shows one line, Ctrl+click or Space several."""

    def __init__(self, cache: CacheView, theme: Theme, parent: QWidget) -> None:
        """Show the lines of a cache."""
        super().__init__(parent)
        self.lines = LinesModel(cache, self)
        self._is_showing = False
        self._delegate = _LineDelegate(theme, self.lines, self)
        self.setObjectName("lines")
        self.setAccessibleName("Lines")
        self.setAccessibleDescription("Enter shows one line, Space adds or removes one")
        self.setModel(self.lines)
        self.setItemDelegate(self._delegate)
        self.setFixedWidth(WIDTH_PX)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(_ON)
        self.setMouseTracking(_ON)
        self.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.modelReset.connect(self._come_or_go)
        self.lines.chosen_changed.connect(self._show_selected)
        self._come_or_go()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._delegate.theme = theme
        self.viewport().update()

    def remember(self, preferences: Preferences) -> None:
        """Show the lines that were shown when the program ended, and keep what is chosen from now on."""
        self.lines.wish(Handle(each) for each in preferences.current.shown_lines)

        def keep(chosen: frozenset[Handle]) -> None:
            preferences.set(replace(preferences.current, shown_lines=tuple(sorted(chosen))))

        self.lines.chosen_changed.connect(keep)

    def choose_number(self, number: int) -> None:
        """Show the line of a number alone, 1 for the first; nothing where there is none."""
        if 1 <= number < self.lines.rowCount():
            self.lines.choose(number)
            self.setCurrentIndex(self.lines.index(number))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show the line under the pointer, with Ctrl besides the others."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            adds = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            (self.lines.toggle if adds else self.lines.choose)(index.row())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the line under the keyboard's focus."""
        row = self.currentIndex().row()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row >= 0:
            self.lines.choose(row)
        elif event.key() == Qt.Key.Key_Space and row >= 0:
            self.lines.toggle(row)
        else:
            super().keyPressEvent(event)

    @override
    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Let pointer and arrows select nothing: what is selected is what is shown."""
        return QItemSelectionModel.SelectionFlag.NoUpdate

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Show a line, or no longer, that was selected or left from outside: so do screen readers choose."""
        super().selectionChanged(selected, deselected)
        if not self._is_showing:
            for index in (*selected.indexes(), *deselected.indexes()):
                self.lines.toggle(index.row())
            self._show_selected()

    def _show_selected(self) -> None:
        """Let the lines that are shown be the selected ones, for who reads states."""
        self._is_showing = True
        self.clearSelection()
        for row in range(self.lines.rowCount()):
            if self.lines.is_chosen(row):
                self.selectionModel().select(self.lines.index(row), QItemSelectionModel.SelectionFlag.Select)
        self._is_showing = False

    def _come_or_go(self) -> None:
        self._show_selected()
        self.setVisible(self.lines.rowCount() > _FEW)
