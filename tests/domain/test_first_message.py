import pytest
from hypothesis import given
from hypothesis import strategies as st

from linqdesk.domain.decorations import Decoration, utf16_length
from linqdesk.domain.first_message import hold_links
from linqdesk.domain.links import has_url
from linqdesk.domain.outgoing import OutgoingText


@pytest.mark.parametrize(
    ("text", "greeting", "held"),
    [
        ("Hi Ana! Pick it up: https://a.example.com", "Hi Ana!", "Pick it up: https://a.example.com"),
        ("Hi Ana, here it is: example.com", "Hi Ana, here it is", "example.com"),
        ("Hi\nexample.com\nexample.org", "Hi", "example.com\nexample.org"),
        ("One. Two. example.com and more. Three.", "One. Two.", "example.com and more. Three."),
        ("Hi (https://a.example.com) you", "Hi", "(https://a.example.com) you"),
        ("Hi. ftp://a.example.com/x", "Hi.", "ftp://a.example.com/x"),
    ],
)
def test_the_greeting_ends_before_the_sentence_with_the_first_link(
    text: str, greeting: str, held: str
) -> None:
    found = hold_links(text)
    assert found is not None
    assert (found[0].value, found[1].value) == (greeting, held)


@pytest.mark.parametrize(
    "text", ["", "Hello", "https://a.example.com", "  example.com Hello", "– example.com"]
)
def test_without_a_greeting_or_a_link_nothing_is_divided(text: str) -> None:
    assert hold_links(text) is None


def test_decorations_go_with_their_words() -> None:
    text = "Hi 👋 Ana. See example.com now"
    at = utf16_length("Hi 👋 ")
    bold, italic = Decoration(at, at + 3, style="bold"), Decoration(at, utf16_length(text), style="italic")
    found = hold_links(text, (bold, italic))
    assert found == (
        OutgoingText("Hi 👋 Ana.", (bold, Decoration(at, at + 4, style="italic"))),
        OutgoingText("See example.com now", (Decoration(0, 19, style="italic"),)),
    )


@given(st.text(alphabet=st.sampled_from("ab .\n:👋é"), max_size=40), st.text(alphabet="ab .", max_size=20))
def test_no_greeting_has_a_link_and_no_word_is_lost(before: str, after: str) -> None:
    text = f"{before} https://x.example.com {after}"
    found = hold_links(text)
    if found is not None:
        assert not has_url(found[0].value)
        said = f"{found[0].value}{found[1].value}"
        assert _solid(said) == _solid(text)


def _solid(text: str) -> str:
    """A text without blanks, and without the colons that may lead to a link."""
    return "".join(text.split()).replace(":", "")
