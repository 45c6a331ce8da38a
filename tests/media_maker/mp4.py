"""Puts H.264 pictures into an MP4 file."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

_SECOND = 600
_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def _box(kind: bytes, *contents: bytes) -> bytes:
    body = b"".join(contents)
    return struct.pack(">I4s", len(body) + 8, kind) + body


def _full(kind: bytes, *contents: bytes, flags: int = 0) -> bytes:
    return _box(kind, struct.pack(">I", flags), *contents)


@dataclass(frozen=True)
class Film:
    """Coded pictures and what a player must know of them.

    `size` is in pixels, `rate` in pictures a second (a divisor of 600), `sets` are the sequence and the
    picture parameter set, `units` the NAL unit of each picture, `keys` the places of the key pictures.
    """

    size: tuple[int, int]
    rate: int
    sets: tuple[bytes, bytes]
    units: Sequence[bytes]
    keys: Sequence[int]

    def file(self) -> bytes:
        """Return an MP4 file; its index comes first, so that a player can begin before it has all."""
        head = _box(b"ftyp", b"isom", struct.pack(">I", 512), b"isomiso2avc1mp41")
        begin = len(head) + len(self._index(0)) + 8
        return head + self._index(begin) + _box(b"mdat", *self._samples())

    def _samples(self) -> list[bytes]:
        return [struct.pack(">I", len(unit)) + unit for unit in self.units]

    def _index(self, begin: int) -> bytes:
        length = len(self.units) * _SECOND // self.rate
        times = struct.pack(">IIII", 0, 0, _SECOND, length)
        rates = struct.pack(">IHHII", 0x10000, 0x100, 0, 0, 0)
        movie = _full(b"mvhd", times, rates, _MATRIX, bytes(24), b"\0\0\0\2")
        track = _full(
            b"tkhd",
            struct.pack(">IIIIIQHHHH", 0, 0, 1, 0, length, 0, 0, 0, 0, 0),
            _MATRIX,
            struct.pack(">II", self.size[0] << 16, self.size[1] << 16),
            flags=3,
        )
        media = _full(b"mdhd", times, struct.pack(">HH", 0x55C4, 0))
        handler = _full(b"hdlr", bytes(4), b"vide", bytes(12), b"Drawn scene\0")
        data = _box(b"dinf", _full(b"dref", struct.pack(">I", 1), _full(b"url ", flags=1)))
        picture = _box(b"minf", _full(b"vmhd", bytes(8), flags=1), data, self._table(begin))
        return _box(b"moov", movie, _box(b"trak", track, _box(b"mdia", media, handler, picture)))

    def _table(self, begin: int) -> bytes:
        sizes = [len(sample) for sample in self._samples()]
        keys = struct.pack(f">I{len(self.keys)}I", len(self.keys), *(key + 1 for key in self.keys))
        return _box(
            b"stbl",
            _full(b"stsd", struct.pack(">I", 1), _visual(self.size, self.sets)),
            _full(b"stts", struct.pack(">III", 1, len(sizes), _SECOND // self.rate)),
            _full(b"stss", keys),
            _full(b"stsc", struct.pack(">IIII", 1, 1, len(sizes), 1)),
            _full(b"stsz", struct.pack(f">II{len(sizes)}I", 0, len(sizes), *sizes)),
            _full(b"stco", struct.pack(">II", 1, begin)),
        )


def _visual(size: tuple[int, int], sets: tuple[bytes, bytes]) -> bytes:
    sequence, picture = sets
    setup = bytes([1, *sequence[1:4], 0xFF, 0xE1]) + struct.pack(">H", len(sequence)) + sequence
    setup += struct.pack(">BH", 1, len(picture)) + picture
    about = struct.pack(">HHHIII", 1, 0, 0, 0, 0, 0) + struct.pack(">HHIIIH", *size, 0x480000, 0x480000, 0, 1)
    return _box(b"avc1", bytes(6), about, bytes(32), struct.pack(">Hh", 24, -1), _box(b"avcC", setup))
