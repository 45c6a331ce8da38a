"""Files of ours that are to be sent, as the window asks for them."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from pathlib import Path
from typing import Any

from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import FileKey
from linqdesk.domain.outgoing_files import FileChange, FileSource, OutgoingFile
from linqdesk.local.outgoing_files import OutgoingFiles
from linqdesk.services.file_intake import FileChanges, FileIntake, FileTold
from linqdesk.services.task_scope import TaskScope


class FileVerbs:
    """Takes files in, changes and drops them."""

    def __init__(self, files: OutgoingFiles, changes: FileChanges, scope: TaskScope) -> None:
        """Copies lie in `files`; `changes` makes files of other files."""
        self._files = files
        self._scope = scope
        self._intake = FileIntake(files, changes)

    async def close(self) -> None:
        """Drop what was kept for this run alone."""
        await asyncio.to_thread(self._files.close)

    def take_in(self, sources: Sequence[FileSource], told: FileTold) -> None:
        """Check and copy files; `told` hears of each."""
        self._scope.start(self._intake.take(tuple(sources), told), name="take files in")

    def change(
        self,
        file: OutgoingFile,
        change: FileChange,
        done: Callable[[OutgoingFile | LinqDeskError], None],
    ) -> None:
        """Make another file of a file; `done` hears of the outcome."""
        self._scope.start(_made(self._intake.change(file, change), done), name="change a file")

    def discard(self, files: Iterable[OutgoingFile]) -> None:
        """Drop copies that are part of no draft any more."""
        keys = [file.key for file in files]
        self._scope.start(self._intake.discard(keys), name="drop files")

    def path_of(self, key: FileKey) -> Path:
        """Return where a copy lies."""
        return self._files.path_of(key)


async def _made(
    work: Coroutine[Any, Any, OutgoingFile], done: Callable[[OutgoingFile | LinqDeskError], None]
) -> None:
    try:
        made = await work
    except LinqDeskError as fault:
        done(fault)
    else:
        done(made)
