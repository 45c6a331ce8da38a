from dataclasses import replace
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from linqdesk.domain.beginning import Beginning, provisional_chat
from linqdesk.domain.chat import Chat
from linqdesk.domain.ids import ChatId, Handle
from linqdesk.store.cache import Cache
from linqdesk.ui.models.chat_list_model import ChatListModel
from linqdesk.ui.models.message_list_model import MessageListModel
from tests.store.messages import ANA, BEGAN, LINE, a_chat, a_message, a_send

LOCAL, REAL = ChatId("new:1"), ChatId("real")


@pytest.fixture
def cache() -> Cache:
    made = Cache()
    beginning = Beginning(LINE, (Handle("+14155559001"),))
    made.merge_chats([a_chat(), provisional_chat(beginning, LOCAL, BEGAN + timedelta(hours=1))])
    made.add_outgoing(replace(a_send("one"), chat_id=LOCAL))
    return made


def _real(cache: Cache) -> Chat:
    summary = cache.summary(LOCAL)
    assert summary is not None
    return replace(summary.chat, id=REAL, is_provisional=False)


def test_a_row_of_the_list_goes_on_under_its_new_id(qtbot: QtBot, cache: Cache) -> None:
    del qtbot
    model = ChatListModel(cache)
    model.hold_still(is_still=True)
    row = model.row_of(LOCAL)
    assert row is not None
    cache.adopt(LOCAL, _real(cache))
    assert model.chat_at(row) == REAL
    assert model.row_of(LOCAL) is None


def test_a_row_whose_chat_stands_in_the_list_already_goes(qtbot: QtBot, cache: Cache) -> None:
    del qtbot
    model = ChatListModel(cache)
    cache.adopt(LOCAL, replace(_real(cache), id=ANA))
    assert [model.chat_at(row) for row in range(model.rowCount())] == [ANA]


def test_a_chat_that_was_not_sent_goes_from_a_list_that_is_held_still(qtbot: QtBot, cache: Cache) -> None:
    del qtbot
    model = ChatListModel(cache)
    model.hold_still(is_still=True)
    cache.drop_chat(LOCAL)
    assert [model.chat_at(row) for row in range(model.rowCount())] == [ANA]
    cache.drop_chat(ANA)
    assert cache.summary(ANA) is not None


def test_an_open_thread_goes_on_without_a_reset(qtbot: QtBot, cache: Cache) -> None:
    model = MessageListModel(cache)
    model.show_chat(LOCAL)
    with qtbot.assertNotEmitted(model.modelReset):
        cache.adopt(LOCAL, _real(cache))
    assert model.chat_id == REAL
    cache.add_outgoing(replace(a_send("two"), chat_id=REAL))
    assert model.rowCount() == 2


def test_an_open_thread_that_becomes_part_of_another_shows_all_of_it(qtbot: QtBot, cache: Cache) -> None:
    del qtbot
    cache.merge_messages(ANA, [a_message("m", 1)], cache.next_sequence())
    model = MessageListModel(cache)
    model.show_chat(LOCAL)
    cache.adopt(LOCAL, replace(_real(cache), id=ANA))
    assert model.chat_id == ANA
    assert [model.row_at(row).key for row in range(2)] == ["m", "one"]
