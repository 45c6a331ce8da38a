import sys

import PySide6
import pytest
from PySide6.QtCore import QCoreApplication, QObject, QTimerEvent, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from linqdesk.platform_guard import missing_packages, needs_display, refusal


@pytest.mark.parametrize(
    ("python", "pyside", "runs"),
    [
        ((3, 11, 2), (6, 12, 0), False),
        ((3, 11, 2), (6, 11, 3), True),
        ((3, 12, 0), (6, 12, 0), True),
        ((3, 13, 1), (6, 13, 0), True),
        ((3, 11, 7), (7, 0, 0), False),
    ],
)
def test_only_the_aborting_pair_is_refused(
    python: tuple[int, ...], pyside: tuple[int, ...], runs: bool
) -> None:
    assert (refusal(python, pyside) is None) is runs


def test_the_refusal_says_what_to_install() -> None:
    assert "PySide6-Essentials<6.12" in (refusal((3, 11), (6, 12, 0)) or "")


def test_the_installed_pair_is_a_safe_one() -> None:
    assert refusal(tuple(sys.version_info[:3]), tuple(PySide6.__version_info__[:3])) is None


class _Bell(QObject):
    rung = Signal(object)


class _Canvas(QWidget):
    painted = 0
    timed = 0

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.drawPoint(0, 0)
        self.painted += 1

    @override
    def timerEvent(self, event: QTimerEvent) -> None:
        self.timed += 1


def _singleton_counts() -> list[int]:
    return [sys.getrefcount(each) for each in (None, True, False)]


def test_signals_timer_events_and_paints_leave_the_counts_of_the_singletons_alone(qtbot: QtBot) -> None:
    bell, canvas = _Bell(), _Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(8, 8)
    with qtbot.waitExposed(canvas):
        canvas.show()
    heard: list[object] = []
    bell.rung.connect(heard.clear)
    before = _singleton_counts()
    for _ in range(20_000):
        bell.rung.emit(None)
        QCoreApplication.sendEvent(canvas, QTimerEvent(1))
        canvas.repaint()
    after = _singleton_counts()
    assert canvas.painted >= 20_000
    assert canvas.timed >= 20_000
    # A leaking build loses one with every call; the test run itself moves the counts by a few.
    assert all(now > then - 1_000 for then, now in zip(before, after, strict=True))


@pytest.mark.parametrize(
    ("environment", "platform", "needed"),
    [
        ({}, "linux", True),
        ({"DISPLAY": ""}, "linux", True),
        ({"DISPLAY": ":0"}, "linux", False),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", False),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", False),
        ({}, "darwin", False),
        ({}, "win32", False),
    ],
)
def test_a_display_is_missed_only_where_there_can_be_none(
    environment: dict[str, str], platform: str, needed: bool
) -> None:
    assert needs_display(environment, platform) is needed


def test_libraries_of_x11_are_asked_for_only_where_x11_is_drawn_on() -> None:
    assert missing_packages({"QT_QPA_PLATFORM": "offscreen"}, "linux") == []
    assert missing_packages({"WAYLAND_DISPLAY": "wayland-0"}, "linux") == []
    assert missing_packages({}, "darwin") == []
