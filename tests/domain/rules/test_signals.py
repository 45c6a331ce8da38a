from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from linqdesk.domain.chat import MemberStatus
from linqdesk.domain.delivery import Delivery
from linqdesk.domain.ids import ChatId, MessageId
from linqdesk.domain.message import LinkPart, Message, TextPart
from linqdesk.domain.rules import Violation, check_edit, check_editable, check_reaction, check_typing
from linqdesk.domain.service import Service
from tests.domain.rules.people import ANA, BEN, LINE, NOW, a_group

SENT = Message(
    id=MessageId("m"),
    chat_id=ChatId("g"),
    created_at=NOW - timedelta(hours=1),
    updated_at=NOW,
    is_from_me=True,
    sender=LINE,
    parts=(TextPart("hi"), LinkPart("https://x.test")),
    delivery=Delivery.SENT,
    sent_at=NOW - timedelta(minutes=15),
    service=Service.IMESSAGE,
)


def names(found: tuple[Violation, ...]) -> list[str]:
    return [each.rule for each in found]


@pytest.mark.parametrize("kind", ["love", "like", "dislike", "laugh", "emphasize", "question"])
def test_the_six_tapbacks_are_reactions(kind: str) -> None:
    assert check_reaction(kind) == ()
    assert names(check_reaction(kind, "👍")) == ["reaction_emoji"]


@pytest.mark.parametrize("kind", ["heart", "LOVE", "sticker", ""])
def test_no_other_word_is_a_reaction(kind: str) -> None:
    assert names(check_reaction(kind)) == ["reaction_kind"]


@pytest.mark.parametrize(
    "emoji",
    ["👍", "👍🏽", "❤️", "1️⃣", "\u2139\ufe0f", "🇩🇪", "👩‍👩‍👧", "\U0001fae8", "◾", "🏴\U000e0067\U000e007f"],
)
def test_any_emoji_is_a_reaction(emoji: str) -> None:
    assert check_reaction("custom", emoji) == ()


@pytest.mark.parametrize("emoji", [None, "", " ", "ok", "👍 ", "ok👍", "1", "+", "字"])
def test_a_reaction_of_ones_own_needs_an_emoji(emoji: str | None) -> None:
    assert names(check_reaction("custom", emoji)) == ["reaction_emoji"]


def test_parts_are_counted_from_0() -> None:
    assert check_reaction("love", part_index=0) == ()
    assert names(check_reaction("love", part_index=-1)) == ["part_index"]
    assert names(check_edit("hi", part_index=-1)) == ["part_index"]


@pytest.mark.parametrize(
    ("text", "is_allowed"), [("", False), ("a", True), ("a" * 10_000, True), ("👍" * 5_001, False)]
)
def test_an_edited_text_has_1_to_10000_utf16_units(text: str, is_allowed: bool) -> None:
    assert names(check_edit(text)) == ([] if is_allowed else ["text_length"])


def test_a_text_is_edited_within_15_minutes() -> None:
    assert check_editable(SENT, 0, now=NOW) == ()
    assert names(check_editable(SENT, 0, now=NOW + timedelta(seconds=1))) == ["edit_time"]
    assert names(check_editable(replace(SENT, sent_at=None), 0, now=NOW)) == ["edit_time"]


def test_a_text_is_edited_5_times() -> None:
    assert check_editable(SENT, 0, now=NOW, edit_count=4) == ()
    assert names(check_editable(SENT, 0, now=NOW, edit_count=5)) == ["edit_count"]


def test_only_own_texts_on_imessage_are_edited() -> None:
    assert names(check_editable(replace(SENT, is_from_me=False), 0, now=NOW)) == ["edit_own"]
    assert names(check_editable(replace(SENT, service=Service.RCS), 0, now=NOW)) == ["edit_imessage"]
    assert check_editable(replace(SENT, service=None), 0, now=NOW) == ()
    for part_index in (1, 2, -1):
        assert names(check_editable(SENT, part_index, now=NOW)) == ["edit_text"]


@pytest.mark.parametrize(
    ("last", "is_allowed"),
    [
        (NOW, True),
        (NOW - timedelta(minutes=5), True),
        (NOW - timedelta(minutes=5, seconds=1), False),
        (None, False),
    ],
)
def test_typing_shows_within_5_minutes_of_a_message(last: datetime | None, is_allowed: bool) -> None:
    found = check_typing(a_group(ANA, is_group=False), last, now=NOW)
    assert names(found) == ([] if is_allowed else ["typing_idle"])


def test_typing_shows_on_imessage_and_groups_are_left_to_the_server() -> None:
    assert check_typing(a_group(ANA, BEN), NOW, now=NOW) == ()
    assert names(check_typing(a_group(ANA, service=Service.SMS), NOW, now=NOW)) == ["typing_imessage"]
    left = a_group(ANA, BEN, mine=MemberStatus.LEFT)
    assert names(check_typing(left, NOW, now=NOW)) == ["chat_left"]
