"""Removes the place where a film or a sound was recorded from MP4 and QuickTime files; no picture is touched.

Nothing is decoded: only the headers of boxes are read, a bounded number of them, so that this needs no
process of its own. What tells of the place becomes a `free` box of the same size, and no byte moves; so do
the tracks of positions of action cameras, whose samples become zeros.
"""

import re
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.making import MadeFile
from linqdesk.local.film_boxes import Box, Boxes
from linqdesk.local.film_tracks import Span, place_tracks
from linqdesk.local.paths import OWNER_ONLY_FILE

_MAX_DEPTH = 8
_ENTRY = struct.Struct(">I4s")
_MAX_KEYS_BYTES, _MAX_XMP_BYTES = 1024 * 1024, 4 * 1024 * 1024
_PIECE_BYTES = 256 * 1024
_CONTAINERS = frozenset({b"moov", b"trak", b"udta", b"meta", b"ilst", b"moof", b"traf"})
# QuickTime's user data and 3GPP's (TS 26.244, 8.10).
_PLACES = frozenset({b"\xa9xyz", b"loci"})
_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_SAYS_PLACE = re.compile(rb"location|gps|latitude|longitude", re.IGNORECASE)
_XMP_PLACE = re.compile(rb"GPS|Location|City|Country|State|Sublocation")


def remove_film_location(source: Path, target: Path) -> MadeFile | None:
    """Write a film or a sound without its place to `target`, which must not exist; blocks.

    Returns:
        What it is now; None, and no target, where no place is in it.

    Raises:
        LocalFaultError: it cannot be read or written.
    """
    try:
        with source.open("rb") as file:
            boxes = Boxes(file)
            tracks = list(place_tracks(boxes))
            found = [*_Search(Boxes(file)).places(), *(track.box for track in tracks)]
            if not found:
                return None
            file.seek(0)
            _write_without(file, found, [span for track in tracks for span in track.samples], target)
        return MadeFile("", source.suffix, target.stat().st_size)
    except OSError as failure:
        raise LocalFaultError(f"The file cannot be changed: {failure.strerror}.") from failure


def _write_without(file: BinaryIO, found: list[Box], samples: list[Span], target: Path) -> None:
    with target.open("xb") as out:
        try:
            target.chmod(OWNER_ONLY_FILE)
            shutil.copyfileobj(file, out, _PIECE_BYTES)
            for begin, end in samples:
                _blank(begin, end, out)
            for box in found:
                _empty(box, out)
        except OSError:
            target.unlink(missing_ok=True)
            raise


def _empty(box: Box, out: BinaryIO) -> None:
    out.seek(box.begin + 4)
    out.write(b"free")
    _blank(box.body, box.end, out)


def _blank(begin: int, end: int, out: BinaryIO) -> None:
    out.seek(begin)
    out.writelines(bytes(min(_PIECE_BYTES, end - start)) for start in range(begin, end, _PIECE_BYTES))


class _Search:
    """Goes through the boxes of one file, so many at most."""

    def __init__(self, boxes: Boxes) -> None:
        self._boxes = boxes

    def places(self) -> Iterator[Box]:
        """Yield the boxes that tell where it was recorded."""
        yield from self._places_in(self._boxes.whole, frozenset(), 0)

    def _places_in(self, parent: Box, keys: frozenset[int], depth: int) -> Iterator[Box]:
        """Yield those within a box; `keys` are the numbers of the items of a list that name a place."""
        boxes = list(self._boxes.within(parent))
        for box in boxes:
            if box.kind == b"keys":
                keys = self._place_keys(box)
        for box in boxes:
            if self._is_place(box, parent, keys):
                yield box
            elif box.kind in _CONTAINERS and depth < _MAX_DEPTH:
                yield from self._places_in(box, keys, depth + 1)

    def _is_place(self, box: Box, parent: Box, keys: frozenset[int]) -> bool:
        if box.kind in _PLACES or self._is_xmp_of_place(box):
            return True
        is_item = parent.kind == b"ilst"
        return is_item and (int.from_bytes(box.kind, "big") in keys or self._names_place(box))

    def _place_keys(self, box: Box) -> frozenset[int]:
        """Return which items of the list that follows name a place, counted from 1."""
        data = self._boxes.contents(box, _MAX_KEYS_BYTES)
        found, at, number = set(), 8, 1
        while at + _ENTRY.size <= len(data):
            (size,) = struct.unpack_from(">I", data, at)
            if size < _ENTRY.size:
                break
            if _SAYS_PLACE.search(data, at + _ENTRY.size, at + size):
                found.add(number)
            at, number = at + size, number + 1
        return frozenset(found)

    def _names_place(self, box: Box) -> bool:
        """Tell whether an item of a list is one with a name of its own, and that names a place."""
        if box.kind != b"----":
            return False
        names = (each for each in self._boxes.within(box) if each.kind == b"name")
        return any(_SAYS_PLACE.search(self._boxes.contents(each, 256)) for each in names)

    def _is_xmp_of_place(self, box: Box) -> bool:
        is_xmp = box.kind == b"XMP_" or (
            box.kind == b"uuid" and self._boxes.read(box.body, len(_XMP)) == _XMP
        )
        if not is_xmp:
            return False
        return _XMP_PLACE.search(self._boxes.contents(box, _MAX_XMP_BYTES)) is not None
