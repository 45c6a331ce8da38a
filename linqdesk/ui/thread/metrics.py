"""The measures of the message view, and what its geometry depends on besides the rows."""

from dataclasses import dataclass

from PySide6.QtGui import QFont

from linqdesk.ui.theme import GUTTER_PX, FontSize, font

COLUMN_MAX_PX = 920
BUBBLE_MAX_PX, BUBBLE_SHARE = 520, 0.75
PAD_X_PX, PAD_Y_PX, BUBBLE_MIN_HEIGHT_PX = 12, 8, 36
AVATAR_PX, AVATAR_GAP_PX = 28, 8
GROUP_GAP_PX, SENDER_GAP_PX, HEADING_GAP_PX = 2, 10, 16
LARGE_EMOJI_PX = 36
UNREAD_BAR_PX = 28
BUTTON_HEIGHT_PX = 28
META_LINE_PX, BODY_LINE_PX = 16, 20
MEDIA_MAX_WIDTH_PX, MEDIA_MAX_HEIGHT_PX = 380, 420
CARD_WIDTH_PX = 300


@dataclass(frozen=True, slots=True)
class Style:
    """What a layout depends on besides the row: width, zoom, whether names are shown, the colour of links.

    Colours have no place in geometry, but Qt draws a text's own formats some hundred times faster than those
    that it is given while drawing.
    """

    width_px: int
    zoom: float = 1.0
    is_group: bool = False
    link_colour: str = "#0B63CE"

    @property
    def column(self) -> tuple[float, float]:
        """The left and right edge of the centred column."""
        width = min(self.width_px - 2 * GUTTER_PX, COLUMN_MAX_PX)
        left = (self.width_px - width) / 2
        return left, left + width

    @property
    def meta_px(self) -> int:
        """The height of a line of small type."""
        return round(META_LINE_PX * self.zoom)

    @property
    def button_px(self) -> int:
        """The height of the buttons below a message."""
        return round(BUTTON_HEIGHT_PX * max(1.0, self.zoom))

    @property
    def body_px(self) -> int:
        """The height of a line of body type."""
        return round(BODY_LINE_PX * self.zoom)

    def font(self, size: FontSize, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Return a font at this zoom."""
        return font(size, weight, self.zoom)


def bubble_width(room_px: float) -> float:
    """Return how wide a bubble may be within a room."""
    return min(room_px * BUBBLE_SHARE, BUBBLE_MAX_PX)
