"""Walks through the boxes of an MP4 or QuickTime file: their headers, a bounded number of them."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_HEAD = struct.Struct(">I4s")
_LONG = struct.Struct(">Q")
# ISO/IEC 14496-12: a size of 1 says that the true one follows in 64 bits, 0 that the box goes on to the end.
_IS_LONG, _TO_THE_END = 1, 0
_MAX_BOXES = 20_000
_NO_FLAGS = bytes(4)


@dataclass(frozen=True, slots=True)
class Box:
    """One box: where it begins, where its contents do, and where it ends."""

    kind: bytes
    begin: int
    body: int
    end: int


class Boxes:
    """Reads boxes of one file, so many at most; what is no box ends the walk."""

    def __init__(self, file: BinaryIO) -> None:
        """Start at nothing; the file stays whose it is."""
        self._file = file
        self._left = _MAX_BOXES
        self.whole = Box(b"file", 0, 0, file.seek(0, 2))

    def within(self, parent: Box, skipped_bytes: int = 0) -> Iterator[Box]:
        """Yield the boxes in another one, after so many bytes of its own."""
        at = parent.body + skipped_bytes
        while at + _HEAD.size <= parent.end and self._left > 0:
            self._left -= 1
            box = self._box(at, parent.end)
            if box is None:
                return
            yield box
            at = box.end

    def find(self, parent: Box, *path: bytes) -> Box | None:
        """Return the first box at a path of kinds, None where there is none."""
        box: Box | None = parent
        for kind in path:
            box = (
                None if box is None else next((each for each in self.within(box) if each.kind == kind), None)
            )
        return box

    def contents(self, box: Box, most_bytes: int) -> bytes:
        """Return what a box holds, so much at most."""
        return self.read(box.body, min(box.end - box.body, most_bytes))

    def read(self, at: int, count: int) -> bytes:
        """Return bytes of the file, zeros where it has ended."""
        self._file.seek(at)
        data = self._file.read(count)
        return data + bytes(count - len(data))

    def _box(self, begin: int, limit: int) -> Box | None:
        """Return the box that begins somewhere, None where none can."""
        size, kind = _HEAD.unpack(self.read(begin, _HEAD.size))
        body = begin + _HEAD.size
        if size == _IS_LONG and body + _LONG.size <= limit:
            (size,) = _LONG.unpack(self.read(body, _LONG.size))
            body += _LONG.size
        end = limit if size == _TO_THE_END else begin + size
        if not body <= end <= limit:
            return None
        if kind == b"meta" and end - body >= len(_NO_FLAGS) and self.read(body, 4) == _NO_FLAGS:
            # ISO's has a version and flags before its boxes, QuickTime's has not.
            body += len(_NO_FLAGS)
        return Box(kind, begin, body, end)
