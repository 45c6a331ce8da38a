"""Love: one large heart swells out of the bubble, beats, and floats away."""

import math

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter
from typing_extensions import override

from linqdesk.ui.effects.pose import bell, overshoot, share, slow_start, smooth
from linqdesk.ui.effects.screen.palette import HEART
from linqdesk.ui.effects.screen.scene import Scene, ScreenEffect
from linqdesk.ui.effects.screen.sprites import Stamp, heart

_GROWN_S, _LEAVES_S = 1.15, 2.75
_BEATS_S = (1.35, 1.95, 2.4)


class Love(ScreenEffect):
    """A heart like a balloon."""

    still_s = 1.7
    duration_s = 3.8

    def __init__(self, scene: Scene, seed: int) -> None:
        """Draw the heart; chance only decides to which side it drifts."""
        self._area, self._from = scene.area, scene.focus
        self._width = min(scene.area.width() * 0.42, scene.area.height() * 0.5)
        # Drawn at once in its full size: it is large enough for every pixel to show.
        self._heart = heart(self._width * 1.12, HEART[0], scene.ratio)
        self._side = 1 if seed % 2 else -1

    @override
    def paint(self, painter: QPainter, time_s: float) -> None:
        """Draw the heart."""
        grown = overshoot(share(time_s, 0.0, _GROWN_S))
        leaving = slow_start(share(time_s, _LEAVES_S, self.duration_s))
        beat = sum(0.09 * bell(share(time_s, start, start + 0.3)) for start in _BEATS_S)
        rest = QPointF(self._area.center().x(), self._area.height() * 0.44)
        way = smooth(share(time_s, 0.0, _GROWN_S))
        place = self._from + (rest - self._from) * way
        sway = math.sin(2.6 * time_s) * (6 + 26 * leaving) * self._side
        place += QPointF(sway, -(self._area.height() * 0.5 + self._width) * leaving)
        size = (0.04 + 0.86 * grown + beat) * (1 - 0.25 * leaving)
        stamp = Stamp(painter)
        stamp.put(self._heart, place, (size, size), 4 * math.sin(2.1 * time_s) * way, share(time_s, 0, 0.15))
        stamp.done()
