"""Recordings while they are made: written as they are heard, and readable however they were cut off.

Each is a wav beside a line of JSON that says whose it is. A wav has no end that could be missing: whatever
was written before a crash can be played. The m4a that is sent is made of it when the recording is done.
"""

import os
import secrets
import struct
import threading
from dataclasses import dataclass, replace
from io import FileIO
from pathlib import Path

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import ChatId, FileKey
from linqdesk.domain.recording import RecordingId, SampleKind, SoundForm
from linqdesk.local.paths import OWNER_ONLY_FILE, make_folder
from linqdesk.local.recording_notes import RecordingNote, drop_note, load_note, load_notes, save_note

_KEY_BYTES = 16
_RIFF = struct.Struct("<4sI4s4sIHHIIHH4sI")
_FORMAT_BYTES = 16
_PCM, _FLOAT = 1, 3
# What is written is safe from a crash of the program at once; from one of the computer after this.
_SYNC_EVERY_BYTES = 256 * 1024
_UNKNOWN_SIZE = 0xFFFFFFFF
SOUND = ".wav"
# The customer reads this name.
_MEMO_NAME = "Voice memo.m4a"
# Shorter than this nobody said anything.
_LEAST_MS = 300


@dataclass(frozen=True, slots=True)
class Leftover:
    """A recording that an earlier run did not come to the end of.

    `taken_as` is the copy that the outbox has of it, None where it came to none.
    """

    id: RecordingId
    chat_id: ChatId
    sound: Path
    taken_as: FileKey | None = None


class OpenRecording:
    """A recording that is being made; every call blocks on the disk and may come from any thread."""

    def __init__(self, folder: Path, account: str, chat_id: ChatId, form: SoundForm) -> None:
        """Make its files, which only their owner may read.

        Raises:
            LocalFaultError: they cannot be made.
        """
        self.id = RecordingId(secrets.token_hex(_KEY_BYTES))
        self._form = form
        self.sound = folder / f"{self.id}{SOUND}"
        make_folder(folder)
        save_note(folder, self.id, RecordingNote(account, chat_id))
        try:
            self._file = _created(self.sound)
            self._file.write(_head(form, _UNKNOWN_SIZE))
        except OSError as failure:
            raise _fault(failure) from failure
        self._size_bytes = self._unsynced_bytes = 0
        self._turn = threading.Lock()

    @property
    def duration_ms(self) -> int:
        """How much of it is on the disk."""
        return self._form.duration_ms(self._size_bytes)

    def append(self, data: bytes) -> None:
        """Write more of it; after `close` nothing is written.

        Raises:
            LocalFaultError: it cannot be written; what was written before stays.
        """
        with self._turn:
            if self._file.closed:
                return
            try:
                self._write(data)
            except OSError as failure:
                raise _fault(failure) from failure

    def _write(self, data: bytes) -> None:
        written = 0
        while written < len(data):
            written += self._file.write(data[written:]) or 0
        self._size_bytes += len(data)
        self._unsynced_bytes += len(data)
        if self._unsynced_bytes >= _SYNC_EVERY_BYTES:
            os.fsync(self._file.fileno())
            self._unsynced_bytes = 0

    def close(self) -> None:
        """Write how long it is; a recording that cannot be told its length can be read all the same."""
        with self._turn:
            if self._file.closed:
                return
            try:
                self._file.seek(0)
                self._file.write(_head(self._form, self._size_bytes))
                os.fsync(self._file.fileno())
            except OSError:
                # A full disk; players read up to the end of the file.
                return
            finally:
                self._file.close()


def find_leftovers(folder: Path, account: str) -> list[Leftover]:
    """Return an account's recordings that were not finished, in no order; those with nothing in them go."""
    found = []
    for recording_id, note in load_notes(folder):
        if note.account != account:
            continue
        sound = folder / f"{recording_id}{SOUND}"
        if note.chat_id and _mended(sound):
            found.append(Leftover(recording_id, note.chat_id, sound, note.taken_as))
        else:
            forget_recording(folder, recording_id)
    return found


