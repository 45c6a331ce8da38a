"""The open chat: header, thread and composer."""

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from linqdesk.domain.ids import ChatId
from linqdesk.store.view import CacheView
from linqdesk.ui.acts.find_bar import FindBar
from linqdesk.ui.acts.message_desk import MessageDesk
from linqdesk.ui.commands import Commands
from linqdesk.ui.composer.composer import Composer
from linqdesk.ui.drop.drag_out import DragOut
from linqdesk.ui.drop.drop_zone import DropZone
from linqdesk.ui.effects.autoplay import Autoplay
from linqdesk.ui.effects.frame_clock import FrameClock
from linqdesk.ui.media.flipbook import Movement
from linqdesk.ui.panels.chat_header import ChatHeader
from linqdesk.ui.panels.toast import Toast
from linqdesk.ui.preferences import Preferences
from linqdesk.ui.theme import Theme
from linqdesk.ui.thread.thread_view import ThreadView
from linqdesk.ui.windows.media_desk import MediaDesk
from linqdesk.ui.windows.recorder_desk import RecorderDesk
from linqdesk.ui.writing.completion_desk import CompletionDesk
from linqdesk.ui.writing.effect_desk import EffectDesk
from linqdesk.ui.writing.emoji_desk import EmojiDesk


class ChatPage(QWidget):
    """Shows one chat."""

    def __init__(
        self, cache: CacheView, commands: Commands, theme: Theme, preferences: Preferences, parent: QWidget
    ) -> None:
        """Start without a chat."""
        super().__init__(parent)
        self._cache = cache
        self._commands = commands
        self._chat_id: ChatId | None = None
        # One for everything that moves here.
        self.clock = FrameClock(self)
        self.header = ChatHeader(cache, theme, self)
        self._is_reduced: Callable[[], bool] = lambda: False
        self.media = MediaDesk(cache, commands, Movement(self.clock, self._is_motion_reduced), theme, self)
        self.messages = ThreadView(cache, theme, self, self.clock)
        self.messages.see_through(self.media.pictures)
        self.messages.players.hear_through(self.media.recordings)
        self.toast = Toast(self.messages)
        self.desk = MessageDesk(self.messages, cache, commands, theme, self.toast)
        self.composer = Composer(cache, commands, theme, self)
        self.drops = DropZone(self, self.composer, theme)
        self.drag_out = DragOut(self.messages, self.media.pictures, commands.media)
        self.emoji = EmojiDesk(self.composer, preferences, theme)
        self.completion = CompletionDesk(cache, self.composer, preferences, theme)
        self.memos = RecorderDesk(cache, commands, self.composer, self.media.recordings.playback, theme)
        self.memos.follow(preferences)
        self.effects = EffectDesk(cache, self.composer, self.messages, self.clock, theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.find_bar = FindBar(self.messages, cache, theme, self)
        self.find_bar.older_wanted.connect(commands.acts.load_older)
        column.addWidget(self.header)
        column.addWidget(self.find_bar)
        column.addWidget(self.messages, 1)
        column.addWidget(self.composer)
        self.messages.older_wanted.connect(commands.acts.load_older)
        self.desk.emoji_wished.connect(self.emoji.pick)
        self.desk.rescue.edit_wished.connect(self.composer.take_back)
        self.messages.acts.picture_activated.connect(self.media.open_picture)
        self.messages.acts.file_save_wanted.connect(self.media.save)
        self.messages.acts.files_save_wanted.connect(self.media.save_all)
        self.messages.acts.file_open_wanted.connect(self.media.open_elsewhere)
        self.media.said.connect(self.toast.say)
        self.drag_out.said.connect(self.toast.say)
        self.memos.said.connect(self.toast.say)

    @property
    def chat_id(self) -> ChatId | None:
        """Whose page it is."""
        return self._chat_id

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self.media.set_theme(theme)
        self.header.set_theme(theme)
        self.messages.set_theme(theme)
        self.desk.set_theme(theme)
        self.find_bar.set_theme(theme)
        self.composer.set_theme(theme)
        self.drops.set_theme(theme)
        self.emoji.set_theme(theme)
        self.completion.set_theme(theme)
        self.memos.set_theme(theme)
        self.effects.set_theme(theme)

    def set_effects(self, autoplay: Autoplay, is_reduced: Callable[[], bool]) -> None:
        """Play effects as often as the settings say."""
        self._is_reduced = is_reduced
        self.effects.set_reduced(is_reduced)
        self.memos.set_reduced(is_reduced)
        self.composer.edit.marks.move_by(self.clock, is_reduced)
        self.messages.effects.set_wishes(autoplay, is_reduced)
        self.desk.set_reduced_motion(is_reduced)

    def show_chat(self, chat_id: ChatId | None) -> None:
        """Show another chat."""
        if chat_id != self._chat_id:
            self.find_bar.forget()
        self._chat_id = chat_id
        self.composer.show_chat(chat_id)
        self.memos.show_chat(chat_id)
        self.refresh()
        self.messages.show_chat(chat_id)

    def close_topmost(self) -> bool:
        """Close what lies on top: the bar that has the keyboard, else the search; tells whether it did."""
        if self.desk.leave_bar():
            return True
        is_searching = self.find_bar.isVisible()
        if is_searching:
            self.find_bar.close_search()
        return is_searching

    def adopt(self, local_id: ChatId, chat_id: ChatId) -> None:
        """Go on with a chat under the id that Linq gave it; the thread follows by itself."""
        self.composer.adopt(local_id, chat_id)
        self.memos.adopt(local_id, chat_id)
        if self._chat_id == local_id:
            self._chat_id = chat_id
        self.refresh()

    def refresh(self) -> None:
        """Say anew what is known of the chat."""
        summary = self._cache.summary(self._chat_id) if self._chat_id is not None else None
        if summary is not None:
            self.header.show_chat(summary.chat)
            self.composer.refresh()
            self.memos.refresh()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Let pictures stand still while another window has the focus."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self.media.pictures.set_watched(is_watched=self.isActiveWindow())

    def _is_motion_reduced(self) -> bool:
        return self._is_reduced()
