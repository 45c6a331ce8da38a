from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linqdesk.domain.delivery import Delivery
from linqdesk.domain.errors import ServerFaultError
from linqdesk.domain.ids import ChatId, Handle, LocalId, MessageId, RowKey
from linqdesk.domain.message import Message, TextPart
from linqdesk.domain.outgoing import Draft, OutgoingState
from linqdesk.store.cache import Cache
from linqdesk.store.changes import Change, ChatsChanged, ConnectionChanged, MessagesChanged
from linqdesk.store.view import Connection, ConnectionState
from tests.store.messages import ANA, BEGAN, a_chat, a_message, a_send


@pytest.fixture
def cache() -> Cache:
    made = Cache()
    made.merge_chats([a_chat()])
    return made


@pytest.fixture
def heard(cache: Cache) -> Iterator[list[Change]]:
    changes: list[Change] = []
    subscription = cache.subscribe(changes.append)
    yield changes
    subscription.close()


def _merge(cache: Cache, *messages: Message) -> None:
    cache.merge_messages(ANA, messages, cache.next_sequence())


def _keys(cache: Cache) -> list[RowKey]:
    return [row.key for row in cache.rows(ANA)]


def test_messages_stand_in_the_order_in_which_they_were_said_whatever_order_they_came_in(
    cache: Cache,
) -> None:
    _merge(cache, a_message("c", 3), a_message("a", 1))
    _merge(cache, a_message("b", 2), a_message("d", 4))
    assert _keys(cache) == ["a", "b", "c", "d"]
    assert [cache.position(ANA, key) for key in _keys(cache)] == [0, 1, 2, 3]


def test_one_page_is_one_change_and_nothing_new_is_none(cache: Cache, heard: list[Change]) -> None:
    page = [a_message("a", 1), a_message("b", 2)]
    _merge(cache, *page)
    assert [type(change) for change in heard] == [MessagesChanged, ChatsChanged]
    heard.clear()
    _merge(cache, *page)
    assert heard == []


@given(
    st.permutations(list(range(12))).flatmap(
        lambda order: st.lists(st.integers(1, 5)).map(lambda cuts: (order, cuts))
    )
)
def test_any_shuffle_split_and_repetition_of_a_history_gives_the_same_thread(
    drawn: tuple[list[int], list[int]],
) -> None:
    order, cuts = drawn
    cache = Cache()
    cache.merge_chats([a_chat()])
    messages = [a_message(f"{number:02d}", number) for number in order]
    start = 0
    for size in [*cuts, len(messages)]:
        _merge(cache, *messages[start : start + size + 2])
        start += size
    assert _keys(cache) == [f"{number:02d}" for number in range(12)]


def test_delivery_goes_forward_only_even_when_a_slow_old_answer_comes_last(cache: Cache) -> None:
    early, late = cache.next_sequence(), cache.next_sequence()
    read = a_message("a", 1, is_mine=True, delivery=Delivery.READ)
    cache.merge_messages(ANA, [replace(read, parts=())], late)
    cache.merge_messages(ANA, [a_message("a", 1, is_mine=True, delivery=Delivery.SENT)], early)
    told = cache.message(ANA, read.id)
    assert told is not None
    assert (told.delivery, told.parts) == (Delivery.READ, ())


def test_what_was_told_again_as_it_stands_is_not_undone_by_a_slow_older_answer(cache: Cache) -> None:
    early, middle, late = cache.next_sequence(), cache.next_sequence(), cache.next_sequence()
    cache.merge_messages(ANA, [a_message("a", 1, text="now")], early)
    cache.merge_messages(ANA, [a_message("a", 1, text="now")], late)
    cache.merge_messages(ANA, [a_message("a", 1, text="before")], middle)
    row = cache.row(ANA, RowKey("a"))
    assert row is not None
    assert row.content.text == "now"


def test_an_edit_replaces_the_text_and_keeps_the_row(cache: Cache, heard: list[Change]) -> None:
    _merge(cache, a_message("a", 1, text="old"))
    heard.clear()
    edited = replace(a_message("a", 1, text="new"), updated_at=BEGAN + timedelta(hours=1))
    _merge(cache, edited)
    assert heard[0] == MessagesChanged(ANA, updated=(RowKey("a"),))
    row = cache.row(ANA, RowKey("a"))
    assert row is not None
    assert (row.content.text, row.revision) == ("new", 1)


