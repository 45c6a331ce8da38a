"""Draws one message that is not sent yet: to whom, what, and how it stands."""

from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from linqdesk.ui.icons import icon_pixmap
from linqdesk.ui.theme import FOCUS_RING_PX, FontSize, Theme, font, scaled
from linqdesk.ui.unsent.unsent_model import ROW_ROLE
from linqdesk.ui.unsent.unsent_words import UnsentRow
from linqdesk.ui.wording import list_time

ROW_PX = 76
_SIDE_PX, _LINES_PX, _LINE_PX, _ICON_PX, _GAP_PX = 20, (9, 30, 50), 18, 14, 6


class UnsentDelegate(QStyledItemDelegate):
    """Paints rows in a theme; what failed has a sign beside its colour."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Paint for a list."""
        super().__init__(parent)
        self.theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of every row."""
        return QSize(0, scaled(ROW_PX))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a row."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, UnsentRow):
            return
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, option.state)
        inside = rect.adjusted(_SIDE_PX, 0, -_SIDE_PX, 0)
        now = datetime.now(UTC)
        self._paint_first_line(painter, inside, row, now)
        self._text(painter, _line(inside, 1), row.preview(), font(FontSize.PREVIEW), self.theme.text)
        self._paint_state(painter, inside, row, now)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self.theme.selected)
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), self.theme.accent)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self.theme.hover)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self.theme.accent, FOCUS_RING_PX))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(6, 2, -6, -2), 8, 8)

    def _paint_first_line(self, painter: QPainter, inside: QRect, row: UnsentRow, now: datetime) -> None:
        small, words = font(FontSize.META), list_time(row.outgoing.created_at, now)
        width = QFontMetrics(small).horizontalAdvance(words) + 1
        at_right = inside.adjusted(inside.width() - width, 0, 0, 0)
        self._text(painter, _line(at_right, 0), words, small, self.theme.text_secondary)
        room = _line(inside.adjusted(0, 0, -width - _GAP_PX, 0), 0)
        self._text(painter, room, row.title, font(FontSize.BODY, QFont.Weight.DemiBold), self.theme.text)

    def _paint_state(self, painter: QPainter, inside: QRect, row: UnsentRow, now: datetime) -> None:
        colour = self.theme.danger if row.has_failed else self.theme.text_secondary
        words = row.state_words(now)
        if row.has_failed:
            ratio = painter.device().devicePixelRatioF()
            line = _line(inside, 2)
            top = line.top() + (line.height() - _ICON_PX) // 2
            icon = icon_pixmap("circle-alert", colour.name(), _ICON_PX, ratio)
            painter.drawPixmap(inside.left(), top, icon)
            inside = inside.adjusted(_ICON_PX + _GAP_PX, 0, 0, 0)
        self._text(painter, _line(inside, 2), words, font(FontSize.META), colour)

    def _text(self, painter: QPainter, room: QRect, words: str, text_font: QFont, colour: QColor) -> None:
        painter.setFont(text_font)
        painter.setPen(colour)
        shown = QFontMetrics(text_font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(room, left, shown)


def _line(inside: QRect, number: int) -> QRect:
    """Return the place of the first, second or third line."""
    return QRect(inside.left(), inside.top() + scaled(_LINES_PX[number]), inside.width(), scaled(_LINE_PX))
