"""What is written down beside a recording: whose it is, for which chat, and as which copy it is sent."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import ChatId, FileKey
from linqdesk.domain.recording import RecordingId
from linqdesk.local.paths import OWNER_ONLY_FILE

NOTE = ".json"
_FRESH = ".json-fresh"


@dataclass(frozen=True, slots=True)
class RecordingNote:
    """What a later run must know of a recording.

    `chat_id` is empty where the note is damaged. `taken_as` is the outbox's copy of the memo, once there
    is one: where a draft or a message holds that copy, the recording has nothing more to give.
    """

    account: str
    chat_id: ChatId
    taken_as: FileKey | None = None


def load_notes(folder: Path) -> Iterator[tuple[RecordingId, RecordingNote]]:
    """Return the notes that can be read, one by one."""
    for path in sorted(folder.glob(f"*{NOTE}")):
        note = _loaded(path)
        if note is not None:
            yield RecordingId(path.stem), note


def load_note(folder: Path, recording_id: RecordingId) -> RecordingNote | None:
    """Return a recording's note, None where there is none that can be read."""
    return _loaded(folder / f"{recording_id}{NOTE}")


def save_note(folder: Path, recording_id: RecordingId, note: RecordingNote) -> None:
    """Write a note, or write it anew: a crash leaves the one before or this one, and only its owner reads it.

    Raises:
        LocalFaultError: it cannot be written; the one before stays.
    """
    fresh = folder / f"{recording_id}{_FRESH}"
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY_FILE)
        with os.fdopen(handle, "wb") as file:
            file.write(json.dumps(asdict(note)).encode())
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(folder / f"{recording_id}{NOTE}")
    except OSError as failure:
        raise LocalFaultError(f"The recording cannot be kept on the disk: {failure.strerror}.") from failure


def drop_note(folder: Path, recording_id: RecordingId) -> None:
    """Delete a note; harmless where there is none.

    Raises:
        OSError: it cannot be deleted now.
    """
    for extension in (_FRESH, NOTE):
        (folder / f"{recording_id}{extension}").unlink(missing_ok=True)


def _loaded(path: Path) -> RecordingNote | None:
    try:
        said = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    account = said.get("account") if isinstance(said, dict) else None
    if not isinstance(account, str):
        return None
    chat_id, taken_as = said.get("chat_id"), said.get("taken_as")
    return RecordingNote(
        account,
        ChatId(chat_id if isinstance(chat_id, str) else ""),
        FileKey(taken_as) if isinstance(taken_as, str) else None,
    )
