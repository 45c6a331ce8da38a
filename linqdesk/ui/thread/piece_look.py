"""How the pieces of one row are drawn this time."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen

from linqdesk.domain.message import Message
from linqdesk.ui.media.pictures import Pictures
from linqdesk.ui.media.recordings import Recordings
from linqdesk.ui.theme import Fill, FontSize, Theme, font
from linqdesk.ui.thread.bubble_path import bubble_path


@dataclass(frozen=True, slots=True)
class PieceLook:
    """Colours, size of type and the piece's place in its group.

    `selected` is what is selected of the row's text, in UTF-16 code units. Without `message`, and
    `pictures` or `recordings`, every file waits. `text_s` is how long the row's animated text has been
    moving, in seconds, None at rest.
    """

    theme: Theme
    zoom: float
    fill: Fill
    is_own: bool
    is_first: bool = True
    is_last: bool = True
    selected: tuple[int, int] | None = None
    pictures: Pictures | None = None
    recordings: Recordings | None = None
    message: Message | None = None
    text_s: float | None = None

    def placed(self, *, is_first: bool, is_last: bool) -> "PieceLook":
        """Return the look of a piece within the row's stack."""
        return replace(self, is_first=self.is_first and is_first, is_last=self.is_last and is_last)

    def font(self, size: FontSize, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Return a font at this zoom."""
        return font(size, weight, self.zoom)

    def outline(self, box: QRectF, *, has_tail: bool = True) -> QPainterPath:
        """Return the outline of a piece that fills a box."""
        return bubble_path(
            box, is_own=self.is_own, is_first=self.is_first, is_last=self.is_last, has_tail=has_tail
        )

    def draw_surface(self, painter: QPainter, path: QPainterPath, fill: Fill) -> None:
        """Draw a bubble's or a card's ground, outlined where the theme asks for it."""
        painter.setBrush(fill.surface)
        width = self.theme.outline_px
        painter.setPen(QPen(self.theme.text, width) if width else Qt.PenStyle.NoPen)
        painter.drawPath(path)
