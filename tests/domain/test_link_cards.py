import pytest
from hypothesis import given
from hypothesis import strategies as st

from linqdesk.domain.decorations import Decoration
from linqdesk.domain.ids import AttachmentId, MessageId
from linqdesk.domain.link_cards import CardOffer, card_offer, with_card
from linqdesk.domain.message import Effect, ReplyTo
from linqdesk.domain.outgoing import Content, OutgoingLink, OutgoingMedia, OutgoingText
from linqdesk.domain.rules import check_content

URL = "https://example.com/a?b=c"


def _text(value: str, *decorations: Decoration) -> Content:
    return Content((OutgoingText(value, decorations),))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (URL, CardOffer.ALONE),
        ("example.com", CardOffer.ALONE),
        (f"Look: {URL}", CardOffer.BESIDE_TEXT),
        (f"{URL} is new", CardOffer.BESIDE_TEXT),
        (f"See {URL} tonight", None),
        (f"{URL} {URL}", None),
        ("ana@example.com", None),
        ("hello", None),
    ],
)
def test_a_card_is_offered_for_one_link_by_itself_or_at_an_end(said: str, expected: CardOffer | None) -> None:
    assert card_offer(_text(said)) is expected


def test_beside_files_no_card_is_offered() -> None:
    assert card_offer(Content((OutgoingText(URL), OutgoingMedia(AttachmentId("a"))))) is None
    assert card_offer(Content(())) is None


def test_a_link_alone_becomes_a_card_that_keeps_effect_and_quote() -> None:
    effect, reply = Effect("bubble", "slam"), ReplyTo(MessageId("m"))
    content = Content((OutgoingText("example.com"),), effect, reply)
    assert with_card(content) == (Content((OutgoingLink("http://example.com"),), effect, reply),)


def test_text_and_card_go_in_the_order_in_which_they_were_written() -> None:
    effect = Effect("bubble", "slam")
    before = Content((OutgoingText(f"Look 👩🏽‍🚀: {URL}", (Decoration(5, 12, style="bold"),)),), effect)
    assert with_card(before) == (
        Content((OutgoingText("Look 👩🏽‍🚀:", (Decoration(5, 12, style="bold"),)),), effect),
        Content((OutgoingLink(URL),)),
    )
    after = _text(f"{URL}\nis new", Decoration(0, 31, style="bold"))
    assert with_card(after) == (
        Content((OutgoingLink(URL),)),
        _text("is new", Decoration(0, 5, style="bold")),
    )


def test_what_offers_no_card_stays_as_it_is() -> None:
    assert with_card(_text("hello")) == (_text("hello"),)


@given(st.text(min_size=1, max_size=40), st.booleans(), st.integers(0, 40), st.integers(1, 40))
def test_every_message_that_comes_of_a_split_may_be_sent(
    words: str, is_first: bool, start: int, length: int
) -> None:
    said = f"{URL} {words}".strip() if is_first else f"{words} {URL}".strip()
    content = _text(said, Decoration(start, min(start + length, len(said)), style="bold"))
    if not any(each.rule == "text_length" for each in check_content(_text(said))):
        broken = [each for one in with_card(content) for each in check_content(one)]
        assert [each.rule for each in broken if each.rule in {"text_length", "link_alone"}] == []