def test_a_send_becomes_the_servers_message_in_its_own_row(cache: Cache, heard: list[Change]) -> None:
    _merge(cache, a_message("a", 1))
    cache.add_outgoing(a_send("local"))
    heard.clear()
    cache.confirm(ANA, LocalId("local"), a_message("b", 2, is_mine=True))
    assert heard[0] == MessagesChanged(ANA, updated=(RowKey("local"),))
    assert _keys(cache) == ["a", "local"]
    assert cache.outgoing(ANA) == []


def test_a_poll_that_overtakes_the_answer_makes_no_second_bubble(cache: Cache) -> None:
    cache.add_outgoing(a_send("local", OutgoingState.SENDING))
    own = a_message("b", 2, is_mine=True)
    _merge(cache, own)
    assert _keys(cache) == ["local"]
    assert cache.has_parked(ANA)
    cache.confirm(ANA, LocalId("local"), own)
    assert _keys(cache) == ["local"]
    assert not cache.has_parked(ANA)


def test_what_a_colleague_sent_meanwhile_is_shown_once_the_answer_has_come(cache: Cache) -> None:
    cache.add_outgoing(a_send("local", OutgoingState.UNCONFIRMED))
    _merge(cache, a_message("other", 3, is_mine=True), a_message("in", 4))
    assert _keys(cache) == ["local", "in"]
    cache.confirm(ANA, LocalId("local"), a_message("b", 2, is_mine=True))
    assert _keys(cache) == ["local", "other", "in"]


def test_a_row_that_was_shown_before_its_answer_came_is_taken_back(cache: Cache) -> None:
    cache.add_outgoing(a_send("local", OutgoingState.UNCONFIRMED))
    own = a_message("b", 2, is_mine=True)
    _merge(cache, own)
    cache.release_parked(ANA)
    assert _keys(cache) == ["local", "b"]
    cache.confirm(ANA, LocalId("local"), own)
    assert _keys(cache) == ["local"]


def test_later_sends_stay_below_an_earlier_one_that_was_confirmed(cache: Cache) -> None:
    _merge(cache, a_message("a", 1))
    for name in ("one", "two", "three"):
        cache.add_outgoing(a_send(name))
    cache.confirm(ANA, LocalId("one"), a_message("b", 9, is_mine=True))
    assert _keys(cache) == ["a", "one", "two", "three"]
    _merge(cache, a_message("c", 10))
    assert _keys(cache) == ["a", "one", "two", "three", "c"]


def test_a_discarded_send_is_gone(cache: Cache) -> None:
    cache.add_outgoing(a_send("local", OutgoingState.FAILED))
    summary = cache.summary(ANA)
    assert summary is not None
    assert (summary.failed_count, summary.sending_count) == (1, 0)
    cache.remove_outgoing(ANA, LocalId("local"))
    assert _keys(cache) == []


def test_unread_and_waiting_end_with_our_answer(cache: Cache) -> None:
    _merge(cache, a_message("a", 1), a_message("b", 2))
    summary = cache.summary(ANA)
    assert summary is not None
    assert (summary.unread_count, summary.waiting_since) == (2, BEGAN + timedelta(minutes=1))
    _merge(cache, a_message("c", 3, is_mine=True))
    summary = cache.summary(ANA)
    assert summary is not None
    assert (summary.unread_count, summary.waiting_since) == (0, None)


def test_the_unread_bar_stands_over_the_first_unread_message_until_the_chat_is_left(cache: Cache) -> None:
    _merge(cache, a_message("a", 1), a_message("b", 2, is_mine=True), a_message("c", 3), a_message("d", 4))
    cache.mark_opened(ANA)
    cache.mark_seen(ANA)
    assert cache.history(ANA).first_unread == "c"
    _merge(cache, a_message("e", 5))
    assert cache.history(ANA).first_unread == "c"
    cache.mark_left(ANA)
    assert cache.history(ANA).first_unread is None
    cache.mark_seen(ANA)
    cache.mark_opened(ANA)
    assert cache.history(ANA).first_unread is None


