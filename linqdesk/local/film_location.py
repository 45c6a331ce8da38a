"""Removes the place where a film or a sound was recorded from MP4 and QuickTime files; no picture is touched.

Nothing is decoded: only the headers of boxes are read, a bounded number of them, so that this needs no
process of its own. What tells of the place becomes a `free` box of the same size, and no byte moves. The
positions that action cameras record all along, as a track of their own, are not found.
"""

import re
import shutil
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.making import MadeFile
from linqdesk.local.paths import OWNER_ONLY_FILE

_HEAD = struct.Struct(">I4s")
_LONG = struct.Struct(">Q")
# ISO/IEC 14496-12: a size of 1 says that the true one follows in 64 bits, 0 that the box goes on to the end.
_IS_LONG, _TO_THE_END = 1, 0
_MAX_BOXES, _MAX_DEPTH = 20_000, 8
_NO_FLAGS = bytes(4)
_MAX_KEYS_BYTES, _MAX_XMP_BYTES = 1024 * 1024, 4 * 1024 * 1024
_PIECE_BYTES = 256 * 1024
_CONTAINERS = frozenset({b"moov", b"trak", b"udta", b"meta", b"ilst", b"moof", b"traf"})
# QuickTime's user data and 3GPP's (TS 26.244, 8.10).
_PLACES = frozenset({b"\xa9xyz", b"loci"})
_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_SAYS_PLACE = re.compile(rb"location|gps|latitude|longitude", re.IGNORECASE)
_XMP_PLACE = re.compile(rb"GPS|Location|City|Country|State|Sublocation")


@dataclass(frozen=True, slots=True)
class _Box:
    """One box: where it begins, where its contents do, and where it ends."""

    kind: bytes
    begin: int
    body: int
    end: int


def remove_film_location(source: Path, target: Path) -> MadeFile | None:
    """Write a film or a sound without its place to `target`, which must not exist; blocks.

    Returns:
        What it is now; None, and no target, where no place is in it.

    Raises:
        LocalFaultError: it cannot be read or written.
    """
    try:
        with source.open("rb") as file:
            found = list(_Search(file).places())
            if not found:
                return None
            file.seek(0)
            _write_without(file, found, target)
        return MadeFile("", source.suffix, target.stat().st_size)
    except OSError as failure:
        raise LocalFaultError(f"The file cannot be changed: {failure.strerror}.") from failure


def _write_without(file: BinaryIO, found: list[_Box], target: Path) -> None:
    with target.open("xb") as out:
        try:
            target.chmod(OWNER_ONLY_FILE)
            shutil.copyfileobj(file, out, _PIECE_BYTES)
            for box in found:
                _empty(box, out)
        except OSError:
            target.unlink(missing_ok=True)
            raise


def _empty(box: "_Box", out: BinaryIO) -> None:
    out.seek(box.begin + 4)
    out.write(b"free")
    out.seek(box.body)
    starts = range(box.body, box.end, _PIECE_BYTES)
    out.writelines(bytes(min(_PIECE_BYTES, box.end - start)) for start in starts)


class _Search:
    """Goes through the boxes of one file, so many at most."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._left = _MAX_BOXES

    def places(self) -> Iterator[_Box]:
        """Yield the boxes that tell where it was recorded."""
        end = self._file.seek(0, 2)
        yield from self._places_in(_Box(b"file", 0, 0, end), frozenset(), 0)

    def _places_in(self, parent: _Box, keys: frozenset[int], depth: int) -> Iterator[_Box]:
        """Yield those within a box; `keys` are the numbers of the items of a list that name a place."""
        boxes = list(self._boxes(parent))
        for box in boxes:
            if box.kind == b"keys":
                keys = self._place_keys(box)
        for box in boxes:
            if self._is_place(box, parent, keys):
                yield box
            elif box.kind in _CONTAINERS and depth < _MAX_DEPTH:
                yield from self._places_in(box, keys, depth + 1)

    def _is_place(self, box: _Box, parent: _Box, keys: frozenset[int]) -> bool:
        if box.kind in _PLACES or self._is_xmp_of_place(box):
            return True
        is_item = parent.kind == b"ilst"
        return is_item and (int.from_bytes(box.kind, "big") in keys or self._names_place(box))

    def _boxes(self, parent: _Box) -> Iterator[_Box]:
        at = parent.body
        while at + _HEAD.size <= parent.end and self._left > 0:
            self._left -= 1
            box = self._box(at, parent.end)
            if box is None:
                return
            yield box
            at = box.end

    def _box(self, begin: int, limit: int) -> _Box | None:
        """Return the box that begins somewhere, None where none can."""
        size, kind = _HEAD.unpack(self._read(begin, _HEAD.size))
        body = begin + _HEAD.size
        if size == _IS_LONG and body + _LONG.size <= limit:
            (size,) = _LONG.unpack(self._read(body, _LONG.size))
            body += _LONG.size
        end = limit if size == _TO_THE_END else begin + size
        if not body <= end <= limit:
            return None
        if kind == b"meta" and end - body >= len(_NO_FLAGS) and self._read(body, 4) == _NO_FLAGS:
            # ISO's has a version and flags before its boxes, QuickTime's has not.
            body += len(_NO_FLAGS)
        return _Box(kind, begin, body, end)

    def _place_keys(self, box: _Box) -> frozenset[int]:
        """Return which items of the list that follows name a place, counted from 1."""
        data = self._read(box.body, min(box.end - box.body, _MAX_KEYS_BYTES))
        found, at, number = set(), 8, 1
        while at + _HEAD.size <= len(data):
            (size,) = struct.unpack_from(">I", data, at)
            if size < _HEAD.size:
                break
            if _SAYS_PLACE.search(data, at + _HEAD.size, at + size):
                found.add(number)
            at, number = at + size, number + 1
        return frozenset(found)

    def _names_place(self, box: _Box) -> bool:
        """Tell whether an item of a list is one with a name of its own, and that names a place."""
        if box.kind != b"----":
            return False
        names = (each for each in self._boxes(box) if each.kind == b"name")
        return any(
            _SAYS_PLACE.search(self._read(each.body, min(256, each.end - each.body))) for each in names
        )

    def _is_xmp_of_place(self, box: _Box) -> bool:
        is_xmp = box.kind == b"XMP_" or (box.kind == b"uuid" and self._read(box.body, len(_XMP)) == _XMP)
        if not is_xmp:
            return False
        return _XMP_PLACE.search(self._read(box.body, min(box.end - box.body, _MAX_XMP_BYTES))) is not None

    def _read(self, at: int, count: int) -> bytes:
        self._file.seek(at)
        data = self._file.read(count)
        return data + bytes(count - len(data))
