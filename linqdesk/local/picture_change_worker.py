"""Makes other pictures out of pictures in a process of its own, which may be killed at any moment.

It is run as a script, imports nothing of LinqDesk, and once it is ready it can open no file and no
connection: pictures come through standard input and go out through standard output.

A question is `_QUESTION` and then the file's bytes. An answer is `_ANSWER` and then the new file's bytes.
"""

import contextlib
import io
import re
import struct
import sys
import warnings
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import pillow_heif
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.MpoImagePlugin import MpoImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

# length of the file, what is to be done
_QUESTION = struct.Struct("!QB")
# what became of it, which format it has now, length of the file
_ANSWER = struct.Struct("!BBQ")
DONE, DAMAGED, UNSUPPORTED, TOO_LARGE, UNCHANGED = range(5)
AS_COMMON, SMALLER, WITHOUT_LOCATION = range(3)
FORMATS = ("", "JPEG", "PNG", "GIF")

MAX_SIDE_PX = 2_048
_MAX_PIXELS = 60_000_000
_MAX_FILE_BYTES = 100 * 1024 * 1024
_MAX_FRAMES = 200
_MEMORY_BYTES = 1024 * 1024 * 1024
_CPU_S = 600
_QUALITY, _SMALL_QUALITY = 90, 82
_OPAQUE = 255
_KINDS = ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "HEIF"]
# Every reader that may be used is loaded before the doors close.
_READERS = (
    BmpImageFile,
    GifImageFile,
    JpegImageFile,
    MpoImageFile,
    PngImageFile,
    TiffImageFile,
    WebPImageFile,
)

# Removing a location.

_GPS_TAG = 0x8825
_ENTRY_BYTES = 12
_MAX_IFDS, _MAX_ENTRIES = 64, 512
# Values of up to so many bytes stand in their entry.
_INLINE_BYTES = 4
# TIFF as it lies in pictures: after "Exif", or where its first directory follows at once.
_TIFF = re.compile(rb"(?<=Exif\0\0)(?:II\*\0|MM\0\*)|II\*\0\x08\0\0\0|MM\0\*\0\0\0\x08|\A(?:II\*\0|MM\0\*)")
_XMP = re.compile(rb"<x:xmpmeta.{0,1000000}?</x:xmpmeta>", re.DOTALL)
_XMP_PLACE = re.compile(rb"GPS|Location|City|Country|State|Sublocation")
# IPTC's city, part of it, state, country and location, in the block of Photoshop's.
_IPTC_BLOCK = re.compile(rb"Photoshop 3\.0\0")
_IPTC_PLACE = re.compile(rb"\x1c\x02[\x1a\x1b\x5a\x5c\x5f\x64\x65]\0.")
# A marker and the length that follows it.
_SEGMENT_HEAD_BYTES = 4
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_TEXT = {b"tEXt", b"zTXt", b"iTXt"}
_PNG_METADATA = (b"XML:com.adobe.xmp", b"Raw profile type")


def without_location(data: bytes) -> bytes:
    """Return a picture's file without the place where it was taken; nothing else changes, no byte moves.

    It knows the GPS directory of EXIF, in every picture that the file holds, XMP and IPTC. A PNG loses its
    texts of metadata as a whole.
    """
    changed = bytearray(_png_without_texts(data) if data.startswith(_PNG) else data)
    for found in _TIFF.finditer(bytes(changed)):
        _forget_gps(changed, found.start())
    for found in _XMP.finditer(bytes(changed)):
        if _XMP_PLACE.search(found.group()):
            changed[found.start() : found.end()] = b" " * len(found.group())
    for found in _IPTC_BLOCK.finditer(bytes(changed)):
        _forget_iptc(changed, found.start())
    if data.startswith(_PNG):
        _mend_checksums(changed)
    return bytes(changed)


