"""Balloons and hearts: what rises from below and sways on its way."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPixmap
from typing_extensions import override

from linqdesk.ui.effects.pose import overshoot, share
from linqdesk.ui.effects.screen.palette import BALLOON, HEART
from linqdesk.ui.effects.screen.scene import Chance, Scene, ScreenEffect
from linqdesk.ui.effects.screen.sprites import Stamp, balloon, heart

_BALLOON_PX, _HEART_PX = 92, 46


@dataclass(frozen=True, slots=True)
class _Riser:
    """One thing on its way up; lengths in pixels, times in seconds."""

    face: QPixmap
    x: float
    starts_s: float
    rises_s: float
    sway: float
    rate: float
    phase: float
    size: float


class Balloons(ScreenEffect):
    """Balloons on strings, small ones behind large ones."""

    still_s = 1.9

    def __init__(self, scene: Scene, seed: int, count: int | None = None) -> None:
        """Blow them up; without a `count` as many as the area takes."""
        chance = Chance(seed)
        self._area = scene.area
        faces = [balloon(_BALLOON_PX, colour, scene.ratio) for colour in BALLOON]
        count = count or max(9, min(18, round(scene.area.width() / 56)))
        made = [self._let_go(chance, faces, number, count) for number in range(count)]
        self._balloons = sorted(made, key=lambda each: each.size)

    def _let_go(self, chance: Chance, faces: list[QPixmap], number: int, count: int) -> _Riser:
        size = chance.between(0.55, 1.1)
        return _Riser(
            face=faces[number % len(faces)],
            x=(((number * 0.618) % 1.0) * 0.9 + 0.05 + chance.between(-0.5, 0.5) / count)
            * self._area.width(),
            starts_s=chance.between(0.0, 1.15),
            rises_s=2.9 - 0.75 * (size - 0.55),
            sway=chance.between(8, 20),
            rate=chance.between(1.5, 2.4),
            phase=chance.between(0, 2 * math.pi),
            size=size,
        )

    @override
    def paint(self, painter: QPainter, time_s: float) -> None:
        """Draw the balloons that are on their way."""
        stamp = Stamp(painter)
        for each in self._balloons:
            way = (time_s - each.starts_s) / each.rises_s
            if 0 <= way <= 1:
                margin = _BALLOON_PX * 1.7
                y = self._area.height() + margin * each.size - (self._area.height() + 2 * margin) * way**1.12
                swing = math.sin(each.rate * time_s + each.phase)
                place = QPointF(each.x + each.sway * swing, y)
                turn = 5 * math.cos(each.rate * time_s + each.phase)
                stamp.put(each.face, place, (each.size, each.size), turn, 1.0)
        stamp.done()


class Hearts(ScreenEffect):
    """Many hearts that pop up below, rise in a swaying stream and fade."""

    still_s = 1.8

    def __init__(self, scene: Scene, seed: int) -> None:
        """Make the hearts; the stream begins under the bubble and widens."""
        chance = Chance(seed)
        self._area, self._from_x = scene.area, scene.focus.x()
        faces = [heart(_HEART_PX, colour, scene.ratio) for colour in HEART]
        count = max(34, min(62, round(scene.area.width() / 15)))
        self._hearts = [
            _Riser(
                face=chance.pick(faces),
                x=chance.between(0.02, 0.98) * scene.area.width(),
                starts_s=1.9 * (number / count) + chance.between(0.0, 0.15),
                rises_s=chance.between(1.5, 2.0),
                sway=chance.between(10, 30),
                rate=chance.between(2.5, 4.5),
                phase=chance.between(0, 2 * math.pi),
                size=chance.between(0.35, 1.1),
            )
            for number in range(count)
        ]

    @override
    def paint(self, painter: QPainter, time_s: float) -> None:
        """Draw the hearts that are on their way."""
        stamp = Stamp(painter)
        for each in self._hearts:
            way = (time_s - each.starts_s) / each.rises_s
            if 0 <= way <= 1:
                self._paint_heart(stamp, each, time_s, way)
        stamp.done()

    def _paint_heart(self, stamp: Stamp, each: _Riser, time_s: float, way: float) -> None:
        spread = min(1.0, way * 1.6)
        x = self._from_x + (each.x - self._from_x) * (0.25 + 0.75 * spread)
        swing = math.sin(each.rate * time_s + each.phase)
        y = self._area.height() + 30 - (self._area.height() + 20) * (0.15 * way + 0.85 * way**1.15)
        size = each.size * overshoot(share(way, 0.0, 0.2)) * (1 + 0.05 * math.sin(7 * time_s + each.phase))
        opacity = 1.0 - share(way, 0.72, 1.0)
        stamp.put(each.face, QPointF(x + each.sway * swing, y), (size, size), 12 * swing, opacity)
