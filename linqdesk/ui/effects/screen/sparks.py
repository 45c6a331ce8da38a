"""Sparkles and celebration: glints all over, and a shower of golden sparks from the upper corner."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPixmap
from typing_extensions import override

from linqdesk.ui.effects.pose import bell, share
from linqdesk.ui.effects.screen.palette import GLINT_ON_DARK, GLINT_ON_LIGHT, GOLD, NIGHT
from linqdesk.ui.effects.screen.scene import Chance, Scene, ScreenEffect, in_and_out, shade
from linqdesk.ui.effects.screen.sprites import Stamp, glow, star, streak

_GLINT_PX = 34
_SPARKS = 380
_GRAVITY_PX_S2 = 520.0
_DRAG = 1.5
_COOLS_FROM = 0.4


@dataclass(frozen=True, slots=True)
class _Glint:
    """One star that opens and closes; lengths in pixels, times in seconds."""

    face: QPixmap
    at: QPointF
    starts_s: float
    lives_s: float
    size: float
    turn_deg: float


class Sparkles(ScreenEffect):
    """Four-pointed stars that twinkle, each once, all over the area."""

    still_s = 1.7

    def __init__(self, scene: Scene, seed: int) -> None:
        """Scatter the stars."""
        chance = Chance(seed)
        colours = GLINT_ON_DARK if scene.is_dark else GLINT_ON_LIGHT
        stars = [star(_GLINT_PX, colour, scene.ratio, is_dark=scene.is_dark) for colour in colours]
        dust = [glow(5, colour, scene.ratio, 0.3) for colour in colours]
        count = max(50, min(130, round(scene.area.width() * scene.area.height() / 5_200)))
        self._glints = [self._scattered(chance, scene, stars, (0.28, 1.15)) for _ in range(count)]
        self._glints += [self._scattered(chance, scene, dust, (0.5, 1.3)) for _ in range(count)]

    def _scattered(
        self, chance: Chance, scene: Scene, faces: list[QPixmap], sizes: tuple[float, float]
    ) -> _Glint:
        lives_s = chance.between(0.75, 1.35)
        return _Glint(
            face=chance.pick(faces),
            at=QPointF(
                chance.between(0.02, 0.98) * scene.area.width(),
                chance.between(0.03, 0.98) * scene.area.height(),
            ),
            starts_s=chance.between(0.0, self.duration_s - lives_s),
            lives_s=lives_s,
            size=sizes[0] + (sizes[1] - sizes[0]) * chance.between(0, 1) ** 1.4,
            turn_deg=chance.between(-20, 20),
        )

    @override
    def paint(self, painter: QPainter, time_s: float) -> None:
        """Draw the stars that are open."""
        stamp = Stamp(painter)
        for each in self._glints:
            life = (time_s - each.starts_s) / each.lives_s
            if 0 < life < 1:
                open_ = bell(life)
                size = each.size * (0.25 + 0.75 * open_)
                place = each.at - QPointF(0, 14 * life)
                stamp.put(each.face, place, (size, size), each.turn_deg + 40 * life, min(1.0, 1.4 * open_))
        stamp.done()


@dataclass(frozen=True, slots=True)
class _Spark:
    """One spark of the shower; velocities in pixels a second."""

    face: QPixmap
    starts_s: float
    lives_s: float
    vx: float
    vy: float
    size: float
    phase: float


class Celebration(ScreenEffect):
    """A sparkler in the upper right corner throws gold over the area."""

    still_s = 1.6

    def __init__(self, scene: Scene, seed: int) -> None:
        """Light it."""
        chance = Chance(seed)
        self._area = scene.area
        self._source = QPointF(scene.area.width() * 0.97, -6)
        self._depth = 0.60 if scene.is_dark else 0.84
        faces = [streak(28, 3.8, colour, scene.ratio) for colour in GOLD]
        self._ember = glow(4, GOLD[2], scene.ratio, 0.35)
        self._light = glow(230, GOLD[1], scene.ratio, 0.05)
        reach = math.hypot(scene.area.width(), scene.area.height())
        self._sparks = [self._thrown(chance, faces, reach) for _ in range(_SPARKS)]

    def _thrown(self, chance: Chance, faces: list[QPixmap], reach: float) -> _Spark:
        angle = math.radians(chance.between(98, 176))
        speed = reach * (0.35 + 1.35 * chance.between(0, 1) ** 1.3)
        return _Spark(
            face=chance.pick(faces),
            starts_s=chance.between(0.0, 2.7),
            lives_s=chance.between(0.85, 1.3),
            vx=speed * math.cos(angle),
            vy=speed * math.sin(angle) * 0.9,
            size=chance.between(0.6, 1.25),
            phase=chance.between(0, 2 * math.pi),
        )

    @override
    def paint(self, painter: QPainter, time_s: float) -> None:
        """Draw the sparks in flight over a darkened thread."""
        there = in_and_out(time_s, self.duration_s)
        shade(painter, self._area, NIGHT, self._depth * there)
        stamp = Stamp(painter)
        burning = share(time_s, 0.0, 0.3) * (1 - share(time_s, 2.7, 3.2))
        stamp.put(self._light, self._source, (1.0, 1.0), 0, 0.8 * burning)
        for spark in self._sparks:
            age = time_s - spark.starts_s
            if 0 <= age <= spark.lives_s:
                self._paint_spark(stamp, spark, age)
        stamp.done()

    def _paint_spark(self, stamp: Stamp, spark: _Spark, age: float) -> None:
        braked = math.exp(-_DRAG * age)
        way = (1 - braked) / _DRAG
        place = self._source + QPointF(spark.vx * way, spark.vy * way + _GRAVITY_PX_S2 * age * age / 2)
        vx, vy = spark.vx * braked, spark.vy * braked + _GRAVITY_PX_S2 * age
        life = age / spark.lives_s
        glimmer = 0.72 + 0.28 * math.sin(15 * age + spark.phase)
        opacity = (1.0 - life**2.2) * glimmer
        length = 0.35 + min(1.5, math.hypot(vx, vy) / 520)
        turn = math.degrees(math.atan2(vy, vx))
        stamp.put(spark.face, place, (length * spark.size, spark.size), turn, opacity)
        if life > _COOLS_FROM:
            stamp.put(self._ember, place, (spark.size, spark.size), 0, opacity * 0.8)
