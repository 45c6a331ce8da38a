"""The shadow under what floats: drawn once small, then stretched along the edges of any box."""

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from linqdesk.ui.theme import RADIUS_CARD_PX

SHADOW_PX = 16
_DARKNESS = 4
_DOWN_PX = 4
# How much of each corner is no mere stretch of an edge.
_CORNER_PX = 2 * SHADOW_PX + RADIUS_CARD_PX
_MIDDLE_PX = 2


def paint_shadow(painter: QPainter, box: QRectF) -> None:
    """Draw the shadow of a box with the radius of a card, `SHADOW_PX` around it and not under it."""
    small = _small_shadow(painter.device().devicePixelRatio())
    ratio = small.devicePixelRatio()
    around = box.adjusted(-SHADOW_PX, -SHADOW_PX, SHADOW_PX, SHADOW_PX)
    side = 2 * _CORNER_PX + _MIDDLE_PX
    across = _cuts(around.left(), around.width(), side)
    down = _cuts(around.top(), around.height(), side)
    for row, (top, height, from_top, from_height) in enumerate(down):
        for column, (left, width, from_left, from_width) in enumerate(across):
            if row == column == 1:
                continue
            source = QRectF(from_left * ratio, from_top * ratio, from_width * ratio, from_height * ratio)
            painter.drawPixmap(QRectF(left, top, width, height), small, source)


def _cuts(begin: float, length: float, side: int) -> list[tuple[float, float, float, float]]:
    """Return the three stretches of one direction: where each goes, and where it comes from."""
    corner, end = min(_CORNER_PX, length / 2), begin + length
    middle = length - 2 * corner
    return [
        (begin, corner, 0, corner),
        (begin + corner, middle, _CORNER_PX, _MIDDLE_PX),
        (end - corner, corner, side - corner, corner),
    ]


@lru_cache(maxsize=4)
def _small_shadow(ratio: float) -> QPixmap:
    """Lay thin veils over each other that reach less and less far: soft at the edge, dark at the box."""
    side = 2 * _CORNER_PX + _MIDDLE_PX
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    box = QRectF(0, 0, side, side).adjusted(SHADOW_PX, SHADOW_PX, -SHADOW_PX, -SHADOW_PX)
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, _DARKNESS))
        for reach in range(SHADOW_PX - 4, 0, -2):
            veil = box.adjusted(-reach, -reach + _DOWN_PX, reach, reach + _DOWN_PX)
            painter.drawRoundedRect(veil, RADIUS_CARD_PX + reach, RADIUS_CARD_PX + reach)
    return made
