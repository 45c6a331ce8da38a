"""Copies customers' files out of the cache: never over another file, and marked as from the internet."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.file_kinds import HEAD_BYTES, openable_kind
from linqdesk.local.file_names import numbered, safe_name, with_extension
from linqdesk.local.paths import OWNER_ONLY_FILE, make_folder

_MAX_SAME_NAMES = 1_000
# The zone of the internet, as Windows numbers it.
_ZONE_MARK = "[ZoneTransfer]\r\nZoneId=3\r\n"
_QUARANTINE = ("/usr/bin/xattr", "-w", "com.apple.quarantine", "0081;00000000;LinqDesk;")


def save_copy(source: Path, folder: Path, name: str, address: str | None) -> Path:
    """Copy a file into a folder under a safe form of a name, numbered where that is taken.

    Args:
        source: a file of the media cache.
        folder: where the person wants it.
        name: what the customer called it, or the person.
        address: where it came from; only its host is noted.

    Returns:
        The copy, which only its owner may read and which the system knows to be from the internet.

    Raises:
        LocalFaultError: it cannot be written, or the source is gone.
    """
    try:
        target = _copied(source, folder, safe_name(name))
    except OSError as failure:
        raise LocalFaultError(f"The file could not be saved: {failure.strerror}.") from failure
    mark_as_foreign(target, address)
    return target


def copy_to_open(source: Path, folder: Path, name: str, mime_type: str) -> Path:
    """Copy a file to where another program may open it, with the extension of what it really is.

    Raises:
        LocalFaultError: it is of no kind that is opened, or cannot be copied.
    """
    try:
        with source.open("rb") as file:
            kind = openable_kind(file.read(HEAD_BYTES), mime_type)
    except OSError as failure:
        raise LocalFaultError(f"The file could not be read: {failure.strerror}.") from failure
    if kind is None:
        raise LocalFaultError("Files of this kind are not opened from here. Save it to look at it.")
    make_folder(folder)
    return save_copy(source, folder, with_extension(name, kind.extension), None)


def mark_as_foreign(path: Path, address: str | None, platform: str = sys.platform) -> None:
    """Tell the system that a file came from the internet; does nothing where it cannot be told."""
    try:
        if platform == "win32":
            Path(f"{path}:Zone.Identifier").write_text(_ZONE_MARK, "ascii", newline="")
        elif platform == "darwin":
            # Python knows no extended attributes there; the system's own tool does.
            subprocess.run([*_QUARANTINE, str(path)], check=False, capture_output=True, timeout=5)
        elif hasattr(os, "setxattr"):
            os.setxattr(path, "user.xdg.origin.url", _origin(address).encode())
    except (OSError, subprocess.SubprocessError):
        # A file system without such marks; the copy itself is whole.
        return


def _copied(source: Path, folder: Path, name: str) -> Path:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with source.open("rb") as original:
        for candidate in _names(name):
            target = folder / candidate
            try:
                handle = os.open(target, flags, OWNER_ONLY_FILE)
            except FileExistsError:
                continue
            try:
                with os.fdopen(handle, "wb") as copy:
                    shutil.copyfileobj(original, copy)
            except OSError:
                target.unlink(missing_ok=True)
                raise
            return target
    raise LocalFaultError("There are too many files of this name already.")


def _names(name: str) -> Iterator[str]:
    yield name
    for number in range(2, _MAX_SAME_NAMES):
        yield numbered(name, number)


def _origin(address: str | None) -> str:
    """Return the host alone: the rest of an address may be a signature that lets anybody in."""
    try:
        host = urlsplit(address or "").hostname
    except ValueError:
        host = None
    return f"https://{host or 'linqapp.com'}/"
