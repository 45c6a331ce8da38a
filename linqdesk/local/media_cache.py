"""Customers' files on this computer's disk: kept by attachment id, bounded, for their owner's eyes only."""

import hashlib
import os
import shutil
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import AttachmentId
from linqdesk.local.paths import make_folder

MAX_BYTES = 500 * 1024 * 1024
# What the agent writes needs room too: of a disk that is almost full the cache takes nothing more.
SPARED_BYTES = 32 * 1024 * 1024
_DRAFT_PREFIX = ".draft-"


@dataclass(slots=True)
class _Kept:
    """A file of the cache and what it holds."""

    path: Path
    size_bytes: int
    content_hash: str
    used_at: float


class MediaDraft:
    """A file that is still arriving; every call blocks on the disk."""

    def __init__(self, folder: Path, name: str) -> None:
        """Open an empty draft that only its owner may read.

        Raises:
            LocalFaultError: there is no room for it.
        """
        self.name = name
        self.size_bytes = 0
        import tempfile

        self._hash = hashlib.sha256()
        try:
            handle, path = tempfile.mkstemp(dir=folder, prefix=_DRAFT_PREFIX)
        except OSError as failure:
            raise _fault(failure) from failure
        self.path = Path(path)
        self._file: IO[bytes] = os.fdopen(handle, "wb")

    def write(self, chunk: bytes) -> None:
        """Append what has arrived.

        Raises:
            LocalFaultError: there is no room for it.
        """
        try:
            self._file.write(chunk)
        except OSError as failure:
            raise _fault(failure) from failure
        self._hash.update(chunk)
        self.size_bytes += len(chunk)

    def finish(self) -> str:
        """Close the draft and return the hash of what it holds.

        Raises:
            LocalFaultError: the last of it found no room.
        """
        try:
            self._file.close()
        except OSError as failure:
            raise _fault(failure) from failure
        return self._hash.hexdigest()

    def discard(self) -> None:
        """Give up; harmless after the draft became a file of the cache."""
        try:
            self._file.close()
        except OSError:
            # What could not be written is about to be deleted.
            pass
        finally:
            self.path.unlink(missing_ok=True)


