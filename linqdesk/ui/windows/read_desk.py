"""Marks chats as read or unread at the agent's wish: by the header's button, the list's menu and a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from linqdesk.domain.errors import LinqDeskError
    from linqdesk.domain.ids import ChatId
    from linqdesk.ui.chat_list.chat_list_panel import ChatListView
    from linqdesk.ui.commands import Commands
    from linqdesk.ui.panels.toast import Toast
    from linqdesk.ui.windows.chat_area import ChatArea


class ReadDesk(QObject):
    """Shows Mark as read only where the customer would learn something by it."""

    def __init__(self, commands: Commands, chats: ChatListView, area: ChatArea) -> None:
        """Work for a list and the chat that is open."""
        super().__init__(area)
        self._commands = commands
        self._chats = chats
        self._area = area
        self._toast: Toast | None = None
        chats.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        chats.customContextMenuRequested.connect(self._open_menu)

    def refresh(self) -> None:
        """Show the button of the open chat or hide it."""
        chat_id = self._area.chat_id
        if chat_id is not None:
            self._area.header.mark_read.setVisible(self._commands.reading.is_to_tell(chat_id))

    def mark_open_read(self) -> None:
        """Let the customer of the open chat see Read."""
        if self._area.chat_id is not None:
            self.mark_read(self._area.chat_id)

    def mark_open_unread(self) -> None:
        """Let the open chat, or the one under the keyboard's focus, count as unread."""
        index = self._chats.currentIndex()
        if self._chats.hasFocus() and index.isValid():
            self._commands.reading.mark_unread(self._chats.chats.chat_at(index.row()))
        elif self._area.chat_id is not None:
            self._commands.reading.mark_unread(self._area.chat_id)

    def mark_read(self, chat_id: ChatId) -> None:
        """Let the customer of a chat see Read."""
        self._commands.reading.mark_read(chat_id, self._on_told)
        self.refresh()

    def menu(self, chat_id: ChatId) -> QMenu:
        """Return what can be done with a chat of the list."""
        menu = QMenu(self._chats)
        menu.setObjectName("chat_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._commands.reading.is_to_tell(chat_id):
            menu.addAction("Mark as read").triggered.connect(lambda: self.mark_read(chat_id))
        menu.addAction("Mark as unread").triggered.connect(
            lambda: self._commands.reading.mark_unread(chat_id)
        )
        return menu

    def _open_menu(self, place: QPoint) -> None:
        index = self._chats.indexAt(place)
        if index.isValid():
            menu = self.menu(self._chats.chats.chat_at(index.row()))
            menu.popup(self._chats.viewport().mapToGlobal(place))

    def _on_told(self, error: LinqDeskError | None) -> None:
        self.refresh()
        if error is not None:
            from linqdesk.ui.panels.toast import Toast
            from linqdesk.ui.wording import fault_sentence

            self._toast = self._toast or Toast(self._area)
            self._toast.say(f"The customer does not see Read. {fault_sentence(error)}")
