"""Decodes pictures in a process of its own, which may be killed at any moment and holds nothing of ours.

It is run as a script, imports nothing of LinqDesk, and once it is ready it can open no file and no
connection: pictures come through standard input, pixels go out through standard output.

A question is `_QUESTION` and then the file's bytes. An answer is `_ANSWER`; a good one is followed by a
delay in milliseconds for each frame and by the frames' pixels: premultiplied, four bytes each, blue first.
"""

import contextlib
import io
import math
import struct
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import pillow_heif
from PIL import Image, ImageOps, ImageSequence
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.MpoImagePlugin import MpoImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

# length of the file, width and height to fit into, bytes that all frames may take, wants motion
_QUESTION = struct.Struct("!QIIQ?")
# what became of it, natural width and height, width and height of the frames, has alpha, number of frames
_ANSWER = struct.Struct("!BIIII?I")
DONE, DAMAGED, UNSUPPORTED, TOO_LARGE = range(4)

MAX_PIXELS = 40_000_000
MAX_FRAMES = 200
_MAX_FILE_BYTES = 100 * 1024 * 1024
_MEMORY_BYTES = 512 * 1024 * 1024
_CPU_S = 600
_PIXEL_BYTES = 4
_STILL_MS = 100
_FASTEST_MS = 20
_ORIENTATION = 0x0112
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


@dataclass(frozen=True, slots=True)
class _Question:
    """What is to be made of a picture."""

    max_width: int
    max_height: int
    max_bytes: int
    wants_motion: bool


@dataclass(slots=True)
class _Frames:
    """Frames of one size, thinned out wherever they would take more than their share of memory."""

    most: int
    pixels: list[bytes] = field(default_factory=list)
    delays_ms: list[int] = field(default_factory=list)
    _step: int = 1
    _seen: int = 0

    def add(self, pixels: bytes, delay_ms: int) -> None:
        """Take a frame, or let the one before it stand longer."""
        if self._seen % self._step == 0:
            self.pixels.append(pixels)
            self.delays_ms.append(delay_ms)
        else:
            self.delays_ms[-1] += delay_ms
        self._seen += 1
        if len(self.pixels) > self.most:
            self._step *= 2
            tails = [*self.delays_ms[1::2], 0]
            self.delays_ms = [each + tail for each, tail in zip(self.delays_ms[::2], tails, strict=False)]
            del self.pixels[1::2]


def format_of(head: bytes) -> str | None:
    """Return Pillow's name of the format that the first 32 bytes announce; None for any not allowed."""
    by_magic = (
        (b"\xff\xd8\xff", "JPEG"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"GIF87a", "GIF"),
        (b"GIF89a", "GIF"),
        (b"BM", "BMP"),
        (b"II*\x00", "TIFF"),
        (b"MM\x00*", "TIFF"),
    )
    for magic, name in by_magic:
        if head.startswith(magic):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}:
        return "HEIF"
    return None


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


def _turned_size(image: Image.Image) -> tuple[int, int]:
    """Return the size as a person sees it: an EXIF orientation of 5 to 8 lies on its side."""
    is_on_side = image.getexif().get(_ORIENTATION, 1) in {5, 6, 7, 8}
    return (image.height, image.width) if is_on_side else image.size


def _fitted(natural: tuple[int, int], most: tuple[int, int]) -> tuple[int, int]:
    """Return the largest size of the same shape within `most`, never larger than the picture is."""
    scale = min(1.0, most[0] / natural[0], most[1] / natural[1])
    return max(1, round(natural[0] * scale)), max(1, round(natural[1] * scale))


