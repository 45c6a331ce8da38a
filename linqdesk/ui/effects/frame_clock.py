"""One clock for everything that moves in a window; it stands still while nothing does."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

FRAME_MS = 16


class FrameClock(QObject):
    """Ticks about 60 times a second while somebody holds it, and not at all otherwise.

    `tick` carries seconds of a monotonic clock whose zero means nothing.
    """

    tick = Signal(float)

    def __init__(self, parent: QObject | None = None, now: Callable[[], float] = time.monotonic) -> None:
        """Stand still; `now` tells the time in seconds and is replaced in tests."""
        super().__init__(parent)
        self._now = now
        self._holders: dict[int, object] = {}
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._tell)

    @property
    def is_running(self) -> bool:
        """Whether its timer runs."""
        return self._timer.isActive()

    @property
    def now_s(self) -> float:
        """The time that a tick would carry, in seconds."""
        return self._now()

    def hold(self, owner: object) -> None:
        """Tick for an owner until it lets go; holding twice is holding once."""
        self._holders[id(owner)] = owner
        if not self._timer.isActive():
            self._timer.start()

    def release(self, owner: object) -> None:
        """Tick for an owner no longer; after the last one the timer stops at once."""
        self._holders.pop(id(owner), None)
        if not self._holders:
            self._timer.stop()

    def _tell(self) -> None:
        self.tick.emit(self._now())
