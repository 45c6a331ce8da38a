"""A child process that answers questions about customers' files, and is killed when it misbehaves."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from enum import Enum, auto
from pathlib import Path
from typing import IO, TypeVar

T = TypeVar("T")

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


class WorkerFault(Enum):
    """Why there is no answer: the child broke off or said what cannot be, took too long, or is closed."""

    BROKEN = auto()
    OVERDUE = auto()
    CLOSED = auto()


class WorkerFailedError(Exception):
    """There is no answer; `fault` says why."""

    def __init__(self, fault: WorkerFault) -> None:
        """Keep what is wrong."""
        super().__init__(fault.name)
        self.fault = fault


def worker_command(file: Path, frozen_command: str) -> list[str]:
    """Return what starts a worker: its file, or in a frozen program the program with a word of its own."""
    if getattr(sys, "frozen", False):
        return [sys.executable, frozen_command]
    # -P: nothing is ever imported from the folder in which the worker lies or the program was started.
    return [sys.executable, "-P", str(file)]


class WorkerProcess:
    """Asks one question at a time; starts the child when there is one, and a new one after a failure."""

    def __init__(self, command: Sequence[str], time_limit_s: float) -> None:
        """Start no process yet; a question may take `time_limit_s` seconds."""
        self._command = tuple(command)
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

    def ask(self, question: Iterable[bytes], read: Callable[[IO[bytes]], T]) -> T:
        """Send a question and return what `read` makes of the answer; blocks, so call it in a thread.

        `read` raises ValueError or TypeError for what no honest child would say.

        Raises:
            WorkerFailedError: there is no answer.
        """
        with self._turn:
            if self._is_closed:
                raise WorkerFailedError(WorkerFault.CLOSED)
            child = self._living_child() or self._start()
            self._is_overdue = False
            watchdog = threading.Timer(self._time_limit_s, self._kill_overdue, (child,))
            watchdog.daemon = True
            watchdog.start()
            try:
                return _answer(child, question, read)
            except (OSError, EOFError, ValueError, TypeError) as failure:
                self._end(child)
                fault = WorkerFault.OVERDUE if self._is_overdue else WorkerFault.BROKEN
                raise WorkerFailedError(fault) from failure
            finally:
                watchdog.cancel()

    def close(self) -> None:
        """End for good, even in the middle of an answer; there will be no other child."""
        self._is_closed = True
        self.rest()

    def rest(self) -> None:
        """End the child, even in the middle of an answer; the next question gets a new one."""
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
            self._command,
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


def read_exactly(pipe: IO[bytes], count: int) -> bytes:
    """Return the next so many bytes.

    Raises:
        EOFError: there are fewer.
    """
    data = pipe.read(count)
    if len(data) < count:
        raise EOFError
    return data


def _answer(child: subprocess.Popen[bytes], question: Iterable[bytes], read: Callable[[IO[bytes]], T]) -> T:
    if child.stdin is None or child.stdout is None:
        raise ValueError("no pipes")
    for piece in question:
        child.stdin.write(piece)
    child.stdin.flush()
    return read(child.stdout)


def _close(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        try:
            pipe.close()
        except OSError:
            # What was still to be written has nowhere to go.
            return
