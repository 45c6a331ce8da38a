"""The middle column: the open chat, or an invitation to choose one."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from linqdesk.ui.effects.autoplay import Autoplay
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.theme import FontSize
from linqdesk.ui.writing.ways import WritingWays

if TYPE_CHECKING:
    from collections.abc import Callable

    from linqdesk.domain.ids import ChatId
    from linqdesk.services.canned_shelf import CannedShelf
    from linqdesk.store.view import CacheView
    from linqdesk.ui.commands import Commands
    from linqdesk.ui.composer.composer import Composer
    from linqdesk.ui.media.web_pixmaps import WebPixmaps
    from linqdesk.ui.panels.chat_header import ChatHeader
    from linqdesk.ui.preferences import Preferences
    from linqdesk.ui.theme import Theme
    from linqdesk.ui.thread.thread_view import ThreadView
    from linqdesk.ui.windows.chat_page import ChatPage


class ChatArea(QWidget):
    """Shows one chat, or none; what shows a chat is made when it is first needed."""

    details_wanted = Signal()
    recorded_chat_wanted = Signal(object)
    microphone_wanted = Signal()
    back_wanted = Signal()
    find_wanted = Signal()
    read_wanted = Signal()
    reply_wanted = Signal(object, int)
    edit_wanted = Signal(object, int)
    thread_wanted = Signal(object)
    forward_wanted = Signal(object)

    def __init__(
        self, cache: CacheView, commands: Commands, theme: Theme, preferences: Preferences, parent: QWidget
    ) -> None:
        """Start without a chat."""
        super().__init__(parent)
        self._cache = cache
        self._commands = commands
        self._preferences = preferences
        self._theme = theme
        self._effects: tuple[Autoplay, Callable[[], bool]] = (Autoplay.ONCE, lambda: False)
        self.ways = WritingWays(preferences)
        self._page: ChatPage | None = None
        self.before_page: Callable[[], None] = lambda: None
        """Done once, before what shows a chat is made."""
        self.setObjectName("thread_area")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(400)
        nothing = PlainLabel(self, FontSize.BODY, is_secondary=True)
        nothing.setObjectName("no_chat")
        nothing.setText("Choose a chat")
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(nothing)

    @cached_property
    def icons(self) -> WebPixmaps:
        """The pictures of groups; looking for them is nothing that the first picture needs."""
        from linqdesk.ui.media.web_pixmaps import WebPixmaps

        return WebPixmaps(self._cache, self._commands.media, self)

    def build(self) -> ChatPage:
        """Make what shows a chat, unless it is there: some 20 ms that the first picture does without."""
        if self._page is None:
            from linqdesk.ui.windows.chat_page import ChatPage

            self.before_page()
            self._page = ChatPage(self._cache, self._commands, self._theme, self._preferences, self)
            self._page.header.avatar.see_icons(self.icons)
            self._page.set_effects(*self._effects)
            self._set_writing(self._page)
            self._page.memos.chat_wanted.connect(self.recorded_chat_wanted)
            self._page.memos.settings_wanted.connect(self.microphone_wanted)
            self._page.header.details_wanted.connect(self.details_wanted)
            self._page.header.back_wanted.connect(self.back_wanted)
            self._page.header.find_wanted.connect(self.find_wanted)
            self._page.header.read_wanted.connect(self.read_wanted)
            self._page.desk.reply_wished.connect(self.reply_wanted)
            self._page.desk.edit_wished.connect(self.edit_wanted)
            self._page.desk.thread_wished.connect(self.thread_wanted)
            self._page.desk.forward_wished.connect(self.forward_wanted)
            self._pages.addWidget(self._page)
        return self._page

    @property
    def chat_id(self) -> ChatId | None:
        """Which chat is open."""
        return self._page.chat_id if self._page is not None else None

    @property
    def header(self) -> ChatHeader:
        """Who it is."""
        return self.build().header

    @property
    def messages(self) -> ThreadView:
        """What was said."""
        return self.build().messages

    @property
    def composer(self) -> Composer:
        """What is being written."""
        return self.build().composer

    @property
    def is_settled(self) -> bool:
        """Whether nothing in it loads or moves."""
        return self._page is None or self._page.messages.is_settled

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        if self._page is not None:
            self._page.set_theme(theme)

    def set_effects(self, autoplay: Autoplay, is_reduced: Callable[[], bool]) -> None:
        """Play effects as often as the settings say; whether motion is reduced is asked each time."""
        self._effects = autoplay, is_reduced
        self.ways.is_reduced = is_reduced
        if self._page is not None:
            self._page.set_effects(autoplay, is_reduced)

    def set_writing(self, *, enter_sends: bool, checks_spelling: bool) -> None:
        """Send by Enter or only by Ctrl+Enter; underline what is misspelt or not."""
        self.ways.enter_sends, self.ways.checks_spelling = enter_sends, checks_spelling
        if self._page is not None:
            self._set_writing(self._page)

    def _set_writing(self, page: ChatPage) -> None:
        page.composer.edit.enter_sends = self.ways.enter_sends
        page.composer.spell_marks.set_enabled(is_enabled=self.ways.checks_spelling)
        page.completion.shelf = self.ways.canned

    def set_canned(self, shelf: CannedShelf) -> None:
        """Offer the canned replies of a shelf."""
        self.ways.canned = shelf
        if self._page is not None:
            self._set_writing(self._page)

    def show_chat(self, chat_id: ChatId | None) -> None:
        """Show another chat, or none; what is being written is kept."""
        if chat_id is not None or self._page is not None:
            self.build().show_chat(chat_id)
        self._pages.setCurrentIndex(0 if chat_id is None else 1)

    def keep(self) -> None:
        """Keep at once what is being written."""
        if self._page is not None:
            self._page.composer.keep()

    def close_topmost(self) -> bool:
        """Close what lies on top in the open chat; tells whether there was anything."""
        return self._page is not None and self._page.close_topmost()

    def adopt(self, local_id: ChatId, chat_id: ChatId) -> None:
        """Go on with a chat under the id that Linq gave it."""
        if self._page is not None:
            self._page.adopt(local_id, chat_id)

    def refresh(self) -> None:
        """Say anew what is known of the chat."""
        if self._page is not None:
            self._page.refresh()
