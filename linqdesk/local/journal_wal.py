"""Tells whether SQLite's write-ahead log was damaged: SQLite itself passes over what it cannot read there."""

import struct
from pathlib import Path

_HEADER_BYTES, _FRAME_HEADER_BYTES = 32, 24
# https://www.sqlite.org/fileformat2.html#the_write_ahead_log: the last bit says in which order of bytes the
# checksums are made.
_MAGIC = 0x377F0682


def is_damaged(path: Path) -> bool:
    """Tell whether something that was committed to a write-ahead log cannot be read any more.

    What a kill leaves half written at the end is no damage. A log that was cut short cannot be told from one
    into which nothing more was written.

    Raises:
        OSError: it cannot be read.
    """
    if not path.exists():
        return False
    log = path.read_bytes()
    if len(log) < _HEADER_BYTES:
        return False
    magic, _, page_bytes = struct.unpack_from(">III", log)
    order = ">" if magic & 1 else "<"
    sums = _checksum(log[:24], order, (0, 0))
    if magic & ~1 != _MAGIC or sums != struct.unpack_from(">II", log, 24):
        return True
    return _is_broken_off(log, page_bytes, order, sums)


def _is_broken_off(log: bytes, page_bytes: int, order: str, sums: tuple[int, int]) -> bool:
    """Tell whether a frame that cannot be read stands before another one of the same round."""
    salts = log[16:24]
    size = _FRAME_HEADER_BYTES + page_bytes
    starts = range(_HEADER_BYTES, len(log) - size + 1, size)
    of_this_round = [log[start + 8 : start + 16] == salts for start in starts]
    for number, start in enumerate(starts):
        sums = _checksum(log[start : start + 8], order, sums)
        sums = _checksum(log[start + _FRAME_HEADER_BYTES : start + size], order, sums)
        if not of_this_round[number] or sums != struct.unpack_from(">II", log, start + 16):
            return any(of_this_round[number + 1 :])
    return False


def _checksum(raw: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    """Carry SQLite's checksum on over bytes of a length that eight divides."""
    first, second = sums
    words = struct.unpack(f"{order}{len(raw) // 4}I", raw)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second
