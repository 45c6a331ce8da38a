"""A small H.264 encoder (baseline profile, nothing lost) for drawn scenes that mostly move as a whole.

Every macroblock is skipped, moved by a whole even number of pixels, continued from its left or upper
neighbour, or written out as it is. It names no cost but size, so it suits short drawings only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

MB = 16
_PCM_IN_I, _FIRST_INTRA_IN_P = 25, 5
_VERTICAL, _HORIZONTAL = 0, 1


class Vector(NamedTuple):
    """How far to the right and down a block's source lies, in pixels."""

    x: int
    y: int


STILL = Vector(0, 0)


@dataclass(frozen=True)
class Planes:
    """A picture in YCbCr 4:2:0; sizes are multiples of 16."""

    width: int
    height: int
    luma: bytes
    blue: bytes
    red: bytes

    def block(self, plane: int, x: int, y: int, size: int) -> list[bytes] | None:
        """Return the rows of a square of one plane, None where it is not wholly inside."""
        data = (self.luma, self.blue, self.red)[plane]
        scale = 1 if plane == 0 else 2
        width, height = self.width // scale, self.height // scale
        if x < 0 or y < 0 or x + size > width or y + size > height:
            return None
        return [data[row * width + x : row * width + x + size] for row in range(y, y + size)]

    def macroblock(self, x: int, y: int) -> list[list[bytes] | None]:
        """Return the three squares of the macroblock whose luma begins at (x, y)."""
        return [self.block(plane, *_scaled(plane, x, y)) for plane in range(3)]


