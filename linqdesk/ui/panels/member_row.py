"""Draws one member of a chat."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from linqdesk.ui.avatars import paint_avatar
from linqdesk.ui.elided_text import elided
from linqdesk.ui.panels.member_model import MEMBER_ROLE, MemberRow
from linqdesk.ui.theme import FOCUS_RING_PX, FontSize, Theme, font, scaled

ROW_PX, HEADING_PX = 52, 30
_AVATAR_PX, _GAP_PX, _INSET_PX = 36, 10, 6
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


class MemberDelegate(QStyledItemDelegate):
    """Paints members; the open one has room below for what can be done."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Paint for a list."""
        super().__init__(parent)
        self.theme = theme
        self.open_handle = ""
        self.open_px = 0

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a row, with its heading and what is open below it."""
        row = index.data(MEMBER_ROLE)
        if not isinstance(row, MemberRow):
            return QSize(0, scaled(ROW_PX))
        below = self.open_px if row.member.handle == self.open_handle else 0
        return QSize(0, scaled(ROW_PX) + below + (scaled(HEADING_PX) if row.is_first_gone else 0))

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw a row."""
        row = index.data(MEMBER_ROLE)
        if not isinstance(row, MemberRow):
            return
        rect = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.is_first_gone:
            self._paint_heading(painter, rect)
            rect.setTop(rect.top() + scaled(HEADING_PX))
        self._paint_ground(painter, rect, row, option.state)
        rect.setHeight(scaled(ROW_PX))
        self._paint_member(painter, rect, row)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect) -> None:
        face = font(FontSize.META, QFont.Weight.DemiBold)
        place = QRect(rect.left(), rect.top() + 6, rect.width(), scaled(HEADING_PX) - 6)
        _draw(painter, place, "No longer in the chat", (face, self.theme.text_secondary))

    def _paint_ground(self, painter: QPainter, rect: QRect, row: MemberRow, state: QStyle.StateFlag) -> None:
        theme, box = self.theme, QRectF(rect).adjusted(1, 1, -1, -1)
        is_open = row.member.handle == self.open_handle
        painter.setPen(Qt.PenStyle.NoPen)
        if is_open or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.hover)
            painter.drawRoundedRect(box, 8, 8)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.accent, FOCUS_RING_PX))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 8, 8)

    def _paint_member(self, painter: QPainter, rect: QRect, row: MemberRow) -> None:
        theme = self.theme
        top = rect.top() + (rect.height() - _AVATAR_PX) // 2
        disc = QRectF(rect.left() + _INSET_PX, top, _AVATAR_PX, _AVATAR_PX)
        if row.is_gone:
            painter.setOpacity(0.55)
        paint_avatar(painter, disc, row.name, row.member.handle, theme)
        painter.setOpacity(1)
        left = rect.left() + _INSET_PX + _AVATAR_PX + _GAP_PX
        room = rect.right() - _INSET_PX - left
        first = QRect(left, rect.top() + scaled(7), room, scaled(20))
        second = QRect(left, rect.top() + scaled(27), room, scaled(18))
        small = font(FontSize.META)
        when = row.standing()
        when_px = QFontMetrics(small).horizontalAdvance(when)
        colour = theme.danger if row.is_blocked else theme.text_secondary
        colour = theme.accent if row.change is not None else colour
        weight = QFont.Weight.Normal if row.is_gone else QFont.Weight.DemiBold
        face = font(FontSize.PREVIEW, weight)
        # Beside a short second line rather than in place of a part of the name.
        is_crowded = QFontMetrics(face).horizontalAdvance(row.name) + when_px + _GAP_PX > room
        fits_below = QFontMetrics(small).horizontalAdvance(row.second_line()) + when_px + _GAP_PX <= room
        beside = second if is_crowded and fits_below else first
        _draw(painter, beside, when, (small, colour), _RIGHT)
        beside.setRight(beside.right() - when_px - _GAP_PX)
        _draw(painter, first, row.name, (face, theme.text))
        _draw(painter, second, row.second_line(), (small, theme.text_secondary))


def actions_place(rect: QRect, row: MemberRow) -> QPoint:
    """Return where what can be done with a member begins, below its row."""
    above = scaled(ROW_PX) + (scaled(HEADING_PX) if row.is_first_gone else 0)
    return QPoint(rect.left() + _INSET_PX, rect.top() + above - 4)


def _draw(
    painter: QPainter, room: QRect, words: str, look: tuple[QFont, QColor], where: Qt.AlignmentFlag = _LEFT
) -> None:
    face, colour = look
    painter.setFont(face)
    painter.setPen(colour)
    painter.drawText(room, where, elided(words, face, room.width()))
