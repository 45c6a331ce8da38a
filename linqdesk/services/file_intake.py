"""Takes in files that the agent gives: each is checked and copied before it counts as taken."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import FileKey
from linqdesk.domain.outgoing_files import (
    FileChange,
    FileSource,
    OutgoingFile,
    Refused,
    Taken,
)
from linqdesk.domain.rules.content import MAX_PARTS
from linqdesk.local.outgoing_files import CopiedFile, OutgoingFiles

# A drive that does not answer must not hold up the others, and the disk is one.
_AT_ONCE = 3

FileTold = Callable[[Taken | Refused], None]


class FileChanges(Protocol):
    """Makes files of other files; every coroutine raises LocalFaultError where it cannot."""

    async def prepare(self, file: OutgoingFile) -> tuple[OutgoingFile, tuple[FileChange, ...]]:
        """Return what goes instead of a file that was just taken, and what the agent may ask for."""

    async def change(self, file: OutgoingFile, change: FileChange) -> OutgoingFile:
        """Return what a change makes of a file; the one before stays until nobody refers to it."""


class FileIntake:
    """Copies files into the outbox's folder, off the UI thread."""

    def __init__(self, files: OutgoingFiles, changes: FileChanges) -> None:
        """Copies go to `files`; `changes` has a look at each."""
        self._files = files
        self._changes = changes

    async def take(self, sources: Sequence[FileSource], told: FileTold) -> None:
        """Take files in; `told` hears of each as it is done, in whatever order that is."""
        turns = asyncio.Semaphore(_AT_ONCE)

        async def take_one(index: int, source: FileSource) -> None:
            async with turns:
                told(await self._take(index, source))

        await asyncio.gather(*(take_one(*each) for each in enumerate(sources)))

    async def change(self, file: OutgoingFile, change: FileChange) -> OutgoingFile:
        """Return what a change makes of a file.

        Raises:
            LocalFaultError: it cannot be made.
        """
        return await self._changes.change(file, change)

    async def discard(self, keys: Sequence[FileKey]) -> None:
        """Delete copies that nobody refers to any more."""
        await asyncio.to_thread(self._files.remove, keys)

    async def _take(self, index: int, source: FileSource) -> Taken | Refused:
        name = source.name
        if index >= MAX_PARTS:
            return Refused(index, name, f"A message takes {MAX_PARTS} files at most.")
        try:
            copied = await asyncio.to_thread(self._files.take, source)
            return await self._prepared(index, copied)
        except LocalFaultError as fault:
            return Refused(index, name, fault.message)

    async def _prepared(self, index: int, copied: CopiedFile) -> Taken | Refused:
        if copied.is_convertible:
            words = "Linq does not carry this format."
            return Refused(index, copied.file.name, words, (FileChange.CONVERT,), copied.file)
        file, offers = await self._changes.prepare(copied.file)
        return Taken(index, file, offers)
