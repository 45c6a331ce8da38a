"""The canned replies as they are now: read from their file, written back, and told of."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from linqdesk.domain.canned import CannedReply, Merged, merged
from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.canned_file import KeptFile, change_canned, keep_file, load_canned, look_at, path_of
from linqdesk.services.task_scope import TaskScope

Replies = tuple[CannedReply, ...]
Done = Callable[[LocalFaultError | None], None]
Copied = Callable[[tuple[str, ...], LocalFaultError | None], None]
Looked = Callable[[tuple[KeptFile, ...]], None]


class CannedShelf:
    """Holds the replies of one file at a time; the disk is touched in threads only.

    `fault` says why the newest reading failed, None where it did not; `notice` what became of replies that a
    colleague changed at the same time, empty where there were none. Colleagues may change a shared file at
    any time, so whoever is about to show the replies calls `look_again`.
    """

    def __init__(self, file: Path, tasks: TaskScope) -> None:
        """Start empty; `look_again` reads."""
        self._file = file
        self._tasks = tasks
        self._is_reading = False
        self._writes = 0
        self._turn = asyncio.Lock()
        self.replies: Replies = ()
        self.fault: LocalFaultError | None = None
        self.notice = ""
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

    def keep(self, replies: Replies, done: Done, *, was: Replies | None = None) -> None:
        """Write other replies; `done` hears None, or why they could not be written.

        A file that could not be read is never written over. What colleagues have changed in it since it
        was as `was` stays; what both changed stays in both versions.

        Args:
            replies: as they are to be.
            done: called once, also where nothing could be started.
            was: what the change began with; what the shelf holds unless it is said.
        """
        if self.fault is not None:
            done(LocalFaultError(f"Not saved. {self.fault.message}"))
            return
        before = self.replies if was is None else was
        self.replies = merged(self.replies, before, replies).replies
        self._writes += 1
        self._told()
        self._tasks.start(self._write(self._file, before, replies, done), name="write canned replies")

    def add(self, reply: CannedReply, files: Sequence[tuple[Path, str]], done: Done) -> None:
        """Keep one more reply with copies of files, each under a name; `done` as for `keep`."""

        def go_on(kept: tuple[str, ...], fault: LocalFaultError | None) -> None:
            if fault is not None:
                done(fault)
            else:
                self.keep((*self.replies, replace(reply, files=kept)), done)

        self.copy(files, go_on)

    def copy(self, files: Sequence[tuple[Path, str]], copied: Copied) -> None:
        """Copy files beside the replies, each under a name; `copied` hears their paths, or why not."""
        if files:
            self._tasks.start(self._copy(tuple(files), copied), name="copy files of a canned reply")
        else:
            copied((), None)

    def look_at(self, files: Sequence[str], looked: Looked) -> None:
        """Find out which files of a reply are there, and how large they are."""
        if files:
            self._tasks.start(self._look_at(tuple(files), looked), name="look at files of a canned reply")
        else:
            looked(())

    def path_of(self, kept: str) -> Path:
        """Return where a file lies that goes with a reply."""
        return path_of(self._file, kept)

    async def _copy(self, files: Sequence[tuple[Path, str]], copied: Copied) -> None:
        try:
            kept = [await asyncio.to_thread(keep_file, self._file, path, name) for path, name in files]
        except LocalFaultError as fault:
            copied((), fault)
        else:
            copied(tuple(kept), None)

    async def _look_at(self, files: tuple[str, ...], looked: Looked) -> None:
        looked(await asyncio.to_thread(look_at, self._file, files))

    async def _read(self) -> None:
        was = (self.replies, self.fault)
        file, found, fault = self._file, self.replies, None
        try:
            async with self._turn:
                found = await asyncio.to_thread(load_canned, file)
        except LocalFaultError as failure:
            fault = failure
        finally:
            self._is_reading = False
        if file != self._file:
            self.look_again()
        elif not self._writes:
            # What waits to be written reads the file itself, and says what it found.
            self.replies, self.fault = found, fault
            if (self.replies, self.fault) != was:
                self._told()

    async def _write(self, file: Path, was: Replies, replies: Replies, done: Done) -> None:
        fault = None
        try:
            async with self._turn:
                kept = await asyncio.to_thread(_merge_into, file, was, replies)
        except LocalFaultError as failure:
            fault = failure
        finally:
            self._writes -= 1
        if fault is not None:
            done(fault)
            self.look_again()
            return
        if file == self._file and not self._writes:
            self._take(kept)
        done(None)

    def _take(self, kept: Merged) -> None:
        self.notice = " ".join(
            f"A colleague changed /{theirs} too: theirs stays, yours is now /{ours}."
            for theirs, ours in kept.doubled
        )
        if kept.replies != self.replies or self.notice:
            self.replies = kept.replies
            self._told()


def _merge_into(file: Path, was: Replies, replies: Replies) -> Merged:
    found: list[Merged] = []

    def change(theirs: Replies) -> Replies:
        found.append(merged(theirs, was, replies))
        return found[-1].replies

    change_canned(file, change)
    return found[-1]


def _tell_nobody() -> None:
    """Nobody has asked yet."""
