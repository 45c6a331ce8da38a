"""Nothing that is gone from the window goes on listening to the cache."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from linqdesk.store.cache import Cache
from linqdesk.store.changes import Change
from linqdesk.store.subscription import Subscription
from linqdesk.ui.acts.chat_picker import FORWARD, ChatPicker
from linqdesk.ui.theme import LIGHT
from linqdesk.ui.thread.thread_view import ThreadView


class CountingCache(Cache):
    """A cache that knows how many listen to it."""

    listening = 0

    @override
    def subscribe(self, listener: Callable[[Change], None]) -> Subscription:
        """Count who listens."""
        self.listening += 1
        inner = super().subscribe(listener)

        def end() -> None:
            self.listening -= 1
            inner.close()

        return Subscription(end)


@pytest.mark.parametrize(
    "make",
    [
        lambda cache, window: ChatPicker(FORWARD, cache, LIGHT, window),
        lambda cache, window: ThreadView(cache, LIGHT, window),
    ],
    ids=["chat picker", "thread"],
)
def test_what_is_deleted_hears_of_no_change(make: Callable[[Cache, QWidget], QWidget], qtbot: QtBot) -> None:
    cache, window = CountingCache(), QWidget()
    qtbot.addWidget(window)
    made = make(cache, window)
    assert cache.listening > 0
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert cache.listening == 0
