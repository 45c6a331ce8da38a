"""Voice memos for a chat that has not begun: recorded beside its first message, and sent after that."""

from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from linqdesk.domain.beginning import UNBEGUN
from linqdesk.domain.ids import ChatId, FileKey
from linqdesk.domain.outgoing_files import DraftFile
from linqdesk.domain.recording import RecordedMemo, RecordingId
from linqdesk.ui.commands import Commands
from linqdesk.ui.icon_button import IconButton
from linqdesk.ui.new_chat.first_message import FirstMessage
from linqdesk.ui.recorder.memo_intake import FORGET_AFTER_MS, take_memo
from linqdesk.ui.recorder.memo_shelf import MemoShelf
from linqdesk.ui.recorder.recorder import MemoWish
from linqdesk.ui.recorder.recorder_bar import RecorderBar
from linqdesk.ui.recorder.studio import Studio
from linqdesk.ui.theme import Theme

KEYS = "Ctrl+Shift+R"
_WAITS = "The voice memo waits here until the message can be sent."


class FirstMemo(QObject):
    """Puts the button and the bar into the dialog's composer; the recorder is that of the whole window.

    A voice memo cannot begin a chat (linq-api.md 2.1): it goes with the message, as one of its own.
    """

    chat_wanted = Signal(object)
    """The ChatId for which is recorded while it is another."""
    settings_wanted = Signal()
    """The agent wants to choose another microphone."""

    def __init__(self, commands: Commands, message: FirstMessage, studio: Studio, theme: Theme) -> None:
        """Record with what the window records with."""
        super().__init__(message)
        self._commands = commands
        self._message = message
        self._recorder = studio.recorder
        self._playback = studio.playback
        self._drafted: dict[FileKey, RecordingId] = {}
        composer = message.composer
        self.bar = RecorderBar(studio.recorder, studio.name_of, theme, composer)
        self.bar.show_chat(UNBEGUN)
        self.shelf = MemoShelf(commands, studio.playback, theme, composer)
        composer.strips.addWidget(self.shelf)
        composer.strips.addWidget(self.bar)
        self.button = IconButton("mic", "Record voice memo", composer)
        self.button.setToolTip("Record a voice memo, which goes right after the first message (Ctrl+Shift+R)")
        self.button.wear(theme)
        self._place_button()
        self._connect()
        self._refresh()

    def _place_button(self) -> None:
        """Stand after the first button beside the field, as in the composer of a chat."""
        inside = self._message.composer.inside
        first = inside.itemAt(1)
        inside.insertWidget(2, self.button, 0, Qt.AlignmentFlag.AlignBottom)
        before = first.widget() if first is not None else None
        if before is not None:
            QWidget.setTabOrder(before, self.button)

    def _connect(self) -> None:
        composer = self._message.composer
        self.button.clicked.connect(self.toggle)
        QShortcut(QKeySequence(KEYS), composer.window()).activated.connect(self.toggle)
        composer.content_changed.connect(self._refresh)
        self._recorder.recorded.connect(self._on_recorded)
        self.bar.chat_wanted.connect(self.chat_wanted)
        self.bar.settings_wanted.connect(self.settings_wanted)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self.button.wear(theme)
        self.bar.wear(theme)
        self.shelf.set_theme(theme)

    def set_still(self, *, is_still: bool) -> None:
        """Let the meter stand still where nothing may move."""
        self.bar.meter.set_still(is_still=is_still)

    def toggle(self) -> None:
        """Begin to record, or end it and listen first; while another chat is recorded for, go there."""
        if not self.button.isEnabled():
            return
        if not self._recorder.is_busy:
            # What plays would be heard.
            self._playback.pause()
            self._recorder.start(UNBEGUN)
        elif self._recorder.chat_id != UNBEGUN:
            self.chat_wanted.emit(self._recorder.chat_id)
        else:
            self._recorder.finish(is_to_be_sent=False)

    def forget(self) -> None:
        """Drop what is being recorded for the chat that has not begun."""
        if self._recorder.chat_id == UNBEGUN:
            self._recorder.discard()

    def follow(self, chat_id: ChatId) -> None:
        """Go on recording for the chat that came of it."""
        if self._recorder.chat_id == UNBEGUN:
            self._recorder.adopt(UNBEGUN, chat_id)
            self._commands.recording.adopt(UNBEGUN, chat_id)

    def put(self, item: DraftFile) -> None:
        """Put a voice memo after all that is written."""
        self._message.add(item)

    def _on_recorded(self, wish: MemoWish) -> None:
        if wish.memo.chat_id == UNBEGUN:
            then = partial(self._take, wish.memo, is_to_be_sent=wish.is_to_be_sent)
            take_memo(self._commands, wish.memo, then, self._message.composer.tell)

    def _take(self, memo: RecordedMemo, item: DraftFile, *, is_to_be_sent: bool) -> None:
        """Put a memo to what is written; to send it is to send all of that, where it can be sent."""
        self._drafted[item.file.key] = memo.id
        self.put(item)
        QTimer.singleShot(FORGET_AFTER_MS, self, partial(self._let_go, item.file.key))
        composer = self._message.composer
        if is_to_be_sent and composer.send_button.isEnabled():
            composer.submit()
        elif is_to_be_sent:
            composer.tell(_WAITS)

    def _let_go(self, key: FileKey) -> None:
        """Forget a recording whose memo is kept with the message, was sent or removed."""
        recording_id = self._drafted.pop(key, None)
        if recording_id is not None:
            self._commands.recording.forget(recording_id)

    def _refresh(self) -> None:
        composer = self._message.composer
        if composer.chat_id is not None:
            for key in set(self._drafted) - {file.key for file in composer.draft().files}:
                self._let_go(key)
        self.button.setEnabled(composer.chat_id is not None and composer.lock is None)
        self.shelf.show_draft(composer.draft())
