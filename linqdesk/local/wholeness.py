"""Tells whether a recording is all there, by the sizes that its containers state."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

CUT_OFF = "The recording is cut off: its end is missing."

_MAX_BOXES = 1_000
_BOX_HEAD_BYTES, _CHUNK_HEAD_BYTES = 8, 12
# What writes into a pipe does not know the size beforehand, and states one of these.
_UNKNOWN_SIZES = frozenset({0, 0xFFFFFFFF})
_CAF_UNKNOWN = 2**64 - 1


def is_cut_off(file: BinaryIO, size_bytes: int, media_type: str) -> bool:
    """Tell whether the end of a recording is missing; the file is left standing anywhere.

    Raw MP3, AAC and AMR state no size: what there is of them plays.
    """
    look = _LOOKS.get(media_type)
    return look is not None and look(file, size_bytes)


def _is_form_cut(file: BinaryIO, size_bytes: int) -> bool:
    """Look at a RIFF or FORM file, whose head states the size of the rest."""
    file.seek(0)
    head = file.read(8)
    stated = int.from_bytes(head[4:8], "little" if head.startswith(b"RIFF") else "big")
    return stated not in _UNKNOWN_SIZES and stated + 8 > size_bytes + 1


def _is_film_cut(file: BinaryIO, size_bytes: int) -> bool:
    """Look at an MP4 or QuickTime file: every box must be whole, and one must say what is in the others."""
    has_index = False
    for kind, end in _boxes(file, size_bytes):
        if end > size_bytes:
            return True
        has_index |= kind == b"moov"
    return not has_index


def _boxes(file: BinaryIO, size_bytes: int) -> Iterator[tuple[bytes, int]]:
    """Iterate over the outermost boxes: what each is, and where it ends by what it says."""
    at = 0
    for _ in range(_MAX_BOXES):
        file.seek(at)
        head = file.read(16)
        if len(head) < _BOX_HEAD_BYTES:
            return
        size = int.from_bytes(head[:4], "big")
        if size == 1:
            size = int.from_bytes(head[8:16], "big")
        end = at + size if size else size_bytes
        yield head[4:8], end
        if end <= at or end >= size_bytes:
            return
        at = end


def _is_caf_cut(file: BinaryIO, size_bytes: int) -> bool:
    """Look at a Core Audio file: every chunk must be whole."""
    at = 8
    for _ in range(_MAX_BOXES):
        file.seek(at)
        head = file.read(_CHUNK_HEAD_BYTES)
        if len(head) < _CHUNK_HEAD_BYTES:
            return len(head) > 0 or at > size_bytes
        stated = int.from_bytes(head[4:12], "big")
        if stated == _CAF_UNKNOWN:
            return False
        at += _CHUNK_HEAD_BYTES + stated
        if at > size_bytes:
            return True
    return False


_FILMS = ("video/mp4", "video/x-m4v", "video/quicktime", "video/3gpp", "audio/x-m4a")
_LOOKS: dict[str, Callable[[BinaryIO, int], bool]] = {
    **dict.fromkeys(_FILMS, _is_film_cut),
    "audio/x-wav": _is_form_cut,
    "audio/x-aiff": _is_form_cut,
    "audio/x-caf": _is_caf_cut,
}
