"""Has sounds and videos read by a child process: how loud they are over time, or their first frame."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import IO, TypeAlias

from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.recording_kinds import HEAD_BYTES, is_recording
from linqdesk.local.worker_process import (
    WorkerFailedError,
    WorkerFault,
    WorkerProcess,
    read_exactly,
    worker_command,
)

FROZEN_COMMAND = "read-recordings"
# The worker stands on Qt, which nothing in this folder may import: it is started by its place.
_WORKER = Path(__file__).parents[1] / "ui" / "media" / "recording_worker.py"
_TIME_LIMIT_S = 10.0
_MAX_HEAD_BYTES = 4_096
_MAX_LEVELS = 1_000
_MAX_SIDE_PX = 16_384
_PIXEL_BYTES = 4
_MAX_DURATION_MS = 100 * 3_600 * 1_000


class RecordingFault(Enum):
    """Why a recording cannot be had; the value is a sentence."""

    DAMAGED = "This recording cannot be played here."
    UNSUPPORTED = "Recordings of this kind are not played here."
    SILENT = "There is nothing to see in this video."
    TOOK_TOO_LONG = "Takes too long to read."
    MISSING = "Not on this computer any more."


_FAULTS = {
    WorkerFault.BROKEN: RecordingFault.DAMAGED,
    WorkerFault.OVERDUE: RecordingFault.TOOK_TOO_LONG,
    WorkerFault.CLOSED: RecordingFault.MISSING,
}


class RecordingError(LocalFaultError):
    """A recording that cannot be played; `fault` says why."""

    def __init__(self, fault: RecordingFault) -> None:
        """Keep what is wrong."""
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class LevelsRequest:
    """Asks how loud a sound is."""


@dataclass(frozen=True, slots=True)
class PosterRequest:
    """Asks for a video's first frame, made to fit into a room of 1 to 16,384 device pixels a side."""

    max_width_px: int
    max_height_px: int


@dataclass(frozen=True, slots=True)
class Levels:
    """How loud a sound is in equal stretches of its time: 0 to 255, the loudest moment being 255."""

    duration_ms: int
    levels: bytes


@dataclass(frozen=True, slots=True)
class Poster:
    """A video's first frame: pixels of four bytes, blue first, row by row without gaps."""

    duration_ms: int
    natural_width_px: int
    natural_height_px: int
    width_px: int
    height_px: int
    pixels: bytes


RecordingRequest: TypeAlias = LevelsRequest | PosterRequest
Recording: TypeAlias = Levels | Poster


class RecordingReader:
    """Reads one file at a time; survives whatever it does to the child, and ends what hangs."""

    def __init__(self, time_limit_s: float = _TIME_LIMIT_S, command: Sequence[str] | None = None) -> None:
        """Start no process yet; `command` is what the child is started with, our own worker by default."""
        self._worker = WorkerProcess(command or worker_command(_WORKER, FROZEN_COMMAND), time_limit_s)

    @property
    def process_id(self) -> int | None:
        """The child's process id, None while there is none."""
        return self._worker.process_id

    def read(self, file: Path, request: RecordingRequest) -> Recording:
        """Return what is asked of a file; blocks, so call it in a thread.

        Raises:
            RecordingError: it is not to be had, and why.
        """
        try:
            with file.open("rb") as opened:
                head = opened.read(HEAD_BYTES)
        except OSError as failure:
            raise RecordingError(RecordingFault.MISSING) from failure
        if not is_recording(head):
            raise RecordingError(RecordingFault.UNSUPPORTED)
        question = json.dumps({"path": str(file), **_wish(request)}).encode() + b"\n"
        try:
            answer = self._worker.ask([question], lambda pipe: _read(pipe, request))
        except WorkerFailedError as failure:
            raise RecordingError(_FAULTS[failure.fault]) from failure
        if isinstance(answer, RecordingFault):
            raise RecordingError(answer)
        return answer

    def close(self) -> None:
        """End for good, even in the middle of a file."""
        self._worker.close()

    def rest(self) -> None:
        """End the child, even in the middle of a file; the next file gets a new one."""
        self._worker.rest()


def _wish(request: RecordingRequest) -> dict[str, object]:
    match request:
        case LevelsRequest():
            return {"wants": "levels"}
        case PosterRequest():
            return {"wants": "poster", "width": request.max_width_px, "height": request.max_height_px}


def _read(pipe: IO[bytes], request: RecordingRequest) -> Recording | RecordingFault:
    """Read an answer; a child that a file took over may say anything."""
    head = json.loads(pipe.readline(_MAX_HEAD_BYTES) or b"null")
    if head is None:
        raise EOFError
    if not isinstance(head, dict):
        raise TypeError("an answer that cannot be")
    match head.get("fault"):
        case "damaged":
            return RecordingFault.DAMAGED
        case "silent":
            return RecordingFault.SILENT
        case _:
            return _levels(pipe, head) if isinstance(request, LevelsRequest) else _poster(pipe, head, request)


def _levels(pipe: IO[bytes], head: dict[str, object]) -> Levels:
    count = _number(head.get("bytes"), _MAX_LEVELS)
    return Levels(_number(head.get("duration_ms"), _MAX_DURATION_MS), read_exactly(pipe, count))


def _poster(pipe: IO[bytes], head: dict[str, object], request: PosterRequest) -> Poster:
    natural_width, natural_height = _pair(head.get("natural"), (_MAX_SIDE_PX, _MAX_SIDE_PX))
    width, height = _pair(head.get("size"), (request.max_width_px, request.max_height_px))
    duration_ms = _number(head.get("duration_ms"), _MAX_DURATION_MS)
    pixels = read_exactly(pipe, width * height * _PIXEL_BYTES)
    return Poster(duration_ms, natural_width, natural_height, width, height, pixels)


def _pair(value: object, most: tuple[int, int]) -> tuple[int, int]:
    if not isinstance(value, list) or len(value) != len(most) or 0 in value:
        raise ValueError("an answer that cannot be")
    return _number(value[0], most[0]), _number(value[1], most[1])


def _number(value: object, most: int) -> int:
    if not isinstance(value, int) or not 0 <= value <= most:
        raise ValueError("an answer that cannot be")
    return value