@dataclass(slots=True)
class MediaCache:
    """The files of accounts. Every call may block on the disk and may come from any thread.

    The name of a file is a hash of `account`, which is where Linq is, and of its attachment's id, then the
    hash of its content: nothing that a customer chose. The ids of one Linq mean nothing to another. What
    was used longest ago goes first when the files exceed `max_bytes`, or when less than `spared_bytes` of the
    disk are free.
    """

    folder: Path
    max_bytes: int = MAX_BYTES
    spared_bytes: int = SPARED_BYTES
    account: str = ""
    _kept: dict[str, _Kept] | None = None
    # Content hashes outlive their files: what is fetched anew must be what it was.
    _seen: dict[str, str] = field(default_factory=dict)
    _used: float = 0.0
    _turn: threading.RLock = field(default_factory=threading.RLock)

    def find(self, attachment_id: AttachmentId) -> Path | None:
        """Return the file of an attachment, None where it is not kept."""
        name = self._name(attachment_id)
        with self._turn:
            kept = self._index().get(name)
            if kept is None:
                return None
            if not kept.path.exists():
                del self._index()[name]
                return None
            self._used = kept.used_at = max(self._used + 1e-3, kept.used_at)
            try:
                os.utime(kept.path)
            except OSError:
                # Only its age would have been noted.
                return kept.path
            return kept.path

    def begin(self, attachment_id: AttachmentId) -> MediaDraft:
        """Return an empty draft for an attachment's bytes.

        Raises:
            LocalFaultError: there is no room for it.
        """
        make_folder(self.folder)
        with self._turn:
            # The sweep of the first look must not take this draft along.
            self._index()
            self._spare_room()
        return MediaDraft(self.folder, self._name(attachment_id))

    def save(self, draft: MediaDraft) -> Path:
        """Turn a whole draft into a file of the cache, at once or not at all.

        Raises:
            LocalFaultError: it cannot be kept, or it is not the file that it was before.
        """
        content_hash = draft.finish()
        with self._turn:
            index = self._index()
            if self._seen.setdefault(draft.name, content_hash) != content_hash:
                draft.discard()
                raise LocalFaultError("This file is not the one that was received before.")
            path = self.folder / f"{draft.name}-{content_hash}"
            try:
                draft.path.replace(path)
            except OSError as failure:
                draft.discard()
                raise _fault(failure) from failure
            self._used += 1e-3
            index[draft.name] = _Kept(path, draft.size_bytes, content_hash, self._used)
            self._make_room(draft.name)
        return path

    def adopt(self, attachment_id: AttachmentId, source: Path, content_hash: str) -> None:
        """Take a file of ours that became an attachment, so that nobody need fetch it; `source` may go then.

        Both are on one disk or nothing happens: what is not here is fetched like any other file.
        """
        name = self._name(attachment_id)
        path = self.folder / f"{name}-{content_hash}"
        with self._turn:
            try:
                make_folder(self.folder)
                os.link(source, path)
                size_bytes = path.stat().st_size
            except (OSError, LocalFaultError):
                return
            self._used += 1e-3
            self._index()[name] = _Kept(path, size_bytes, content_hash, self._used)
            self._make_room(name)

    @property
    def opened_folder(self) -> Path:
        """Where copies lie that other programs were given to open; they go with the rest."""
        return self.folder / "opened"

    def wipe(self) -> None:
        """Delete everything."""
        with self._turn:
            self._kept = None
            self._seen.clear()
            self._drop_opened()
            for path in _files(self.folder):
                path.unlink(missing_ok=True)

    def _name(self, attachment_id: AttachmentId) -> str:
        whole = f"{self.account}\n{attachment_id}".encode("utf-8", "surrogatepass")
        return hashlib.sha256(whole).hexdigest()[:32]

    def _index(self) -> dict[str, _Kept]:
        """Return what is kept, by name; the folder is read once, and what died halfway is swept out."""
        if self._kept is None:
            self._kept = {}
            self._drop_opened()
            for path in _files(self.folder):
                name, _, content_hash = path.name.partition("-")
                if path.name.startswith(_DRAFT_PREFIX) or not content_hash:
                    path.unlink(missing_ok=True)
                    continue
                status = path.stat()
                self._kept[name] = _Kept(path, status.st_size, content_hash, status.st_mtime)
                self._seen[name] = content_hash
                self._used = max(self._used, status.st_mtime)
        return self._kept

    def _drop_opened(self) -> None:
        shutil.rmtree(self.opened_folder, ignore_errors=True)

    def _spare_room(self) -> None:
        """Delete of the cache what the disk lacks; raises LocalFaultError where that is not enough."""
        index = self._index()
        missing = self.spared_bytes - shutil.disk_usage(self.folder).free
        for name in sorted(index, key=lambda each: index[each].used_at):
            if missing <= 0:
                return
            missing -= index[name].size_bytes
            index.pop(name).path.unlink(missing_ok=True)
        if missing > 0:
            raise LocalFaultError("The disk is almost full, so files from customers are not kept.")

    def _make_room(self, newest: str) -> None:
        index = self._index()
        total = sum(kept.size_bytes for kept in index.values())
        for name in sorted(index, key=lambda each: index[each].used_at):
            if total <= self.max_bytes:
                return
            if name != newest:
                total -= index[name].size_bytes
                index.pop(name).path.unlink(missing_ok=True)


def _files(folder: Path) -> list[Path]:
    try:
        return [each for each in folder.iterdir() if each.is_file()]
    except OSError:
        return []


def _fault(failure: OSError) -> LocalFaultError:
    return LocalFaultError(f"The file cannot be kept on this computer: {failure.strerror}.")
