"""Has pictures decoded by a child process, which it starts when needed and kills when it misbehaves."""

import os
import struct
import subprocess
import sys
import threading
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import IO

from linqdesk.domain.errors import LocalFaultError

# As in picture_worker.py, which imports nothing of ours and is not imported here: it would bring Pillow.
_QUESTION = struct.Struct("!QIIQ?")
_ANSWER = struct.Struct("!BIIII?I")
_MAX_FRAMES = 200
_MAX_PIXELS = 40_000_000
_PIXEL_BYTES = 4
_TIME_LIMIT_S = 10.0
FROZEN_COMMAND = "decode-pictures"
# The child sees nothing of our environment but what a Python needs to start; no token, above all.
_NEEDED_VARIABLES = (
    "PATH",
    "PYTHONPATH",
    "PYTHONHOME",
    "LD_LIBRARY_PATH",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "LANG",
)


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
        self._time_limit_s = time_limit_s
        self._turn = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._is_overdue = False
        self._is_closed = False

    @property
    def process_id(self) -> int | None:
        """The child's process id, None while there is none."""
        child = self._child
        return None if child is None else child.pid

    def decode(self, file: Path, request: PictureRequest) -> DecodedPicture:
        """Return the pixels of a file; blocks, so call it in a thread.

        Raises:
            PictureError: there are none, and why.
        """
        try:
            data = file.read_bytes()
        except OSError as failure:
            raise _error(PictureFault.MISSING) from failure
        with self._turn:
            if self._is_closed:
                raise _error(PictureFault.MISSING)
            child = self._living_child() or self._start()
            self._is_overdue = False
            watchdog = threading.Timer(self._time_limit_s, self._kill_overdue, (child,))
            watchdog.daemon = True
            watchdog.start()
            try:
                return _asked(child, data, request)
            except (OSError, EOFError, ValueError) as failure:
                self._end(child)
                fault = PictureFault.TOOK_TOO_LONG if self._is_overdue else PictureFault.DAMAGED
                raise _error(fault) from failure
            finally:
                watchdog.cancel()

    def close(self) -> None:
        """End for good, even in the middle of a picture; there will be no other child."""
        self._is_closed = True
        self.rest()

    def rest(self) -> None:
        """End the child, even in the middle of a picture; the next picture gets a new one."""
        child = self._child
        if child is not None:
            child.kill()
        with self._turn:
            if self._child is not None:
                self._end(self._child)

    def _living_child(self) -> subprocess.Popen[bytes] | None:
        child = self._child
        if child is not None and child.poll() is not None:
            self._end(child)
        return self._child

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {name: os.environ[name] for name in _NEEDED_VARIABLES if name in os.environ}
        self._child = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        return self._child

    def _kill_overdue(self, child: subprocess.Popen[bytes]) -> None:
        self._is_overdue = True
        child.kill()

    def _end(self, child: subprocess.Popen[bytes]) -> None:
        if self._child is child:
            self._child = None
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            _close(pipe)


def _close(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        try:
            pipe.close()
        except OSError:
            # What was still to be written has nowhere to go.
            return


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, FROZEN_COMMAND]
    # -P: nothing is ever imported from the folder in which the worker lies or the program was started.
    return [sys.executable, "-P", str(Path(__file__).with_name("picture_worker.py"))]


def _error(fault: PictureFault) -> PictureError:
    return PictureError(fault, _WORDS[fault])


def _asked(child: subprocess.Popen[bytes], data: bytes, request: PictureRequest) -> DecodedPicture:
    if child.stdin is None or child.stdout is None:
        raise ValueError("no pipes")
    child.stdin.write(
        _QUESTION.pack(
            len(data), request.max_width_px, request.max_height_px, request.max_bytes, request.has_motion
        )
    )
    child.stdin.write(data)
    child.stdin.flush()
    code, *natural, width, height, has_alpha, count = _ANSWER.unpack(_read(child.stdout, _ANSWER.size))
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
    delays_ms = struct.unpack(f"!{count}I", _read(child.stdout, 4 * count))
    frames = tuple(_read(child.stdout, frame_bytes) for _ in range(count))
    return DecodedPicture(natural[0], natural[1], width, height, has_alpha, frames, delays_ms)


def _read(pipe: IO[bytes], count: int) -> bytes:
    data = pipe.read(count)
    if len(data) < count:
        raise EOFError
    return data
