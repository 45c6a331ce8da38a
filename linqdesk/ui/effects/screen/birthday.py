"""Happy birthday: a garland of letters drops in, with balloons and a little confetti."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap
from typing_extensions import override

from linqdesk.ui.effects.pose import share, slow_start
from linqdesk.ui.effects.screen.confetti import Confetti
from linqdesk.ui.effects.screen.palette import BALLOON
from linqdesk.ui.effects.screen.rising import Balloons
from linqdesk.ui.effects.screen.scene import Scene, ScreenEffect
from linqdesk.ui.effects.screen.sprites import Stamp, sprite, with_alpha
from linqdesk.ui.theme import FontSize, font

_WORDS = "HAPPY BIRTHDAY"
_LARGEST_PX, _SHARE_OF_WIDTH = 50.0, 0.94
_HUNG_S, _LEAVES_S = 1.1, 3.35
# Yellow is too bright for white letters.
_BRIGHT_GREEN = 195


class HappyBirthday(ScreenEffect):
    """What one hangs up for a birthday."""

    still_s = 1.8

    def __init__(self, scene: Scene, seed: int) -> None:
        """Cut the pennants and blow up the balloons."""
        self._area, self._is_dark = scene.area, scene.is_dark
        self._step = min(_LARGEST_PX, scene.area.width() * _SHARE_OF_WIDTH / len(_WORDS))
        self._pennants = [
            (number, _pennant(letter, BALLOON[number % len(BALLOON)], self._step, scene.ratio))
            for number, letter in enumerate(_WORDS)
            if letter != " "
        ]
        self._balloons = Balloons(scene, seed + 1, count=6)
        self._confetti = Confetti(scene, seed + 2, density=0.4)

    @override
    def paint(self, painter: QPainter, time_s: float) -> None:
        """Draw everything, the garland in front."""
        self._balloons.paint(painter, time_s)
        self._confetti.paint(painter, time_s)
        hung = _dropped(share(time_s, 0.0, _HUNG_S)) - slow_start(share(time_s, _LEAVES_S, self.duration_s))
        lift = -(self._step * 3.4) * (1 - hung)
        self._paint_string(painter, lift)
        stamp = Stamp(painter)
        for number, face in self._pennants:
            place, slope = self._hook(number + 0.5)
            swing = 11 * math.exp(-0.9 * time_s) * math.sin(5.2 * time_s + number * 0.55)
            swing += 2.5 * math.sin(2.2 * time_s + number)
            stamp.put(face, place + QPointF(0, lift), (1.0, 1.0), slope * 0.6 + swing, 1.0)
        stamp.done()

    def _hook(self, position: float) -> tuple[QPointF, float]:
        """Return where the string holds the pennant at a position, and how it slopes there in degrees."""
        along = 2 * position / len(_WORDS) - 1
        sag = self._step * 0.9
        x = self._area.center().x() + along * self._step * len(_WORDS) / 2
        return QPointF(x, self._step * 0.55 + sag * (1 - along * along)), math.degrees(
            math.atan2(-2 * along * sag, self._step * len(_WORDS) / 2)
        )

    def _paint_string(self, painter: QPainter, lift: float) -> None:
        path = QPainterPath(QPointF(-4, self._step * 0.2 + lift))
        for position in range(len(_WORDS) + 1):
            path.lineTo(self._hook(position)[0] + QPointF(0, lift))
        path.lineTo(QPointF(self._area.width() + 4, self._step * 0.2 + lift))
        painter.save()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor("#C9C9D1" if self._is_dark else "#7C7C84"), 2))
        painter.drawPath(path)
        painter.restore()


def _dropped(way: float) -> float:
    """Return how far something that falls into its place and bounces there has come."""
    return 1 - math.exp(-5.2 * way) * math.cos(9.5 * way) if way < 1 else 1.0


def _pennant(letter: str, colour: QColor, step_px: float, ratio: float) -> QPixmap:
    """Return a pennant that hangs from 0, 0 downwards."""
    wide, high = step_px * 0.92, step_px * 1.22
    path = QPainterPath(QPointF(-wide / 2, 0))
    path.lineTo(wide / 2, 0)
    path.lineTo(wide / 2, high * 0.74)
    path.lineTo(0, high)
    path.lineTo(-wide / 2, high * 0.74)
    path.closeSubpath()

    def draw(painter: QPainter) -> None:
        painter.setBrush(colour)
        painter.drawPath(path)
        painter.setBrush(with_alpha(QColor("white"), 0.22))
        painter.drawRect(QRectF(-wide / 2, 0, wide, high * 0.1))
        face = font(FontSize.BODY, QFont.Weight.Bold)
        face.setPixelSize(max(8, round(step_px * 0.56)))
        painter.setFont(face)
        painter.setPen(QColor("white" if colour.green() < _BRIGHT_GREEN else "#1D1D1F"))
        painter.drawText(
            QRectF(-wide / 2, high * 0.06, wide, high * 0.76), Qt.AlignmentFlag.AlignCenter, letter
        )

    return sprite(step_px * 1.1, high * 2 + 4, ratio, draw)
