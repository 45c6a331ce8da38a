from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from linqdesk.domain.chat import Chat, ChatHandle, MemberStatus
from linqdesk.domain.ids import Handle
from linqdesk.domain.service import Service
from linqdesk.domain.system_event import SystemEventKind
from linqdesk.store.cache import Cache
from linqdesk.store.changes import Change, MessagesChanged
from linqdesk.store.system_events import system_events
from tests.store.messages import ANA, BEGAN, LINE, a_chat, a_message, a_send

TOM, EVA = Handle("+14155550177"), Handle("+14155550178")


def _at(minute: float) -> datetime:
    return BEGAN + timedelta(minutes=minute)


def _member(
    handle: Handle = TOM,
    joined: float | None = 0,
    left: float | None = None,
    status: MemberStatus = MemberStatus.ACTIVE,
) -> ChatHandle:
    joined_at = None if joined is None else _at(joined)
    left_at = None if left is None else _at(left)
    return ChatHandle(handle, handle, Service.IMESSAGE, joined_at=joined_at, left_at=left_at, status=status)


def _group(*members: ChatHandle, minute: float = 0, name: str | None = "Weekend", icon: str = "") -> Chat:
    us = ChatHandle("me", LINE, Service.IMESSAGE, is_me=True, joined_at=BEGAN)
    return Chat(
        ANA,
        BEGAN,
        _at(minute),
        name,
        (us, *members),
        is_group=True,
        service=Service.IMESSAGE,
        group_icon_url=icon or None,
    )


def _seen(known: Chat | None, news: Chat) -> list[tuple[SystemEventKind, Handle | None, datetime]]:
    return [(event.kind, event.handle, event.created_at) for event in system_events(known, news)]


def test_those_who_were_there_from_the_beginning_did_not_join() -> None:
    assert _seen(None, _group(_member(joined=0.5), _member(EVA, joined=None))) == []


def test_comings_and_goings_stand_in_the_handles() -> None:
    members = (
        _member(joined=10),
        _member(EVA, joined=0, left=20, status=MemberStatus.LEFT),
        _member(Handle("x"), joined=5, left=30, status=MemberStatus.REMOVED),
    )
    assert _seen(None, _group(*members)) == [
        (SystemEventKind.JOINED, TOM, _at(10)),
        (SystemEventKind.LEFT, EVA, _at(20)),
        (SystemEventKind.JOINED, "x", _at(5)),
        (SystemEventKind.REMOVED, "x", _at(30)),
    ]


def test_without_times_the_difference_of_two_answers_tells() -> None:
    before = _group(_member(joined=None))
    joined = _group(_member(joined=None), _member(EVA, joined=None), minute=7)
    assert _seen(before, joined) == [(SystemEventKind.JOINED, EVA, _at(7))]
    gone = _group(_member(joined=None, status=MemberStatus.REMOVED), minute=9)
    assert _seen(before, gone) == [(SystemEventKind.REMOVED, TOM, _at(9))]
    assert _seen(gone, replace(gone, updated_at=_at(12))) == []


def test_a_new_name_and_a_new_icon_are_seen_between_two_answers() -> None:
    before = _group(_member(), icon="https://cdn.example/icon-1?sig=a")
    assert _seen(before, _group(_member(), minute=5, icon="https://cdn.example/icon-1?sig=b")) == []
    news = _group(_member(), minute=5, name="Bikes", icon="https://cdn.example/icon-2?sig=b")
    renamed, icon = system_events(before, news)
    assert (renamed.kind, renamed.name, icon.kind) == (
        SystemEventKind.RENAMED,
        "Bikes",
        SystemEventKind.ICON_CHANGED,
    )
    # Linq's own list of the handles is no name.
    nameless = _group(_member(), minute=6, name=f"{LINE}, {TOM}")
    assert [event.name for event in system_events(replace(news, group_icon_url=None), nameless)] == [None]


def test_direct_chats_have_no_events() -> None:
    chat = a_chat()
    late = tuple(replace(each, joined_at=_at(50)) for each in chat.handles)
    assert system_events(None, replace(chat, handles=late)) == ()
    assert system_events(chat, replace(chat, display_name="Anna")) == ()


@pytest.fixture
def cache() -> Cache:
    made = Cache()
    made.merge_chats([_group(_member(joined=10), _member(EVA, joined=40))])
    return made


def _shown(cache: Cache) -> list[str]:
    return [row.content.text or str(row.key).split(":")[1] for row in cache.rows(ANA)]


def test_events_stand_among_the_messages_as_far_as_these_are_loaded(cache: Cache) -> None:
    assert _shown(cache) == []
    cache.merge_messages(ANA, [a_message("c", 50), a_message("b", 30)], cache.next_sequence())
    assert _shown(cache) == ["b", "joined", "c"]
    cache.merge_messages(ANA, [a_message("a", 20)], cache.next_sequence())
    assert _shown(cache) == ["a", "b", "joined", "c"]
    cache.set_history(ANA, replace(cache.history(ANA), has_older=False))
    assert _shown(cache) == ["joined", "a", "b", "joined", "c"]
    keys = [row.key for row in cache.rows(ANA)]
    assert [cache.position(ANA, key) for key in keys] == list(range(5))


def test_an_event_is_told_once_however_often_linq_tells_of_it(cache: Cache) -> None:
    cache.merge_messages(ANA, [a_message("a", 1)], cache.next_sequence())
    assert _shown(cache) == ["a", "joined", "joined"]
    heard: list[Change] = []
    subscription = cache.subscribe(heard.append)
    members = (_member(joined=10), _member(EVA, joined=40))
    cache.merge_chats([_group(*members, minute=60)])
    assert [change for change in heard if isinstance(change, MessagesChanged)] == []
    cache.merge_chats([_group(*members, minute=70, name="Bikes")])
    (change,) = [change for change in heard if isinstance(change, MessagesChanged)]
    assert len(change.inserted) == 1
    assert _shown(cache)[-1] == "renamed"
    subscription.close()


def test_an_event_is_no_message_to_preview_to_count_or_to_wait_for(cache: Cache) -> None:
    cache.merge_messages(ANA, [a_message("a", 1), a_message("b", 20)], cache.next_sequence())
    summary = cache.summary(ANA)
    assert summary is not None
    assert summary.newest == a_message("b", 20)
    assert summary.unread_count == 2
    assert summary.waiting_since == _at(1)
    cache.mark_opened(ANA)
    assert cache.history(ANA).first_unread == "a"


def test_a_send_stays_below_the_events_before_it(cache: Cache) -> None:
    cache.merge_messages(ANA, [a_message("a", 1)], cache.next_sequence())
    cache.add_outgoing(a_send("hello"))
    assert _shown(cache) == ["a", "joined", "joined", "hello"]
