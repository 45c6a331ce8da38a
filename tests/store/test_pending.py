"""What the agent asked for stands over what Linq told until Linq tells that it is so."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from linqdesk.domain.ids import ChatId, LocalId, MessageId, RowKey
from linqdesk.domain.message import Message, Reaction, TextPart
from linqdesk.domain.wishes import EditWish, ReactionWish
from linqdesk.store.cache import Cache
from linqdesk.store.changes import Change, MessagesChanged
from linqdesk.store.view import ThreadRow
from tests.store.messages import ANA, LINE, a_chat, a_message, a_send

LOVE = ReactionWish(0, "love")
UNLOVE = ReactionWish(0, "love", is_removal=True)
LIKE = ReactionWish(0, "like")
M = MessageId("m")


@pytest.fixture
def cache() -> Cache:
    made = Cache()
    made.merge_chats([a_chat()])
    _tell(made, a_message("m", 1, is_mine=True, text="hello"))
    return made


@pytest.fixture
def heard(cache: Cache) -> Iterator[list[Change]]:
    changes: list[Change] = []
    subscription = cache.subscribe(changes.append)
    yield changes
    subscription.close()


def _tell(cache: Cache, message: Message) -> None:
    cache.merge_messages(ANA, [message], cache.next_sequence())


def _row(cache: Cache) -> ThreadRow:
    row = cache.row(ANA, RowKey("m"))
    assert row is not None
    return row


def _shown(cache: Cache) -> list[tuple[str, bool]]:
    message = cache.message(ANA, M)
    assert message is not None
    return [(each.kind, each.is_pending) for each in message.parts[0].reactions]


def _loved(*kinds: str) -> Message:
    reactions = tuple(Reaction(LINE, is_me=True, kind=kind) for kind in kinds)
    return replace(a_message("m", 1, is_mine=True), parts=(TextPart("hello", (), reactions),))


def test_a_wish_is_shown_at_once_by_one_change(cache: Cache, heard: list[Change]) -> None:
    cache.add_wish(ANA, M, LOVE)
    assert _shown(cache) == [("love", True)]
    assert _row(cache).is_pending
    assert heard[0] == MessagesChanged(ANA, updated=(RowKey("m"),))
    assert sum(isinstance(each, MessagesChanged) for each in heard) == 1


def test_a_wish_that_linq_tells_of_is_a_fact(cache: Cache) -> None:
    cache.add_wish(ANA, M, LOVE)
    _tell(cache, _loved("love"))
    assert _shown(cache) == [("love", False)]
    assert not _row(cache).is_pending
    assert cache.wishes(ANA, M) == []


def test_a_wish_is_a_fact_even_where_linq_then_tells_what_was_shown_all_along(cache: Cache) -> None:
    _tell(cache, _loved("love"))
    cache.add_wish(ANA, M, UNLOVE)
    _tell(cache, _loved())
    assert _shown(cache) == []
    assert not _row(cache).is_pending
    assert cache.wishes(ANA, M) == []


def test_other_news_leave_a_wish_standing(cache: Cache) -> None:
    cache.add_wish(ANA, M, LOVE)
    _tell(cache, replace(a_message("m", 1, is_mine=True, text="hello"), is_read=True))
    assert _shown(cache) == [("love", True)]
    assert _row(cache).content == cache.message(ANA, M)


def test_a_wish_that_is_given_up_leaves_what_linq_told(cache: Cache) -> None:
    before = _row(cache).content
    cache.add_wish(ANA, M, LOVE)
    cache.drop_wish(ANA, M, LOVE)
    assert _row(cache).content == before
    assert not _row(cache).is_pending


def test_wishes_come_true_in_their_order(cache: Cache) -> None:
    cache.add_wish(ANA, M, LOVE)
    cache.add_wish(ANA, M, UNLOVE)
    assert _shown(cache) == []
    _tell(cache, replace(a_message("m", 1, is_mine=True, text="hello"), is_read=True))
    assert cache.wishes(ANA, M) == [LOVE, UNLOVE]
    _tell(cache, _loved("love"))
    assert cache.wishes(ANA, M) == [UNLOVE]
    assert _shown(cache) == []


def test_giving_up_one_of_two_wishes_keeps_the_other(cache: Cache) -> None:
    cache.add_wish(ANA, M, LOVE)
    cache.add_wish(ANA, M, LIKE)
    cache.drop_wish(ANA, M, LOVE)
    assert _shown(cache) == [("like", True)]
    assert _row(cache).is_pending


def test_what_is_unknown_can_be_wished_nothing(cache: Cache, heard: list[Change]) -> None:
    cache.add_wish(ANA, MessageId("unknown"), LOVE)
    cache.add_wish(ChatId("unknown"), M, LOVE)
    cache.drop_wish(ChatId("unknown"), M, LOVE)
    cache.drop_wish(ANA, MessageId("unknown"), LOVE)
    cache.drop_wish(ANA, M, LOVE)
    assert cache.wishes(ChatId("unknown"), M) == []
    assert cache.wishes(ANA, MessageId("unknown")) == []
    assert heard == []


def test_an_edit_counts_when_linq_tells_of_it(cache: Cache) -> None:
    cache.add_wish(ANA, M, EditWish(0, "hi"))
    assert (_row(cache).edit_count, _row(cache).is_pending) == (0, True)
    known = a_message("m", 1, is_mine=True, text="hi")
    for count, text in enumerate(("hi", "ho"), 1):
        _tell(
            cache,
            replace(known, parts=(TextPart(text),), updated_at=known.updated_at + timedelta(minutes=count)),
        )
        assert _row(cache).edit_count == count
    assert _row(cache).is_edited


def test_a_wish_goes_with_its_row(cache: Cache) -> None:
    cache.add_wish(ANA, M, LOVE)
    cache.add_outgoing(a_send("s"))
    cache.confirm(ANA, LocalId("s"), a_message("m", 1, is_mine=True, text="hello"))
    assert cache.wishes(ANA, M) == []
