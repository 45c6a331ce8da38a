"""Plays what the messages of the open thread bring: on arrival, at the agent's wish, never unseen."""

import zlib
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from linqdesk.domain.ids import RowKey
from linqdesk.store.view import ThreadRow
from linqdesk.ui.effects.autoplay import Autoplay, Conditions, Occasion, Playing, playing
from linqdesk.ui.effects.bubble_motion import INVISIBLE, RISE, motion
from linqdesk.ui.effects.frame_clock import FrameClock
from linqdesk.ui.effects.screen_overlay import ScreenOverlay, Target
from linqdesk.ui.effects.text_motion import TURNS_ON_ARRIVAL
from linqdesk.ui.models.message_list_model import MessageListModel
from linqdesk.ui.thread.arrangement import Arrangement
from linqdesk.ui.thread.effect_facts import effect_of, is_animated, is_inked
from linqdesk.ui.thread.moving_rows import MovingRows, RowMotion, pushed_px

# The one screen effect that points at its message all the time.
_AIMED = "spotlight"
_MOST_RISING = 4


class RowEffects(QObject):
    """Decides by the rules of autoplay what moves, and moves it.

    What comes into the open thread at its end has arrived; a page of older messages or the first page of
    a thread has not. Of several that arrive at once only the newest effect plays.
    """

    changed = Signal()

    def __init__(
        self,
        viewport: QWidget,
        messages: MessageListModel,
        arrangement: Arrangement,
        target_of: Callable[[RowKey], Target],
        clock: FrameClock | None = None,
    ) -> None:
        """Play over a viewport.

        Args:
            viewport: where the rows are drawn.
            messages: the rows.
            arrangement: where they stand.
            target_of: tells where a message is and what it looks like.
            clock: the window's, if it has one already.
        """
        super().__init__(viewport)
        self._viewport = viewport
        self._messages = messages
        self._arrangement = arrangement
        self._target_of = target_of
        self._autoplay = Autoplay.ONCE
        self._is_reduced: Callable[[], bool] = lambda: False
        self._played: set[RowKey] = set()
        self._looked_at: RowKey | None = None
        self._pinned: set[RowKey] = set()
        self.clock = clock or FrameClock(self)
        self.rows = MovingRows(self.clock, self)
        self.rows.changed.connect(self.changed)
        self.overlay = ScreenOverlay(self.clock, viewport)
        viewport.installEventFilter(self)

    @property
    def is_moving(self) -> bool:
        """Whether anything moves or a still stands over the thread."""
        return self.rows.is_moving or bool(self.overlay.playing)

    def set_wishes(self, autoplay: Autoplay, is_reduced: Callable[[], bool]) -> None:
        """Take the settings; whether motion is reduced is asked anew each time."""
        self._autoplay, self._is_reduced = autoplay, is_reduced

    def motion_of(self, row: ThreadRow) -> RowMotion:
        """Return how a row stands at this moment."""
        return self.rows.motion_of(row.key, is_inked=is_inked(row))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring everything to rest when the window loses the focus or the thread is hidden."""
        if event.type() in {QEvent.Type.WindowDeactivate, QEvent.Type.Hide}:
            self.stop()
        return False

    def arranged(self) -> None:
        """Follow the rows that have moved, and the viewport's size."""
        self.overlay.cover()
        if self.overlay.playing == _AIMED:
            self.overlay.follow()

    def placed(self) -> list[tuple[int, float, RowMotion]]:
        """Return the rows on screen with where they begin and how they stand; what moves lies on top."""
        jolts = self.rows.jolts()
        tops = {self._messages.row_at(row).key: y for row, y in self._arrangement.visible()} if jolts else {}
        placed = []
        for row, y in self._arrangement.visible():
            content = self._messages.row_at(row)
            up = sum(
                pushed_px(jolt, y - tops[key])
                for key, jolt in jolts.items()
                if key != content.key and key in tops
            )
            placed.append((row, y - up, self.motion_of(content)))
        return sorted(placed, key=lambda each: each[2].is_moving)

    # Occasions.

    def arrived(self, first: int, count: int) -> None:
        """Play what the rows that came in at some place bring, if that is the thread's end."""
        if first == 0 or first + count < self._messages.rowCount():
            return
        new = [self._messages.row_at(first + each) for each in range(count)]
        self._let_rise(first, new)
        playable = [row for row in new if effect_of(row) is not None or is_animated(row)]
        fresh = [row for row in playable if row.key not in self._played]
        self._played |= {row.key for row in fresh}
        how = playing(Occasion.ARRIVED, self._conditions())
        if how is Playing.NOT:
            return
        for row in fresh:
            self._move_text(row, TURNS_ON_ARRIVAL)
        newest = next((row for row in reversed(fresh) if effect_of(row) is not None), None)
        if newest is not None:
            self._play_effect(newest, how)

    def opened(self) -> None:
        """Play the newest message's effect, where the setting asks for that at each opening."""
        count = self._messages.rowCount()
        how = playing(Occasion.OPENED, self._conditions())
        if count and how is not Playing.NOT:
            newest = self._messages.row_at(count - 1)
            self._move_text(newest, TURNS_ON_ARRIVAL)
            self._play_effect(newest, how)

    def replay(self, key: RowKey) -> bool:
        """Play a message's effect and text again; tells whether it has any."""
        position = self._messages.position_of(key)
        if position is None:
            return False
        row = self._messages.row_at(position)
        if is_inked(row):
            self._turn_veil(row.key)
            return True
        how = playing(Occasion.ASKED, self._conditions())
        if how is Playing.MOVING:
            self._move_text(row, 1)
        self._play_effect(row, how)
        return is_animated(row) or effect_of(row) is not None

    def look_at(self, position: int | None) -> None:
        """Take note of the row under the pointer: its text moves, its ink gives way while it is there."""
        key = self._messages.row_at(position).key if position is not None else None
        was, self._looked_at = self._looked_at, key
        if key == was:
            return
        if was is not None and was not in self._pinned:
            self._open_veil(was, is_open=False)
        if position is not None:
            self.reach(position)
            if key is not None:
                self._open_veil(key, is_open=True)

    def reach(self, position: int) -> None:
        """Take note of the row that the keyboard or the pointer has reached: its text moves."""
        if playing(Occasion.ASKED, self._conditions()) is Playing.MOVING:
            self._move_text(self._messages.row_at(position), 1)

    def stop(self) -> None:
        """Bring everything to rest: the chat is left, or nobody looks."""
        self._looked_at = None
        self._pinned.clear()
        self.overlay.stop()
        self.rows.stop()

    # How.

    def _let_rise(self, first: int, new: list[ThreadRow]) -> None:
        """Let what has come in rise into its place, as far as it is on screen."""
        if playing(Occasion.ASKED, self._conditions()) is not Playing.MOVING:
            return
        for position, row in enumerate(new[-_MOST_RISING:], first + max(0, len(new) - _MOST_RISING)):
            if self._arrangement.place_of(position) is not None:
                self.rows.move_bubble(row.key, RISE)

    def _conditions(self) -> Conditions:
        is_seen = self._viewport.isActiveWindow() and self._viewport.isVisible()
        return Conditions(self._autoplay, self._is_reduced(), is_seen)

    def _play_effect(self, row: ThreadRow, how: Playing) -> None:
        effect, key = effect_of(row), row.key
        if effect is None or how is Playing.NOT:
            return
        seed = zlib.crc32(key.encode())
        if how is Playing.STILL:
            self.overlay.show_still(effect.name, seed, lambda: self._target_of(key))
            return
        if effect.name == INVISIBLE:
            self.rows.shimmer(key)
            return
        way = motion(effect.name, self._width_of(key))
        if way is not None:
            self.rows.move_bubble(key, way)
        self.overlay.play(effect.name, seed, lambda: self._target_of(key))

    def _width_of(self, key: RowKey) -> float:
        position = self._messages.position_of(key)
        return 0.0 if position is None else self._arrangement.layout_of(position).bubble.width()

    def _move_text(self, row: ThreadRow, turns: int) -> None:
        if is_animated(row):
            self.rows.move_text(row.key, turns)

    def _turn_veil(self, key: RowKey) -> None:
        """Reveal for good what the ink hides, or cover it again."""
        is_open = key not in self._pinned
        if is_open:
            self._pinned.add(key)
        else:
            self._pinned.discard(key)
        self._open_veil(key, is_open=is_open)

    def _open_veil(self, key: RowKey, *, is_open: bool) -> None:
        position = self._messages.position_of(key)
        if position is None or not is_inked(self._messages.row_at(position)):
            return
        how = playing(Occasion.ASKED, self._conditions())
        self.rows.open_veil(key, is_open=is_open, is_sudden=how is not Playing.MOVING)
        if how is Playing.MOVING and not is_open:
            self.rows.shimmer(key)
