"""Has pictures decoded by a child process, which it starts when needed and kills when it misbehaves."""

import struct
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import IO

from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.worker_process import (
    WorkerFailedError,
    WorkerFault,
    WorkerProcess,
    read_exactly,
    worker_command,
)

# As in picture_worker.py, which imports nothing of ours and is not imported here: it would bring Pillow.
_QUESTION = struct.Struct("!QIIQ?")
_ANSWER = struct.Struct("!BIIII?I")
_MAX_FRAMES = 200
_MAX_PIXELS = 40_000_000
_PIXEL_BYTES = 4
_TIME_LIMIT_S = 10.0
FROZEN_COMMAND = "decode-pictures"
_WORKER = Path(__file__).with_name("picture_worker.py")


class PictureFault(IntEnum):
    """Why there are no pixels."""

    DAMAGED = 1
    UNSUPPORTED = 2
    TOO_LARGE = 3
    TOOK_TOO_LONG = 4
    MISSING = 5


class PictureError(LocalFaultError):
    """A picture that cannot be shown; `fault` says why."""

    def __init__(self, fault: PictureFault, words: str) -> None:
        """Keep what is wrong."""
        super().__init__(words)
        self.fault = fault


_WORDS = {
    PictureFault.DAMAGED: "This picture is damaged.",
    PictureFault.UNSUPPORTED: "Cannot be shown here.",
    PictureFault.TOO_LARGE: "Too many pixels to show.",
    PictureFault.TOOK_TOO_LONG: "Takes too long to decode.",
    PictureFault.MISSING: "Not on this computer any more.",
}
_FAULTS = {
    WorkerFault.BROKEN: PictureFault.DAMAGED,
    WorkerFault.OVERDUE: PictureFault.TOOK_TOO_LONG,
    WorkerFault.CLOSED: PictureFault.MISSING,
}


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """How a picture is wanted.

    It is made to fit into `max_width_px` times `max_height_px` device pixels, 1 to 16,384 each, and never
    made larger than it is. `max_bytes` bounds all frames of an animation together.
    """

    max_width_px: int
    max_height_px: int
    max_bytes: int
    has_motion: bool = True


@dataclass(frozen=True, slots=True)
class DecodedPicture:
    """Pixels: premultiplied, four bytes each, blue first, row by row without gaps.

    The natural size is the file's own, turned upright. A still picture has one frame and the delay 0; the
    frames of an animation stand for 20 ms or longer each.
    """

    natural_width_px: int
    natural_height_px: int
    width_px: int
    height_px: int
    has_alpha: bool
    frames: tuple[bytes, ...]
    delays_ms: tuple[int, ...]


class PictureDecoder:
    """Decodes one picture at a time; survives whatever a file does to its child."""

    def __init__(self, time_limit_s: float = _TIME_LIMIT_S) -> None:
        """Start no process yet."""
        self._worker = WorkerProcess(worker_command(_WORKER, FROZEN_COMMAND), time_limit_s)

    @property
    def process_id(self) -> int | None:
        """The child's process id, None while there is none."""
        return self._worker.process_id

    def decode(self, file: Path, request: PictureRequest) -> DecodedPicture:
        """Return the pixels of a file; blocks, so call it in a thread.

        Raises:
            PictureError: there are none, and why.
        """
        try:
            data = file.read_bytes()
        except OSError as failure:
            raise _error(PictureFault.MISSING) from failure
        question = _QUESTION.pack(
            len(data), request.max_width_px, request.max_height_px, request.max_bytes, request.has_motion
        )
        try:
            return self._worker.ask([question, data], lambda pipe: _read(pipe, request))
        except WorkerFailedError as failure:
            raise _error(_FAULTS[failure.fault]) from failure

    def close(self) -> None:
        """End for good, even in the middle of a picture; there will be no other child."""
        self._worker.close()

    def rest(self) -> None:
        """End the child, even in the middle of a picture; the next picture gets a new one."""
        self._worker.rest()


def _error(fault: PictureFault) -> PictureError:
    return PictureError(fault, _WORDS[fault])


def _read(pipe: IO[bytes], request: PictureRequest) -> DecodedPicture:
    code, *natural, width, height, has_alpha, count = _ANSWER.unpack(read_exactly(pipe, _ANSWER.size))
    if code:
        raise _error(PictureFault(code))
    frame_bytes = width * height * _PIXEL_BYTES
    # A child that a file took over may say anything.
    is_sane = (
        0 < width <= request.max_width_px
        and 0 < height <= request.max_height_px
        and 0 < count <= _MAX_FRAMES
        and (count == 1 or count * frame_bytes <= request.max_bytes)
        and 0 < natural[0] * natural[1] <= _MAX_PIXELS
    )
    if not is_sane:
        raise ValueError("an answer that cannot be")
    delays_ms = struct.unpack(f"!{count}I", read_exactly(pipe, 4 * count))
    frames = tuple(read_exactly(pipe, frame_bytes) for _ in range(count))
    return DecodedPicture(natural[0], natural[1], width, height, has_alpha, frames, delays_ms)
