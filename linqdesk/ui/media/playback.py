"""The window's one player of sounds and videos: one thing at a time, and nothing of Qt's before the first."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    Q_ARG,
    QGenericArgumentHolder,
    QLoggingCategory,
    QMetaObject,
    QObject,
    Qt,
    QUrl,
    Signal,
)
from PySide6.QtGui import QImage

from linqdesk.domain.ids import AttachmentId, MessageId

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer, QVideoFrame, QVideoSink

RATES = (1.0, 1.5, 2.0)
STEP_MS = 5_000
_NO_SOUND = "This computer has no sound output: it plays without sound."
_NO_PLAYER = "Sound and video need libraries that this computer lacks: libpulse0 and libxrandr2."
_CANNOT_PLAY = "This recording cannot be played here."


@dataclass(frozen=True, slots=True)
class RecordingKey:
    """Which recording is meant: a part of a message, and the file behind it."""

    message_id: MessageId
    part_index: int
    attachment_id: AttachmentId


class Playback(QObject):
    """Plays, pauses and seeks; positions are in milliseconds.

    At its end a recording is let go: nothing is current, and no timer or thread is left of it.

    The player is only ever asked through the event loop. A call from Python would hold the interpreter's
    lock while it waits for FFmpeg's threads, which at their end may wait for that lock: seen to hang.
    """

    changed = Signal(object)
    """The RecordingKey of what plays, pauses, moves or has another picture now; also after it ended."""
    failed = Signal(object, str)
    """A RecordingKey, and in a sentence why it cannot be played."""
    lost = Signal(object)
    """The RecordingKey of what is no longer where it was."""
    said = Signal(str)
    """A sentence about playing as such."""

    def __init__(self, parent: QObject) -> None:
        """Have no player yet."""
        super().__init__(parent)
        self._player: QMediaPlayer | None = None
        self._sound: QAudioOutput | None = None
        self._sink: QVideoSink | None = None
        self._key: RecordingKey | None = None
        self._is_going = False
        self._rate = RATES[0]
        self._wanted_ms = 0
        self._position_ms = 0
        self._source = QUrl()
        self._frame: QImage | None = None
        self._room = (0, 0)
        self._busy_until_s = 0.0

    @property
    def key(self) -> RecordingKey | None:
        """What is played or paused, None for nothing."""
        return self._key

    @property
    def is_playing(self) -> bool:
        """Whether it moves on, or will as soon as its file is open."""
        return self._is_going

    @property
    def position_ms(self) -> int:
        """How far it is."""
        return self._position_ms if self._key is not None else 0

    @property
    def rate(self) -> float:
        """How fast it plays, and what comes next will play: 1, 1.5 or 2."""
        return self._rate

    @property
    def frame(self) -> QImage | None:
        """The picture of the video that is played, no larger than its room."""
        return self._frame

    def set_room(self, width_px: int, height_px: int) -> None:
        """Make pictures from now on fit into a room, in pixels of the screen."""
        self._room = (width_px, height_px)

    def start(self, key: RecordingKey, file: Path, position_ms: int = 0) -> None:
        """Play a file from some position on, in place of what was played."""
        self.stop()
        player = self._ready_player()
        if player is None:
            self.failed.emit(key, _NO_PLAYER)
            return
        self._key = key
        self._is_going = True
        self._wanted_ms = self._position_ms = position_ms
        self._source = QUrl.fromLocalFile(str(file))
        self._ask("setSource", Q_ARG(QUrl, self._source))
        # FFmpeg forgets the rate with the source.
        self._ask("setPlaybackRate", Q_ARG(float, self._rate))
        self._ask("play")
        self.changed.emit(key)

    def toggle(self) -> None:
        """Pause, or go on."""
        if self._player is None or self._key is None:
            return
        self._is_going = not self._is_going
        self._ask("play" if self._is_going else "pause")
        self.changed.emit(self._key)

    def pause(self) -> None:
        """Stand still where it is."""
        if self.is_playing:
            self.toggle()

    def seek(self, position_ms: int) -> None:
        """Go to a position; one beyond the end is the end."""
        if self._player is None or self._key is None:
            return
        position_ms = max(0, position_ms)
        if self._is_open:
            position_ms = min(position_ms, self._player.duration())
            self._ask("setPosition", Q_ARG("qlonglong", position_ms))
        else:
            self._wanted_ms = position_ms
        self._position_ms = position_ms
        self.changed.emit(self._key)

    def step(self, by_ms: int) -> None:
        """Go forward, or back."""
        self.seek(self.position_ms + by_ms)

    def next_rate(self) -> None:
        """Play faster; after the fastest at the usual pace again."""
        self._rate = RATES[(RATES.index(self._rate) + 1) % len(RATES)]
        self._ask("setPlaybackRate", Q_ARG(float, self._rate))
        if self._key is not None:
            self.changed.emit(self._key)

    def stop(self) -> None:
        """Let go of what is played, if anything is."""
        key, self._key = self._key, None
        self._is_going = False
        self._frame = None
        self._wanted_ms = self._position_ms = 0
        if key is not None:
            self._source = QUrl()
            self._ask("stop")
            self._ask("setSource", Q_ARG(QUrl, self._source))
            self.changed.emit(key)

    @property
    def is_resting(self) -> bool:
        """Whether the player has let go of every file, so that it may go itself."""
        return self._key is None and (self._player is None or self._player.source().isEmpty())

    @property
    def _is_open(self) -> bool:
        player = self._player
        return player is not None and player.source() == self._source and player.duration() > 0

    def _ask(self, slot: str, *arguments: QGenericArgumentHolder) -> None:
        if self._player is not None:
            QMetaObject.invokeMethod(self._player, slot, Qt.ConnectionType.QueuedConnection, *arguments)

    def _ready_player(self) -> "QMediaPlayer | None":
        """Return the player, None where Qt Multimedia cannot be loaded."""
        if self._player is None:
            # What it finds on the computer, and each file's inner life, is nothing for the terminal.
            QLoggingCategory.setFilterRules("qt.multimedia.*=false")
            try:
                self._player = self._made_player()
            except ImportError:
                return None
        return self._player

    def _made_player(self) -> "QMediaPlayer":
        from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer, QVideoSink

        player = QMediaPlayer(self)
        self._sound, self._sink = QAudioOutput(self), QVideoSink(self)
        player.setAudioOutput(self._sound)
        player.setVideoSink(self._sink)
        player.positionChanged.connect(self._on_moved)
        player.mediaStatusChanged.connect(self._on_status)
        player.errorOccurred.connect(self._on_error)
        self._sink.videoFrameChanged.connect(self._on_frame)
        if not QMediaDevices.audioOutputs():
            self.said.emit(_NO_SOUND)
        return player

    def _on_moved(self, position_ms: int) -> None:
        if self._key is not None and self._is_open and not self._wanted_ms:
            self._position_ms = position_ms
            self.changed.emit(self._key)

    def _on_status(self, status: "QMediaPlayer.MediaStatus") -> None:
        from PySide6.QtMultimedia import QMediaPlayer

        player = self._player
        if player is None or self._key is None or player.source() != self._source:
            return
        match status:
            case QMediaPlayer.MediaStatus.BufferedMedia if self._wanted_ms:
                position_ms, self._wanted_ms = self._wanted_ms, 0
                self.seek(position_ms)
            case QMediaPlayer.MediaStatus.EndOfMedia:
                self.stop()
            case _:
                return

    def _on_error(self, error: "QMediaPlayer.Error") -> None:
        from PySide6.QtMultimedia import QMediaPlayer

        key = self._key
        if key is None:
            return
        self.stop()
        if error is QMediaPlayer.Error.ResourceError:
            self.lost.emit(key)
        else:
            self.failed.emit(key, _CANNOT_PLAY)

    def _on_frame(self, frame: "QVideoFrame") -> None:
        """Keep a picture; those that come faster than they can be drawn are left out."""
        began_s = time.monotonic()
        if self._key is None or not frame.isValid() or (self._is_going and began_s < self._busy_until_s):
            return
        image = frame.toImage()
        width, height = self._room
        if width and (image.width() > width or image.height() > height):
            # One side covers its room, so that what is cut off the other was not wanted.
            image = image.scaled(width, height, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        self._frame = image
        ended_s = time.monotonic()
        # At most half of the time goes into pictures, whatever their size.
        self._busy_until_s = ended_s + (ended_s - began_s)
        self.changed.emit(self._key)
