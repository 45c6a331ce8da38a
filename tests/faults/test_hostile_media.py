"""Hostile pictures in numbers: whatever a file does to the child that decodes it, the window lives on."""

import random
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from linqdesk.local.picture_decoder import PictureDecoder, PictureError, PictureRequest
from tests.faults.figures import IS_FULL, note, the_seed
from tests.local.pictures import FORMATS, animation, encoded, two_halves

CUTS, MUTANTS = (60, 5_000) if IS_FULL else (2, 30)
_MORE_BYTES = 150 * 1024 * 1024
_WISH = PictureRequest(64, 64, 4_000_000)
_SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd" width="9" height="9"/></svg>'
)
_HEADS = (b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\0\0\0WEBP", b"BM", b"II*\0")


def _png_of(width: int, height: int) -> bytes:
    """Return a picture that claims to be so large and holds almost nothing."""
    head = b"IHDR" + width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\0\0\0"
    data = b"IDAT" + zlib.compress(b"\0" * 100)
    chunks = (head, data, b"IEND")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (len(each) - 4).to_bytes(4) + each + zlib.crc32(each).to_bytes(4) for each in chunks
    )


def _wholes() -> list[bytes]:
    return [*(encoded(two_halves(96, 64), kind) for kind in FORMATS), animation(12)]


def _hostile(chance: random.Random) -> Iterator[bytes]:
    """Yield files that lie: cut, of two kinds at once, of absurd sizes, or of noise behind a good head."""
    for whole in _wholes():
        for _ in range(CUTS):
            yield whole[: chance.randrange(len(whole))]
    for head in _HEADS:
        yield head + _SVG
        yield head + b"PK\x03\x04" + bytes(2_000)
        yield head + chance.randbytes(3_000)
        yield head + b"<html><script>x</script></html>"
    for side in (0, 1, 8_191, 30_000, 2**31 - 1):
        yield _png_of(side, side)
        yield _png_of(1, side)


def _mutants(chance: random.Random) -> Iterator[bytes]:
    wholes = _wholes()
    for number in range(MUTANTS):
        data = bytearray(wholes[number % len(wholes)])
        for _ in range(chance.randrange(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        yield bytes(data)


@pytest.mark.timeout(0 if IS_FULL else 120)
def test_no_hostile_picture_ends_the_window_or_fills_its_memory(tmp_path: Path) -> None:
    seed = the_seed(5)
    chance = random.Random(seed)
    decoder, file, told = PictureDecoder(), tmp_path / "picture", Counter[str]()

    def decode(data: bytes) -> str:
        file.write_bytes(data)
        try:
            decoder.decode(file, _WISH)
        except PictureError as refused:
            return refused.fault.name
        return "shown"

    assert decode(_wholes()[0]) == "shown"
    before_bytes = psutil.Process().memory_info().rss
    files, mutants = list(_hostile(chance)), list(_mutants(chance))
    told.update(map(decode, [*files, *mutants]))
    assert {decode(each) for each in _wholes()} == {"shown"}
    decoder.close()
    grew_bytes = psutil.Process().memory_info().rss - before_bytes
    assert grew_bytes <= _MORE_BYTES
    outcomes = ", ".join(f"{count} {what.lower()}" for what, count in sorted(told.items()))
    note(
        "hostile pictures",
        f"{len(files)} files and {len(mutants)} mutants: {outcomes}; the program lives, "
        f"{grew_bytes / 1e6:.0f} MB more; seed {seed}",
    )
