"""Fireworks: rockets climb into a darkened sky and burst one after the other."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPixmap
from typing_extensions import override

from linqdesk.ui.effects.pose import share, slow_end
from linqdesk.ui.effects.screen.palette import FIRE, NIGHT, WHITE
from linqdesk.ui.effects.screen.scene import Chance, Scene, ScreenEffect, in_and_out, shade
from linqdesk.ui.effects.screen.sprites import Stamp, glow, streak

# No two bursts within a third of a second: nothing flashes more than three times a second.
_BURSTS_S = (0.62, 1.02, 1.42, 1.80, 2.18, 2.56)
_COLUMNS = (0.30, 0.72, 0.50, 0.18, 0.84, 0.42)
_CLIMB_S, _LIFE_S = 0.5, 1.3
_RAYS = 56
_TRAIL_S, _STREAK_PX = 0.26, 48.0
_TWINKLES_FROM = 0.42


@dataclass(frozen=True, slots=True)
class _Burst:
    """One rocket; lengths in pixels, times in seconds."""

    at: QPointF
    starts_s: float
    radius: float
    rays: tuple[tuple[float, float, float], ...]
    streak: QPixmap
    ember: QPixmap
    halo: QPixmap


class Fireworks(ScreenEffect):
    """Six rockets of six colours."""

    still_s = 2.05

    def __init__(self, scene: Scene, seed: int) -> None:
        """Set the rockets up."""
        chance = Chance(seed)
        self._area = scene.area
        self._trail = streak(34, 3.4, WHITE, scene.ratio)
        offset = int(chance.between(0, len(FIRE)))
        self._bursts = [self._rocket(chance, scene, number, offset) for number in range(len(_BURSTS_S))]

    def _rocket(self, chance: Chance, scene: Scene, number: int, offset: int) -> _Burst:
        colour = FIRE[(number + offset) % len(FIRE)]
        width, height = scene.area.width(), scene.area.height()
        rays = tuple(
            (
                2 * math.pi * (ray + chance.between(-0.3, 0.3)) / _RAYS,
                chance.between(0.82, 1.0) if ray % 3 else chance.between(0.35, 0.7),
                chance.between(0, 2 * math.pi),
            )
            for ray in range(_RAYS)
        )
        radius = min(width, height) * chance.between(0.28, 0.40)
        return _Burst(
            at=QPointF(
                width * (_COLUMNS[number] + chance.between(-0.06, 0.06)), height * chance.between(0.16, 0.46)
            ),
            starts_s=_BURSTS_S[number],
            radius=radius,
            rays=rays,
            streak=streak(_STREAK_PX, 3.4, colour, scene.ratio),
            ember=glow(4.5, colour, scene.ratio, 0.35),
            halo=glow(radius * 1.25, colour, scene.ratio, 0.05),
        )

    @override
    def paint(self, painter: QPainter, time_s: float) -> None:
        """Draw the night, what climbs and what has burst."""
        shade(painter, self._area, NIGHT, 0.93 * in_and_out(time_s, self.duration_s))
        stamp = Stamp(painter)
        for burst in self._bursts:
            age = time_s - burst.starts_s
            if -_CLIMB_S <= age < 0:
                self._paint_climb(stamp, burst, 1 + age / _CLIMB_S)
            elif 0 <= age <= _LIFE_S:
                _paint_burst(stamp, burst, age)
        stamp.done()

    def _paint_climb(self, stamp: Stamp, burst: _Burst, way: float) -> None:
        risen = slow_end(way)
        start = QPointF(burst.at.x() + (self._area.center().x() - burst.at.x()) * 0.12, self._area.height())
        place = start + (burst.at - start) * risen
        turn = math.degrees(math.atan2(burst.at.y() - start.y(), burst.at.x() - start.x()))
        stamp.put(self._trail, place, (1.4 - 0.9 * way, 0.9), turn, 0.95 - 0.4 * way)


def _paint_burst(stamp: Stamp, burst: _Burst, age: float) -> None:
    life = age / _LIFE_S
    # Light swells and fades slowly: a sudden flash is what hurts.
    halo = share(age, 0.0, 0.16) * (1 - share(age, 0.16, 0.8))
    stamp.put(burst.halo, burst.at, (1.0, 1.0), 0, 0.55 * halo)
    fade = 1.0 - share(life, 0.5, 1.0) ** 1.5
    for number, (angle, reach, phase) in enumerate(burst.rays):
        head, tail = _on_ray(burst, angle, reach, age), _on_ray(burst, angle, reach, age - _TRAIL_S)
        way = head - tail
        length = math.hypot(way.x(), way.y())
        glimmer = 1.0 if life < _TWINKLES_FROM else 0.65 + 0.35 * math.sin(16 * age + phase)
        stretch = max(0.12, length / _STREAK_PX)
        turn = math.degrees(math.atan2(way.y(), way.x()))
        stamp.put(burst.streak, (head + tail) / 2, (stretch, 1.0), turn, fade * glimmer)
        if life > _TWINKLES_FROM and number % 2:
            stamp.put(burst.ember, head, (1.0, 1.0), 0, fade * glimmer)


def _on_ray(burst: _Burst, angle: float, reach: float, age: float) -> QPointF:
    """Return where the head of a ray is: thrown out, braked by the air, drawn down by its weight."""
    life = max(0.0, age) / _LIFE_S
    way = burst.radius * reach * (1 - math.exp(-4.2 * life))
    return burst.at + QPointF(math.cos(angle) * way, math.sin(angle) * way + 0.42 * burst.radius * life**2.2)
