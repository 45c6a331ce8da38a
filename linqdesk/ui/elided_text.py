"""Words on one line of a row that is painted: cut at their end where there is no room."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

_PLACE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


def draw_elided(painter: QPainter, room: QRect, words: str, face: QFont, colour: QColor) -> int:
    """Draw words from the left, in the middle of the room's height; returns how wide they are, in pixels."""
    metrics = QFontMetrics(face)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, room.width()))
    painter.setFont(face)
    painter.setPen(colour)
    painter.drawText(room, _PLACE, shown)
    return metrics.horizontalAdvance(shown)
