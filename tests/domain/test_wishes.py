from dataclasses import replace

import pytest

from linqdesk.domain.decorations import Decoration
from linqdesk.domain.ids import Handle
from linqdesk.domain.message import LinkPart, Message, Reaction, TextPart
from linqdesk.domain.wishes import EditWish, ReactionWish, is_granted, own_reaction, with_wish
from tests.store.messages import LINE, a_message

BOB = Reaction(Handle("+14155550177"), is_me=False, kind="love")
MINE = Reaction(LINE, is_me=True, kind="love")
STICKER = Reaction(LINE, is_me=True, kind="sticker")
LIKE = ReactionWish(0, "like")


def _with(*reactions: Reaction) -> Message:
    return replace(a_message("m", 1), parts=(TextPart("hi", (), reactions), LinkPart("https://x.example")))


def test_a_reaction_takes_the_place_of_our_earlier_one_and_leaves_all_others() -> None:
    shown = with_wish(_with(BOB, MINE, STICKER), LIKE, LINE).parts[0].reactions
    assert [(each.is_me, each.kind, each.is_pending) for each in shown] == [
        (False, "love", False),
        (True, "sticker", False),
        (True, "like", True),
    ]


def test_taking_a_reaction_back_takes_ours_alone_and_only_the_one_that_was_meant() -> None:
    removal = ReactionWish(0, "love", is_removal=True)
    assert with_wish(_with(BOB, MINE), removal, LINE).parts[0].reactions == (BOB,)
    other = replace(removal, kind="laugh")
    assert with_wish(_with(BOB, MINE), other, LINE).parts[0].reactions == (BOB, MINE)


@pytest.mark.parametrize("wish", [LIKE, EditWish(0, "x")])
def test_a_wish_for_a_part_that_is_not_there_changes_nothing(wish: ReactionWish | EditWish) -> None:
    for index in (-1, 2):
        absent = replace(wish, part_index=index)
        assert with_wish(_with(), absent, LINE) == _with()
        assert not is_granted(_with(), absent)


def test_only_a_text_can_be_edited_and_its_marks_go_with_its_words() -> None:
    marked = replace(_with(), parts=(TextPart("hi", (Decoration(0, 2, style="bold"),)), LinkPart("x")))
    assert with_wish(marked, EditWish(0, "ho"), LINE).parts[0] == TextPart("ho")
    assert with_wish(marked, EditWish(1, "ho"), LINE) == marked
    assert is_granted(_with(), EditWish(0, "hi"))
    assert not is_granted(_with(), EditWish(1, "x"))


def test_a_reaction_is_there_when_it_is_ours_with_the_same_emoji() -> None:
    heart = ReactionWish(0, "custom", "💜")
    assert not is_granted(_with(BOB), ReactionWish(0, "love"))
    assert is_granted(_with(MINE), ReactionWish(0, "love"))
    assert not is_granted(_with(Reaction(LINE, is_me=True, kind="custom", custom_emoji="💚")), heart)
    assert is_granted(_with(BOB), ReactionWish(0, "love", is_removal=True))


def test_our_own_reaction_is_a_tapback_of_ours() -> None:
    assert own_reaction(_with(BOB, STICKER).parts[0]) is None
    assert own_reaction(_with(BOB, STICKER, MINE).parts[0]) == MINE
