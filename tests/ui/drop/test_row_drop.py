from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from pytestqt.qtbot import QtBot

from linqdesk.domain.ids import ChatId
from linqdesk.store.cache import Cache
from linqdesk.ui.chat_list.chat_list_panel import ChatListView
from linqdesk.ui.theme import LIGHT
from tests.store.messages import ANA
from tests.ui.drop.drags import SHIFT, Drag, files_data

PICTURE = Path("/nowhere/cat.jpg")
NOWHERE = QPoint(100, 500)


@pytest.fixture
def chats(cache: Cache, qtbot: QtBot) -> Iterator[ChatListView]:
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    window.resize(320, 600)
    made = ChatListView(cache, LIGHT, window)
    made.resize(320, 600)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    yield made
    window.close()


def place(chats: ChatListView, chat_id: ChatId) -> QPoint:
    row = chats.chats.row_of(chat_id)
    assert row is not None
    return chats.visualRect(chats.chats.index(row)).center()


def test_a_drop_on_a_chat_names_it_with_the_files(chats: ChatListView) -> None:
    heard: list[tuple[object, object]] = []
    chats.drops.dropped.connect(lambda chat_id, sources: heard.append((chat_id, sources)))
    drag = Drag(chats.viewport(), files_data([PICTURE]))
    assert drag.enter(place(chats, ANA))
    assert drag.drop(place(chats, ANA))
    assert heard == [(ANA, (PICTURE,))]
    assert not chats.drops.holding.isActive()


def test_a_chat_opens_when_files_are_held_over_it_for_600_ms(chats: ChatListView) -> None:
    opened: list[ChatId] = []
    chats.chat_chosen.connect(opened.append)
    drag = Drag(chats.viewport(), files_data([PICTURE]))
    drag.enter(place(chats, ANA))
    assert chats.drops.holding.isActive()
    assert chats.drops.holding.interval() == 600
    drag.move(place(chats, ANA) + QPoint(3, 3))
    chats.drops.holding.timeout.emit()
    assert opened == [ANA]


def test_moving_on_begins_to_count_anew_and_leaving_ends_it(chats: ChatListView) -> None:
    pointed: list[ChatId | None] = []
    chats.drops.pointed.connect(pointed.append)
    drag = Drag(chats.viewport(), files_data([PICTURE]))
    drag.enter(place(chats, ANA))
    drag.move(place(chats, ChatId("tom")))
    drag.leave()
    assert pointed == [ANA, ChatId("tom"), None]
    assert not chats.drops.holding.isActive()


def test_the_cursor_is_honest_where_there_is_no_chat(chats: ChatListView) -> None:
    drag = Drag(chats.viewport(), files_data([PICTURE]))
    assert not drag.enter(NOWHERE)
    assert drag.move(place(chats, ANA))
    assert not drag.move(NOWHERE)
    assert not drag.drop(NOWHERE)


def test_a_drop_on_a_row_never_takes_the_original_away(chats: ChatListView) -> None:
    drag = Drag(chats.viewport(), files_data([PICTURE]), SHIFT)
    drag.enter(place(chats, ANA))
    assert drag.actions == [Qt.DropAction.CopyAction]
    drag.move(NOWHERE)
    drag.drop(place(chats, ANA))
    assert drag.actions[1:] == [Qt.DropAction.IgnoreAction, Qt.DropAction.CopyAction]


def test_words_are_not_for_chats(chats: ChatListView) -> None:
    data = QMimeData()
    data.setText("words")
    assert not Drag(chats.viewport(), data).enter(place(chats, ANA))


def test_the_order_holds_still_under_a_drag(chats: ChatListView) -> None:
    drag = Drag(chats.viewport(), files_data([PICTURE]))
    before = chats.grab().toImage()
    drag.enter(place(chats, ANA))
    assert chats.grab().toImage() != before
    drag.leave()
    assert chats.grab().toImage() == before
