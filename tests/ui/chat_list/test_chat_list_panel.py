from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from linqdesk.domain.ids import ChatId
from linqdesk.domain.outgoing import Draft
from linqdesk.store.cache import Cache
from linqdesk.ui.chat_list.chat_list_panel import ChatListView
from linqdesk.ui.theme import LIGHT
from tests.store.messages import a_chat
from tests.ui.assistive import select


class _Painted(QObject):
    """Remembers which parts of a view were drawn."""

    def __init__(self, view: ChatListView) -> None:
        super().__init__(view)
        self.parts: list[QRect] = []
        view.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.parts.append(event.rect())
        return super().eventFilter(watched, event)


@pytest.fixture
def cache() -> Cache:
    made = Cache()
    made.merge_chats([a_chat(ChatId(name), name=name) for name in ("ana", "ben", "cleo")])
    return made


@pytest.fixture
def chats(cache: Cache, qtbot: QtBot) -> Iterator[ChatListView]:
    window = QWidget()
    window.resize(320, 600)
    made = ChatListView(cache, LIGHT, window)
    made.resize(320, 600)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    # The window must outlive the test: Qt deletes its children with it.
    yield made
    window.close()


def _selected(chats: ChatListView) -> list[ChatId]:
    return [chats.chats.chat_at(index.row()) for index in chats.selectedIndexes()]


def test_a_screen_reader_opens_a_chat_by_selecting_it(chats: ChatListView) -> None:
    opened: list[object] = []
    chats.chat_chosen.connect(opened.append)
    select(chats, 1)
    assert opened == [chats.chats.chat_at(1)]


def test_the_open_chat_alone_is_selected(chats: ChatListView) -> None:
    opened: list[object] = []
    chats.chat_chosen.connect(opened.append)
    chats.mark_open(ChatId("ben"))
    assert _selected(chats) == [ChatId("ben")]
    QTest.keyClick(chats, Qt.Key.Key_Home)
    QTest.keyClick(chats, Qt.Key.Key_Down)
    assert _selected(chats) == [ChatId("ben")]
    chats.chats.set_search("cleo")
    assert _selected(chats) == []
    chats.chats.set_search("")
    assert _selected(chats) == [ChatId("ben")]
    chats.mark_open(None)
    assert _selected(chats) == []
    assert opened == []


def test_what_changed_in_one_row_draws_that_row_alone(
    chats: ChatListView, cache: Cache, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: chats.visualRect(chats.chats.index(2)).isValid())
    painted = _Painted(chats)
    cache.set_draft(ChatId("ben"), Draft("On my way"))
    qtbot.waitUntil(lambda: bool(painted.parts))
    row = chats.chats.row_of(ChatId("ben"))
    assert row is not None
    place = chats.visualRect(chats.chats.index(row))
    assert all(place.contains(each) for each in painted.parts)
