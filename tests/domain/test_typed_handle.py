import pytest

from linqdesk.domain.ids import Handle
from linqdesk.domain.typed_handle import read_handle, split_handles

US, UK = Handle("+14155550110"), Handle("+442079460000")


@pytest.mark.parametrize(
    ("typed", "line", "handle"),
    [
        ("(415) 555-0134", US, "+14155550134"),
        ("415.555.0134", US, "+14155550134"),
        ("+1 415 555 0134", UK, "+14155550134"),
        ("020 7946 0123", UK, "+442079460123"),
        ("+49 1511 2345678", US, "+4915112345678"),
        ("0049 1511 2345678", UK, "+4915112345678"),
        ("+14155550134", None, "+14155550134"),
        ("+14155550134", Handle("+999"), "+14155550134"),
        (" Ana@Example.com ", US, "ana@example.com"),
    ],
)
def test_a_recipient_is_read_in_any_usual_form(typed: str, line: Handle | None, handle: str) -> None:
    found = read_handle(typed, line)
    assert found.handle == handle
    assert found.words == ""


@pytest.mark.parametrize(
    ("typed", "line", "words"),
    [
        ("415 555 01", US, "Too short for a number under +1."),
        ("415 555 0134 99 99", US, "Too long for a number under +1."),
        ("555 0134", US, "The area code is missing."),
        ("+999 123456789", US, "No country has this code after the +."),
        ("415 555 0134", None, "Begin the number with + and its country code."),
        ("415 555 0134", Handle("nonsense"), "Begin the number with + and its country code."),
        ("+1 415 555 0134 #12", US, "A number with an extension cannot receive messages."),
        ("1", US, "This is no phone number."),
        ("ana@", US, "An e-mail address looks like name@example.com."),
        ("ana@example", US, "An e-mail address looks like name@example.com."),
        (
            "Somebody",
            US,
            "Write a phone number, an e-mail address, or the name of somebody who is known here.",
        ),
        ("1-800-FLOWERS", US, "Write a phone number"),
        ("", US, "Write a phone number"),
    ],
)
def test_what_is_no_recipient_is_told_why(typed: str, line: Handle | None, words: str) -> None:
    found = read_handle(typed, line)
    assert found.handle is None
    assert words in found.words


def test_a_possible_number_that_nobody_has_is_taken_with_a_doubt() -> None:
    found = read_handle("+1 000 555 0134", US)
    assert found.handle == "+10005550134"
    assert "check it" in found.words


def test_several_recipients_are_told_apart() -> None:
    assert split_handles("a@b.de, +1 415 555 0134;\n c@d.fr,,") == ["a@b.de", "+1 415 555 0134", "c@d.fr"]
