"""The canned replies as they are now: read from their file, written back, and told of."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from linqdesk.domain.canned import CannedReply, with_changes
from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.canned_file import keep_file, load_canned, path_of, save_canned
from linqdesk.services.task_scope import TaskScope

Replies = tuple[CannedReply, ...]
Done = Callable[[LocalFaultError | None], None]


class CannedShelf:
    """Holds the replies of one file at a time; the disk is touched in threads only.

    `fault` says why the newest reading failed, None where it did not. Colleagues may change a shared file
    at any time, so whoever is about to show the replies calls `look_again`.
    """

    def __init__(self, file: Path, tasks: TaskScope) -> None:
        """Start empty; `look_again` reads."""
        self._file = file
        self._tasks = tasks
        self._is_reading = False
        self.replies: tuple[CannedReply, ...] = ()
        self.fault: LocalFaultError | None = None
        self._told: Callable[[], None] = _tell_nobody

    def tell(self, changed: Callable[[], None]) -> None:
        """Call this, and nothing else, after other replies were read or written."""
        self._told = changed

    def turn_to(self, file: Path) -> None:
        """Hold the replies of another file."""
        if file != self._file:
            self._file = file
            self.replies = ()
            self.look_again()

    def look_again(self) -> None:
        """Read the file anew, unless that is under way."""
        if not self._is_reading:
            self._is_reading = True
            self._tasks.start(self._read(), name="read canned replies")

    def keep(self, replies: tuple[CannedReply, ...], done: Done) -> None:
        """Write other replies; `done` hears None, or why they could not be written.

        A file that could not be read is never written over. What colleagues have changed in it since it was
        read stays, unless it is the same reply.
        """
        if self.fault is not None:
            done(LocalFaultError(f"Not saved. {self.fault.message}"))
            return
        was, self.replies = self.replies, replies
        self._told()
        self._tasks.start(self._write(was, replies, done), name="write canned replies")

    def add(self, reply: CannedReply, files: Sequence[tuple[Path, str]], done: Done) -> None:
        """Keep one more reply with copies of files, each under a name; `done` as for `keep`."""
        if files:
            self._tasks.start(self._add(reply, tuple(files), done), name="keep a canned reply")
        else:
            self.keep((*self.replies, reply), done)

    def path_of(self, kept: str) -> Path:
        """Return where a file lies that goes with a reply."""
        return path_of(self._file, kept)

    async def _add(self, reply: CannedReply, files: Sequence[tuple[Path, str]], done: Done) -> None:
        try:
            kept = [await asyncio.to_thread(keep_file, self._file, path, name) for path, name in files]
        except LocalFaultError as fault:
            done(fault)
        else:
            self.keep((*self.replies, replace(reply, files=tuple(kept))), done)

    async def _read(self) -> None:
        was = (self.replies, self.fault)
        file = self._file
        try:
            self.replies, self.fault = await asyncio.to_thread(load_canned, file), None
        except LocalFaultError as fault:
            self.fault = fault
        finally:
            self._is_reading = False
        if file != self._file:
            self.look_again()
        elif (self.replies, self.fault) != was:
            self._told()

    async def _write(self, was: Replies, replies: Replies, done: Done) -> None:
        try:
            kept = await asyncio.to_thread(_save_beside_others, self._file, was, replies)
        except LocalFaultError as fault:
            done(fault)
        else:
            # Where there is a later change already, that is what holds.
            if self.replies is replies and kept != replies:
                self.replies = kept
                self._told()
            done(None)


def _save_beside_others(file: Path, was: Replies, replies: Replies) -> Replies:
    kept = with_changes(load_canned(file), was, replies)
    save_canned(file, kept)
    return kept


def _tell_nobody() -> None:
    """Nobody has asked yet."""
