import asyncio
import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import qWarning

from linqdesk.crash_care import CrashCare
from linqdesk.local.log_files import report_of

SECRET = "what the customer wrote"


class Told:
    """Crash care with what it told."""

    def __init__(self) -> None:
        self.kinds: list[str] = []
        self.care = CrashCare(lambda report: self.kinds.append(report.partition(" ")[0]))


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> Iterator[Told]:
    made = Told()
    with caplog.at_level(logging.WARNING):
        yield made
    made.care.close()
    assert SECRET not in caplog.text


def fail() -> None:
    raise ZeroDivisionError(SECRET)


def test_an_error_of_a_slot_is_reported_by_kind_and_place(
    told: Told, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        fail()
    except ZeroDivisionError as failure:
        sys.excepthook(type(failure), failure, failure.__traceback__)
    assert told.kinds == ["ZeroDivisionError"]
    assert "test_crash_care.py" in caplog.text
    assert "fail" in caplog.text


def test_an_error_of_a_thread_is_reported(told: Told) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert told.kinds == ["ZeroDivisionError"]


async def test_an_error_of_a_callback_of_the_loop_is_reported(told: Told) -> None:
    loop = asyncio.get_running_loop()
    told.care.watch(loop)
    loop.call_soon(fail)
    loop.call_exception_handler({"message": SECRET})
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert told.kinds == ["ZeroDivisionError"]


def test_a_complaint_of_qt_is_noted_without_its_words(told: Told, caplog: pytest.LogCaptureFixture) -> None:
    qWarning(SECRET)
    assert "Qt complained" in caplog.text
    assert told.kinds == []


def test_all_hooks_are_given_back() -> None:
    before = (sys.excepthook, threading.excepthook)
    CrashCare(lambda _kind: None).close()
    assert (sys.excepthook, threading.excepthook) == before


def test_a_report_names_causes_without_their_words() -> None:
    try:
        try:
            fail()
        except ZeroDivisionError as failure:
            raise ValueError(SECRET) from failure
    except ValueError as failure:
        report = report_of(failure)
    assert report.startswith("ValueError at ")
    assert "after ZeroDivisionError at " in report
    assert SECRET not in report
