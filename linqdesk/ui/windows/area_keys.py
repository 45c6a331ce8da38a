"""F6 and Shift+F6 go from one area of the window to the next; F1 shows all keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from linqdesk.ui.chat_list.chat_list_panel import ChatListPanel
    from linqdesk.ui.windows.chat_area import ChatArea
    from linqdesk.ui.windows.side_desk import SideDesk


class AreaKeys(QObject):
    """Goes round the areas that are shown, wherever the focus is within them."""

    def __init__(
        self, window: QWidget, rail: QWidget, chats: ChatListPanel, area: ChatArea, side: SideDesk
    ) -> None:
        """Work in a window with these columns, from left to right."""
        super().__init__(window)
        self._window = window
        self._rail = rail
        self._chats = chats
        self._area = area
        self._side = side
        for keys, act in (
            ("F6", lambda: self._go(1)),
            ("Shift+F6", lambda: self._go(-1)),
            ("F1", self._show_all),
            ("Ctrl+/", self._show_all),
        ):
            QShortcut(QKeySequence(keys), window).activated.connect(act)

    def _areas(self) -> list[tuple[QWidget, QWidget]]:
        """Return each area with what has the keyboard there; those of a chat only while one is open."""
        areas: list[tuple[QWidget, QWidget]] = [(self._rail, self._rail), (self._chats, self._chats.list)]
        if self._area.chat_id is not None:
            composer = self._area.composer
            areas += [(self._area.messages, self._area.messages), (composer, composer.edit)]
        column, keyboard = self._side.column, self._side.keyboard
        if column is not None and keyboard is not None:
            areas.append((column, keyboard))
        return [each for each in areas if each[1].isVisible()]

    def _go(self, by: int) -> None:
        shown = self._areas()
        focused = self._window.focusWidget()
        within = (number for number, (area, _) in enumerate(shown) if _holds(area, focused))
        here = next(within, -1 if by > 0 else 0)
        shown[(here + by) % len(shown)][1].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_all(self) -> None:
        from linqdesk.ui.windows.key_sheet import KeySheet

        sheet = self._window.findChild(KeySheet)
        (sheet if isinstance(sheet, KeySheet) else KeySheet(self._window)).open()


def _holds(area: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (focused is area or area.isAncestorOf(focused))
