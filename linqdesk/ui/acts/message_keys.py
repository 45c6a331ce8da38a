"""The keys of a focused message: R, E, 1 to 6, the menu key and its like."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from typing_extensions import override

from linqdesk.domain.rules.signals import TAPBACKS
from linqdesk.store.view import ThreadRow
from linqdesk.ui.acts.aim import Aim, aim_at, aim_of_focus, box_of, unsent_at, unsent_of_focus
from linqdesk.ui.thread.thread_view import ThreadView

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class MessageKeys(QObject):
    """Takes a thread's keys and its wishes for a menu before the thread itself does."""

    def __init__(
        self,
        view: ThreadView,
        acts: Mapping[str, Callable[[Aim], None]],
        react: Callable[[Aim, str], None],
        show_menu: Callable[[Aim | ThreadRow, QPoint], None],
    ) -> None:
        """Listen from now on.

        Args:
            view: the thread.
            acts: what each letter does with the focused message.
            react: what the keys 1 to 6 do.
            show_menu: shows the menu of a message, or of a row that Linq does not know yet, at a point of
                the screen.
        """
        super().__init__(view)
        self._view = view
        self._acts = acts
        self._react = react
        self._show_menu = show_menu
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is meant for a message; everything else goes its way."""
        if isinstance(event, QContextMenuEvent):
            return self._on_menu_wished(event)
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and watched is self._view:
            return self._on_key(event)
        return False

    def _on_menu_wished(self, event: QContextMenuEvent) -> bool:
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            at = self._view.viewport().mapFromGlobal(event.globalPos())
            wanted = aim_at(self._view, at.toPointF()) or unsent_at(self._view, at.toPointF())
            if wanted is not None:
                self._show_menu(wanted, event.globalPos())
        else:
            self._menu_of_focus()
        return True

    def _on_key(self, event: QKeyEvent) -> bool:
        is_menu = event.key() == Qt.Key.Key_Menu
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if is_menu or (event.key() == Qt.Key.Key_F10 and shift):
            self._menu_of_focus()
            return True
        aim = aim_of_focus(self._view)
        if aim is None or event.modifiers() not in _PLAIN:
            return False
        letter = event.text().lower()
        if letter in self._acts:
            self._acts[letter](aim)
        elif letter.isdigit() and 1 <= int(letter) <= len(TAPBACKS):
            self._react(aim, TAPBACKS[int(letter) - 1])
        else:
            return False
        return True

    def _menu_of_focus(self) -> None:
        wanted = aim_of_focus(self._view) or unsent_of_focus(self._view)
        if wanted is None:
            return
        box = box_of(self._view, wanted) if isinstance(wanted, Aim) else None
        centre = (box or self._view.visualRect(self._view.currentIndex())).center()
        self._show_menu(wanted, self._view.viewport().mapToGlobal(centre))
