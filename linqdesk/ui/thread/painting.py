"""Draws one row from its geometry."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTextCharFormat

from linqdesk.domain.message import Message
from linqdesk.domain.service import Service
from linqdesk.store.view import ThreadRow
from linqdesk.ui.avatars import paint_avatar
from linqdesk.ui.models.grouping import said_at
from linqdesk.ui.models.ladder import needs_decision
from linqdesk.ui.theme import (
    FOCUS_RING_PX,
    RADIUS_BUBBLE_INNER_PX,
    RADIUS_BUBBLE_PX,
    Fill,
    FontSize,
    Theme,
    font,
)
from linqdesk.ui.thread.bubble_layout import Kind, RowLayout
from linqdesk.ui.wording import clock_time, time_heading

_TAIL_PX = 6
_TIME_GAP_PX = 8
_FAILED_MARK_PX = 16


@dataclass(frozen=True, slots=True)
class RowLook:
    """How a row is drawn this time."""

    theme: Theme
    zoom: float
    now: datetime
    chat_service: Service | None
    unread_words: str = ""
    selected: tuple[int, int] | None = None
    is_focused: bool = False
    shows_time: bool = False


class RowPainter:
    """Draws rows of one thread in one look; the painter's origin is the row's top left corner."""

    def __init__(self, painter: QPainter, look: RowLook) -> None:
        """Draw with a painter that somebody else begins and ends."""
        self._painter = painter
        self._look = look

    def paint(self, row: ThreadRow, layout: RowLayout, name: str) -> None:
        """Draw a row; `name` is its sender's."""
        self._paint_above(row, layout, name)
        fill = _fill(row, self._look)
        if layout.kind is Kind.BUBBLE:
            self._paint_bubble(layout, fill)
        self._paint_text(layout, fill)
        if self._look.is_focused:
            self._paint_focus(layout.bubble)
        if self._look.shows_time:
            self._paint_time(row, layout)
        if layout.status is not None:
            self._paint_status(row, layout, layout.status)

    def _paint_above(self, row: ThreadRow, layout: RowLayout, name: str) -> None:
        theme = self._look.theme
        bold = QFont.Weight.DemiBold
        if layout.unread_bar is not None:
            strip = QColor(theme.accent)
            strip.setAlphaF(0.10)
            self._painter.fillRect(layout.unread_bar, strip)
            centred = Qt.AlignmentFlag.AlignCenter
            self._small(layout.unread_bar, self._look.unread_words, theme.accent, centred, bold)
        if layout.heading is not None:
            words = time_heading(said_at(row), self._look.now)
            self._small(layout.heading, words, theme.text_secondary, Qt.AlignmentFlag.AlignHCenter)
        if layout.name is not None:
            self._small(layout.name, name, theme.text_secondary, Qt.AlignmentFlag.AlignLeft, bold)
        if layout.avatar is not None:
            key = row.content.sender if isinstance(row.content, Message) else None
            paint_avatar(self._painter, layout.avatar, name, key or "", theme)

    def _paint_bubble(self, layout: RowLayout, fill: Fill) -> None:
        context = layout.context
        path = bubble_path(
            layout.bubble,
            is_own=layout.is_own,
            is_first=context.is_group_first,
            is_last=context.is_group_last,
        )
        self._painter.setBrush(fill.surface)
        outline = self._look.theme.outline_px
        self._painter.setPen(QPen(self._look.theme.text, outline) if outline else Qt.PenStyle.NoPen)
        self._painter.drawPath(path)

    def _paint_text(self, layout: RowLayout, fill: Fill) -> None:
        is_bubble = layout.kind is Kind.BUBBLE
        mark = QTextCharFormat()
        if is_bubble and layout.is_own:
            # On a coloured bubble the usual tint would not be seen: turn the colours round.
            mark.setBackground(QBrush(fill.text))
            mark.setForeground(QBrush(fill.surface))
        else:
            mark.setBackground(QBrush(self._look.theme.text_selection))
        self._painter.setPen(fill.text if is_bubble else self._look.theme.text)
        layout.block.draw(self._painter, layout.text_at, self._look.selected, mark)
        if layout.more is not None:
            label = font(FontSize.META, QFont.Weight.DemiBold, self._look.zoom)
            label.setUnderline(True)
            self._painter.setFont(label)
            self._painter.drawText(layout.more, Qt.AlignmentFlag.AlignLeft, "Show more")

    def _paint_focus(self, bubble: QRectF) -> None:
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(self._look.theme.accent, FOCUS_RING_PX))
        gap = FOCUS_RING_PX + 1
        radius = min(RADIUS_BUBBLE_PX, bubble.height() / 2) + gap
        self._painter.drawRoundedRect(bubble.adjusted(-gap, -gap, gap, gap), radius, radius)

    def _paint_time(self, row: ThreadRow, layout: RowLayout) -> None:
        words = clock_time(said_at(row))
        small = font(FontSize.META, zoom=self._look.zoom)
        metrics = QFontMetricsF(small)
        width = metrics.horizontalAdvance(words)
        bubble = layout.bubble
        left = bubble.left() - _TIME_GAP_PX - width if layout.is_own else bubble.right() + _TIME_GAP_PX + 4
        place = QRectF(left, bubble.center().y() - metrics.height() / 2, width + 1, metrics.height())
        self._painter.setFont(small)
        self._painter.setPen(self._look.theme.text_secondary)
        self._painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_status(self, row: ThreadRow, layout: RowLayout, place: QRectF) -> None:
        words = layout.context.status or ""
        is_bad = needs_decision(row) or words.startswith("Not ")
        colour = self._look.theme.danger if is_bad else self._look.theme.text_secondary
        self._small(place, words, colour, Qt.AlignmentFlag.AlignRight)
        if is_bad:
            self._paint_failed_mark(layout.bubble)

    def _paint_failed_mark(self, bubble: QRectF) -> None:
        size = _FAILED_MARK_PX
        disc = QRectF(bubble.left() - size - _TIME_GAP_PX, bubble.center().y() - size / 2, size, size)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._look.theme.danger)
        self._painter.drawEllipse(disc)
        self._painter.setPen(self._look.theme.window)
        mark = font(FontSize.META, QFont.Weight.Bold)
        self._painter.setFont(mark)
        self._painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, "!")

    def _small(
        self,
        place: QRectF,
        words: str,
        colour: QColor,
        alignment: Qt.AlignmentFlag,
        weight: QFont.Weight = QFont.Weight.Normal,
    ) -> None:
        small = font(FontSize.META, weight, self._look.zoom)
        self._painter.setFont(small)
        self._painter.setPen(colour)
        shown = QFontMetricsF(small).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        self._painter.drawText(place, alignment | Qt.AlignmentFlag.AlignVCenter, shown)


