from dataclasses import replace
from datetime import UTC, datetime

from linqdesk.domain.beginning import (
    Beginning,
    awaits,
    beginning_of,
    existing_chat,
    is_between,
    is_reused,
    provisional_chat,
)
from linqdesk.domain.chat import Chat, MemberStatus
from linqdesk.domain.ids import ChatId, Handle

LINE, OTHER_LINE = Handle("+14155550110"), Handle("+14155550120")
ANA, TOM = Handle("+14155550134"), Handle("tom@example.com")
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def _known(*to: Handle, name: str | None = None, chat_id: str = "one") -> Chat:
    chat = provisional_chat(Beginning(LINE, to), ChatId(chat_id), NOW)
    return replace(chat, is_provisional=False, display_name=name or ", ".join(to))


def test_a_provisional_chat_tells_again_what_it_is_to_be() -> None:
    for beginning in (
        Beginning(LINE, (ANA,)),
        Beginning(LINE, (ANA, TOM)),
        Beginning(LINE, (ANA, TOM), "Us"),
    ):
        chat = provisional_chat(beginning, ChatId("new:1"), NOW)
        assert chat.is_group is beginning.is_group
        assert beginning_of(chat) == beginning
    assert beginning_of(_known(ANA)) is None


def test_an_existing_chat_has_the_same_line_and_exactly_the_same_people() -> None:
    direct, group = _known(ANA), _known(TOM, ANA, chat_id="two")
    chats = (direct, group)
    assert existing_chat(chats, LINE, [ANA]) is direct
    assert existing_chat(chats, LINE, [ANA, TOM]) is group
    assert existing_chat(chats, LINE, [TOM]) is None
    assert existing_chat(chats, OTHER_LINE, [ANA]) is None


def test_those_who_left_do_not_count_as_people_of_a_chat() -> None:
    group = _known(ANA, TOM)
    me, ana, tom = group.handles
    left = replace(group, handles=(me, ana, replace(tom, status=MemberStatus.LEFT)))
    assert is_between(left, LINE, [ANA])
    assert not is_between(left, LINE, [ANA, TOM])
    assert not is_reused(left)


def test_of_two_groups_the_one_that_linq_would_reuse_is_offered() -> None:
    named, plain = _known(ANA, TOM, name="Weekend"), _known(ANA, TOM, chat_id="two")
    assert not is_reused(named)
    assert existing_chat((named, plain), LINE, [ANA, TOM]) is plain
    assert existing_chat((named,), LINE, [ANA, TOM]) is named


def test_a_provisional_chat_awaits_the_one_that_linq_makes_of_it_and_no_other() -> None:
    waiting = provisional_chat(Beginning(LINE, (ANA, TOM), "Weekend"), ChatId("new:1"), NOW)
    assert awaits(waiting, _known(TOM, ANA))
    assert not awaits(waiting, _known(ANA))
    assert not awaits(waiting, _known(ANA, TOM, name="Another"))
    assert not awaits(waiting, replace(waiting, id=ChatId("new:2"), display_name=None))