def note_taken(folder: Path, recording_id: RecordingId, key: FileKey) -> None:
    """Note which copy the outbox has of a recording; does nothing for one that is forgotten.

    Raises:
        LocalFaultError: it cannot be noted.
    """
    note = load_note(folder, recording_id)
    if note is not None:
        save_note(folder, recording_id, replace(note, taken_as=key))


def adopt_recordings(folder: Path, account: str, local_id: ChatId, chat_id: ChatId) -> None:
    """Note for the recordings of a chat that began here the id that Linq gave it.

    Raises:
        LocalFaultError: it cannot be noted.
    """
    for recording_id, note in load_notes(folder):
        if (note.account, note.chat_id) == (account, local_id):
            save_note(folder, recording_id, replace(note, chat_id=chat_id))


def forget_account(folder: Path, account: str) -> None:
    """Delete every recording of an account."""
    for recording_id, note in load_notes(folder):
        if note.account == account:
            forget_recording(folder, recording_id)


def forget_recording(folder: Path, recording_id: RecordingId) -> None:
    """Delete all files of a recording; what cannot be deleted now is found again at the next start."""
    memo = folder / recording_id / _MEMO_NAME
    try:
        memo.unlink(missing_ok=True)
        if memo.parent.is_dir():
            memo.parent.rmdir()
        # The note goes last: without it nobody would know that there is something to delete.
        (folder / f"{recording_id}{SOUND}").unlink(missing_ok=True)
        drop_note(folder, recording_id)
    except OSError:
        return


def room_for_memo(sound: Path) -> Path:
    """Return where the memo that is made of a recording may be written; nothing stands there.

    Raises:
        LocalFaultError: its folder cannot be made.
    """
    memo = sound.with_suffix("") / _MEMO_NAME
    make_folder(memo.parent)
    try:
        memo.unlink(missing_ok=True)
    except OSError as failure:
        raise _fault(failure) from failure
    return memo


def _mended(sound: Path) -> bool:
    """Write the length into a sound that was cut off; tells whether there is anything to hear."""
    try:
        with sound.open("r+b") as file:
            size_bytes = os.fstat(file.fileno()).st_size - _RIFF.size
            form = _form_of(file.read(_RIFF.size))
            if form is None or form.duration_ms(max(0, size_bytes)) < _LEAST_MS:
                return False
            file.seek(0)
            file.write(_head(form, size_bytes - size_bytes % form.frame_bytes))
    except OSError:
        return False
    return True


def _created(path: Path) -> FileIO:
    return FileIO(
        os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), OWNER_ONLY_FILE), "r+"
    )


def _head(form: SoundForm, size_bytes: int) -> bytes:
    """Return the head of a wav of so many bytes of sound."""
    kind = _FLOAT if form.samples is SampleKind.FLOAT32 else _PCM
    whole = min(_UNKNOWN_SIZE, _RIFF.size - 8 + size_bytes)
    bytes_a_second = form.rate_hz * form.frame_bytes
    bits = form.samples.size_bytes * 8
    about = (_FORMAT_BYTES, kind, form.channels, form.rate_hz, bytes_a_second, form.frame_bytes, bits)
    return _RIFF.pack(b"RIFF", whole, b"WAVE", b"fmt ", *about, b"data", size_bytes)


def _form_of(head: bytes) -> SoundForm | None:
    """Return what a head of ours says."""
    if len(head) < _RIFF.size:
        return None
    _riff, _size, _wave, _fmt, _length, kind, channels, rate_hz, _speed, _frame, bits, _data, _rest = (
        _RIFF.unpack(head)
    )
    kinds = {(_PCM, 8): SampleKind.UINT8, (_PCM, 16): SampleKind.INT16, (_PCM, 32): SampleKind.INT32}
    samples = SampleKind.FLOAT32 if kind == _FLOAT else kinds.get((kind, bits))
    return SoundForm(rate_hz, channels, samples) if samples is not None and channels and rate_hz else None


def _fault(failure: OSError) -> LocalFaultError:
    return LocalFaultError(f"The recording cannot be kept on the disk: {failure.strerror}.")