def test_the_chat_with_the_newest_message_is_first(cache: Cache) -> None:
    cache.merge_chats([a_chat(ChatId("tom"), minute=5, name="Tom")])
    assert list(cache.chat_ids()) == ["tom", "ana"]
    _merge(cache, a_message("a", 9))
    assert list(cache.chat_ids()) == ["ana", "tom"]


def test_a_late_older_answer_about_a_chat_changes_nothing(cache: Cache, heard: list[Change]) -> None:
    newer = replace(a_chat(minute=9), display_name="Ana R.")
    cache.merge_chats([newer])
    heard.clear()
    cache.merge_chats([a_chat(minute=1)])
    assert heard == []
    summary = cache.summary(ANA)
    assert summary is not None
    assert summary.chat.display_name == "Ana R."


def test_a_handle_is_no_name(cache: Cache) -> None:
    handle = Handle("+14155550199")
    chat = a_chat(ChatId("x"))
    members = (chat.handles[0], replace(chat.handles[1], handle=handle))
    cache.merge_chats([replace(chat, handles=members, display_name="+14155550199, +14155550110")])
    assert cache.name_of(handle) is None
    cache.merge_chats([replace(chat, handles=members, display_name="Xenia", updated_at=BEGAN + timedelta(1))])
    assert cache.name_of(handle) == "Xenia"


def test_a_draft_kept_before_its_chat_is_known_is_not_lost() -> None:
    cache = Cache()
    cache.set_draft(ANA, Draft("half a", 6))
    cache.merge_chats([a_chat()])
    summary = cache.summary(ANA)
    assert summary is not None
    assert summary.draft == Draft("half a", 6)


def test_the_connection_is_announced_only_when_it_changes(cache: Cache, heard: list[Change]) -> None:
    broken = Connection(ConnectionState.SERVER_TROUBLE, fault=ServerFaultError())
    cache.set_connection(broken)
    cache.set_connection(broken)
    assert heard == [ConnectionChanged()]


def test_a_failing_listener_does_not_stop_the_others() -> None:
    failures: list[Exception] = []
    cache = Cache(on_failure=failures.append)
    heard: list[Change] = []

    def fail(change: Change) -> None:
        raise ValueError(change)

    cache.subscribe(fail)
    cache.subscribe(heard.append)
    cache.merge_chats([a_chat()])
    assert len(heard) == 1
    assert isinstance(failures[0], ValueError)


def test_pages_of_a_chat_that_is_not_known_are_dropped() -> None:
    cache = Cache()
    _merge(cache, a_message("a", 1))
    cache.add_outgoing(a_send("local"))
    cache.update_outgoing(a_send("local"))
    cache.confirm(ANA, LocalId("local"), a_message("b", 2))
    cache.remove_outgoing(ANA, LocalId("local"))
    cache.release_parked(ANA)
    cache.mark_opened(ANA)
    cache.mark_seen(ANA)
    assert (cache.rows(ANA), cache.summary(ANA), cache.position(ANA, RowKey("a"))) == ([], None, None)


def test_a_text_that_changes_later_is_an_edit_and_stays_one(cache: Cache) -> None:
    first = a_message("a", 1, text="before")
    _merge(cache, first)
    _merge(cache, replace(first, delivery=Delivery.READ, updated_at=first.updated_at + timedelta(seconds=1)))
    assert not cache.rows(ANA)[0].is_edited
    edited = replace(first, parts=(TextPart("after"),), updated_at=first.updated_at + timedelta(seconds=9))
    _merge(cache, edited)
    assert cache.rows(ANA)[0].is_edited
    _merge(cache, replace(edited, delivery=Delivery.READ))
    assert cache.rows(ANA)[0].is_edited


def test_a_deleted_message_stays_deleted_whatever_is_told_of_it(cache: Cache, heard: list[Change]) -> None:
    message = a_message("a", 1, is_mine=True)
    _merge(cache, message)
    heard.clear()
    cache.mark_deleted(ANA, message.id)
    assert heard[0] == MessagesChanged(ANA, updated=(RowKey("a"),))
    heard.clear()
    cache.mark_deleted(ANA, message.id)
    cache.mark_deleted(ANA, MessageId("unknown"))
    cache.mark_deleted(ChatId("unknown"), message.id)
    assert heard == []
    _merge(cache, replace(message, delivery=Delivery.READ))
    assert cache.rows(ANA)[0].is_deleted
