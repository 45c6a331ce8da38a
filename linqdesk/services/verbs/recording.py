"""Voice memos that are recorded, as the window asks for them."""

import asyncio
import logging
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import ChatId, FileKey
from linqdesk.domain.making import MadeFile
from linqdesk.domain.recording import RecordedMemo, RecordingId, SoundForm
from linqdesk.local.recording_files import (
    Leftover,
    OpenRecording,
    adopt_recordings,
    find_leftovers,
    forget_account,
    forget_recording,
    note_taken,
    room_for_memo,
)
from linqdesk.services.task_scope import TaskScope

_log = logging.getLogger(__name__)

MemoDone = Callable[[RecordedMemo | LocalFaultError], None]
MemoFound = Callable[[RecordedMemo], None]


class Encoder(Protocol):
    """Something that writes sounds as m4a in a child process; its functions block."""

    def encode(self, source: Path, target: Path) -> MadeFile:
        """Write a sound to a target that does not exist."""

    def rest(self) -> None:
        """Give back what is held between files."""

    def close(self) -> None:
        """End for good."""


class _Recording:
    """What was heard and is not written yet, in order."""

    def __init__(self, chat_id: ChatId, form: SoundForm, failed: Callable[[LocalFaultError], None]) -> None:
        self.chat_id = chat_id
        self.form = form
        self.failed = failed
        self.heard: list[bytes] = []
        self.more = asyncio.Event()
        self.is_over = self.is_dropped = False
        self.done: MemoDone | None = None


