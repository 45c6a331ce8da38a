"""Confetti: paper of many colours tumbles down over the whole area."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap
from typing_extensions import override

from linqdesk.ui.effects.pose import share
from linqdesk.ui.effects.screen.palette import PAPER
from linqdesk.ui.effects.screen.scene import Chance, Scene, ScreenEffect
from linqdesk.ui.effects.screen.sprites import Stamp, sprite

_AREA_FOR_ONE_PX2 = 3_600
_FEWEST, _MOST = 90, 230
_CURL = 2


@dataclass(frozen=True, slots=True)
class _Paper:
    """One piece on its way; lengths in pixels, times in seconds."""

    front: QPixmap
    back: QPixmap
    x: float
    starts_s: float
    falls_s: float
    sway: float
    sway_rate: float
    phase: float
    spin: float
    turn_deg: float
    size: float


class Confetti(ScreenEffect):
    """Paper that rains for a moment and sinks."""

    still_s = 1.6

    def __init__(self, scene: Scene, seed: int, density: float = 1.0) -> None:
        """Cut the paper; `density` is 1 for a full shower."""
        chance = Chance(seed)
        self._height = scene.area.height()
        sprites = [_cut(shape, colour, scene.ratio) for shape in range(3) for colour in PAPER]
        area = scene.area.width() * scene.area.height()
        count = round(max(_FEWEST, min(_MOST, area / _AREA_FOR_ONE_PX2)) * density)
        self._pieces = [_thrown(chance, scene, chance.pick(sprites)) for _ in range(count)]

    @override
    def paint(self, painter: QPainter, time_s: float) -> None:
        """Draw the paper that is in the air."""
        stamp = Stamp(painter)
        fading = 1.0 - share(time_s, self.duration_s - 0.4, self.duration_s)
        for piece in self._pieces:
            age = time_s - piece.starts_s
            if 0 <= age <= piece.falls_s:
                self._paint_piece(stamp, piece, age, fading)
        stamp.done()

    def _paint_piece(self, stamp: Stamp, piece: _Paper, age: float, opacity: float) -> None:
        gone = age / piece.falls_s
        # Thrown down, then braked by the air.
        fall = 0.42 * (1 - (1 - gone) ** 3) + 0.58 * gone
        x = piece.x + piece.sway * math.sin(piece.sway_rate * age + piece.phase)
        y = -30 + (self._height + 60) * fall
        tumble = math.cos(piece.spin * age + piece.phase)
        face = piece.front if tumble >= 0 else piece.back
        flat = math.copysign(max(0.12, abs(tumble)), tumble)
        turn = piece.turn_deg + 50 * math.sin(piece.sway_rate * age * 0.8 + piece.phase)
        stamp.put(face, QPointF(x, y), (piece.size, piece.size * flat), turn, opacity)


def _thrown(chance: Chance, scene: Scene, faces: tuple[QPixmap, QPixmap]) -> _Paper:
    near = chance.between(0.0, 1.0)
    return _Paper(
        front=faces[0],
        back=faces[1],
        x=chance.between(-0.04, 1.04) * scene.area.width(),
        starts_s=chance.between(0.0, 1.35),
        falls_s=2.6 - 0.6 * near + chance.between(-0.15, 0.1),
        sway=chance.between(8, 34),
        sway_rate=chance.between(2.2, 4.4),
        phase=chance.between(0, 2 * math.pi),
        spin=chance.between(5, 12) * chance.pick((-1, 1)),
        turn_deg=chance.between(0, 360),
        size=0.75 + 0.65 * near,
    )


def _cut(shape: int, colour: QColor, ratio: float) -> tuple[QPixmap, QPixmap]:
    """Return the two faces of one kind of paper: strips, dots and curls."""

    def draw_in(painter: QPainter, paint: QColor) -> None:
        painter.setBrush(paint)
        if shape == 0:
            painter.drawRoundedRect(QRectF(-5, -8, 10, 16), 1, 1)
        elif shape == 1:
            painter.drawEllipse(QPointF(0, 0), 5.5, 5.5)
        else:
            curl = QPainterPath(QPointF(-12, 2))
            curl.cubicTo(-8, -9, -3, -7, 0, 0)
            curl.cubicTo(3, 7, 8, 8, 12, -3)
            pen = QPen(paint, 3.6)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.strokePath(curl, pen)

    wide = 30 if shape == _CURL else 18
    front = sprite(wide, 20, ratio, lambda painter: draw_in(painter, colour))
    return front, sprite(wide, 20, ratio, lambda painter: draw_in(painter, colour.darker(132)))
