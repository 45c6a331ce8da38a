"""Copies of the files that the agent sends: ours from the moment that they count as taken.

A copy, never a hard link: a program that saves the original in place would change ours with it.
"""

import errno
import hashlib
import io
import os
import re
import secrets
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

from linqdesk.domain import rules
from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import FileKey
from linqdesk.domain.outgoing_files import FileSource, LateFile, OutgoingFile, PastedFile
from linqdesk.domain.rules.files import MAX_UPLOAD_BYTES
from linqdesk.local.paths import OWNER_ONLY_FILE, make_folder
from linqdesk.local.sendable_kinds import HEAD_BYTES, named, sendable_kind
from linqdesk.local.wholeness import CUT_OFF, is_cut_off

_CHUNK_BYTES = 1024 * 1024
_PART = ".part-"
_KEY_BYTES = 16
_KEY = re.compile(r"[0-9a-f]{32}\.[0-9a-z]+")
_FOLDER = "Folders cannot be sent; choose the files in it."


@dataclass(frozen=True, slots=True)
class CopiedFile:
    """A file as it was copied; where `is_convertible` Linq takes only what can be made of it."""

    file: OutgoingFile
    is_convertible: bool = False


class OutgoingFiles:
    """The outbox's folder. Every call blocks on the disk and may come from any thread."""

    def __init__(self, folder: Path | None = None) -> None:
        """Keep copies in a folder, or in one of this run alone where it is None; made when it is needed."""
        self._folder = folder
        self._is_of_this_run = folder is None

    def take(self, source: FileSource) -> CopiedFile:
        """Check and copy a file; symbolic links are followed, for what the agent sees is what they lead to.

        Raises:
            LocalFaultError: it cannot be sent or copied; the message says why, nothing is left behind.
        """
        if isinstance(source, LateFile):
            source = PastedFile(source.name, source.encode())
        if isinstance(source, PastedFile):
            return self._take(io.BytesIO(source.data), len(source.data), source.name)
        try:
            return self._take_path(source)
        except OSError as failure:
            raise LocalFaultError(_words(failure)) from failure

    def room(self, extension: str) -> Path:
        """Return where a file may be made for `adopt`; what stays there goes with the next `sweep`."""
        return self._made_folder() / f"{_PART}{secrets.token_hex(_KEY_BYTES)}{extension}"

    def adopt(self, made: Path, name: str) -> OutgoingFile:
        """Take in what was made in `room`, and clear that.

        Raises:
            LocalFaultError: it cannot be sent or kept; the message says why.
        """
        try:
            with made.open("rb") as file:
                return self._take(file, made.stat().st_size, name).file
        except OSError as failure:
            raise LocalFaultError(_words(failure)) from failure
        finally:
            _drop(made)

    def path_of(self, key: FileKey) -> Path:
        """Return where a copy lies, whether it is still there or not.

        Raises:
            LocalFaultError: this is no key.
        """
        if not key or PurePath(key).name != key or key.startswith("."):
            raise LocalFaultError("There is no such file.")
        return self._made_folder() / key

    def open(self, key: FileKey) -> BinaryIO:
        """Return a copy's bytes, to be closed by whoever asks.

        Raises:
            LocalFaultError: it is gone or cannot be read.
        """
        try:
            return self.path_of(key).open("rb")
        except OSError as failure:
            raise LocalFaultError(_words(failure)) from failure

    def remove(self, keys: Iterable[FileKey]) -> None:
        """Delete copies; those that are gone already, or cannot be deleted now, are left to `sweep`."""
        for key in keys:
            _drop(self.path_of(key))

    def sweep(self, is_wanted: Callable[[str], bool]) -> None:
        """Delete the copies whose key nobody wants any more, and what a crash left half done.

        What has another kind of name is not ours to delete.
        """
        if self._folder is None or not self._folder.is_dir():
            return
        for path in self._folder.iterdir():
            is_unwanted = _KEY.fullmatch(path.name) is not None and not is_wanted(path.name)
            if path.name.startswith(_PART) or is_unwanted:
                _drop(path)

    def close(self) -> None:
        """Delete the folder where it was of this run alone."""
        if self._is_of_this_run and self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _take_path(self, path: Path) -> CopiedFile:
        # A FIFO would hold up whoever opens it until somebody writes.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            os.close(handle)
            is_folder = stat.S_ISDIR(status.st_mode)
            raise LocalFaultError(_FOLDER if is_folder else "This is a device or a pipe, not a file.")
        with os.fdopen(handle, "rb") as original:
            if self._folder is not None and self._folder.parent in path.resolve().parents:
                raise LocalFaultError("This file is LinqDesk's own.")
            copied = self._take(original, status.st_size, path.name)
            later = os.fstat(handle)
        if (later.st_size, later.st_mtime_ns) != (status.st_size, status.st_mtime_ns):
            self.remove([copied.file.key])
            raise LocalFaultError("The file changed while it was copied; add it again.")
        return copied

    def _take(self, original: BinaryIO, size_bytes: int, name: str) -> CopiedFile:
        if size_bytes < 1:
            raise LocalFaultError("The file is empty.")
        if size_bytes > MAX_UPLOAD_BYTES:
            words = rules.check_attachment("file", "text/plain", size_bytes)
            raise LocalFaultError(words[0].words)
        kind = sendable_kind(original.read(HEAD_BYTES), name)
        if isinstance(kind, str):
            raise LocalFaultError(kind)
        if is_cut_off(original, size_bytes, kind.media_type):
            raise LocalFaultError(CUT_OFF)
        original.seek(0)
        key = FileKey(secrets.token_hex(_KEY_BYTES) + kind.extension)
        sha256 = self._copy(original, key, size_bytes)
        file = OutgoingFile(key, named(name, kind), kind.media_type, size_bytes, sha256)
        return CopiedFile(file, kind.is_convertible)

    def _copy(self, original: BinaryIO, key: FileKey, size_bytes: int) -> str:
        """Copy all or nothing; returns the hash of the bytes."""
        part = self._made_folder() / f"{_PART}{key}"
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY_FILE)
        try:
            with os.fdopen(handle, "wb") as copy:
                sha256 = _pour(original, copy, size_bytes)
                copy.flush()
                os.fsync(copy.fileno())
            part.replace(self._made_folder() / key)
        except (OSError, LocalFaultError):
            part.unlink(missing_ok=True)
            raise
        return sha256

    def _made_folder(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="linqdesk-outgoing-"))
        elif not self._is_of_this_run:
            make_folder(self._folder)
        return self._folder


def _pour(original: BinaryIO, copy: BinaryIO, size_bytes: int) -> str:
    digest, copied_bytes = hashlib.sha256(), 0
    while chunk := original.read(_CHUNK_BYTES):
        copied_bytes += len(chunk)
        if copied_bytes > size_bytes:
            break
        digest.update(chunk)
        copy.write(chunk)
    if copied_bytes != size_bytes:
        raise LocalFaultError("The file changed while it was copied; add it again.")
    return digest.hexdigest()


def _drop(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        # The next start tries again.
        return


def _words(failure: OSError) -> str:
    match failure.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return "The file is not there any more."
        case errno.EACCES | errno.EPERM:
            return "The file may not be read; its owner has to allow it."
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return "The disk is full, so the file cannot be kept safe. Make room and add it again."
        case errno.ELOOP:
            return "The link leads round in circles."
        case errno.ENXIO | errno.EISDIR | errno.ENODEV:
            return "This is no file that can be read."
        case _:
            return f"The file cannot be read: {failure.strerror}."
