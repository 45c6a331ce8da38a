"""Recordings over a cache: real files, read by a real reader, played by the real player."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from linqdesk.domain.ids import AttachmentId
from linqdesk.domain.message import MediaPart, Message
from linqdesk.local.recording_reader import RecordingError, RecordingReader
from linqdesk.store.cache import Cache
from linqdesk.store.media import MediaFile, MediaState
from linqdesk.ui.media.playback import Playback
from linqdesk.ui.media.recordings import RecordingLook, Recordings
from tests.store.messages import a_message
from tests.ui.conftest import Wishes

MEDIA = Path(__file__).parents[3] / "resources" / "sandbox" / "media"
TYPES = {
    ".m4a": "audio/x-m4a",
    ".mp3": "audio/mpeg",
    ".aac": "audio/aac",
    ".caf": "audio/x-caf",
    ".wav": "audio/wav",
    ".aiff": "audio/aiff",
    ".amr": "audio/amr",
    ".mp4": "video/mp4",
}
PATIENCE_MS = 10_000


def a_part(name: str) -> MediaPart:
    return MediaPart(AttachmentId(name), name, TYPES[Path(name).suffix], 1_000, "https://cdn/x")


def a_recording(*names: str, number: int = 1, is_mine: bool = False) -> Message:
    """A message of recordings, one part each."""
    made = a_message(f"m{number}", number, is_mine=is_mine)
    return replace(made, parts=tuple(a_part(name) for name in names))


class Desk:
    """Recordings, and what they ask for."""

    def __init__(self, cache: Cache, wishes: Wishes, reader: RecordingReader, qtbot: QtBot) -> None:
        self.owner = QObject()
        self.cache = cache
        self.wishes = wishes
        self._reader = reader
        self._qtbot = qtbot
        self.playback = Playback(self.owner)
        self.recordings = Recordings(cache, wishes, self.playback, self.owner)
        self.changed: list[object] = []
        self.said: list[str] = []
        self.recordings.changed.connect(self.changed.append)
        self.recordings.said.connect(self.said.append)

    def look(self, message: Message, part_index: int = 0) -> RecordingLook:
        return self.recordings.look_at(message, part_index)

    def arrive(self, name: str, path: Path | None = None) -> None:
        """Have a file on this computer."""
        file = MediaFile(MediaState.READY, path=path or MEDIA / name)
        self.cache.set_media(AttachmentId(name), file)

    def read(self) -> None:
        """Read what was ordered."""
        while self.wishes.media.reading:
            file, request, done = self.wishes.media.reading.pop(0)
            try:
                done(self._reader.read(file, request))
            except RecordingError as fault:
                done(fault)

    def known(self, name: str) -> Message:
        """A recording that is here and was read."""
        message = a_recording(name)
        self.arrive(name)
        self.look(message)
        self.read()
        return message

    def keep(self, widget: QWidget) -> None:
        """Close a widget with the test."""
        self._qtbot.addWidget(widget)

    def leave(self) -> None:
        """Let go of everything."""
        self.recordings.rest()
        self.until(lambda: self.playback.is_resting)

    def until(self, condition: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(condition, timeout=PATIENCE_MS)
