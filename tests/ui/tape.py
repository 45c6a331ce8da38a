"""Takes the place of the services while something is recorded."""

from collections.abc import Callable
from pathlib import Path

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import ChatId, FileKey
from linqdesk.domain.recording import RecordedMemo, RecordingId, SoundForm
from linqdesk.services.verbs.recording import MemoDone, MemoFound


class Tape:
    """Keeps what is heard in memory."""

    def __init__(self) -> None:
        self.chat_id: ChatId | None = None
        self.form: SoundForm | None = None
        self.kept = b""
        self.dropped = 0
        self.finishing: list[MemoDone] = []
        self.failed: Callable[[LocalFaultError], None] | None = None
        self.found: MemoFound | None = None
        self.forgotten: list[RecordingId] = []
        self.taken: list[tuple[RecordingId, FileKey]] = []
        self.adopted: list[tuple[ChatId, ChatId]] = []

    def begin(self, chat_id: ChatId, form: SoundForm, failed: Callable[[LocalFaultError], None]) -> None:
        self.chat_id, self.form, self.failed, self.kept = chat_id, form, failed, b""

    def add(self, data: bytes) -> None:
        self.kept += data

    def finish(self, done: MemoDone) -> None:
        self.finishing.append(done)

    def drop(self) -> None:
        self.dropped += 1

    def forget(self, recording_id: RecordingId) -> None:
        self.forgotten.append(recording_id)

    def note_taken(self, recording_id: RecordingId, key: FileKey, done: Callable[[], None]) -> None:
        self.taken.append((recording_id, key))
        done()

    def adopt(self, local_id: ChatId, chat_id: ChatId) -> None:
        self.adopted.append((local_id, chat_id))

    def tell_found(self, found: MemoFound) -> None:
        self.found = found

    def encode(self) -> RecordedMemo:
        """Tell that what was finished is a memo now."""
        assert self.chat_id is not None
        assert self.form is not None
        duration_ms = self.form.duration_ms(len(self.kept))
        memo = RecordedMemo(RecordingId("r"), self.chat_id, Path("r.m4a"), duration_ms, 1_000)
        self.finishing.pop()(memo)
        return memo
