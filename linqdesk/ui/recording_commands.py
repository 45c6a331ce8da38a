"""The verbs for voice memos that are recorded; every call returns at once."""

from collections.abc import Callable
from typing import Protocol

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import ChatId, FileKey
from linqdesk.domain.recording import RecordingId, SoundForm
from linqdesk.services.verbs.recording import MemoDone, MemoFound


class RecordingCommands(Protocol):
    """What the window asks while it hears a microphone; one recording at a time."""

    def begin(self, chat_id: ChatId, form: SoundForm, failed: Callable[[LocalFaultError], None]) -> None:
        """Begin to record for a chat; from now on what is added survives a crash.

        `failed` is called on the UI thread where the disk takes no more; what it took before stays.
        """

    def add(self, data: bytes) -> None:
        """Keep what was heard."""

    def finish(self, done: MemoDone) -> None:
        """Make a voice memo of what was recorded.

        `done` is called once, later, on the UI thread, with the memo or with why there is none. Its file
        stays, over a crash as well, until `forget`.
        """

    def drop(self) -> None:
        """Forget what is being recorded."""

    def note_taken(self, recording_id: RecordingId, key: FileKey, done: Callable[[], None]) -> None:
        """Write down which copy the outbox has of a voice memo, so that no crash brings it twice.

        `done` is called once, later, on the UI thread; only then may a draft or a message hold the copy.
        """

    def adopt(self, local_id: ChatId, chat_id: ChatId) -> None:
        """Go on with a chat under the id that Linq gave it, over a crash as well."""

    def forget(self, recording_id: RecordingId) -> None:
        """Delete a voice memo's files: it was taken into the outbox, or nobody wants it."""

    def tell_found(self, found: MemoFound) -> None:
        """Hear of each voice memo that an earlier run recorded and did not finish."""