def _scaled(plane: int, x: int, y: int) -> tuple[int, int, int]:
    return (x, y, MB) if plane == 0 else (x // 2, y // 2, MB // 2)


class _Bits:
    """Writes bits and Exp-Golomb numbers."""

    def __init__(self) -> None:
        self._done = bytearray()
        self._open = 0
        self._count = 0

    def bits(self, value: int, count: int) -> None:
        self._open = (self._open << count) | value
        self._count += count
        while self._count >= 8:
            self._count -= 8
            self._done.append(self._open >> self._count)
            self._open &= (1 << self._count) - 1

    def unsigned(self, *values: int) -> None:
        for value in values:
            self.bits(value + 1, 2 * (value + 1).bit_length() - 1)

    def signed(self, value: int) -> None:
        self.unsigned(2 * value - 1 if value > 0 else -2 * value)

    def samples(self, blocks: Sequence[list[bytes] | None]) -> None:
        """Write the samples of a macroblock, beginning at a whole byte."""
        if self._count:
            self.bits(0, 8 - self._count)
        for block in blocks:
            for row in block or ():
                self._done += row

    def ended(self) -> bytes:
        """Return everything with the stop bit."""
        self.bits(1, 1)
        if self._count:
            self.bits(0, 8 - self._count)
        return bytes(self._done)


def unit(kind: int, payload: bytes) -> bytes:
    """Return a NAL unit, in which no start code can be mistaken."""
    out = bytearray([kind])
    zeros = 0
    for byte in payload:
        if zeros >= 2 and byte <= 3:
            out.append(3)
            zeros = 0
        out.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    return bytes(out)


def sequence_set(width: int, height: int) -> bytes:
    """Return the sequence parameter set: baseline, level 3.0, one reference, order of decoding."""
    bits = _Bits()
    for value in (66, 0xC0, 30):
        bits.bits(value, 8)
    bits.unsigned(0, 4, 2, 1)
    bits.bits(0, 1)
    bits.unsigned(width // MB - 1, height // MB - 1)
    bits.bits(0b1100, 4)
    return unit(0x67, bits.ended())


def picture_set() -> bytes:
    """Return the picture parameter set: CAVLC, deblocking told by each slice."""
    bits = _Bits()
    bits.unsigned(0, 0)
    bits.bits(0, 2)
    bits.unsigned(0, 0, 0)
    bits.bits(0, 3)
    for _ in range(3):
        bits.signed(0)
    bits.bits(0b100, 3)
    return unit(0x68, bits.ended())


class Encoder:
    """Encodes pictures one after the other."""

    def __init__(self, moves: Sequence[Vector]) -> None:
        """Prepare; `moves` are the ways in which parts of the scene move (even numbers of pixels)."""
        self._moves = (STILL, *moves)
        self._before: Planes | None = None
        self._since_key = 0

    def encode(self, picture: Planes, *, is_key: bool) -> bytes:
        """Return the NAL unit of a picture."""
        self._since_key = 0 if is_key else self._since_key + 1
        before = None if is_key else self._before
        self._before = picture
        data = _Slice(picture, before, self._moves, self._since_key).written()
        return unit(0x65 if is_key else 0x61, data)


class _Slice:
    """One picture on its way into bits."""

    def __init__(self, picture: Planes, before: Planes | None, moves: Sequence[Vector], number: int) -> None:
        self._picture = picture
        self._before = before
        self._moves = moves
        self._across = picture.width // MB
        self._bits = _Bits()
        # Of each macroblock so far: how it moves (None where it does not come from the picture
        # before) and how many coefficients its neighbours must take it to have.
        self._vectors: dict[tuple[int, int], Vector | None] = {}
        self._weights: dict[tuple[int, int], int] = {}
        self._skipped = 0
        self._begin(number)

    def _begin(self, number: int) -> None:
        bits = self._bits
        is_key = self._before is None
        bits.unsigned(0, 7 if is_key else 5, 0)
        bits.bits(number % 256, 8)
        if is_key:
            bits.unsigned(0)
            bits.bits(0, 2)
        else:
            bits.bits(0, 3)
        bits.signed(0)
        bits.unsigned(1)

    def written(self) -> bytes:
        for down in range(self._picture.height // MB):
            for across in range(self._across):
                self._macroblock(across, down)
        if self._skipped:
            self._bits.unsigned(self._skipped)
        return self._bits.ended()

    def _macroblock(self, across: int, down: int) -> None:
        here = across, down
        wanted = self._picture.macroblock(across * MB, down * MB)
        self._weights[here] = 0
        skipping = None if self._before is None else self._skip_vector(here)
        if skipping is not None and self._source(here, skipping) == wanted:
            self._vectors[here] = skipping
            self._skipped += 1
            return
        self._tell_skipped()
        vector = next((each for each in self._moves if self._source(here, each) == wanted), None)
        self._vectors[here] = vector
        if vector is not None:
            self._write_move(here, vector)
        elif not self._continue_neighbour(here, wanted):
            self._bits.unsigned(_PCM_IN_I + self._first_intra)
            self._bits.samples(wanted)
            self._weights[here] = 16

    @property
    def _first_intra(self) -> int:
        return 0 if self._before is None else _FIRST_INTRA_IN_P

    def _tell_skipped(self) -> None:
        if self._before is not None:
            self._bits.unsigned(self._skipped)
            self._skipped = 0

    def _source(self, here: tuple[int, int], vector: Vector) -> list[list[bytes] | None] | None:
        if self._before is None:
            return None
        return self._before.macroblock(here[0] * MB + vector.x, here[1] * MB + vector.y)

    def _write_move(self, here: tuple[int, int], vector: Vector) -> None:
        expected = self._expected_vector(here)
        self._bits.unsigned(0)
        self._bits.signed(4 * (vector.x - expected.x))
        self._bits.signed(4 * (vector.y - expected.y))
        self._bits.unsigned(0)

    def _continue_neighbour(self, here: tuple[int, int], wanted: list[list[bytes] | None]) -> bool:
        """Continue the left neighbour's last column or the upper one's last row, where that is all."""
        across, down = here
        for mode, (left, up) in ((_HORIZONTAL, (1, 0)), (_VERTICAL, (0, 1))):
            if (across - left, down - up) not in self._weights:
                continue
            near = self._picture.macroblock((across - left) * MB, (down - up) * MB)
            if [_continued(block or [], mode) for block in near] == wanted:
                chroma_mode = 1 if mode == _HORIZONTAL else 2
                self._bits.unsigned(1 + mode + self._first_intra, chroma_mode)
                self._bits.signed(0)
                self._write_no_coefficients(here)
                return True
        return False

    def _write_no_coefficients(self, here: tuple[int, int]) -> None:
        """Write "no coefficients" in the words that depend on how many the neighbours have."""
        across, down = here
        known = [
            self._weights[each] for each in ((across - 1, down), (across, down - 1)) if each in self._weights
        ]
        weight = (sum(known) + 1) // 2 if len(known) == 2 else sum(known)
        if weight < 2:
            self._bits.bits(1, 1)
        elif weight < 4:
            self._bits.bits(0b11, 2)
        elif weight < 8:
            self._bits.bits(0b1111, 4)
        else:
            self._bits.bits(0b000011, 6)

    def _skip_vector(self, here: tuple[int, int]) -> Vector:
        across, down = here
        left, above = (across - 1, down), (across, down - 1)
        for near in (left, above):
            if near not in self._vectors or self._vectors[near] == STILL:
                return STILL
        return self._expected_vector(here)

    def _expected_vector(self, here: tuple[int, int]) -> Vector:
        across, down = here
        left, above, right = (across - 1, down), (across, down - 1), (across + 1, down - 1)
        if right not in self._vectors:
            right = (across - 1, down - 1)
        if left in self._vectors and above not in self._vectors and right not in self._vectors:
            return self._vectors[left] or STILL
        moving = [vector for each in (left, above, right) if (vector := self._vectors.get(each)) is not None]
        if len(moving) == 1:
            return moving[0]
        padded = [*moving, STILL, STILL, STILL][:3]
        return Vector(sorted(each.x for each in padded)[1], sorted(each.y for each in padded)[1])


def _continued(block: list[bytes], mode: int) -> list[bytes]:
    if mode == _VERTICAL:
        return [block[-1]] * len(block)
    return [bytes([row[-1]]) * len(row) for row in block]
