"""What a composer does with voice memos: the button, the bar, and where a memo goes when it is done."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import ChatId
from linqdesk.domain.outgoing import Content
from linqdesk.domain.outgoing_files import DraftFile, OutgoingVoiceMemo, Refused, Taken
from linqdesk.domain.recording import RecordedMemo
from linqdesk.local.settings import Settings
from linqdesk.store.changes import Change
from linqdesk.store.view import CacheView
from linqdesk.ui.commands import Commands
from linqdesk.ui.composer.composer import Composer
from linqdesk.ui.icon_button import IconButton
from linqdesk.ui.media.playback import Playback
from linqdesk.ui.names import chat_title
from linqdesk.ui.preferences import Preferences
from linqdesk.ui.recorder.memo_shelf import MemoShelf
from linqdesk.ui.recorder.microphone import Microphone, MicrophoneMaker, SystemMicrophone
from linqdesk.ui.recorder.recorder import MemoWish, Recorder
from linqdesk.ui.recorder.recorder_bar import RecorderBar
from linqdesk.ui.theme import Theme
from linqdesk.ui.wording import fault_sentence

KEYS = "Ctrl+Shift+R"
# By then the draft has long been written. A crash before would bring the memo twice, and never not at all.
_FORGET_AFTER_MS = 5_000


class RecorderDesk(QObject):
    """Records for the chat that is open when the button is pressed; the memo stays with that chat."""

    chat_wanted = Signal(object)
    """The ChatId for which is recorded."""
    settings_wanted = Signal()
    """The agent wants to choose another microphone."""
    said = Signal(str)
    """A sentence about a voice memo."""

    def __init__(
        self,
        cache: CacheView,
        commands: Commands,
        composer: Composer,
        playback: Playback,
        theme: Theme,
    ) -> None:
        """Put the button and the bar into a composer."""
        super().__init__(composer)
        self._cache = cache
        self._commands = commands
        self._composer = composer
        self._playback = playback
        self._found: list[RecordedMemo] = []
        self.make_microphone: MicrophoneMaker = SystemMicrophone
        self.recorder = Recorder(commands.recording, self._make, self)
        self.bar = RecorderBar(self.recorder, self._name_of, theme, composer)
        self.shelf = MemoShelf(commands, playback, theme, composer)
        composer.strips.addWidget(self.shelf)
        composer.strips.addWidget(self.bar)
        composer.content_changed.connect(lambda: self.shelf.show_draft(composer.draft()))
        self.button = IconButton("mic", "Record voice memo", composer)
        self.button.setToolTip("Record a voice memo of up to 20 minutes, 10 MB (Ctrl+Shift+R)")
        self.button.wear(theme)
        composer.inside.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        self._connect()

    def _connect(self) -> None:
        self.button.clicked.connect(self.toggle)
        QShortcut(QKeySequence(KEYS), self._composer.window()).activated.connect(self.toggle)
        self.recorder.recorded.connect(self._on_recorded)
        self.recorder.said.connect(self.said)
        self.bar.chat_wanted.connect(self.chat_wanted)
        self.bar.settings_wanted.connect(self.settings_wanted)
        self._subscription = self._cache.subscribe(self._on_cache_changed)
        self.destroyed.connect(self._subscription.close)
        self._commands.recording.tell_found(self._on_found)

    def follow(self, preferences: Preferences) -> None:
        """Record with the microphone that the agent chose, now and later."""
        preferences.changed.connect(self._obey)
        self._obey(preferences.current)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self.button.wear(theme)
        self.bar.wear(theme)
        self.shelf.set_theme(theme)

    def set_reduced(self, is_reduced: Callable[[], bool]) -> None:
        """Let the meter stand still where nothing may move."""
        self.bar.meter.set_still(is_still=is_reduced())

    def show_chat(self, chat_id: ChatId | None) -> None:
        """Stand in another chat; a recording goes on for its own."""
        self.bar.show_chat(chat_id)
        self.refresh()

    def refresh(self) -> None:
        """Offer to record where something can be sent."""
        chat_id = self._composer.chat_id
        summary = self._cache.summary(chat_id) if chat_id is not None else None
        self.button.setEnabled(summary is not None and summary.lock is None)

    def adopt(self, local_id: ChatId, chat_id: ChatId) -> None:
        """Go on with a chat under the id that Linq gave it."""
        self.recorder.adopt(local_id, chat_id)

    def toggle(self) -> None:
        """Begin to record, or end it and listen first; while another chat is recorded for, go there."""
        recorder, chat_id = self.recorder, self._composer.chat_id
        if chat_id is None or not self.button.isEnabled():
            return
        if not recorder.is_busy:
            # What plays would be heard.
            self._playback.pause()
            recorder.start(chat_id)
        elif recorder.chat_id != chat_id:
            self.chat_wanted.emit(recorder.chat_id)
        else:
            recorder.finish(is_to_be_sent=False)

    def _make(self, device_id: str, parent: QObject) -> Microphone:
        return self.make_microphone(device_id, parent)

    def _name_of(self, chat_id: ChatId) -> str:
        summary = self._cache.summary(chat_id)
        return chat_title(summary.chat, self._cache) if summary is not None else "another chat"

    def _obey(self, settings: Settings) -> None:
        self.recorder.device_id = settings.microphone

    def _on_recorded(self, wish: MemoWish) -> None:
        self._take(wish.memo, partial(self._send if wish.is_to_be_sent else self._put, wish.memo))

    def _take(self, memo: RecordedMemo, then: Callable[[DraftFile], None]) -> None:
        """Have a memo copied into the outbox; until that is done its own file keeps it."""

        def told(outcome: Taken | Refused) -> None:
            if isinstance(outcome, Taken):
                then(DraftFile(outcome.file, is_voice_memo=True, duration_ms=memo.duration_ms))
            else:
                self.said.emit(f"The voice memo cannot be sent. {outcome.words}")

        self._commands.files.take_in((memo.file,), told)

    def _put(self, memo: RecordedMemo, item: DraftFile) -> None:
        """Put a memo into the draft of its chat, to be listened to."""
        self._composer.add_to_tray(memo.chat_id, item)
        forget = partial(self._commands.recording.forget, memo.id)
        QTimer.singleShot(_FORGET_AFTER_MS, self, forget)

    def _send(self, memo: RecordedMemo, item: DraftFile) -> None:
        """Send a memo; what the gate holds back waits in the draft, where Send asks what there is to ask."""
        content = Content((OutgoingVoiceMemo(item.file, item.duration_ms),))

        def done(error: LinqDeskError | None) -> None:
            if error is None:
                self._commands.recording.forget(memo.id)
            else:
                self._put(memo, item)
                self.said.emit(f"The voice memo waits in the draft. {fault_sentence(error)}")

        self._commands.sending.send(memo.chat_id, content, done)

    def _on_found(self, memo: RecordedMemo) -> None:
        self._found.append(memo)
        self._place_found()

    def _on_cache_changed(self, change: Change) -> None:
        del change
        if self._found:
            self._place_found()

    def _place_found(self) -> None:
        """Put what an earlier run recorded into its chat's draft, once that chat and its draft are here."""
        for memo in tuple(self._found):
            if self._cache.summary(memo.chat_id) is not None:
                self._found.remove(memo)
                self._take(memo, partial(self._put, memo))
                name = self._name_of(memo.chat_id)
                self.said.emit(f"A voice memo for {name} was not finished: it is in the draft.")
