"""Lasers and spotlight: light in a darkened room."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPixmap,
    QPolygonF,
    QRadialGradient,
    QTransform,
)
from typing_extensions import override

from linqdesk.ui.effects.pose import overshoot, share, smooth
from linqdesk.ui.effects.screen.palette import BLACK, LASER_HUES, NIGHT, WHITE
from linqdesk.ui.effects.screen.scene import Chance, Scene, ScreenEffect, in_and_out, shade
from linqdesk.ui.effects.screen.sprites import Stamp, glow, sprite, with_alpha

# The width at the far end as a share of the beam's length, and how strong that layer of light is.
_LAYERS = ((0.060, 0.16), (0.026, 0.34), (0.008, 0.95))
# Light is soft: beams are drawn at this share of their size and stretched.
_BEAM_DETAIL = 0.5
_SPOT_MARGIN_PX = 46
# How much of the hole in the dark is lit: its edge is soft.
_POOL_SHARE = 0.43


@dataclass(frozen=True, slots=True)
class _Beam:
    """One beam; angles in degrees, clockwise from the right."""

    light: QPixmap
    source: QPointF
    middle: float
    spread: float
    pace: float
    phase: float


class Lasers(ScreenEffect):
    """Coloured beams fan out from below and sweep through the dark, each at its own pace."""

    still_s = 1.5

    def __init__(self, scene: Scene, seed: int) -> None:
        """Aim the beams."""
        chance = Chance(seed)
        self._area = scene.area
        width, height = scene.area.width(), scene.area.height()
        self._length = math.hypot(width, height) * 1.05
        below = QPointF(width * 0.5, height + 8)
        self._sources = (below, QPointF(-8, height * 0.9), QPointF(width + 8, height * 0.9))
        turn = int(chance.between(0, len(LASER_HUES)))
        self._beams = [self._aimed(chance, number, turn) for number in range(len(LASER_HUES))]
        self._lamp = glow(70, QColor("white"), scene.ratio, 0.04)

    def _aimed(self, chance: Chance, number: int, turn: int) -> _Beam:
        source = self._sources[(0, 1, 0, 2, 0, 1, 2)[number]]
        height, middle_x = self._area.height(), self._area.center().x()
        return _Beam(
            light=_beam(self._length * _BEAM_DETAIL, LASER_HUES[(number + turn) % len(LASER_HUES)]),
            source=source,
            middle=math.degrees(math.atan2(height * 0.34 - source.y(), middle_x - source.x())),
            spread=34 if source is self._sources[0] else 24,
            pace=chance.between(1.7, 2.9),
            phase=chance.between(0, 2 * math.pi),
        )

    @override
    def paint(self, painter: QPainter, time_s: float) -> None:
        """Draw the dark and the beams in it."""
        there = in_and_out(time_s, self.duration_s, 0.5, 0.6)
        shade(painter, self._area, NIGHT, 0.88 * there)
        lit = smooth(share(time_s, 0.25, 0.8)) * there
        size = 1 / _BEAM_DETAIL
        stamp = Stamp(painter)
        for beam in self._beams:
            angle = beam.middle + beam.spread * math.sin(beam.pace * time_s + beam.phase)
            stamp.put(beam.light, beam.source, (size, size), angle, lit)
        for source in self._sources:
            stamp.put(self._lamp, source, (1.0, 1.0), 0, 0.5 * lit)
        stamp.done()


def _beam(length_px: float, hue: int) -> QPixmap:
    """Return a beam that begins in the middle of the picture and points to the right."""

    def draw(painter: QPainter) -> None:
        for number, (width, strength) in enumerate(_LAYERS):
            # The innermost light is so strong that it looks nearly white.
            colour = QColor.fromHsv(hue, 80 if number == len(_LAYERS) - 1 else 235, 255)
            fading = QLinearGradient(0, 0, length_px, 0)
            fading.setColorAt(0.0, with_alpha(colour, strength))
            fading.setColorAt(0.55, with_alpha(colour, strength * 0.6))
            fading.setColorAt(1.0, with_alpha(colour, 0.0))
            painter.setBrush(QBrush(fading))
            half = length_px * width / 2
            nib = max(0.5, half * 0.06)
            corners = ((0, -nib), (length_px, -half), (length_px, half), (0, nib))
            painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))

    return sprite(2 * length_px, length_px * _LAYERS[0][0], 1.0, draw)


class Spotlight(ScreenEffect):
    """A cone of light searches, finds the bubble and rests on it while all else is dark."""

    still_s = 1.8

    def __init__(self, scene: Scene, seed: int) -> None:
        """Aim at the bubble; chance decides from which side the light comes."""
        self._area, target = scene.area, scene.bubble
        if target is None:
            target = QRectF(0, 0, 160, 40)
            target.moveCenter(scene.focus)
        self._target = target.center()
        self._radii = QPointF(
            max(70.0, target.width() / 2 + _SPOT_MARGIN_PX), max(58.0, target.height() / 2 + _SPOT_MARGIN_PX)
        )
        self._from = QPointF(scene.area.width() * (0.12 if seed % 2 else 0.88), scene.area.height() * 0.16)
        self._lamp = QPointF(scene.area.width() * (0.32 if seed % 2 else 0.68), -60)

    @override
    def paint(self, painter: QPainter, time_s: float) -> None:
        """Draw the dark around the spot, and the light that falls into it."""
        there = in_and_out(time_s, self.duration_s, 0.4, 0.6)
        found = overshoot(share(time_s, 0.25, 1.25))
        breath = 1 + 0.025 * math.sin(3.2 * time_s)
        middle = self._from + (self._target - self._from) * found
        radii = self._radii * (breath * (0.75 + 0.25 * smooth(share(time_s, 0.25, 1.25))))
        spot = QRectF(middle.x() - radii.x(), middle.y() - radii.y(), 2 * radii.x(), 2 * radii.y())
        depth = 0.78 * there
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        self._paint_dark(painter, spot, depth)
        self._paint_cone(painter, spot, there)
        painter.restore()

    def _paint_dark(self, painter: QPainter, spot: QRectF, depth: float) -> None:
        # Whole pixels without smoothing: between the two there is no seam.
        hole = QRectF(spot.toAlignedRect())
        around = QPainterPath()
        around.addRect(self._area)
        middle = QPainterPath()
        middle.addRect(hole)
        edge = QRadialGradient(QPointF(0, 0), 1.0)
        for place, share_of_depth in ((0.0, 0.0), (0.80, 0.0), (0.92, 0.72), (1.0, 1.0)):
            edge.setColorAt(place, with_alpha(BLACK, depth * share_of_depth))
        light = QBrush(edge)
        to_spot = QTransform.fromTranslate(spot.center().x(), spot.center().y())
        light.setTransform(to_spot.scale(spot.width() / 2, spot.height() / 2))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.fillPath(around - middle, with_alpha(BLACK, depth))
        painter.fillRect(hole, light)
        painter.restore()

    def _paint_cone(self, painter: QPainter, spot: QRectF, there: float) -> None:
        light = QLinearGradient(self._lamp, spot.center())
        light.setColorAt(0.0, with_alpha(WHITE, 0.34 * there))
        light.setColorAt(1.0, with_alpha(WHITE, 0.05 * there))
        painter.setBrush(QBrush(light))
        wide, high = spot.width() * _POOL_SHARE, spot.height() * _POOL_SHARE
        edge = _widest(spot.center() - self._lamp, wide, high)
        cone = QPainterPath(self._lamp)
        cone.addPolygon(QPolygonF([self._lamp, spot.center() - edge, spot.center() + edge, self._lamp]))
        pool = QPainterPath()
        pool.addEllipse(spot.center(), wide, high)
        painter.drawPath(cone - pool)
        painter.fillPath(pool, with_alpha(WHITE, 0.16 * there))


def _widest(way: QPointF, wide: float, high: float) -> QPointF:
    """Return where light that comes along `way` touches the edge of an ellipse, seen from its middle."""
    length = max(1.0, math.hypot(way.x(), way.y()))
    across = QPointF(-way.y() / length, way.x() / length)
    reach = max(1.0, math.hypot(across.x() * wide, across.y() * high))
    return QPointF(across.x() * wide * wide / reach, across.y() * high * high / reach)
