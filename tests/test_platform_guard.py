import sys

import PySide6
import pytest
from PySide6.QtCore import QObject, Signal

from linqdesk.platform_guard import missing_xcb_packages, needs_display, refusal


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


def test_signals_leave_the_counts_of_none_and_true_alone() -> None:
    bell = _Bell()
    heard: list[object] = []
    bell.rung.connect(heard.clear)
    before = [sys.getrefcount(each) for each in (None, True, False)]
    for _ in range(20_000):
        bell.rung.emit(None)
    after = [sys.getrefcount(each) for each in (None, True, False)]
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
    assert missing_xcb_packages({"QT_QPA_PLATFORM": "offscreen"}, "linux") == []
    assert missing_xcb_packages({"WAYLAND_DISPLAY": "wayland-0"}, "linux") == []
    assert missing_xcb_packages({}, "darwin") == []
