"""How a bubble comes in: it rises, or slams, shouts and whispers, as poses over time."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from linqdesk.ui.effects.pose import REST, Pose, bell, overshoot, share, slow_end, slow_start, smooth

INVISIBLE = "invisible"
_IMPACT_S = 0.3
_REBOUND_S = 0.55
_USUAL_WIDTH_PX = 220.0
_RISE_S, _RISE_PX = 0.18, 8.0


@dataclass(frozen=True, slots=True)
class BubbleMotion:
    """One bubble's way in.

    `at` tells its pose at a time, `jolt` how far others are pushed then, in pixels upwards. `pivot_share`
    is how far down the bubble the point lies around which it turns and swells.
    """

    duration_s: float
    at: Callable[[float], Pose]
    jolt: Callable[[float], float]
    pivot_share: float = 1.0


def motion(name: str, width_px: float) -> BubbleMotion | None:
    """Return how a bubble of some width moves, None for an effect that moves no bubble.

    Wide bubbles swell less: what matters is how large they become on screen.
    """
    make = _MOTIONS.get(name)
    return None if make is None else make(min(1.0, _USUAL_WIDTH_PX / max(1.0, width_px)))


def _slam(room: float) -> BubbleMotion:
    """Return a fall from near the eye onto the thread, with an impact that is felt around it."""

    def at(time_s: float) -> Pose:
        if time_s < _IMPACT_S:
            fall = slow_start(time_s / _IMPACT_S)
            return Pose(
                scale=1 + (0.6 + 1.4 * room) * (1 - fall),
                dy_px=-26 * (1 - fall),
                rotation_deg=-9 * (1 - fall),
                opacity=share(time_s, 0.0, 0.14),
            )
        since = time_s - _IMPACT_S
        rebound = math.exp(-7 * since) * math.cos(2 * math.pi * 4.2 * since)
        return REST if since > _REBOUND_S else Pose(scale=1 - 0.09 * rebound, dy_px=2.5 * rebound)

    def jolt(time_s: float) -> float:
        since = time_s - _IMPACT_S
        return 0.0 if since < 0 else 7 * math.exp(-6 * since) * math.sin(2 * math.pi * 3.4 * since)

    return BubbleMotion(1.0, at, jolt, pivot_share=0.5)


def _loud(room: float) -> BubbleMotion:
    """Return a swelling that trembles like a shout, then sinks back."""

    def at(time_s: float) -> Pose:
        swell = overshoot(share(time_s, 0.0, 0.28)) * (1 - smooth(share(time_s, 0.85, 1.2)))
        tremble = bell(share(time_s, 0.15, 1.0))
        return Pose(
            scale=0.85 + 0.15 * share(time_s, 0.0, 0.2) + (0.12 + 0.48 * room) * swell,
            dx_px=1.4 * tremble * math.sin(2 * math.pi * 13 * time_s),
            rotation_deg=2.2 * tremble * math.sin(2 * math.pi * 9 * time_s),
            opacity=share(time_s, 0.0, 0.12),
        )

    return BubbleMotion(1.25, at, _no_jolt)


def _gentle(_room: float) -> BubbleMotion:
    """Return a whisper: it appears small and takes its time to grow."""

    def at(time_s: float) -> Pose:
        grown = smooth(share(time_s, 0.35, 1.7))
        return Pose(scale=0.5 + 0.5 * grown, opacity=slow_end(share(time_s, 0.0, 0.6)))

    return BubbleMotion(1.75, at, _no_jolt)


def _no_jolt(_time_s: float) -> float:
    return 0.0


def _rise(time_s: float) -> Pose:
    progress = share(time_s, 0.0, _RISE_S)
    return Pose(dy_px=_RISE_PX * (1 - slow_end(progress)), opacity=share(progress, 0.0, 0.5))


# How a message without an effect comes in.
RISE = BubbleMotion(_RISE_S, _rise, _no_jolt)

_MOTIONS: MappingProxyType[str, Callable[[float], BubbleMotion]] = MappingProxyType(
    {"slam": _slam, "loud": _loud, "gentle": _gentle}
)
