"""Invisible ink: shimmering particles over what a message says, until somebody looks closer."""

import math

from PySide6.QtCore import QPointF, QRandomGenerator, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap

from linqdesk.ui.effects.pose import smooth

REVEAL_S = 0.35
SHIMMER_S = 4.0
_TILE_PX = 96
_DOTS = 330
_LAYERS = 4
_SPEED_PX_S = 7.0
_SCATTER_PX = 22.0


class InvisibleInk:
    """Particles of one colour; several layers drift over each other and glimmer in turn."""

    def __init__(self, colour: QColor, ratio: float) -> None:
        """Prepare particles; `ratio` is the screen's pixels to a device-independent one."""
        self.colour, self.ratio = colour, ratio
        self._tiles = [_tile(colour, ratio, seed) for seed in range(_LAYERS)]

    def paint(self, painter: QPainter, over: QPainterPath, time_s: float, reveal: float = 0.0) -> None:
        """Cover an outline.

        Args:
            painter: its opacity and clip are left as they were.
            over: what is covered; particles stay inside of it.
            time_s: how long it has been shimmering; the same time gives the same picture.
            reveal: 0 covers, 1 leaves nothing; in between the particles scatter and fade.
        """
        if reveal >= 1.0:
            return
        left = 1.0 - smooth(reveal)
        painter.save()
        painter.setClipPath(over, Qt.ClipOperation.IntersectClip)
        whole = painter.opacity()
        box = over.boundingRect()
        for number, tile in enumerate(self._tiles):
            glimmer = 0.62 + 0.38 * math.sin(2 * math.pi * (0.55 * time_s + number / _LAYERS))
            painter.setOpacity(whole * glimmer * left)
            painter.drawTiledPixmap(box, tile, _drift(number, time_s, reveal))
        painter.restore()


def covered(box: QRectF, radius_px: float) -> QPainterPath:
    """Return the outline of a rounded box."""
    path = QPainterPath()
    path.addRoundedRect(box, radius_px, radius_px)
    return path


def _drift(number: int, time_s: float, reveal: float) -> QPointF:
    """Return how far a layer has moved; each goes its own way and wavers on it."""
    angle = 2 * math.pi * (number / _LAYERS + 0.11)
    way = _SPEED_PX_S * time_s + _SCATTER_PX * reveal
    waver = 2.5 * math.sin(1.9 * time_s + number)
    x = math.cos(angle) * way - math.sin(angle) * waver
    y = math.sin(angle) * way + math.cos(angle) * waver
    # Never negative: Qt takes an offset into the tile.
    return QPointF(x % _TILE_PX, y % _TILE_PX)


def _tile(colour: QColor, ratio: float, seed: int) -> QPixmap:
    pixmap = QPixmap(round(_TILE_PX * ratio), round(_TILE_PX * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    chance = QRandomGenerator(seed + 1)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for _ in range(_DOTS):
            radius = 0.35 + 0.55 * chance.generateDouble() ** 2
            painter.setOpacity(0.35 + 0.65 * chance.generateDouble())
            place = QPointF(chance.generateDouble() * _TILE_PX, chance.generateDouble() * _TILE_PX)
            painter.drawEllipse(place, radius, radius)
    return pixmap
