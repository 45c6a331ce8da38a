"""The TOML file of canned replies, which a team can share and edit by hand."""

import filecmp
import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from linqdesk.domain.canned import CannedReply
from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.canned_text import replies_in, rewritten
from linqdesk.local.file_names import numbered, safe_name
from linqdesk.local.paths import make_folder

LARGEST_BYTES = 1_000_000
_MOST_TRIES = 5
_FILES, _MOST_OF_A_NAME = "canned files", 1_000


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that goes with a reply: its path beside the replies, and its size, None where it is missing."""

    path: str
    size_bytes: int | None

    @property
    def name(self) -> str:
        """What it is called."""
        return PurePosixPath(self.path).name


def load_canned(file: Path) -> tuple[CannedReply, ...]:
    """Read the replies; none where there is no file. What is no reply is left out.

    Raises:
        LocalFaultError: the file is too large, cannot be read or is no TOML; it is left as it is.
    """
    return _replies_in(file, _read(file))


def change_canned(
    file: Path, change: Callable[[tuple[CannedReply, ...]], tuple[CannedReply, ...]]
) -> tuple[CannedReply, ...]:
    """Read the replies, change them and put them in place of the old at once; returns what is kept.

    Comments, order and what is no reply stay. Where somebody else writes the file meanwhile, `change` is
    asked again with what they wrote.

    Raises:
        LocalFaultError: it cannot be read or written, or would be too large; it is left as it is.
    """
    for _ in range(_MOST_TRIES):
        there = _read(file)
        replies = change(_replies_in(file, there))
        try:
            text = rewritten(there.decode("utf-8"), replies)
            is_done = text.encode("utf-8") == there or _replace(file, there, text.encode("utf-8"))
        except OSError as failure:
            raise LocalFaultError(f"The canned replies could not be saved: {failure.strerror}.") from failure
        except ValueError as failure:
            raise LocalFaultError(f"{file.name} was not changed: {failure}.") from failure
        if is_done:
            return replies
    raise LocalFaultError(f"{file.name} was not changed: somebody else keeps changing it. Try again.")


def keep_file(file: Path, source: Path, name: str) -> str:
    """Copy what goes with a reply beside the file of replies; returns its path as seen from there.

    The same bytes under the same name are kept once; nothing is written over.

    Raises:
        LocalFaultError: it cannot be copied.
    """
    folder = file.parent / _FILES
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, _MOST_OF_A_NAME):
            wanted = safe_name(name)
            target = folder / (wanted if number == 1 else numbered(wanted, number))
            try:
                with source.open("rb") as original, target.open("xb") as copy:
                    shutil.copyfileobj(original, copy)
            except FileExistsError:
                if not filecmp.cmp(source, target, shallow=False):
                    continue
            return f"{_FILES}/{target.name}"
    except OSError as failure:
        raise LocalFaultError(f"{name} could not be kept with the reply: {failure.strerror}.") from failure
    raise LocalFaultError(f"There are too many files called {name} beside the replies.")


def look_at(file: Path, kept: tuple[str, ...]) -> tuple[KeptFile, ...]:
    """Return what goes with a reply of this file of replies, as it is on the disk."""
    return tuple(KeptFile(each, _size_of(path_of(file, each))) for each in kept)


def path_of(file: Path, kept: str) -> Path:
    """Return where a file lies that goes with a reply of this file of replies."""
    return file.parent / kept


def _size_of(path: Path) -> int | None:
    try:
        return path.stat().st_size if path.is_file() else None
    except OSError:
        return None


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST_BYTES:
            raise LocalFaultError(f"{file.name} is too large for canned replies: at most 1 MB.")
        return file.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as failure:
        raise LocalFaultError(f"The canned replies could not be read: {failure.strerror}.") from failure


def _replies_in(file: Path, content: bytes) -> tuple[CannedReply, ...]:
    try:
        return replies_in(content.decode("utf-8"))
    except ValueError as failure:
        raise LocalFaultError(f"{file.name} is not valid TOML: {failure}.") from failure


def _replace(file: Path, there: bytes, content: bytes) -> bool:
    """Put other content in place of what was read; False, and nothing is done, where that has changed."""
    if len(content) > LARGEST_BYTES:
        raise ValueError("it would be larger than 1 MB")
    # A link to a team's file stays a link.
    target = file.resolve()
    if not target.parent.exists():
        make_folder(target.parent)
    draft = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    try:
        with draft.open("xb") as written:
            written.write(content)
            written.flush()
            os.fsync(written.fileno())
        if target.exists():
            # Colleagues may go on reading what they could read.
            shutil.copymode(target, draft)
        if _read(file) != there:
            return False
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return True
