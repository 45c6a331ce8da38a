"""Turns the frames of animated pictures while somebody sees them, on the window's shared clock."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from linqdesk.domain.ids import AttachmentId
from linqdesk.ui.effects.frame_clock import FrameClock


@dataclass(frozen=True, slots=True)
class Movement:
    """What moves pictures, and whether the agent wants them to move."""

    clock: FrameClock
    is_reduced: Callable[[], bool]


@dataclass(slots=True)
class _Reel:
    """One animation: when each frame ends, which one is up, and whether that one was seen."""

    ends_s: tuple[float, ...]
    began_s: float
    shown: int = 0
    is_seen: bool = True

    def due(self, now_s: float) -> int:
        """Return the frame for a time."""
        return bisect_right(self.ends_s, (now_s - self.began_s) % self.ends_s[-1])


class Flipbook:
    """Says which frame of each animation is up, and tells `turned` when that becomes another one.

    An animation whose newest frame nobody has asked for is not on screen: it stops, and goes on from its
    first frame at the next look. The clock is held only while one plays.
    """

    def __init__(self, movement: Movement, turned: Callable[[AttachmentId], None]) -> None:
        """Start with nothing to play."""
        self._clock = movement.clock
        self._is_reduced = movement.is_reduced
        self._turned = turned
        self._reels: dict[AttachmentId, _Reel] = {}
        self._is_watched = True
        self._clock.tick.connect(self._on_tick)

    def frame(self, attachment_id: AttachmentId, delays_ms: tuple[int, ...]) -> int:
        """Return which frame is up, and note that it is seen; the first where motion is reduced."""
        if self._is_reduced():
            return 0
        reel = self._reels.get(attachment_id)
        if reel is None:
            ends_s = tuple(end / 1_000 for end in accumulate(delays_ms))
            reel = self._reels[attachment_id] = _Reel(ends_s, self._clock.now_s)
        reel.is_seen = True
        if self._is_watched:
            self._clock.hold(self)
        return reel.shown

    def set_watched(self, *, is_watched: bool) -> None:
        """Stand still while the window has no focus; go on where it is once it has."""
        self._is_watched = is_watched
        if not is_watched:
            self._clock.release(self)
        elif self._reels:
            self._clock.hold(self)

    def drop(self, attachment_id: AttachmentId) -> None:
        """Stop an animation."""
        self._reels.pop(attachment_id, None)
        if not self._reels:
            self._clock.release(self)

    def _on_tick(self, now_s: float) -> None:
        if not self._is_watched:
            return
        for attachment_id, reel in tuple(self._reels.items()):
            due = min(reel.due(now_s), len(reel.ends_s) - 1)
            if due == reel.shown:
                continue
            if not reel.is_seen:
                self.drop(attachment_id)
                continue
            reel.shown, reel.is_seen = due, False
            self._turned(attachment_id)
