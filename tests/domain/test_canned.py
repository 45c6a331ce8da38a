import pytest
from hypothesis import given
from hypothesis import strategies as st

from linqdesk.domain.canned import CannedReply, Merged, canned_from, fill_in, find_canned, merged, places_in
from linqdesk.domain.decorations import Decoration, utf16_length

Replies = tuple[CannedReply, ...]


def test_variables_are_filled_in_and_the_rest_is_left_to_the_agent() -> None:
    reply = CannedReply("shipped", "Hi {Name}, order {number} left {line}. {agent}")
    filled = fill_in(reply, {"name": "Ana", "line": "+1 415 555 0110", "agent": ""})
    assert filled.text == "Hi Ana, order {number} left +1 415 555 0110. {agent}"
    assert filled.fields == ("{number}", "{agent}")


def test_decorations_move_with_their_text() -> None:
    text = "👋 {name}: thanks {name}"
    bold = Decoration(11, 17, style="bold")
    whole = Decoration(3, 9, animation="shake")
    filled = fill_in(CannedReply("a", text, (bold, whole)), {"name": "Zoë 🎉"})
    assert filled.text == "👋 Zoë 🎉: thanks Zoë 🎉"
    assert filled.decorations == (Decoration(11, 17, style="bold"), Decoration(3, 9, animation="shake"))
    shorter = fill_in(CannedReply("a", text, (bold, whole)), {"name": "Al"})
    assert shorter.decorations == (Decoration(7, 13, style="bold"), Decoration(3, 5, animation="shake"))


def test_a_decoration_that_begins_inside_a_variable_covers_its_value() -> None:
    filled = fill_in(CannedReply("a", "x{name}y", (Decoration(3, 5, style="bold"),)), {"name": "Ana"})
    assert filled.decorations == (Decoration(1, 4, style="bold"),)


@given(st.text(alphabet="a{}name👍 ", max_size=40), st.text(alphabet="x👍", max_size=6), st.data())
def test_filling_in_keeps_decorations_inside_the_text(text: str, value: str, data: st.DataObject) -> None:
    length = utf16_length(text)
    start = data.draw(st.integers(0, max(0, length - 1)))
    end = data.draw(st.integers(start, length))
    filled = fill_in(CannedReply("a", text, (Decoration(start, end, style="bold"),)), {"name": value})
    assert all(0 <= each.start < each.end <= utf16_length(filled.text) for each in filled.decorations)
    assert filled.text == (text.replace("{name}", value) if value else text)


def test_braces_without_a_name_in_them_are_text() -> None:
    assert places_in("{} {\n} {a{b} } {day}") == ["{b}", "{day}"]


def test_names_are_found_before_texts() -> None:
    thanks, hours = CannedReply("thanks", "Any time"), CannedReply("hours", "Thanks for asking: 9 to 18")
    assert find_canned((hours, thanks), "THA") == [thanks, hours]
    assert find_canned((hours, thanks), "our") == [hours]
    assert find_canned((hours, thanks), "") == [hours, thanks]
    assert find_canned((hours, thanks), "zz") == []


HELLO, BYE, NEW = CannedReply("hello", "Hello"), CannedReply("bye", "Bye"), CannedReply("new", "New")
LOUD, THEIR_BYE = CannedReply("hello", "Hello!"), CannedReply("bye", "Good bye")


@pytest.mark.parametrize(
    ("theirs", "mine", "both"),
    [
        ((HELLO, THEIR_BYE, NEW), (LOUD, BYE), (LOUD, THEIR_BYE, NEW)),
        ((NEW, HELLO, BYE), (HELLO,), (NEW, HELLO)),
        ((BYE,), (HELLO, BYE, NEW), (BYE, NEW)),
        ((BYE,), (LOUD, BYE), (LOUD, BYE)),
        ((HELLO, THEIR_BYE), (HELLO,), (HELLO, THEIR_BYE)),
        ((HELLO, THEIR_BYE), (HELLO, THEIR_BYE), (HELLO, THEIR_BYE)),
        ((BYE, HELLO), (HELLO, NEW, BYE), (BYE, HELLO, NEW)),
    ],
)
def test_what_colleagues_changed_stays_beside_a_change_made_here(
    theirs: Replies, mine: Replies, both: Replies
) -> None:
    assert merged(theirs, (HELLO, BYE), mine) == Merged(both)


def test_what_both_changed_stays_in_both_versions() -> None:
    ours, taken = CannedReply("bye", "See you"), CannedReply("bye 2", "So long")
    both = merged((THEIR_BYE, taken, HELLO), (BYE, HELLO), (ours, HELLO))
    mine = CannedReply("bye 3", "See you")
    assert both == Merged((THEIR_BYE, mine, taken, HELLO), (("bye", "bye 3"),))


_ANY = st.lists(st.sampled_from([HELLO, LOUD, BYE, THEIR_BYE, NEW]), max_size=5).map(tuple)


@given(_ANY, _ANY, _ANY)
def test_no_text_that_either_side_wrote_is_lost(theirs: Replies, was: Replies, mine: Replies) -> None:
    kept = {each.text for each in merged(theirs, was, mine).replies}
    written = (set(theirs) | set(mine)) - set(was)
    assert {each.text for each in written} <= kept


@given(_ANY, _ANY)
def test_one_who_changes_alone_gets_what_they_meant(was: Replies, mine: Replies) -> None:
    assert sorted(merged(was, was, mine).replies, key=repr) == sorted(mine, key=repr)
    assert merged(mine, was, was).replies == mine


def test_a_reply_without_letters_has_a_name_too() -> None:
    made = canned_from("🎉 ", (), None, ())
    assert made == CannedReply("reply", "🎉")
    assert canned_from("  ", (), None, ()) is None
