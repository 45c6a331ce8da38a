"""Draws who wrote the bubbles below: the name that this desk knows, and the number beside it."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from linqdesk.ui.theme import FontSize, font
from linqdesk.ui.thread.lettering import Ink, draw_words

_GAP_PX = 6
_NUMBER_END = 4


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody's name, and the number beside it; no number where the name is the number."""

    name: str
    number: str = ""

    def number_within(self, room_px: float, name_px: float, metrics: QFontMetricsF) -> str:
        """Return the whole number where it fits beside the name, else the end of it.

        Anybody may bear the name of somebody else, so the end stays when the name must be cut for it.
        """
        is_whole = name_px + _GAP_PX + metrics.horizontalAdvance(self.number) <= room_px
        return self.number if is_whole or not self.number else f"…{self.number[-_NUMBER_END:]}"


def paint_name(painter: QPainter, place: QRectF, who: Who, colour: QColor, zoom: float) -> None:
    """Draw a name, and its number in lighter letters."""
    strong, plain = font(FontSize.META, QFont.Weight.DemiBold, zoom), font(FontSize.META, zoom=zoom)
    metrics = QFontMetricsF(plain)
    name_px = QFontMetricsF(strong).horizontalAdvance(who.name)
    number = who.number_within(place.width(), name_px, metrics)
    number_px = metrics.horizontalAdvance(number) + _GAP_PX if number else 0.0
    name_px = min(name_px + 1, place.width() - number_px)
    name_place = QRectF(place.left(), place.top(), name_px, place.height())
    draw_words(painter, name_place, who.name, Ink(strong, colour))
    if number:
        draw_words(painter, place.adjusted(name_px + _GAP_PX, 0, 0, 0), number, Ink(plain, colour))