def _forget_gps(data: bytearray, start: int) -> None:
    """Take the entry that leads to the GPS directory out of a TIFF, and empty that directory."""
    order = "<" if data[start : start + 1] == b"I" else ">"
    with contextlib.suppress(struct.error):
        (offset,) = struct.unpack_from(f"{order}I", data, start + 4)
        for _ in range(_MAX_IFDS):
            if offset == 0:
                return
            offset = _forget_in_directory(data, start, order, offset)


def _forget_in_directory(data: bytearray, start: int, order: str, offset: int) -> int:
    """Return where the next directory lies, 0 where there is none."""
    at = start + offset
    (count,) = struct.unpack_from(f"{order}H", data, at)
    if count > _MAX_ENTRIES:
        return 0
    end = at + 2 + count * _ENTRY_BYTES
    (following,) = struct.unpack_from(f"{order}I", data, end)
    for place in range(at + 2, end, _ENTRY_BYTES):
        tag, _kind, _number, target = struct.unpack_from(f"{order}HHII", data, place)
        if tag == _GPS_TAG:
            _empty_directory(data, start, order, target)
            # The entries behind it move up, and the way to the next directory with them.
            data[place : end + 4] = data[place + _ENTRY_BYTES : end + 4] + bytes(_ENTRY_BYTES)
            struct.pack_into(f"{order}H", data, at, count - 1)
            break
    return int(following)


def _empty_directory(data: bytearray, start: int, order: str, offset: int) -> None:
    """Overwrite a directory and the values that lie elsewhere with nothing."""
    at = start + offset
    (count,) = struct.unpack_from(f"{order}H", data, at)
    if count > _MAX_ENTRIES:
        return
    sizes = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
    for place in range(at + 2, at + 2 + count * _ENTRY_BYTES, _ENTRY_BYTES):
        _tag, kind, number, target = struct.unpack_from(f"{order}HHII", data, place)
        length = sizes.get(kind, 1) * number
        begin = start + target
        if length > _INLINE_BYTES and begin + length <= len(data):
            data[begin : begin + length] = bytes(length)
    end = min(len(data), at + 2 + count * _ENTRY_BYTES)
    data[at:end] = bytes(end - at)


def _forget_iptc(data: bytearray, start: int) -> None:
    """Blank the values that name a place in a segment of Photoshop's; the segment's length is before it."""
    if start < _SEGMENT_HEAD_BYTES:
        return
    (length,) = struct.unpack_from(">H", data, start - 2)
    segment = bytes(data[start : start - 2 + length])
    for found in _IPTC_PLACE.finditer(segment):
        (size,) = struct.unpack_from(">H", segment, found.start() + 3)
        begin = start + found.start() + 5
        end = min(begin + size, start + len(segment))
        data[begin:end] = b" " * (end - begin)


def _chunks(data: bytes | bytearray) -> Iterator[tuple[int, bytes, int]]:
    """Yield of each chunk of a PNG where it begins, its type and its length; ends where one is broken."""
    at = len(_PNG)
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if at + 12 + length > len(data):
            return
        yield at, kind, length
        at += 12 + length


def _png_without_texts(data: bytes) -> bytes:
    kept = [_PNG]
    end = len(_PNG)
    for at, kind, length in _chunks(data):
        end = at + 12 + length
        if kind not in _PNG_TEXT or not data.startswith(_PNG_METADATA, at + 8):
            kept.append(data[at:end])
    kept.append(data[end:])
    return b"".join(kept)


def _mend_checksums(data: bytearray) -> None:
    for at, kind, length in _chunks(data):
        if kind == b"eXIf":
            struct.pack_into(">I", data, at + 8 + length, zlib.crc32(data[at + 4 : at + 8 + length]))


# Converting.


class _CannotShrinkError(Exception):
    """A moving picture is sent as it is: scaled frame by frame a GIF gets larger, not smaller."""


