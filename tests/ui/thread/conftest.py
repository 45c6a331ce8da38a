"""A thread on screen."""

import pytest
from pytestqt.qtbot import QtBot

from linqdesk.store.cache import Cache
from linqdesk.ui.media.pictures import Pictures
from linqdesk.ui.theme import LIGHT
from linqdesk.ui.thread.thread_view import ThreadView
from tests.ui.conftest import Wishes


@pytest.fixture
def view(cache: Cache, wishes: Wishes, qtbot: QtBot) -> ThreadView:
    made = ThreadView(cache, LIGHT)
    pictures = Pictures(cache, wishes, made)
    made.see_through(pictures)
    qtbot.addWidget(made)
    made.resize(700, 500)
    with qtbot.waitExposed(made):
        made.show()
    return made
