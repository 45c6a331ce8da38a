"""What every test has: the Qt loop for journeys, and a home of its own for what the program writes."""

import asyncio
import gc
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
import stamina
from hypothesis import HealthCheck, settings

# Before anything imports Qt: tests draw off screen unless the caller chose a platform.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

# A busy machine is no reason to fail.
settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("desk")

JOURNEYS = Path(__file__).parent / "journeys"
# Journeys wait for half of their time: so many workers more than processors keep those at work.
_WAITING_WORKERS = 2


def pytest_xdist_auto_num_workers() -> int | None:
    """Tell `-n auto` how many workers to take; None leaves it to the variable that names a number."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    return (os.cpu_count() or 1) + _WAITING_WORKERS


def pytest_collection_finish() -> None:
    """Spare what is there for good from every later collection of garbage: modules and 5,000 tests."""
    gc.collect()
    gc.freeze()


def _qt_loop() -> asyncio.AbstractEventLoop:
    import qasync
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    # With Qt's default the loop dies under the tasks when a test closes its window.
    application.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(application, already_running=False)
    assert isinstance(loop, asyncio.AbstractEventLoop)
    return loop


def pytest_asyncio_loop_factories(
    item: pytest.Item,
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Run journeys on the loop of the real program, everything else on the standard one."""
    if item.path.is_relative_to(JOURNEYS):
        return {"qt": _qt_loop}
    return {"asyncio": asyncio.new_event_loop}


@pytest.fixture(autouse=True)
def _no_waiting_between_attempts() -> Iterator[None]:
    """Repeat reads as often as the program does, but at once."""
    with stamina.set_testing(True, attempts=99, cap=True):
        yield


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINQDESK_DATA_DIR", str(tmp_path / "data"))
    for name in ("LINQDESK_TOKEN", "LINQDESK_BASE_URL", "LINQDESK_LOG", "LINQDESK_REDUCED_MOTION"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _text_stays_as_large_as_it_was() -> Iterator[None]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets is not None else None
    font = application.font() if application is not None else None
    yield
    if application is not None and application.font() != font:
        application.setFont(font)
