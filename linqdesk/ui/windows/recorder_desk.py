"""What a composer does with voice memos: the button, the bar, and where a memo goes when it is done."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from linqdesk.domain.beginning import UNBEGUN
from linqdesk.domain.ids import ChatId
from linqdesk.local.settings import Settings
from linqdesk.store.view import CacheView
from linqdesk.ui.commands import Commands
from linqdesk.ui.composer.composer import Composer
from linqdesk.ui.icon_button import IconButton
from linqdesk.ui.media.playback import Playback
from linqdesk.ui.names import chat_title
from linqdesk.ui.preferences import Preferences
from linqdesk.ui.recorder.memo_placing import MemoPlacing
from linqdesk.ui.recorder.memo_shelf import MemoShelf
from linqdesk.ui.recorder.microphone import Microphone, MicrophoneMaker, SystemMicrophone
from linqdesk.ui.recorder.recorder import Recorder
from linqdesk.ui.recorder.recorder_bar import RecorderBar
from linqdesk.ui.theme import Theme

KEYS = "Ctrl+Shift+R"


class RecorderDesk(QObject):
    """Records for the chat that is open when the button is pressed; the memo stays with that chat."""

    chat_wanted = Signal(object)
    """The ChatId for which is recorded."""
    new_chat_wanted = Signal()
    """It is recorded for the chat that has not begun."""
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
        self.playback = playback
        self.placing = MemoPlacing(cache, commands, composer)
        self.make_microphone: MicrophoneMaker = SystemMicrophone
        self.recorder = Recorder(commands.recording, self._make, self)
        self.bar = RecorderBar(self.recorder, self.name_of, theme, composer)
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
        self.recorder.recorded.connect(self.placing.place)
        self.recorder.said.connect(self.said)
        self.placing.said.connect(self.said)
        self.bar.chat_wanted.connect(self._go_to)
        self.bar.settings_wanted.connect(self.settings_wanted)
        self._commands.recording.tell_found(self.placing.place_found)

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
        self._commands.recording.adopt(local_id, chat_id)

    def toggle(self) -> None:
        """Begin to record, or end it and listen first; while another chat is recorded for, go there."""
        recorder, chat_id = self.recorder, self._composer.chat_id
        if chat_id is None or not self.button.isEnabled():
            return
        if not recorder.is_busy:
            # What plays would be heard.
            self.playback.pause()
            recorder.start(chat_id)
        elif recorder.chat_id != chat_id:
            self._go_to(recorder.chat_id)
        else:
            recorder.finish(is_to_be_sent=False)

    def _make(self, device_id: str, parent: QObject) -> Microphone:
        return self.make_microphone(device_id, parent)

    def name_of(self, chat_id: ChatId) -> str:
        """Return for whom is recorded, in words."""
        if chat_id == UNBEGUN:
            return "a new chat"
        summary = self._cache.summary(chat_id)
        return chat_title(summary.chat, self._cache) if summary is not None else "another chat"

    def _obey(self, settings: Settings) -> None:
        self.recorder.device_id = settings.microphone

    def _go_to(self, chat_id: ChatId | None) -> None:
        if chat_id == UNBEGUN:
            self.new_chat_wanted.emit()
        else:
            self.chat_wanted.emit(chat_id)
