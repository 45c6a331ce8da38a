import threading

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from linqdesk.store.cache import Cache
from linqdesk.ui.theme import LIGHT
from linqdesk.ui.windows.main_window import MainWindow
from tests.ui.conftest import Wishes

REPORT = "ZeroDivisionError at linqdesk/ui/x.py:3 f"


@pytest.fixture
def window(cache: Cache, wishes: Wishes, qtbot: QtBot) -> MainWindow:
    made = MainWindow(cache, wishes, LIGHT)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def press(window: MainWindow, name: str) -> None:
    button = window.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    button.click()


def test_a_failure_of_any_thread_is_said_in_the_window_and_can_be_read_and_dismissed(
    window: MainWindow, qtbot: QtBot
) -> None:
    """F23: the program lives on, and says that something went wrong."""
    assert window.crashes.banner.words == ""
    thread = threading.Thread(target=lambda: window.crashes.note(REPORT))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: "Something went wrong" in window.crashes.banner.words)
    press(window, "crash_banner_action")
    text = window.findChild(QPlainTextEdit, "crash_report_text")
    assert isinstance(text, QPlainTextEdit)
    assert REPORT in text.toPlainText()
    assert "LinqDesk" in text.toPlainText()
    press(window, "crash_report_copy")
    assert REPORT in QGuiApplication.clipboard().text()
    press(window, "crash_report_close")
    press(window, "crash_banner_dismiss")
    assert window.crashes.banner.words == ""


def test_a_failure_that_repeats_is_reported_once_and_the_list_is_bounded(window: MainWindow) -> None:
    for _ in range(3):
        window.crashes.note(REPORT)
    assert window.crashes.report().count(REPORT) == 1
    for number in range(100):
        window.crashes.note(f"ValueError at place {number}")
    assert len(window.crashes.report().splitlines()) == 21
