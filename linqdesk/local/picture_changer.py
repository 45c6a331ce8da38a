"""Has a child process make another picture out of a picture."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.making import MadeFile, Making
from linqdesk.local.paths import OWNER_ONLY_FILE
from linqdesk.local.worker_process import (
    WorkerFailedError,
    WorkerFault,
    WorkerProcess,
    read_exactly,
    worker_command,
)

FROZEN_COMMAND = "change-pictures"
_WORKER = Path(__file__).with_name("picture_change_worker.py")
# As in picture_change_worker.py, which imports nothing of ours and is not imported here.
_QUESTION = struct.Struct("!QB")
_ANSWER = struct.Struct("!BBQ")
_DONE, _UNCHANGED = 0, 4
_CODES = {Making.COMMON_PICTURE: 0, Making.SMALLER: 1, Making.WITHOUT_LOCATION: 2}
_FORMATS = {1: ("image/jpeg", ".jpg"), 2: ("image/png", ".png"), 3: ("image/gif", ".gif")}
_DAMAGED = "This picture is damaged."
_FAULTS = {
    1: _DAMAGED,
    2: "Pictures of this kind cannot be changed here.",
    3: "This picture has too many pixels to be changed here.",
}
_WORKER_FAULTS = {
    WorkerFault.BROKEN: _DAMAGED,
    WorkerFault.OVERDUE: "Changing this picture takes too long.",
    WorkerFault.CLOSED: "The program is about to end.",
}
_MAX_FILE_BYTES = 100 * 1024 * 1024
_PIECE_BYTES = 256 * 1024
_TIME_LIMIT_S = 30.0


class PictureChanger:
    """Changes one picture at a time; survives whatever a file does to its child."""

    def __init__(self, time_limit_s: float = _TIME_LIMIT_S) -> None:
        """Start no process yet."""
        self._worker = WorkerProcess(worker_command(_WORKER, FROZEN_COMMAND), time_limit_s)

    def change(self, source: Path, wanted: Making, target: Path) -> MadeFile | None:
        """Write the changed picture to `target`, which must not exist; blocks, so call it in a thread.

        Returns:
            What it is now; None, and no target, where there was nothing to change: no location in it, or
            it would get no smaller.

        Raises:
            LocalFaultError: it cannot be changed, and why.
        """
        try:
            size_bytes = min(source.stat().st_size, _MAX_FILE_BYTES)
            with source.open("rb") as file, target.open("xb") as out:
                target.chmod(OWNER_ONLY_FILE)
                question = _Question(file, size_bytes, _CODES[wanted])
                changed = self._worker.ask(question, lambda pipe: _receive(pipe, out))
        except WorkerFailedError as failure:
            target.unlink(missing_ok=True)
            raise LocalFaultError(_WORKER_FAULTS[failure.fault]) from failure
        except LocalFaultError:
            # The rest of the answer is still in the pipe.
            self._worker.rest()
            target.unlink(missing_ok=True)
            raise
        except OSError as failure:
            raise LocalFaultError(f"The picture cannot be changed: {failure.strerror}.") from failure
        return _outcome(changed, source, target)

    def close(self) -> None:
        """End for good, even in the middle of a picture; there will be no other child."""
        self._worker.close()

    def rest(self) -> None:
        """End the child; the next picture gets a new one."""
        self._worker.rest()


class _Question:
    """A question that reads its file as it is sent, so that memory never holds it."""

    def __init__(self, file: IO[bytes], size_bytes: int, code: int) -> None:
        self._file = file
        self._size_bytes = size_bytes
        self._code = code

    def __iter__(self) -> Iterator[bytes]:
        yield _QUESTION.pack(self._size_bytes, self._code)
        left = self._size_bytes
        while left:
            piece = self._file.read(min(left, _PIECE_BYTES))
            if not piece:
                raise EOFError
            left -= len(piece)
            yield piece


def _receive(pipe: IO[bytes], out: IO[bytes]) -> tuple[int, int, int]:
    """Write the answer's file; a child that a file took over may say anything."""
    code, kind, size_bytes = _ANSWER.unpack(read_exactly(pipe, _ANSWER.size))
    if size_bytes > 2 * _MAX_FILE_BYTES:
        raise ValueError("an answer that cannot be")
    left = size_bytes
    while left:
        piece = read_exactly(pipe, min(left, _PIECE_BYTES))
        _write(out, piece)
        left -= len(piece)
    return code, kind, size_bytes


def _write(out: IO[bytes], piece: bytes) -> None:
    try:
        out.write(piece)
    except OSError as failure:
        raise LocalFaultError(f"The changed picture cannot be written: {failure.strerror}.") from failure


def _outcome(answer: tuple[int, int, int], source: Path, target: Path) -> MadeFile | None:
    code, kind, size_bytes = answer
    if code == _DONE:
        media_type, extension = _FORMATS.get(kind, ("", source.suffix))
        return MadeFile(media_type, extension, size_bytes)
    target.unlink(missing_ok=True)
    if code == _UNCHANGED:
        return None
    raise LocalFaultError(_FAULTS.get(code, _DAMAGED))