class RecordingVerbs:
    """Writes what a microphone hears, as it is heard, and makes a voice memo of it."""

    def __init__(self, folder: Path | None, encoder: Encoder, scope: TaskScope) -> None:
        """Keep recordings in a folder, or in one of this run alone where it is None."""
        self._own_folder: tempfile.TemporaryDirectory[str] | None = None
        self._folder = folder
        self._encoder = encoder
        self._scope = scope
        self._account = ""
        self._current: _Recording | None = None
        self._found: MemoFound | None = None
        self._waiting: list[RecordedMemo] = []
        self._recovering_count = 0

    @property
    def is_idle(self) -> bool:
        """Whether nothing is recorded, and everything that was found is a memo again."""
        return self._current is None and not self._recovering_count

    async def close(self) -> None:
        """End the encoder; what is being recorded is found again at the next start."""
        await asyncio.to_thread(self._encoder.close)
        if self._own_folder is not None:
            await asyncio.to_thread(self._own_folder.cleanup)

    async def take_up(
        self, account: str, *, is_fresh: bool = False, is_kept: Callable[[str], bool] | None = None
    ) -> None:
        """Turn to an account and find what an earlier run could not finish; a fresh one has nothing.

        `is_kept` tells whether a draft or an unsent message of an earlier run holds a copy of this key: what
        was recorded is there already then.
        """
        self._account = account
        if self._folder is None:
            return
        if is_fresh:
            await asyncio.to_thread(forget_account, self._folder, account)
            return
        for leftover in await asyncio.to_thread(find_leftovers, self._folder, account):
            if leftover.taken_as is not None and is_kept is not None and is_kept(leftover.taken_as):
                await asyncio.to_thread(forget_recording, self._folder, leftover.id)
                continue
            self._recovering_count += 1
            self._scope.start(self._recover(leftover), name="recover a recording")

    def tell_found(self, found: MemoFound) -> None:
        """Hear of each voice memo that an earlier run recorded and did not finish, also of those before."""
        self._found = found
        waiting, self._waiting = self._waiting, []
        for memo in waiting:
            found(memo)

    def begin(self, chat_id: ChatId, form: SoundForm, failed: Callable[[LocalFaultError], None]) -> None:
        """Begin to record for a chat, in place of what was recorded before and not finished."""
        self.drop()
        self._current = _Recording(chat_id, form, failed)
        self._scope.start(self._write(self._current), name="record")

    def add(self, data: bytes) -> None:
        """Keep what was heard, whole frames of the form that was told."""
        current = self._current
        if current is not None:
            current.heard.append(data)
            current.more.set()

    def finish(self, done: MemoDone) -> None:
        """Make a voice memo of what was recorded."""
        current, self._current = self._current, None
        if current is not None:
            current.done, current.is_over = done, True
            current.more.set()

    def drop(self) -> None:
        """Forget what is being recorded."""
        current, self._current = self._current, None
        if current is not None:
            current.is_over = current.is_dropped = True
            current.more.set()

    def note_taken(self, recording_id: RecordingId, key: FileKey, done: Callable[[], None]) -> None:
        """Write down which copy the outbox has of a voice memo; `done` follows, before any draft has it."""
        self._scope.start(self._note_taken(recording_id, key, done), name="note a memo")

    def adopt(self, local_id: ChatId, chat_id: ChatId) -> None:
        """Go on with a chat under the id that Linq gave it, over a crash as well."""
        if self._current is not None and self._current.chat_id == local_id:
            self._current.chat_id = chat_id
        if self._folder is None and self._own_folder is None:
            return
        self._scope.start(self._adopt(local_id, chat_id), name="adopt recordings")

    def forget(self, recording_id: RecordingId) -> None:
        """Delete a voice memo's files: it was taken into the outbox, or nobody wants it."""
        self._scope.start(asyncio.to_thread(forget_recording, self._kept_in(), recording_id), name="forget")

    def _kept_in(self) -> Path:
        if self._folder is not None:
            return self._folder
        if self._own_folder is None:
            self._own_folder = tempfile.TemporaryDirectory(prefix="linqdesk-recordings-")
        return Path(self._own_folder.name)

    async def _write(self, current: _Recording) -> None:
        """Write one recording from its first sound to its last."""
        folder, chat_id = self._kept_in(), current.chat_id
        try:
            file = await asyncio.to_thread(OpenRecording, folder, self._account, chat_id, current.form)
        except LocalFaultError as fault:
            self._give_up(current, fault)
            return
        if current.chat_id != chat_id:
            # It was named while the note about it was written.
            await self._adopt(chat_id, current.chat_id)
        try:
            await self._write_all(current, file)
        finally:
            # Also where the program ends in the midst of it: the next start reads what is there.
            file.close()
        if current.is_dropped:
            await asyncio.to_thread(forget_recording, folder, file.id)
        elif current.done is not None:
            await self._make_memo(file.id, current.chat_id, file.sound, current.done)

    async def _write_all(self, current: _Recording, file: OpenRecording) -> None:
        while not current.is_over or current.heard:
            current.more.clear()
            data, current.heard = b"".join(current.heard), []
            if data and not current.is_dropped:
                try:
                    await asyncio.to_thread(file.append, data)
                except LocalFaultError as fault:
                    # The disk is full: what was said until now is there, and can be sent.
                    current.heard = []
                    current.failed(LocalFaultError(f"{fault.message} What was recorded until then is kept."))
            if not current.is_over and not current.heard:
                await current.more.wait()

    async def _make_memo(
        self, recording_id: RecordingId, chat_id: ChatId, sound: Path, done: MemoDone
    ) -> None:
        try:
            target = await asyncio.to_thread(room_for_memo, sound)
            changed = await asyncio.to_thread(self._encoder.encode, sound, target)
        except LocalFaultError as fault:
            words = "What was recorded is kept, and offered in its chat after the next start."
            done(LocalFaultError(f"{fault.message} {words}"))
            return
        finally:
            await asyncio.to_thread(self._encoder.rest)
        done(RecordedMemo(recording_id, chat_id, target, changed.duration_ms or 0, changed.size_bytes))

    async def _note_taken(self, recording_id: RecordingId, key: FileKey, done: Callable[[], None]) -> None:
        try:
            await asyncio.to_thread(note_taken, self._kept_in(), recording_id, key)
        except LocalFaultError as fault:
            # After a crash the memo may come twice, which is better than not at all.
            _log.warning("a voice memo was not noted as taken: %s", fault.message)
        done()

    async def _adopt(self, local_id: ChatId, chat_id: ChatId) -> None:
        try:
            await asyncio.to_thread(adopt_recordings, self._kept_in(), self._account, local_id, chat_id)
        except LocalFaultError as fault:
            _log.warning("recordings were not noted under their chat's new id: %s", fault.message)

    async def _recover(self, leftover: Leftover) -> None:
        try:
            await self._make_memo(leftover.id, leftover.chat_id, leftover.sound, self._on_recovered)
        finally:
            self._recovering_count -= 1

    def _on_recovered(self, outcome: RecordedMemo | LocalFaultError) -> None:
        if isinstance(outcome, LocalFaultError):
            return
        if self._found is None:
            self._waiting.append(outcome)
        else:
            self._found(outcome)

    def _give_up(self, current: _Recording, fault: LocalFaultError) -> None:
        # Who hears of this may end the recording, which must find it here.
        current.failed(fault)
        if self._current is current:
            self._current = None
        if current.done is not None:
            current.done(fault)
