"""Echo: the bubble repeats itself until its copies fill the area and drift off."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPixmap
from typing_extensions import override

from linqdesk.ui.effects.pose import overshoot, share, slow_end
from linqdesk.ui.effects.screen.palette import PLAIN_BUBBLE
from linqdesk.ui.effects.screen.scene import Chance, Scene, ScreenEffect
from linqdesk.ui.effects.screen.sprites import Stamp, sprite

_COPIES = 40
_LIFE_S = 1.9
_WIDEST_PX = 260.0


@dataclass(frozen=True, slots=True)
class _Copy:
    """One copy of the bubble; times in seconds."""

    to: QPointF
    starts_s: float
    size: float
    turn_deg: float


class Echo(ScreenEffect):
    """Copies that leave the bubble one after the other, those in front larger than those behind."""

    still_s = 1.9

    def __init__(self, scene: Scene, seed: int) -> None:
        """Choose where the copies go."""
        chance = Chance(seed)
        self._from = scene.focus
        self._bubble = scene.picture or _plain_bubble(scene.ratio)
        width = self._bubble.width() / self._bubble.devicePixelRatio()
        self._fit = min(1.0, _WIDEST_PX / max(1.0, width))
        self._copies = [self._sent(chance, scene.area, number) for number in range(_COPIES)]

    def _sent(self, chance: Chance, area: QRectF, number: int) -> _Copy:
        # The golden ratio spreads them evenly, chance takes the order out of it.
        x = (number * 0.618034 + chance.between(-0.06, 0.06)) % 1.0
        y = (number * 0.414214 + chance.between(-0.06, 0.06)) % 1.0
        return _Copy(
            to=QPointF(area.width() * (0.04 + 0.92 * x), area.height() * (0.04 + 0.9 * y)),
            starts_s=0.1 + 1.95 * (number / _COPIES),
            size=0.45 + 0.6 * (number / _COPIES) + chance.between(0, 0.15),
            turn_deg=chance.between(-9, 9),
        )

    @override
    def paint(self, painter: QPainter, time_s: float) -> None:
        """Draw the copies on their way."""
        stamp = Stamp(painter)
        for copy in self._copies:
            life = (time_s - copy.starts_s) / _LIFE_S
            if 0 <= life <= 1:
                flown = slow_end(share(life, 0.0, 0.55))
                place = self._from + (copy.to - self._from) * flown
                place -= QPointF(0, 60 * share(life, 0.45, 1.0) ** 2)
                size = self._fit * copy.size * (0.5 + 0.5 * overshoot(share(life, 0.0, 0.4)))
                opacity = share(life, 0.0, 0.1) * (1 - share(life, 0.72, 1.0))
                stamp.put(self._bubble, place, (size, size), copy.turn_deg * flown, opacity)
        stamp.done()


def _plain_bubble(ratio: float) -> QPixmap:
    """Return a bubble without words, for a message that is not on screen."""

    def draw(painter: QPainter) -> None:
        painter.setBrush(PLAIN_BUBBLE)
        painter.drawRoundedRect(QRectF(-60, -18, 120, 36), 18, 18)

    return sprite(124, 40, ratio, draw)
