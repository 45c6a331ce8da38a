"""Has a child process write a sound as AAC in m4a."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.making import MadeFile
from linqdesk.local.paths import OWNER_ONLY_FILE
from linqdesk.local.recording_kinds import HEAD_BYTES, is_recording
from linqdesk.local.worker_process import WorkerFailedError, WorkerFault, WorkerProcess, worker_command

FROZEN_COMMAND = "encode-sounds"
# The worker stands on Qt, which nothing in this folder may import: it is started by its place.
_WORKER = Path(__file__).parents[1] / "ui" / "media" / "encoding_worker.py"
MEDIA_TYPE, EXTENSION = "audio/x-m4a", ".m4a"
# Plenty for a voice: twenty minutes of it fit into the 10 MB of a voice memo.
BITS_A_SECOND = 64_000
_DAMAGED = "This recording cannot be read."
_FAULTS = {"damaged": _DAMAGED, "unwritten": "The recording cannot be written: is the disk full?"}
_WORKER_FAULTS = {
    WorkerFault.BROKEN: _DAMAGED,
    WorkerFault.OVERDUE: "Converting this recording takes too long.",
    WorkerFault.CLOSED: "The program is about to end.",
}
_TIME_LIMIT_S = 120.0
_MAX_HEAD_BYTES = 4_096


class SoundEncoder:
    """Encodes one file at a time; survives whatever it does to the child, and ends what hangs."""

    def __init__(self, time_limit_s: float = _TIME_LIMIT_S, command: Sequence[str] | None = None) -> None:
        """Start no process yet; `command` is what the child is started with, our own worker by default."""
        self._worker = WorkerProcess(command or worker_command(_WORKER, FROZEN_COMMAND), time_limit_s)

    def encode(self, source: Path, target: Path) -> MadeFile:
        """Write a sound to `target`, which must not exist and ends in .m4a; blocks, so call it in a thread.

        Raises:
            LocalFaultError: it cannot be done, and why; nothing stands at the target then.
        """
        _check(source)
        question = {"path": str(source), "target": str(target), "bits_a_second": BITS_A_SECOND}
        try:
            duration_ms = self._worker.ask([json.dumps(question).encode() + b"\n"], _read)
            target.chmod(OWNER_ONLY_FILE)
            _call_it_sound(target)
            return MadeFile(MEDIA_TYPE, EXTENSION, target.stat().st_size, duration_ms)
        except WorkerFailedError as failure:
            target.unlink(missing_ok=True)
            raise LocalFaultError(_WORKER_FAULTS[failure.fault]) from failure
        except LocalFaultError:
            target.unlink(missing_ok=True)
            raise
        except OSError as failure:
            raise LocalFaultError(f"The recording cannot be written: {failure.strerror}.") from failure

    def close(self) -> None:
        """End for good, even in the middle of a file."""
        self._worker.close()

    def rest(self) -> None:
        """End the child; the next file gets a new one."""
        self._worker.rest()


def _check(source: Path) -> None:
    try:
        with source.open("rb") as opened:
            head = opened.read(HEAD_BYTES)
    except OSError as failure:
        raise LocalFaultError(f"The recording cannot be read: {failure.strerror}.") from failure
    if not is_recording(head):
        raise LocalFaultError("This is no recording of a kind that can be converted here.")


def _call_it_sound(target: Path) -> None:
    """Give the file the brand of a sound: that of any mp4, which Qt writes, makes others show a video."""
    with target.open("r+b") as file:
        if file.read(8)[4:] == b"ftyp":
            file.write(b"M4A ")


def _read(pipe: IO[bytes]) -> int:
    """Return how long the sound is in milliseconds."""
    head = json.loads(pipe.readline(_MAX_HEAD_BYTES) or b"null")
    if head is None:
        raise EOFError
    if not isinstance(head, dict):
        raise TypeError("an answer that cannot be")
    fault, duration_ms = head.get("fault"), head.get("duration_ms")
    if fault:
        raise LocalFaultError(_FAULTS.get(str(fault), _DAMAGED))
    if not isinstance(duration_ms, int) or duration_ms < 0:
        raise ValueError("an answer that cannot be")
    return duration_ms
