"""The transparent layer on which screen effects play, one at a time."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from linqdesk.ui.effects.frame_clock import FrameClock
from linqdesk.ui.effects.screen.catalogue import SCREEN_EFFECTS
from linqdesk.ui.effects.screen.scene import Scene, ScreenEffect

STILL_MS = 2_000
# Of a burst of effects only so many wait for their turn: nobody watches a minute of confetti.
MOST_WAITING = 3


@dataclass(frozen=True, slots=True)
class Target:
    """The message of an effect: where it stands on the overlay and what it looks like, if it is seen."""

    bubble: QRectF | None = None
    picture: QPixmap | None = None


@dataclass(frozen=True, slots=True)
class _Wish:
    name: str
    seed: int
    target: Callable[[], Target]


class ScreenOverlay(QWidget):
    """Plays screen effects over its parent, lets every click through, and is hidden at rest."""

    # Carries the name of the effect that has ended, by itself or not.
    finished = Signal(str)

    def __init__(self, clock: FrameClock, parent: QWidget) -> None:
        """Lie hidden over a widget; whoever resizes that calls `cover`."""
        super().__init__(parent)
        self._ground = parent
        self.setObjectName("screen_effects")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clock = clock
        self._is_dark = False
        self._waiting: deque[_Wish] = deque()
        self._wish: _Wish | None = None
        self._effect: ScreenEffect | None = None
        self._began_s = 0.0
        self._time_s = 0.0
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(STILL_MS)
        self._still.timeout.connect(self._end)
        clock.tick.connect(self._on_tick)
        self.hide()

    @property
    def playing(self) -> str:
        """The name of the effect that plays, empty at rest."""
        return self._wish.name if self._wish is not None else ""

    def set_dark(self, *, is_dark: bool) -> None:
        """Play in the colours for a dark ground, or for a light one; from the next effect on."""
        self._is_dark = is_dark

    def cover(self) -> None:
        """Lie over all of the parent, on top of what else lies there."""
        if self.geometry() == self._ground.rect():
            return
        self.setGeometry(self._ground.rect())
        # What plays was made for another size.
        self.follow()

    def follow(self) -> None:
        """Go on with what plays at the same moment, for where its message and the edges are now."""
        if self._wish is not None:
            self._effect = self._made(self._wish)
            self._redraw()

    def play(self, name: str, seed: int, target: Callable[[], Target] = Target) -> None:
        """Play an effect, after those that play and wait already.

        Args:
            name: the API's; nothing happens for one that this version does not know.
            seed: the same seed gives the same pictures.
            target: asked for the message when the effect begins, as it may have moved by then.
        """
        if name not in SCREEN_EFFECTS or len(self._waiting) >= MOST_WAITING:
            return
        self._waiting.append(_Wish(name, seed, target))
        if self._effect is None:
            self._begin_next()

    def show_still(self, name: str, seed: int, target: Callable[[], Target] = Target) -> None:
        """Show one frame of an effect for two seconds; nothing moves."""
        if name in SCREEN_EFFECTS:
            self.stop()
            effect = self._show(_Wish(name, seed, target))
            self._time_s = effect.still_s
            self._still.start()

    def stop(self) -> None:
        """End what plays and forget what waits."""
        self._waiting.clear()
        if self._effect is not None:
            self._end()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame of this moment."""
        if self._effect is not None:
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._effect.paint(painter, self._time_s)

    def _begin_next(self) -> None:
        self._show(self._waiting.popleft())
        self._clock.hold(self)

    def _show(self, wish: _Wish) -> ScreenEffect:
        self._wish, self._effect = wish, self._made(wish)
        self._began_s, self._time_s = self._clock.now_s, 0.0
        self.raise_()
        self.show()
        self._redraw()
        return self._effect

    def _made(self, wish: _Wish) -> ScreenEffect:
        target = wish.target()
        scene = Scene(
            area=QRectF(self.rect()),
            is_dark=self._is_dark,
            ratio=self.devicePixelRatioF(),
            bubble=target.bubble,
            picture=target.picture,
        )
        return SCREEN_EFFECTS[wish.name](scene, wish.seed)

    def _on_tick(self, now_s: float) -> None:
        if self._effect is None or self._still.isActive():
            return
        self._time_s = now_s - self._began_s
        if self._time_s >= self._effect.duration_s:
            self._end()
        else:
            self._redraw()

    def _redraw(self) -> None:
        """Draw anew with what lies below: to ask for both apart would draw both twice."""
        self._ground.update()

    def _end(self) -> None:
        ended, self._wish, self._effect = self.playing, None, None
        self._still.stop()
        if self._waiting:
            self._begin_next()
        else:
            self._clock.release(self)
            self.hide()
        self.finished.emit(ended)
