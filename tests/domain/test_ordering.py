from datetime import UTC, datetime, timedelta

from linqdesk.domain.chat import Chat
from linqdesk.domain.delivery import Delivery
from linqdesk.domain.ids import ChatId, MessageId
from linqdesk.domain.message import Message, TextPart
from linqdesk.domain.ordering import chat_sort_key, listed, message_sort_key

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def message(id_: str, *, created_min: int, sent_min: int | None = None) -> Message:
    created = NOON + timedelta(minutes=created_min)
    return Message(
        id=MessageId(id_),
        chat_id=ChatId("chat"),
        created_at=created,
        updated_at=created,
        is_from_me=False,
        sender=None,
        parts=(TextPart("hi"),),
        delivery=Delivery.RECEIVED,
        sent_at=None if sent_min is None else NOON + timedelta(minutes=sent_min),
    )


def test_a_message_recovered_late_stands_where_it_was_sent() -> None:
    late = message("late", created_min=30, sent_min=1)
    usual = message("usual", created_min=10)
    assert sorted([usual, late], key=message_sort_key) == [late, usual]


def test_messages_of_one_moment_are_ordered_by_rank_then_by_id() -> None:
    first, second = message("a", created_min=0), message("b", created_min=0)
    assert sorted([second, first], key=message_sort_key) == [first, second]
    assert message_sort_key(second, -1.0) < message_sort_key(first)


def test_a_listing_runs_from_the_oldest_on_whichever_way_the_server_lists() -> None:
    page = [message(id_, created_min=0) for id_ in ("c", "b", "c")]
    before = MessageId("d")
    assert listed(page, before, is_newest_first=True).line == ("b", "c", "d")
    assert listed(page, before, is_newest_first=False).line == ("d", "c", "b")
    # Where messages arrive meanwhile, a page may overlap the one before.
    assert listed(page, MessageId("b"), is_newest_first=False).line == ("c", "b")


def test_the_chat_with_the_newest_message_comes_first() -> None:
    quiet = Chat(ChatId("quiet"), NOON, NOON, None, (), is_group=False)
    busy = Chat(ChatId("busy"), NOON, NOON - timedelta(days=1), None, (), is_group=False)
    newest = {quiet.id: None, busy.id: NOON + timedelta(minutes=1)}
    assert sorted([quiet, busy], key=lambda chat: chat_sort_key(chat, newest[chat.id])) == [busy, quiet]
