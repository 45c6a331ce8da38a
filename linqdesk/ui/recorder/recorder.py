"""Records one voice memo at a time, for the chat in which it was begun, whichever chat is open."""

from dataclasses import replace
from enum import Enum, auto
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import ChatId
from linqdesk.domain.recording import MAX_RECORDING_MS, RecordedMemo, SoundForm
from linqdesk.ui.recorder.loudness import Loudness
from linqdesk.ui.recorder.microphone import Microphone, MicrophoneMaker
from linqdesk.ui.recording_commands import RecordingCommands

# Shorter than this somebody pressed the button twice.
_LEAST_MS = 300
# As many levels as the widest bar can show.
_MOST_LEVELS = 600
TOO_SHORT = "Nothing was recorded: that was too short."
FULL = "A voice memo has 10 MB at most, which is twenty minutes: this one ends here."


class RecorderState(Enum):
    """Where recording stands."""

    RESTING = auto()
    STARTING = auto()
    """The microphone was asked for: the system may be asking the agent."""
    RECORDING = auto()
    PAUSED = auto()
    FINISHING = auto()
    """What was recorded is being made a voice memo."""
    TROUBLED = auto()
    """There is no microphone, or it may not be used: `words` say so."""


class MemoWish(NamedTuple):
    """A voice memo that was recorded, and whether it is to be sent without being listened to."""

    memo: RecordedMemo
    is_to_be_sent: bool


class Recorder(QObject):
    """Hears a microphone and has kept what it hears; nothing runs while nothing is recorded."""

    changed = Signal()
    """Its state, its words or its chat is another now."""
    moved = Signal()
    """More was recorded."""
    recorded = Signal(object)
    """A MemoWish."""
    said = Signal(str)
    """A sentence about what was recorded."""

    def __init__(self, commands: RecordingCommands, make: MicrophoneMaker, parent: QObject) -> None:
        """Rest; `make` makes the microphone of a device's id each time that it is needed."""
        super().__init__(parent)
        self._commands = commands
        self._make = make
        self.device_id = ""
        self._microphone: Microphone | None = None
        self._form: SoundForm | None = None
        self._loudness: Loudness | None = None
        self._size_bytes = 0
        self.state = RecorderState.RESTING
        self.chat_id: ChatId | None = None
        self.words = ""
        self._explained = ""
        self.levels = b""
        """How loud it was lately, one level of 0 to 255 for each STEP_MS, the newest last."""

    @property
    def is_busy(self) -> bool:
        """Whether there is something that would be lost."""
        return self.state in {RecorderState.RECORDING, RecorderState.PAUSED, RecorderState.FINISHING}

    @property
    def duration_ms(self) -> int:
        """How long it is by now."""
        return self._form.duration_ms(self._size_bytes) if self._form is not None else 0

    @property
    def left_ms(self) -> int:
        """How much longer it may get."""
        return max(0, MAX_RECORDING_MS - self.duration_ms)

    def start(self, chat_id: ChatId) -> None:
        """Begin to record for a chat; while something is recorded this does nothing."""
        if self.is_busy or self.state is RecorderState.STARTING:
            return
        self._explained = ""
        self._turn_to(RecorderState.STARTING, chat_id)
        self._microphone = self._make(self.device_id, self)
        self._microphone.started.connect(self._on_started)
        self._microphone.heard.connect(self._on_heard)
        self._microphone.failed.connect(self._on_failed)
        self._microphone.start()

    def toggle_pause(self) -> None:
        """Pause, or go on."""
        if self._microphone is None:
            return
        if self.state is RecorderState.RECORDING:
            self._microphone.pause()
            self._turn_to(RecorderState.PAUSED, self.chat_id)
        elif self.state is RecorderState.PAUSED:
            self._microphone.resume()
            self._turn_to(RecorderState.RECORDING, self.chat_id)

    def finish(self, *, is_to_be_sent: bool) -> None:
        """Make a voice memo of what was recorded; one that is not to be sent at once is listened to first."""
        if self.state not in {RecorderState.RECORDING, RecorderState.PAUSED}:
            return
        self._let_go()
        if self.duration_ms < _LEAST_MS:
            self._commands.drop()
            self._rest()
            self.said.emit(TOO_SHORT)
            return
        self._turn_to(RecorderState.FINISHING, self.chat_id)
        self._commands.finish(lambda outcome: self._on_finished(outcome, is_to_be_sent=is_to_be_sent))

    def discard(self) -> None:
        """Forget what is recorded; also what went wrong."""
        if self.state is RecorderState.FINISHING:
            return
        self._let_go()
        self._commands.drop()
        self._rest()

    def adopt(self, local_id: ChatId, chat_id: ChatId) -> None:
        """Go on with a chat under the id that Linq gave it."""
        if self.chat_id == local_id:
            self.chat_id = chat_id
            self.changed.emit()

    def _rest(self) -> None:
        self._form = self._loudness = None
        self._size_bytes = 0
        self.levels = b""
        self._turn_to(RecorderState.RESTING, None)

    def _turn_to(self, state: RecorderState, chat_id: ChatId | None, words: str = "") -> None:
        self.state, self.chat_id, self.words = state, chat_id, words
        self.changed.emit()

    def _let_go(self) -> None:
        microphone, self._microphone = self._microphone, None
        if microphone is not None:
            microphone.stop()
            microphone.deleteLater()

    def _on_started(self, form: SoundForm) -> None:
        if self.chat_id is None or self.state is not RecorderState.STARTING:
            return
        self._form, self._loudness, self._size_bytes = form, Loudness(form), 0
        self.levels = b""
        self._commands.begin(self.chat_id, form, self._on_not_kept)
        self._turn_to(RecorderState.RECORDING, self.chat_id)

    def _on_heard(self, data: bytes) -> None:
        if self.state is not RecorderState.RECORDING or self._loudness is None:
            return
        self._commands.add(data)
        self._size_bytes += len(data)
        self.levels = (self.levels + self._loudness.take(data))[-_MOST_LEVELS:]
        self.moved.emit()
        if not self.left_ms:
            self.finish(is_to_be_sent=False)
            self.said.emit(FULL)

    def _on_failed(self, words: str) -> None:
        """Keep what there is; without anything, say what is wrong."""
        if self.state in {RecorderState.RECORDING, RecorderState.PAUSED}:
            self._explained = words
            self.finish(is_to_be_sent=False)
            self.said.emit(words)
        elif self.state is RecorderState.STARTING:
            self._let_go()
            self._turn_to(RecorderState.TROUBLED, self.chat_id, words)

    def _on_not_kept(self, fault: LocalFaultError) -> None:
        self._on_failed(fault.message)

    def _on_finished(self, outcome: RecordedMemo | LocalFaultError, *, is_to_be_sent: bool) -> None:
        chat_id = self.chat_id
        if self.state is RecorderState.FINISHING:
            self._rest()
        if isinstance(outcome, LocalFaultError):
            # What ended the recording may be why there is no memo: it is said once.
            if outcome.message != self._explained:
                self.said.emit(outcome.message)
        else:
            # Linq may have named the chat since recording began.
            memo = replace(outcome, chat_id=chat_id or outcome.chat_id)
            self.recorded.emit(MemoWish(memo, is_to_be_sent))