def _converted(data: bytes, wanted: int) -> tuple[int, bytes]:
    """Return the number of the format and the new file; 0 and the file where nothing had to change."""
    if wanted == WITHOUT_LOCATION:
        return 0, without_location(data)
    with Image.open(io.BytesIO(data), formats=_KINDS) as image:
        if image.width * image.height > _MAX_PIXELS:
            raise Image.DecompressionBombError
        if getattr(image, "is_animated", False) and image.format not in {"MPO", "TIFF", "HEIF"}:
            if wanted == SMALLER:
                raise _CannotShrinkError
            return FORMATS.index("GIF"), _moving(image)
        return _still(image, wanted)


def _moving(image: Image.Image) -> bytes:
    frames, delays = [], []
    for number, each in enumerate(ImageSequence.Iterator(image)):
        if number >= _MAX_FRAMES:
            break
        frames.append(each.convert("RGBA"))
        delays.append(max(20, int(each.info.get("duration") or 100)))
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=delays, loop=0, disposal=2)
    return out.getvalue()


def _still(image: Image.Image, wanted: int) -> tuple[int, bytes]:
    icc = image.info.get("icc_profile")
    if wanted == SMALLER:
        image.draft("RGB", (MAX_SIDE_PX, MAX_SIDE_PX))
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith(("I", "F")):
        # Sixteen bits a channel: what Pillow would do by itself is to cut off everything above white.
        upright = upright.point(lambda value: value * (1 / 256)).convert("L")
    shows_through = _shows_through(upright)
    upright = upright.convert("RGBA" if shows_through else "RGB")
    if wanted == SMALLER:
        upright.thumbnail((MAX_SIDE_PX, MAX_SIDE_PX), Image.Resampling.LANCZOS, reducing_gap=2.0)
    out = io.BytesIO()
    if shows_through:
        upright.save(out, "PNG", optimize=True, icc_profile=icc)
        return FORMATS.index("PNG"), out.getvalue()
    quality = _SMALL_QUALITY if wanted == SMALLER else _QUALITY
    upright.save(out, "JPEG", quality=quality, optimize=True, progressive=True, icc_profile=icc)
    return FORMATS.index("JPEG"), out.getvalue()


def _shows_through(image: Image.Image) -> bool:
    if image.mode not in {"RGBA", "LA", "PA", "RGBa", "La"} and "transparency" not in image.info:
        return False
    lowest, _highest = image.convert("RGBA").getchannel("A").getextrema()
    return isinstance(lowest, int | float) and lowest < _OPAQUE


def _answered(data: bytes, wanted: int) -> tuple[bytes, bytes]:
    try:
        kind, changed = _converted(data, wanted)
    except (Image.DecompressionBombError, MemoryError):
        code = TOO_LARGE
    # NotImplementedError is Pillow's word for variants of a format that it does not read.
    except (UnidentifiedImageError, NotImplementedError, _CannotShrinkError):
        code = UNSUPPORTED
    except (OSError, EOFError, SyntaxError, ValueError, TypeError, LookupError, AttributeError):
        code = DAMAGED
    except (ArithmeticError, RuntimeError, struct.error, AssertionError, zlib.error):
        code = DAMAGED
    else:
        is_same = changed == data or (wanted == SMALLER and len(changed) >= len(data))
        if not is_same:
            return _ANSWER.pack(DONE, kind, len(changed)), changed
        code = UNCHANGED
    return _ANSWER.pack(code, 0, 0), b""


def _close_doors() -> None:
    """Give up the right to open anything and to take much memory, where the system knows such limits."""
    try:
        import resource
    except ImportError:
        return
    for limit, most in (
        (resource.RLIMIT_AS, _MEMORY_BYTES),
        (resource.RLIMIT_CPU, _CPU_S),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 3),
    ):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(limit, (most, most))


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer until there are no more questions."""
    warnings.simplefilter("ignore")
    pillow_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = _MAX_PIXELS
    Image.preinit()
    _close_doors()
    while head := questions.read(_QUESTION.size):
        length, wanted = _QUESTION.unpack(head)
        if length > _MAX_FILE_BYTES:
            return
        answers.writelines(_answered(questions.read(length), wanted))
        answers.flush()


def main() -> None:
    """Serve whoever started this process."""
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
