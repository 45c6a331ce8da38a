"""Draws a line of ours: its last digits on a disc in its own colour, and its reputation as a sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from linqdesk.domain.chat import Reputation
from linqdesk.ui.avatars import avatar_fill
from linqdesk.ui.rail.line_words import mark_of

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPaintEvent

    from linqdesk.domain.chat import Line
    from linqdesk.ui.theme import Theme

_TEXT_SHARE, _SIGN_SHARE, _RING_PX = 0.36, 0.36, 2


def paint_line(painter: QPainter, disc: QRectF, line: Line, theme: Theme, ground: QColor) -> None:
    """Draw a line's mark; `ground` is the colour around it, which rings the sign."""
    fill = avatar_fill(line.phone_number, theme)
    painter.setPen(QPen(fill.text, theme.outline_px) if theme.outline_px else Qt.PenStyle.NoPen)
    painter.setBrush(fill.surface)
    painter.drawEllipse(disc)
    letters = QFont()
    letters.setPixelSize(max(9, round(disc.height() * _TEXT_SHARE)))
    letters.setWeight(QFont.Weight.DemiBold)
    painter.setFont(letters)
    painter.setPen(fill.text)
    painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, mark_of(line))
    side = disc.height() * _SIGN_SHARE
    sign = QRectF(disc.right() - side + 2, disc.bottom() - side + 2, side, side)
    _paint_sign(painter, sign, line.reputation, theme, ground)


def reputation_colour(reputation: Reputation, theme: Theme) -> QColor:
    """Return the colour of a reputation's sign; its shape says the same."""
    match reputation:
        case Reputation.HEALTHY:
            return theme.sms.surface
        case Reputation.AT_RISK:
            return theme.at_risk.text
        case Reputation.CRITICAL:
            return theme.danger
        case Reputation.UNKNOWN:
            return theme.text_secondary


def _paint_sign(painter: QPainter, place: QRectF, kind: Reputation, theme: Theme, ground: QColor) -> None:
    """Draw a disc for healthy, a triangle for at risk, a square for critical, nothing for unknown."""
    if kind is Reputation.UNKNOWN:
        return
    painter.setPen(QPen(ground, _RING_PX, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(reputation_colour(kind, theme))
    match kind:
        case Reputation.HEALTHY:
            painter.drawEllipse(place)
        case Reputation.AT_RISK:
            top = QPointF(place.center().x(), place.top() - 1)
            painter.drawPolygon(QPolygonF([top, place.bottomRight(), place.bottomLeft()]))
        case Reputation.CRITICAL:
            painter.drawRoundedRect(place, 2, 2)


class LineMark(QWidget):
    """A line's mark as a widget."""

    def __init__(self, line: Line, theme: Theme, parent: QWidget, size_px: int = 32) -> None:
        """Show a line; a sign may stand out 2 px beyond the disc."""
        super().__init__(parent)
        self.theme = theme
        self._line = line
        self.setFixedSize(size_px + 4, size_px + 4)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            disc = QRectF(self.rect()).adjusted(2, 2, -2, -2)
            paint_line(painter, disc, self._line, self.theme, self.theme.window)
