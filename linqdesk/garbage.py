"""Looks for garbage in the window's thread only, and only when the window has nothing else to do.

Left to itself, Python does so in whichever thread makes the next object. Cycles often hold objects of Qt,
and those may end in their own thread only: elsewhere the program can crash. Nor does anybody then wait for
it in the middle of a frame.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from PySide6.QtCore import QAbstractEventDispatcher

# Of all time, what looking through everything may take.
_MOST_SHARE = 0.01


@contextmanager
def collecting_at_rest(dispatcher: QAbstractEventDispatcher) -> Iterator[None]:
    """Collect whenever this thread's event loop is about to wait; what stands already is never looked at."""
    rest = _Rest()
    gc.freeze()
    gc.disable()
    dispatcher.aboutToBlock.connect(rest.use)
    try:
        yield
    finally:
        dispatcher.aboutToBlock.disconnect(rest.use)
        gc.enable()
        gc.unfreeze()


def spare_what_stands() -> None:
    """Never look at what stands by now either: modules, classes and functions stay to the end."""
    gc.freeze()


class _Rest:
    """Keeps Python's own thresholds, but for the dearest collection, which waits its turn."""

    def __init__(self) -> None:
        self._full_after_s = 0.0

    def use(self) -> None:
        """Collect as far as is due."""
        young, middle, old = gc.get_count()
        young_limit, middle_limit, old_limit = gc.get_threshold()
        if young <= young_limit:
            return
        if middle <= middle_limit:
            gc.collect(0)
            return
        began_s = perf_counter()
        if old <= old_limit or began_s < self._full_after_s:
            gc.collect(1)
            return
        gc.collect()
        ended_s = perf_counter()
        self._full_after_s = ended_s + (ended_s - began_s) / _MOST_SHARE
