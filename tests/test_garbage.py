"""Garbage may hold objects of Qt, and those must end in the window's thread."""

import gc
import threading

import pytest
from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from linqdesk.garbage import collecting_at_rest


class Cycle:
    """Holds itself and an object of Qt; tells in which thread it ends."""

    def __init__(self, ended_in: list[int]) -> None:
        self.itself = self
        self.held = QObject()
        self._ended_in = ended_in

    def __del__(self) -> None:
        self._ended_in.append(threading.get_ident())


def work_elsewhere() -> list[list[int]]:
    """Make more objects in another thread than Python lets pass without looking for garbage."""
    made: list[list[int]] = []
    worker = threading.Thread(target=lambda: made.extend([] for _ in range(20_000)))
    worker.start()
    worker.join()
    return made


def rest() -> None:
    """Let the event loop run until it has nothing to do."""
    loop = QEventLoop()
    QTimer.singleShot(0, loop.quit)
    loop.exec()


@pytest.fixture
def dispatcher(qapp: QApplication) -> QAbstractEventDispatcher:
    del qapp
    found = QAbstractEventDispatcher.instance()
    assert found is not None
    return found


def test_garbage_ends_in_the_windows_thread_while_others_work(dispatcher: QAbstractEventDispatcher) -> None:
    ended_in: list[int] = []
    with collecting_at_rest(dispatcher):
        for _ in range(50):
            Cycle(ended_in)
        made = work_elsewhere()
        assert ended_in == []
        rest()
        assert ended_in == [threading.get_ident()] * 50
        del made


def test_old_garbage_ends_as_well(dispatcher: QAbstractEventDispatcher) -> None:
    ended_in: list[int] = []
    with collecting_at_rest(dispatcher):
        grown_old = [Cycle(ended_in) for _ in range(50)]
        gc.collect(0)
        gc.collect(1)
        grown_old.clear()
        kept: list[list[list[int]]] = []
        for _ in range(200):
            kept.append([[] for _ in range(1_000)])
            rest()
        assert len(ended_in) == 50


def test_python_looks_for_garbage_itself_again_afterwards(dispatcher: QAbstractEventDispatcher) -> None:
    with collecting_at_rest(dispatcher):
        assert not gc.isenabled()
    assert gc.isenabled()
