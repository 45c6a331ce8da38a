"""What a thread without rows shows: that it loads, or that nothing was said yet."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from linqdesk.ui.theme import RADIUS_BUBBLE_PX, FontSize, Theme, font
from linqdesk.ui.thread.metrics import COLUMN_MAX_PX

# Width share, height in pixels, and whether it is ours: the look of a talk.
_GHOSTS = ((0.42, 36, False), (0.58, 56, False), (0.36, 36, True), (0.50, 76, True), (0.30, 36, False))
_GAP_PX = 10


def paint_blank(painter: QPainter, area: QRect, theme: Theme, *, is_loading: bool) -> None:
    """Draw bubbles without text while loading, else a sentence."""
    if not is_loading:
        painter.setFont(font(FontSize.BODY))
        painter.setPen(theme.text_secondary)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, "Nothing was said here yet.")
        return
    column = min(area.width() - 32, COLUMN_MAX_PX)
    left = (area.width() - column) / 2
    y = area.height() - 12.0
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.hover)
    for share, height, is_own in _GHOSTS:
        width = min(column * share, 420)
        y -= height
        x = left + column - width if is_own else left
        painter.drawRoundedRect(QRectF(x, y, width, height), RADIUS_BUBBLE_PX, RADIUS_BUBBLE_PX)
        y -= _GAP_PX
