"""A chain of replies holds what belongs together, whatever it looks like."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from linqdesk.domain.ids import AttachmentId, ChatId, LocalId, MessageId, RowKey
from linqdesk.domain.message import Message, ReplyTo, TextPart
from linqdesk.domain.outgoing import OutgoingState
from linqdesk.store.cache import Cache
from linqdesk.store.changes import Change, ChatsChanged, HistoryChanged, MessagesChanged
from linqdesk.store.view import History
from linqdesk.ui.acts.reply_chain import ReplyChain
from linqdesk.ui.models.message_list_model import MessageListModel
from tests.store.messages import ANA, LINE, a_message, a_send


def _reply(name: str, minute: int, to: str, *, is_mine: bool = False) -> Message:
    return replace(a_message(name, minute, is_mine=is_mine), reply_to=ReplyTo(MessageId(to)))


ROOT = a_message("root", 1)
FIRST, SECOND = _reply("first", 3, "root", is_mine=True), _reply("second", 5, "first")
OTHER = a_message("other", 4)


@pytest.fixture
def chain(cache: Cache) -> Iterator[ReplyChain]:
    _tell(cache, ROOT, FIRST, SECOND, OTHER)
    made = ReplyChain(cache)
    made.follow(FIRST)
    yield made
    made.close()


@pytest.fixture
def heard(chain: ReplyChain) -> list[Change]:
    changes: list[Change] = []
    chain.subscribe(lambda change: None if isinstance(change, ChatsChanged) else changes.append(change))
    return changes


def _tell(cache: Cache, *messages: Message) -> None:
    cache.merge_messages(ANA, messages, cache.next_sequence())


def _keys(chain: ReplyChain) -> list[RowKey]:
    return [row.key for row in chain.rows(ANA)]


def test_a_chain_reaches_up_and_down_and_leaves_the_rest_out(chain: ReplyChain) -> None:
    assert _keys(chain) == ["root", "first", "second"]
    assert [chain.position(ANA, key) for key in _keys(chain)] == [0, 1, 2]
    assert chain.root == ReplyTo(MessageId("root"), 0)
    assert chain.rows(ChatId("tom")) == []
    assert chain.position(ANA, RowKey("other")) is None
    assert chain.row(ANA, RowKey("other")) is None


def test_what_was_fetched_stands_in_its_place(chain: ReplyChain, heard: list[Change]) -> None:
    older = _reply("older", 2, "root")
    chain.add([older, ROOT])
    assert _keys(chain) == ["root", "older", "first", "second"]
    assert heard == [MessagesChanged(ANA, inserted=(RowKey("older"),))]
    assert chain.message(ANA, MessageId("older")) == older


def test_news_reach_the_chain_by_the_rows_that_are_its_own(
    chain: ReplyChain, cache: Cache, heard: list[Change]
) -> None:
    _tell(cache, a_message("elsewhere", 7))
    assert heard == []
    _tell(cache, _reply("third", 8, "second"))
    assert heard == [MessagesChanged(ANA, inserted=(RowKey("third"),))]
    cache.mark_deleted(ANA, MessageId("first"))
    assert heard[1:] == [MessagesChanged(ANA, updated=(RowKey("first"),))]
    cache.set_history(ANA, History(is_loading=True))
    assert HistoryChanged(ANA) in heard
    assert not chain.history(ANA).is_loading


def test_an_answer_on_its_way_stands_at_the_end_and_becomes_linqs(chain: ReplyChain, cache: Cache) -> None:
    sending = a_send("sending", OutgoingState.SENDING)
    sending = replace(sending, content=replace(sending.content, reply_to=chain.root))
    cache.add_outgoing(sending)
    cache.add_outgoing(a_send("elsewhere"))
    assert _keys(chain) == ["root", "first", "second", "sending"]
    cache.confirm(ANA, LocalId("sending"), _reply("confirmed", 9, "root", is_mine=True))
    assert _keys(chain) == ["root", "first", "second", "sending"]
    cache.remove_outgoing(ANA, LocalId("sending"))
    assert chain.row(ANA, RowKey("sending")) is not None


def test_a_broken_chain_is_as_long_as_it_can_be(chain: ReplyChain, cache: Cache) -> None:
    orphan = _reply("orphan", 6, "nobody")
    _tell(cache, orphan)
    chain.follow(orphan)
    assert _keys(chain) == ["orphan"]


def test_a_chain_that_runs_in_a_circle_ends(chain: ReplyChain, cache: Cache) -> None:
    one, two, itself = _reply("one", 10, "two"), _reply("two", 11, "one"), _reply("it", 12, "it")
    _tell(cache, one, two, itself)
    chain.follow(one)
    assert _keys(chain) == ["one", "two"]
    chain.follow(itself)
    assert _keys(chain) == ["it"]


def test_a_chain_can_be_let_go(chain: ReplyChain, cache: Cache, heard: list[Change]) -> None:
    chain.follow(None)
    _tell(cache, _reply("third", 8, "second"))
    assert _keys(chain) == []
    assert chain.root is None
    assert heard == []


def test_rows_that_change_places_are_told_as_moved(chain: ReplyChain, cache: Cache) -> None:
    model = MessageListModel(chain)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_chat(ANA)
    late = ROOT.created_at.replace(minute=50)
    _tell(cache, replace(ROOT, sent_at=late, created_at=late, updated_at=late))
    shown = [model.row_at(at).key for at in range(model.rowCount())]
    assert shown == _keys(chain) == ["first", "second", "root"]
    tester.deleteLater()
    model.deleteLater()


def test_everything_else_is_the_caches(chain: ReplyChain, cache: Cache) -> None:
    assert chain.chat_ids() == cache.chat_ids()
    assert chain.summary(ANA) == cache.summary(ANA)
    assert chain.lines == cache.lines
    assert chain.connection == cache.connection
    assert chain.name_of(LINE) == cache.name_of(LINE)
    assert chain.media(AttachmentId("x")) == cache.media(AttachmentId("x"))
    assert chain.message(ANA, MessageId("other")) == OTHER
    assert OTHER.parts == (TextPart("other"),)
