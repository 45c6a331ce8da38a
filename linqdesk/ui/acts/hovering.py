"""Brings the bar to the message under the pointer, or to the one that has the keyboard."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from typing_extensions import override

from linqdesk.ui.acts.aim import Aim, aim_at, badges_of, box_of
from linqdesk.ui.acts.hover_bar import HoverBar
from linqdesk.ui.acts.obstacles import reaction_obstacle, reply_obstacle
from linqdesk.ui.acts.reacting import own_kind
from linqdesk.ui.thread.thread_view import ThreadView

_AFTER_MS, _NEAR_PX = 120, 14


class Hovering(QObject):
    """Shows the bar a moment after the pointer came to rest on a part; hides it when the pointer goes."""

    def __init__(self, view: ThreadView, bar: HoverBar) -> None:
        """Watch a thread."""
        super().__init__(view)
        self._view = view
        self._bar = bar
        self._next: Aim | None = None
        self.aim: Aim | None = None
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_AFTER_MS)
        self._waiting.timeout.connect(self._on_rest)
        view.viewport().installEventFilter(self)
        view.verticalScrollBar().valueChanged.connect(self.go)
        bar.left.connect(self.leave)
        for signal in (view.messages.dataChanged, view.messages.rowsRemoved, view.messages.modelReset):
            signal.connect(self._on_changed)

    def open_for(self, aim: Aim) -> None:
        """Show the bar over a part and give it the keyboard."""
        self._show(aim)
        self._bar.enter()

    def leave(self) -> None:
        """Hide the bar and give the keyboard back to the thread."""
        had_keyboard = self._bar.has_keyboard()
        self.go()
        if had_keyboard:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self) -> None:
        """Hide the bar."""
        self._waiting.stop()
        self._next = self.aim = None
        self._bar.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pointer; nothing is taken from the thread."""
        match event.type():
            case QEvent.Type.MouseMove if isinstance(event, QMouseEvent):
                self._on_move(event)
            case QEvent.Type.Leave | QEvent.Type.Resize | QEvent.Type.Wheel if not self._bar.has_keyboard():
                self.go()
            case _:
                pass
        return False

    def _on_move(self, event: QMouseEvent) -> None:
        if event.buttons() or self._bar.has_keyboard():
            return
        aim = aim_at(self._view, QPointF(event.position()))
        if aim is None:
            self._waiting.stop()
            if not self._bar.covers(event.position().toPoint(), _NEAR_PX):
                self.go()
        elif _same(aim, self.aim):
            self._waiting.stop()
        elif not _same(aim, self._next):
            self._next = aim
            self._waiting.start()
        elif not self._waiting.isActive():
            self._waiting.start()

    def _on_rest(self) -> None:
        if self._next is not None:
            self._show(self._next)

    def _show(self, aim: Aim) -> None:
        box = box_of(self._view, aim)
        if box is None or aim.row.is_deleted:
            self.go()
            return
        self.aim = aim
        own = own_kind(aim.message, aim.part_index)
        self._bar.offer(own, reaction_obstacle(aim.row), reply_obstacle(aim.row))
        self._bar.stand_over(box.united(badges_of(self._view, aim)), is_own=aim.message.is_from_me)

    def _on_changed(self) -> None:
        """Say anew what the message under the bar is."""
        if self.aim is None or not self._bar.isVisible():
            return
        position = self._view.messages.position_of(self.aim.row.key)
        if position is None:
            self.go()
            return
        row = self._view.messages.row_at(position)
        if row != self.aim.row and isinstance(row.content, type(self.aim.message)):
            self._show(Aim(row, row.content, self.aim.part_index))


def _same(one: Aim, other: Aim | None) -> bool:
    return other is not None and (one.row.key, one.part_index) == (other.row.key, other.part_index)