def bubble_path(bubble: QRectF, *, is_own: bool, is_first: bool, is_last: bool) -> QPainterPath:
    """Return a bubble's outline: less round where it touches its group, with a tail at the group's end."""
    inner = RADIUS_BUBBLE_INNER_PX
    outer = min(RADIUS_BUBBLE_PX, bubble.height() / 2)
    near_top, near_bottom = outer if is_first else inner, 0.0 if is_last else inner
    if is_own:
        return _rounded(bubble, (outer, near_top, near_bottom, outer), tail=1 if is_last else 0)
    return _rounded(bubble, (near_top, outer, outer, near_bottom), tail=-1 if is_last else 0)


def _rounded(box: QRectF, radii: tuple[float, float, float, float], *, tail: int) -> QPainterPath:
    """Return a box with four radii, clockwise from the upper left, and a tail at a side or at none."""
    top_left, top_right, bottom_right, bottom_left = radii
    path = QPainterPath()
    path.moveTo(box.left() + top_left, box.top())
    path.lineTo(box.right() - top_right, box.top())
    path.quadTo(box.topRight(), QPointF(box.right(), box.top() + top_right))
    if tail > 0:
        _tail(path, box.bottomRight(), 1)
    else:
        path.lineTo(box.right(), box.bottom() - bottom_right)
        path.quadTo(box.bottomRight(), QPointF(box.right() - bottom_right, box.bottom()))
    if tail < 0:
        path.lineTo(box.left() + RADIUS_BUBBLE_PX, box.bottom())
        _tail_back(path, box.bottomLeft())
    else:
        path.lineTo(box.left() + bottom_left, box.bottom())
        path.quadTo(box.bottomLeft(), QPointF(box.left(), box.bottom() - bottom_left))
    path.lineTo(box.left(), box.top() + top_left)
    path.quadTo(box.topLeft(), QPointF(box.left() + top_left, box.top()))
    path.closeSubpath()
    return path


def _tail(path: QPainterPath, corner: QPointF, side: int) -> None:
    """Draw the tail at the lower right, coming from above."""
    x, y = corner.x(), corner.y()
    path.lineTo(x, y - 12)
    path.cubicTo(x, y - 6, x + side * 2, y - 2, x + side * _TAIL_PX, y)
    path.cubicTo(x - side * 2, y + 0.5, x - side * 6, y - 1.5, x - side * 9, y - 4)
    path.quadTo(x - side * 13, y, x - side * RADIUS_BUBBLE_PX, y)


def _tail_back(path: QPainterPath, corner: QPointF) -> None:
    """Draw the tail at the lower left, coming from the right."""
    x, y = corner.x(), corner.y()
    path.quadTo(x + 13, y, x + 9, y - 4)
    path.cubicTo(x + 6, y - 1.5, x + 2, y + 0.5, x - _TAIL_PX, y)
    path.cubicTo(x - 2, y - 2, x, y - 6, x, y - 12)


def _fill(row: ThreadRow, look: RowLook) -> Fill:
    content = row.content
    if isinstance(content, Message) and not content.is_from_me:
        return look.theme.incoming
    service = content.service if isinstance(content, Message) else None
    return look.theme.bubble(service or look.chat_service)
