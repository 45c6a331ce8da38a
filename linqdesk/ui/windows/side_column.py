"""The right column: the details of the chat, or one thread of replies in their place."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from linqdesk.domain.chat import Chat
from linqdesk.domain.message import Message
from linqdesk.store.view import CacheView
from linqdesk.ui.acts.thread_panel import ThreadPanel
from linqdesk.ui.commands import Commands
from linqdesk.ui.panels.details_panel import DetailsPanel, PanelSources
from linqdesk.ui.theme import Theme
from linqdesk.ui.windows.chat_page import ChatPage
from linqdesk.ui.windows.people_desk import PeopleDesk

if TYPE_CHECKING:
    from linqdesk.domain.ids import ChatId


class SideColumn(QStackedWidget):
    """Holds both, shows one."""

    closed = Signal()
    edit_wanted = Signal(object, int)
    forward_wanted = Signal(object)

    def __init__(
        self, cache: CacheView, commands: Commands, theme: Theme, parent: QWidget, page: ChatPage
    ) -> None:
        """Start with the details; a thread shares what moves and what is seen with the page of the chat."""
        super().__init__(parent)
        self.setObjectName("side_column")
        self._chat_id: ChatId | None = None
        self._cache = cache
        self._commands = commands
        self._theme = theme
        self._page = page
        self.replies: ThreadPanel | None = None
        sources = PanelSources(cache, commands.people, page.media.pictures)
        self.details = DetailsPanel(sources, theme, self)
        self.people = PeopleDesk(self.details, cache, commands, theme)
        self.people.said.connect(page.toast.say)
        self.details.wishes.picture_wanted.connect(page.media.open_picture)
        self.details.wishes.save_wanted.connect(page.media.save)
        self.addWidget(self.details)
        self.set_theme(theme)

    @property
    def shows_thread(self) -> bool:
        """Whether it is a thread that is shown."""
        return self.replies is not None and self.currentWidget() is self.replies

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.details.set_theme(theme)
        self.people.theme = theme
        if self.replies is not None:
            self.replies.set_theme(theme)

    def show_chat(self, chat: Chat) -> None:
        """Show everything about a chat; a thread of another chat goes."""
        if chat.id != self._chat_id:
            self._chat_id = chat.id
            self.show_details()
        self.details.show_chat(chat)
        self.people.show_chat(chat)

    def show_details(self) -> None:
        """Show the details."""
        if self.replies is not None:
            self.replies.leave()
        self.setCurrentWidget(self.details)

    def show_thread(self, message: Message) -> ThreadPanel:
        """Show the chain of a message, ready to answer."""
        if self.replies is None:
            self.replies = ThreadPanel(self._cache, self._commands, self._theme, self, self._page.clock)
            self._connect(self.replies)
            self.addWidget(self.replies)
        self.setCurrentWidget(self.replies)
        self.replies.show_thread(message)
        self.replies.answer.edit.enter_sends = self._page.composer.edit.enter_sends
        self.replies.answer.edit.setFocus()
        return self.replies

    def _connect(self, replies: ThreadPanel) -> None:
        page, acts = self._page, replies.messages.acts
        replies.messages.see_through(page.media.pictures)
        replies.messages.players.hear_through(page.media.recordings)
        replies.desk.set_reduced_motion(self._is_motion_reduced)
        replies.desk.emoji_wished.connect(page.emoji.pick)
        acts.picture_activated.connect(page.media.open_picture)
        acts.file_save_wanted.connect(page.media.save)
        acts.files_save_wanted.connect(page.media.save_all)
        acts.file_open_wanted.connect(page.media.open_elsewhere)
        replies.closed.connect(self.closed)
        replies.desk.edit_wished.connect(self.edit_wanted)
        replies.desk.forward_wished.connect(self.forward_wanted)

    def _is_motion_reduced(self) -> bool:
        return self._page.desk.jumps.is_reduced()
