"""What must not grow however long the program runs: memory, tasks, descriptors, Qt's objects, threads."""

import asyncio
import gc
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
from PySide6.QtCore import QObject
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Gauges:
    """One reading; `qobjects` are those below any window, `wrappers` what Python holds of Qt's objects."""

    at_h: float
    memory_mb: float
    objects: int
    tasks: int
    descriptors: int
    threads: int
    qobjects: int
    wrappers: int

    @property
    def words(self) -> str:
        """The reading in one line."""
        return (
            f"{self.memory_mb:.0f} MB, {self.tasks} tasks, {self.descriptors} descriptors, "
            f"{self.threads} threads, {self.qobjects} QObjects"
        )


def read_gauges(application: QApplication, at_h: float) -> Gauges:
    """Read all, after what is garbage is gone."""
    gc.collect()
    tops = application.topLevelWidgets()
    # Looking for Qt's objects makes Python hold them: counted before and after it would not be the same.
    qobjects = len(tops) + sum(sum(1 for _ in _below(top)) for top in tops)
    known = gc.get_objects()
    process = psutil.Process()
    return Gauges(
        at_h=at_h,
        memory_mb=process.memory_info().rss / _MB,
        objects=len(known),
        tasks=len(asyncio.all_tasks()),
        descriptors=len(list(Path("/proc/self/fd").iterdir())),
        threads=process.num_threads(),
        qobjects=qobjects,
        wrappers=sum(isinstance(each, QObject) for each in known),
    )


def _below(parent: QObject) -> Iterator[QObject]:
    """Yield all objects below one, but for the frames of documents.

    A document deletes its frames behind Python's back, which would hold what was once looked at for ever.
    """
    for child in parent.children():
        yield child
        if not isinstance(child, QTextDocument):
            yield from _below(child)
