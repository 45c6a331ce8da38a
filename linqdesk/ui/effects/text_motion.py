"""How each grapheme of an animated text moves: pure shapes over one turn."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from linqdesk.ui.effects.pose import REST, Pose, bell, noise, overshoot, share, slow_end, slow_start

TURN_S = 1.2
TURNS_ON_ARRIVAL = 2
_RIPPLE_STEP_S = 0.04
_EXPLODED_S = 0.75


@dataclass(frozen=True, slots=True)
class Grapheme:
    """One grapheme of an animated range.

    `unit` is one pixel at the usual text size, so that large text moves further. `out_x` and `out_y`
    point away from the middle of the range, each from -1 to 1.
    """

    index: int
    count: int
    unit: float = 1.0
    out_x: float = 0.0
    out_y: float = 0.0

    @property
    def place(self) -> float:
        """Where in its range it is: 0 at the start, 1 at the end."""
        return self.index / max(1, self.count - 1)


Shape = Callable[[float, Grapheme], Pose]


def pose_of(animation: str, time_s: float, grapheme: Grapheme) -> Pose:
    """Return how a grapheme stands `time_s` seconds into its animation, whose turns follow each other.

    An animation that this version does not know is at rest.
    """
    shape = SHAPES.get(animation)
    return REST if shape is None or time_s < 0 else shape(time_s % TURN_S, grapheme)


def _wave(time_s: float, place: float, width_s: float) -> float:
    """Return a rise and fall of `width_s` that walks through the range and ends with the turn."""
    start = place * (TURN_S - width_s)
    return bell(share(time_s, start, start + width_s))


def _fade_at_ends(time_s: float) -> float:
    return share(time_s, 0.0, 0.15) * (1.0 - share(time_s, TURN_S - 0.25, TURN_S - 0.05))


def _big(time_s: float, grapheme: Grapheme) -> Pose:
    wave = _wave(time_s, grapheme.place, 0.7)
    return Pose(scale=1.0 + 0.35 * wave, dy_px=-1.5 * grapheme.unit * wave)


def _small(time_s: float, grapheme: Grapheme) -> Pose:
    wave = _wave(time_s, grapheme.place, 0.7)
    return Pose(scale=1.0 - 0.3 * wave, dy_px=1.0 * grapheme.unit * wave)


def _shake(time_s: float, grapheme: Grapheme) -> Pose:
    swing = math.sin(2 * math.pi * 12 * time_s) * _fade_at_ends(time_s)
    return Pose(dx_px=2.0 * grapheme.unit * swing)


def _nod(time_s: float, grapheme: Grapheme) -> Pose:
    swing = math.sin(2 * math.pi * 2.5 * (time_s - 0.05 * grapheme.place)) * _fade_at_ends(time_s)
    return Pose(dy_px=3.0 * grapheme.unit * swing)


def _explode(time_s: float, grapheme: Grapheme) -> Pose:
    if time_s >= _EXPLODED_S:
        back = slow_end(share(time_s, 0.78, 1.1))
        return Pose(scale=0.85 + 0.15 * back, opacity=back)
    breath = bell(share(time_s, 0.0, 0.16))
    flight = slow_end(share(time_s, 0.14, _EXPLODED_S))
    reach = (16.0 + 10.0 * noise(grapheme.index, 1)) * grapheme.unit * flight
    return Pose(
        scale=1.0 - 0.14 * breath + 0.25 * flight,
        dx_px=reach * (grapheme.out_x * 1.4 + 0.5 * noise(grapheme.index, 2)),
        dy_px=reach * (grapheme.out_y + 0.9 * noise(grapheme.index, 3)),
        rotation_deg=80.0 * noise(grapheme.index, 4) * flight,
        opacity=1.0 - slow_start(share(time_s, 0.2, 0.72)),
    )


def _ripple(time_s: float, grapheme: Grapheme) -> Pose:
    width_s = 0.4
    step_s = min(_RIPPLE_STEP_S, (TURN_S - width_s) / max(1, grapheme.count))
    local = share(time_s, step_s * grapheme.index, step_s * grapheme.index + width_s)
    rise = bell(local) + 0.35 * math.sin(2 * math.pi * local) if 0 < local < 1 else 0.0
    return Pose(dy_px=-4.0 * grapheme.unit * rise / 1.19)


def _bloom(time_s: float, grapheme: Grapheme) -> Pose:
    local = time_s - 0.25 * abs(grapheme.place - 0.5) * 2
    closed = slow_end(share(local, 0.0, 0.14))
    opened = overshoot(share(local, 0.14, 0.58))
    settled = slow_end(share(local, 0.58, 0.92))
    swelled = 1.0 - 0.2 * closed + 0.3 * opened
    return Pose(
        scale=swelled + (1.0 - swelled) * settled,
        opacity=1.0 - 0.6 * closed * (1.0 - share(local, 0.14, 0.34)),
        glow=bell(share(local, 0.1, 0.95)),
    )


def _jitter(time_s: float, grapheme: Grapheme) -> Pose:
    if time_s > TURN_S - 0.1:
        return REST
    step = int(time_s * 15) * 7 + 11
    return Pose(
        dx_px=grapheme.unit * noise(grapheme.index, step),
        dy_px=grapheme.unit * noise(grapheme.index, step + 1),
        rotation_deg=4.0 * noise(grapheme.index, step + 2),
    )


SHAPES: MappingProxyType[str, Shape] = MappingProxyType(
    {
        "big": _big,
        "small": _small,
        "shake": _shake,
        "nod": _nod,
        "explode": _explode,
        "ripple": _ripple,
        "bloom": _bloom,
        "jitter": _jitter,
    }
)
