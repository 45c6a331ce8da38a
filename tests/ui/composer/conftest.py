"""A composer in a window, open for a chat."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from linqdesk.store.cache import Cache
from linqdesk.ui.composer.composer import Composer
from linqdesk.ui.theme import LIGHT
from tests.store.messages import ANA
from tests.ui.conftest import Wishes


@pytest.fixture
def composer(cache: Cache, wishes: Wishes, qtbot: QtBot) -> Iterator[Composer]:
    window = QWidget()
    window.resize(600, 400)
    made = Composer(cache, wishes, LIGHT, window)
    made.setGeometry(0, 240, 600, 160)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    made.show_chat(ANA)
    made.edit.setFocus()
    # The window must outlive the test: Qt deletes its children with it.
    yield made
    window.close()
