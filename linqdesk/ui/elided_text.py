"""Words on one line of a row that is painted: cut at their end where there is no room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from linqdesk.ui.names import isolated

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QColor, QFont, QPainter

_PLACE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


def elided(words: str, face: QFont, width_px: int) -> str:
    """Return words cut where they do not fit: at the right, or at the left of what is read from the right."""
    shown = QFontMetrics(face).elidedText(words, Qt.TextElideMode.ElideRight, max(0, width_px))
    # Beside words from right to left the dots alone would stand before the first letter.
    return shown if shown == words else isolated(shown)


def draw_elided(painter: QPainter, room: QRect, words: str, face: QFont, colour: QColor) -> int:
    """Draw words from the left, in the middle of the room's height; returns how wide they are, in pixels."""
    shown = elided(words, face, room.width())
    painter.setFont(face)
    painter.setPen(colour)
    painter.drawText(room, _PLACE, shown)
    return QFontMetrics(face).horizontalAdvance(shown)
