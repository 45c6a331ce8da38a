"""The verbs for files that are to be sent; every call returns at once."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import FileKey
from linqdesk.domain.outgoing_files import FileChange, FileSource, OutgoingFile
from linqdesk.services.file_intake import FileTold


class FileCommands(Protocol):
    """What the window asks about files of ours."""

    def take_in(self, sources: Sequence[FileSource], told: FileTold) -> None:
        """Check and copy files.

        `told` is called on the UI thread once for each, as it is done: with Taken once its copy is safe,
        with Refused where it cannot be sent. A file that is taken stays until `discard`, or until the
        message or the draft that it is part of is gone.
        """

    def change(
        self,
        file: OutgoingFile,
        change: FileChange,
        done: Callable[[OutgoingFile | LinqDeskError], None],
    ) -> None:
        """Make another file of a file; `done` is called on the UI thread with it or with what is wrong.

        The file before stays: discard the one that is not wanted.
        """

    def discard(self, files: Iterable[OutgoingFile]) -> None:
        """Drop copies that are part of no draft any more."""

    def path_of(self, key: FileKey) -> Path:
        """Return where a copy lies, to be looked at or listened to."""