def _has_alpha(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in image.info


def _pixels(image: Image.Image, size: tuple[int, int], *, has_alpha: bool) -> bytes:
    if image.mode.startswith(("I", "F")):
        # Sixteen bits a channel: what Pillow would do by itself is to cut off everything above white.
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    image = image.convert("RGBA" if has_alpha else "RGB")
    if image.size != size:
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    if has_alpha:
        return image.convert("RGBa").tobytes("raw", "BGRa")
    return image.tobytes("raw", "BGRX")


def _still(image: Image.Image, size: tuple[int, int], *, has_alpha: bool) -> bytes:
    turned = _turned_size(image) != image.size
    image.draft("RGB", size[::-1] if turned else size)
    if image.width * image.height > 4 * size[0] * size[1]:
        # The fewer pixels are turned and converted, the better; twice the target keeps it sharp.
        near = (size[0] * 2, size[1] * 2)
        if image.mode not in {"P", "PA", "1", "I", "F"} and not image.mode.startswith("I;"):
            image.thumbnail(near[::-1] if turned else near, Image.Resampling.BOX, reducing_gap=2.0)
    return _pixels(ImageOps.exif_transpose(image), size, has_alpha=has_alpha)


def _moving(image: Image.Image, size: tuple[int, int], most: int) -> _Frames:
    frames = _Frames(max(1, most))
    for number, each in enumerate(_each_frame(image)):
        if number >= MAX_FRAMES:
            break
        delay_ms = int(each.info.get("duration") or 0)
        frames.add(_pixels(each, size, has_alpha=True), delay_ms if delay_ms >= _FASTEST_MS else _STILL_MS)
    return frames


def _each_frame(image: Image.Image) -> Iterator[Image.Image]:
    """Yield the frames; an animation that breaks off in the middle ends there."""
    shown = False
    with contextlib.suppress(OSError, EOFError, SyntaxError, ValueError):
        for each in ImageSequence.Iterator(image):
            yield each
            shown = True
    if not shown:
        raise ValueError("not one frame")


def _decoded(data: bytes, question: _Question) -> Iterator[bytes]:
    kind = format_of(data[:32])
    if kind is None:
        yield _ANSWER.pack(UNSUPPORTED, 0, 0, 0, 0, 0, 0)
        return
    with Image.open(io.BytesIO(data), formats=[kind]) as image:
        if image.width * image.height > MAX_PIXELS or min(image.size) < 1:
            yield _ANSWER.pack(TOO_LARGE, image.width, image.height, 0, 0, 0, 0)
            return
        natural = _turned_size(image)
        size = _fitted(natural, (question.max_width, question.max_height))
        if question.wants_motion and kind != "TIFF" and getattr(image, "is_animated", False):
            size = _affordable(size, question.max_bytes)
            frames = _moving(image, size, question.max_bytes // (size[0] * size[1] * _PIXEL_BYTES))
            pixels, delays_ms, has_alpha = frames.pixels, frames.delays_ms, True
        else:
            has_alpha = _has_alpha(image)
            pixels, delays_ms = [_still(image, size, has_alpha=has_alpha)], [0]
    yield _ANSWER.pack(DONE, *natural, *size, has_alpha, len(pixels))
    yield struct.pack(f"!{len(delays_ms)}I", *delays_ms)
    yield from pixels


def _affordable(size: tuple[int, int], max_bytes: int) -> tuple[int, int]:
    """Return a size in which a dozen frames can be paid for."""
    scale = min(1.0, math.sqrt(max_bytes / (12 * size[0] * size[1] * _PIXEL_BYTES)))
    return max(1, int(size[0] * scale)), max(1, int(size[1] * scale))


def _answered(data: bytes, question: _Question) -> list[bytes]:
    try:
        return list(_decoded(data, question))
    except (Image.DecompressionBombError, MemoryError):
        code = TOO_LARGE
    except (OSError, EOFError, SyntaxError, ValueError, TypeError, LookupError, AttributeError):
        code = DAMAGED
    except (ArithmeticError, RuntimeError, struct.error, AssertionError):
        code = DAMAGED
    return [_ANSWER.pack(code, 0, 0, 0, 0, 0, 0)]


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer until there are no more questions."""
    warnings.simplefilter("ignore")
    pillow_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    Image.preinit()
    _close_doors()
    while head := questions.read(_QUESTION.size):
        length, max_width, max_height, max_bytes, wants_motion = _QUESTION.unpack(head)
        if length > _MAX_FILE_BYTES:
            return
        data = questions.read(length)
        answers.writelines(_answered(data, _Question(max_width, max_height, max_bytes, wants_motion)))
        answers.flush()


def main() -> None:
    """Serve whoever started this process."""
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
