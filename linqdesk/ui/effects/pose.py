"""How something stands while it moves, and the curves along which it does."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QEasingCurve, QPointF
from PySide6.QtGui import QPainter

_OUT = QEasingCurve(QEasingCurve.Type.OutCubic)
_IN = QEasingCurve(QEasingCurve.Type.InCubic)
_IN_OUT = QEasingCurve(QEasingCurve.Type.InOutSine)
_BACK = QEasingCurve(QEasingCurve.Type.OutBack)


@dataclass(frozen=True, slots=True)
class Pose:
    """A departure from the place of rest; `glow` is 0 to 1, everything else as a painter takes it."""

    scale: float = 1.0
    dx_px: float = 0.0
    dy_px: float = 0.0
    rotation_deg: float = 0.0
    opacity: float = 1.0
    glow: float = 0.0


REST = Pose()


def share(value: float, start: float, end: float) -> float:
    """Return how far a value has come from start to end: 0 before, 1 after."""
    return min(1.0, max(0.0, (value - start) / (end - start)))


def slow_end(progress: float) -> float:
    """Ease out: fast first."""
    return _OUT.valueForProgress(progress)


def slow_start(progress: float) -> float:
    """Ease in: slow first."""
    return _IN.valueForProgress(progress)


def smooth(progress: float) -> float:
    """Ease in and out."""
    return _IN_OUT.valueForProgress(progress)


def overshoot(progress: float) -> float:
    """Ease out, a little past the end and back to it."""
    return _BACK.valueForProgress(progress)


def bell(progress: float) -> float:
    """Rise from 0 to 1 and fall back to 0; nothing outside of 0 to 1."""
    return math.sin(math.pi * progress) if 0.0 < progress < 1.0 else 0.0


def noise(one: int, other: int) -> float:
    """Return a number from -1 to 1 that looks like chance and is the same each time."""
    value = math.sin(one * 12.9898 + other * 78.233 + 1.0) * 43758.5453
    return 2.0 * (value - math.floor(value)) - 1.0


def take(painter: QPainter, pose: Pose, pivot: QPointF) -> None:
    """Turn a painter's coordinates so that what rests around `pivot` is drawn in a pose."""
    painter.translate(pivot.x() + pose.dx_px, pivot.y() + pose.dy_px)
    painter.rotate(pose.rotation_deg)
    painter.scale(pose.scale, pose.scale)
    painter.translate(-pivot.x(), -pivot.y())
    painter.setOpacity(painter.opacity() * pose.opacity)
