"""Reads a picture from this computer that is to become a group's icon."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.file_kinds import HEAD_BYTES, Family, openable_kind

# Linq names no limit for icons; this is the one for files that it fetches (linq-api.md 3.2).
MAX_BYTES = 10 * 1024 * 1024
_TYPES = {".jpg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".heic": "image/heic"}


@dataclass(frozen=True, slots=True)
class IconPicture:
    """A picture as it goes up: its bytes, what they are, and a name that says nothing of this computer."""

    name: str
    mime_type: str
    content: bytes


def read_icon(file: Path) -> IconPicture:
    """Read a JPEG, PNG, GIF or HEIC of 10 MB at most.

    Raises:
        LocalFaultError: it is none, is too large, or cannot be read.
    """
    try:
        # A pipe would keep us waiting for ever without this flag.
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as opened:
            state = os.fstat(opened.fileno())
            if not stat.S_ISREG(state.st_mode):
                raise LocalFaultError("This is no file.")
            if state.st_size > MAX_BYTES:
                raise LocalFaultError("This picture is too large for an icon: 10 MB at most.")
            content = opened.read(MAX_BYTES)
    except OSError as failure:
        raise LocalFaultError(f"The picture could not be read: {failure.strerror}.") from failure
    kind = openable_kind(content[:HEAD_BYTES], "image/")
    mime_type = _TYPES.get(kind.extension) if kind is not None and kind.family is Family.PICTURE else None
    if kind is None or mime_type is None:
        raise LocalFaultError("This file is no JPEG, PNG, GIF or HEIC picture.")
    return IconPicture(f"icon{kind.extension}", mime_type, content)
