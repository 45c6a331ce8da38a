from hypothesis import given
from hypothesis import strategies as st

from linqdesk.domain.canned import CannedReply, canned_from, fill_in, find_canned, places_in, with_changes
from linqdesk.domain.decorations import Decoration, utf16_length


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


def test_what_colleagues_changed_stays_beside_a_change_made_here() -> None:
    hello, bye, new = CannedReply("hello", "Hello"), CannedReply("bye", "Bye"), CannedReply("new", "New")
    theirs_bye, mine = CannedReply("bye", "Good bye"), CannedReply("hello", "Hello!")
    was = (hello, bye)
    assert with_changes((hello, theirs_bye, new), was, (mine, bye)) == (mine, theirs_bye, new)
    assert with_changes((hello, theirs_bye), was, (hello,)) == (hello,)
    assert with_changes((bye,), was, (*was, new)) == (bye, new)


def test_a_reply_without_letters_has_a_name_too() -> None:
    made = canned_from("🎉 ", (), None, ())
    assert made == CannedReply("reply", "🎉")
    assert canned_from("  ", (), None, ()) is None
