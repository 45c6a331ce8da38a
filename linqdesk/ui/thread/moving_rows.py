"""Which rows of the thread move, and how far each has come: asked at every paint, driven by the clock."""

import math
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from linqdesk.domain.ids import RowKey
from linqdesk.ui.effects.bubble_motion import BubbleMotion
from linqdesk.ui.effects.frame_clock import FrameClock
from linqdesk.ui.effects.invisible_ink import REVEAL_S, SHIMMER_S
from linqdesk.ui.effects.pose import REST, Pose, share
from linqdesk.ui.effects.text_motion import TURN_S

_JOLT_REACH_PX = 260.0


@dataclass(frozen=True, slots=True)
class InkMoment:
    """How invisible ink covers a row: how long it has shimmered, and how far it is revealed, 0 to 1."""

    time_s: float = 0.0
    reveal: float = 0.0


@dataclass(frozen=True, slots=True)
class RowMotion:
    """How one row stands at this moment.

    `text_s` is how long its text has been moving, None at rest. `pivot_share` is how far down its bubble
    the point lies around which the pose turns. `ink` is None where nothing is hidden.
    """

    text_s: float | None = None
    pose: Pose = REST
    pivot_share: float = 1.0
    ink: InkMoment | None = None

    @property
    def is_moving(self) -> bool:
        """Whether the row departs from its place."""
        return self.pose is not REST


STILL = RowMotion()


@dataclass(frozen=True, slots=True)
class _Veil:
    """One row's ink: it shimmers from one time to another, and goes from one state to another."""

    began_s: float
    ends_s: float
    turned_s: float
    is_open: bool = False
    was: float = 0.0

    def reveal_at(self, now_s: float) -> float:
        goal = 1.0 if self.is_open else 0.0
        return self.was + (goal - self.was) * share(now_s, self.turned_s, self.turned_s + REVEAL_S)

    def is_moving(self, now_s: float) -> bool:
        return now_s < max(self.ends_s, self.turned_s + REVEAL_S)


class MovingRows(QObject):
    """Holds the clock while a row moves and lets it go after the last frame."""

    # What is on screen has to be drawn anew.
    changed = Signal()

    def __init__(self, clock: FrameClock, parent: QObject) -> None:
        """Hold nothing yet."""
        super().__init__(parent)
        self._clock = clock
        self._texts: dict[RowKey, tuple[float, float]] = {}
        self._bubbles: dict[RowKey, tuple[BubbleMotion, float]] = {}
        self._veils: dict[RowKey, _Veil] = {}
        self._now_s = clock.now_s
        clock.tick.connect(self._on_tick)

    @property
    def is_moving(self) -> bool:
        """Whether any row moves."""
        return (
            bool(self._texts)
            or bool(self._bubbles)
            or any(veil.is_moving(self._now_s) for veil in self._veils.values())
        )

    def move_text(self, key: RowKey, turns: int) -> None:
        """Let a row's animated text take some turns; one that moves already goes on as it is."""
        if key not in self._texts:
            self._begin()
            self._texts[key] = self._now_s, self._now_s + turns * TURN_S

    def move_bubble(self, key: RowKey, motion: BubbleMotion) -> None:
        """Let a row's bubble come in anew."""
        self._begin()
        self._bubbles[key] = motion, self._now_s

    def shimmer(self, key: RowKey) -> None:
        """Let a row's ink shimmer for some seconds."""
        self._begin()
        veil = self._veils.get(key) or _covering(self._now_s)
        self._veils[key] = replace(veil, ends_s=self._now_s + SHIMMER_S)

    def open_veil(self, key: RowKey, *, is_open: bool, is_sudden: bool) -> None:
        """Reveal what a row's ink hides, or hide it again; at once or by and by."""
        now_s = self._clock.now_s
        veil = self._veils.get(key) or _covering(now_s)
        if veil.is_open == is_open:
            return
        turned_s = now_s - REVEAL_S if is_sudden else now_s
        was = veil.reveal_at(now_s)
        self._veils[key] = replace(veil, is_open=is_open, was=was, turned_s=turned_s)
        if is_sudden:
            self._now_s = now_s
            self.changed.emit()
        else:
            self._begin()

    def motion_of(self, key: RowKey, *, is_inked: bool) -> RowMotion:
        """Return how a row stands; `is_inked` tells whether its effect is invisible ink."""
        text, bubble = self._texts.get(key), self._bubbles.get(key)
        if text is None and bubble is None and not is_inked:
            return STILL
        return RowMotion(
            text_s=self._now_s - text[0] if text is not None else None,
            pose=bubble[0].at(self._now_s - bubble[1]) if bubble is not None else REST,
            pivot_share=bubble[0].pivot_share if bubble is not None else 1.0,
            ink=self._ink_of(key) if is_inked else None,
        )

    def jolts(self) -> dict[RowKey, float]:
        """Return how strongly each bubble that has just struck pushes what is around it, in pixels."""
        pushed = {key: motion.jolt(self._now_s - began) for key, (motion, began) in self._bubbles.items()}
        return {key: jolt for key, jolt in pushed.items() if jolt}

    def stop(self) -> None:
        """Bring everything to rest and hide again what was revealed."""
        self._texts.clear()
        self._bubbles.clear()
        self._veils.clear()
        self._clock.release(self)
        self.changed.emit()

    def _ink_of(self, key: RowKey) -> InkMoment:
        veil = self._veils.get(key)
        if veil is None:
            return InkMoment()
        return InkMoment(min(self._now_s, veil.ends_s) - veil.began_s, veil.reveal_at(self._now_s))

    def _begin(self) -> None:
        self._now_s = self._clock.now_s
        self._clock.hold(self)
        self.changed.emit()

    def _on_tick(self, now_s: float) -> None:
        if not self.is_moving:
            return
        self._now_s = now_s
        self._texts = {key: span for key, span in self._texts.items() if now_s < span[1]}
        self._bubbles = {
            key: (motion, began)
            for key, (motion, began) in self._bubbles.items()
            if now_s < began + motion.duration_s
        }
        if not self.is_moving:
            self._clock.release(self)
        self.changed.emit()


def _covering(now_s: float) -> _Veil:
    """Return ink that lies still and hides everything."""
    return _Veil(began_s=now_s, ends_s=now_s, turned_s=now_s - REVEAL_S)


def pushed_px(jolt_px: float, distance_px: float) -> float:
    """Return how far a jolt moves what is some pixels away from it."""
    return jolt_px * math.exp(-abs(distance_px) / _JOLT_REACH_PX)
