"""Finds tracks of an MP4 or QuickTime file that tell, moment by moment, where it was recorded.

Action cameras and drones keep their positions so: GoPro's `gpmd`, `camm` of cameras for street views, DJI's
`djmd` and subtitles, Sony's `rtmd`. A track of metadata is neither seen nor heard; what it tells in a way
that nobody but its maker reads counts as a place.
"""

import re
import struct
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from linqdesk.local.film_boxes import Box, Boxes

_METADATA, _WORDS = b"meta", frozenset({b"text", b"sbtl", b"subt", b"clcp"})
# Apple's names what it holds by keys, so that it can be told what is a place.
_NAMED = b"mebx"
_SAYS_PLACE = re.compile(rb"location|gps|latitude|longitude", re.IGNORECASE)
_MAX_TABLE_BYTES, _MAX_HEAD_BYTES, _LOOKED_AT_BYTES = 32 * 1024 * 1024, 64 * 1024, 64 * 1024
_COUNTS = struct.Struct(">II")
_RUN_WORDS = 3

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PlaceTrack:
    """A track to be emptied: its box in the index, and where in the file its samples are."""

    box: Box
    samples: tuple[Span, ...]


def place_tracks(boxes: Boxes) -> Iterator[PlaceTrack]:
    """Yield the tracks that tell of places; samples lie within the file's data, whatever a table says."""
    outermost = list(boxes.within(boxes.whole))
    data = [(each.body, each.end) for each in outermost if each.kind == b"mdat"]
    for index in (each for each in outermost if each.kind == b"moov"):
        for track in (each for each in boxes.within(index) if each.kind == b"trak"):
            handler = boxes.find(track, b"mdia", b"hdlr")
            kind = boxes.contents(handler, 12)[8:12] if handler is not None else b""
            if kind == _METADATA or kind in _WORDS:
                samples = tuple(_inside(_samples(boxes, track), data))
                tells = _names_place(boxes, track) if kind == _METADATA else _says_place(boxes, samples)
                if tells:
                    yield PlaceTrack(track, samples)


def _names_place(boxes: Boxes, track: Box) -> bool:
    """Tell whether a track of metadata may hold places, by the description of its samples."""
    description = boxes.find(track, b"mdia", b"minf", b"stbl", b"stsd")
    head = boxes.contents(description, _MAX_HEAD_BYTES) if description is not None else b""
    # Version, flags and a count come first, then the first entry's size and what it is.
    return head[12:16] != _NAMED or _SAYS_PLACE.search(head) is not None


def _says_place(boxes: Boxes, samples: tuple[Span, ...]) -> bool:
    """Tell whether subtitles speak of places at their beginning."""
    begin, end = next(iter(samples), (0, 0))
    return _SAYS_PLACE.search(boxes.read(begin, min(end - begin, _LOOKED_AT_BYTES))) is not None


def _samples(boxes: Boxes, track: Box) -> Iterator[Span]:
    """Yield where a track's chunks are (ISO/IEC 14496-12, 8.7)."""
    parent = boxes.find(track, b"mdia", b"minf", b"stbl")
    if parent is None:
        return
    found = {each.kind: boxes.contents(each, _MAX_TABLE_BYTES) for each in boxes.within(parent)}
    begins = _numbers(found.get(b"stco", b""), "I") or _numbers(found.get(b"co64", b""), "Q")
    table = found.get(b"stsz", b"")
    size = int.from_bytes(table[4:8], "big")
    sizes = _numbers(table[4:], "I")
    at = 0
    for begin, count in zip(begins, _counts(found.get(b"stsc", b""), len(begins)), strict=False):
        # One size for all, or one for each.
        yield begin, begin + (size * count if size else sum(sizes[at : at + count]))
        at += count


def _numbers(table: bytes, kind: str) -> "array[int]":
    """Return the numbers that follow version, flags and their count."""
    numbers: array[int] = array(kind)
    width = numbers.itemsize
    (count,) = struct.unpack_from(">I", table, 4) if len(table) >= _COUNTS.size else (0,)
    usable = min(count, (len(table) - _COUNTS.size) // width) if count else 0
    numbers.frombytes(table[_COUNTS.size : _COUNTS.size + usable * width])
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _counts(table: bytes, chunk_count: int) -> Iterator[int]:
    """Yield how many samples each chunk has, from runs of chunks that have equally many."""
    words = _numbers(table[:4] + _tripled(table), "I")
    runs = [(words[at], words[at + 1]) for at in range(0, len(words) - _RUN_WORDS + 1, _RUN_WORDS)]
    for (first, count), (following, _) in pairwise([*runs, (chunk_count + 1, 0)]):
        for _ in range(min(following, chunk_count + 1) - first):
            yield count


def _tripled(table: bytes) -> bytes:
    """Return a table of runs with the count of its numbers in place of that of its runs."""
    if len(table) < _COUNTS.size:
        return b""
    (count,) = struct.unpack_from(">I", table, 4)
    return struct.pack(">I", min(count, len(table)) * _RUN_WORDS) + table[8:]


def _inside(spans: Iterator[Span], data: list[Span]) -> Iterator[Span]:
    """Cut spans to what lies within the file's data."""
    for begin, end in spans:
        for first, last in data:
            if max(begin, first) < min(end, last):
                yield max(begin, first), min(end, last)
