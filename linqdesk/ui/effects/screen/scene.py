"""What a screen effect plays upon, what every one of them can do, and its share of chance."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QPointF, QRandomGenerator, QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap

from linqdesk.ui.effects.pose import share, smooth

LONGEST_S = 4.0
_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an effect plays.

    `area` begins at 0, 0. `bubble` is where the message stands and `picture` what it looks like, both
    None where it is not on screen. `ratio` is the screen's pixels to a device-independent one.
    """

    area: QRectF
    is_dark: bool = False
    ratio: float = 1.0
    bubble: QRectF | None = None
    picture: QPixmap | None = None

    @property
    def focus(self) -> QPointF:
        """The middle of the bubble, else the lower middle of the area."""
        if self.bubble is not None:
            return self.bubble.center()
        return QPointF(self.area.center().x(), self.area.height() * 0.7)


class ScreenEffect(ABC):
    """One playing of an effect: what it shows depends on the scene, the seed and the time alone."""

    duration_s: float = LONGEST_S
    # The moment that shows best what it is.
    still_s: float = 1.5

    @abstractmethod
    def paint(self, painter: QPainter, time_s: float) -> None:
        """Draw the frame at a time between 0 and `duration_s` seconds."""


class Chance:
    """Random numbers that are the same for the same seed."""

    def __init__(self, seed: int) -> None:
        """Start anew from a seed of 32 bits."""
        self._numbers = QRandomGenerator(seed & 0xFFFF_FFFF)

    def between(self, low: float, high: float) -> float:
        """Return a number from low to high."""
        return low + (high - low) * self._numbers.generateDouble()

    def pick(self, things: Sequence[_Thing]) -> _Thing:
        """Return one of several things."""
        return things[int(self._numbers.generateDouble() * len(things))]


def shade(painter: QPainter, area: QRectF, colour: QColor, depth: float) -> None:
    """Lay a colour over the area, 0 to 1 deep."""
    veil = QColor(colour)
    veil.setAlphaF(max(0.0, min(1.0, depth)))
    painter.fillRect(area, veil)


def in_and_out(time_s: float, end_s: float, in_s: float = 0.45, out_s: float = 0.55) -> float:
    """Return how far something that fades in at the start and out at the end is there."""
    return smooth(share(time_s, 0.0, in_s)) * (1.0 - smooth(share(time_s, end_s - out_s, end_s)))
