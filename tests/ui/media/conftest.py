"""A desk of recordings."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from linqdesk.local.recording_reader import RecordingReader
from linqdesk.store.cache import Cache
from tests.ui.conftest import Wishes
from tests.ui.media.recorded import Desk


@pytest.fixture(scope="session")
def reader() -> Iterator[RecordingReader]:
    made = RecordingReader()
    yield made
    made.close()


@pytest.fixture
def recorded(cache: Cache, wishes: Wishes, reader: RecordingReader, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(cache, wishes, reader, qtbot)
    yield made
    made.leave()
