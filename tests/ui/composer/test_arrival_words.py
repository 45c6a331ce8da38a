import pytest

from linqdesk.domain.arrival import Arrival, arrival
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.ids import AttachmentId, MessageId
from linqdesk.domain.message import Effect, ReplyTo
from linqdesk.domain.outgoing import Content, OutgoingLink, OutgoingMedia, OutgoingText
from linqdesk.domain.service import Service
from linqdesk.ui.composer.arrival_words import arrival_line, arrival_reasons, route_note

_ANY, _NO_RECEIPT = "iMessage, RCS or SMS: ", "by SMS you would not see Delivered"
_MARKS = (Decoration(0, 3, style="bold"), Decoration(4, 7, animation="shake"))
_HELLO = OutgoingText("See you at five!")
_LOUD = Content((OutgoingText("See you at five!", _MARKS),), Effect("screen", "confetti"))
_FULL = Content(_LOUD.parts, _LOUD.effect, ReplyTo(MessageId("m")))
_PHOTO = OutgoingMedia(AttachmentId("a"))
_CARD = Content((OutgoingLink("https://example.com"),))


def _told(content: Content, over: Service | None = Service.IMESSAGE, *, is_group: bool = False) -> Arrival:
    return arrival(content, over, is_group=is_group)


@pytest.mark.parametrize(
    ("content", "over", "is_group", "line"),
    [
        (Content((_HELLO,)), Service.IMESSAGE, False, "iMessage: arrives as you see it"),
        (_FULL, Service.IMESSAGE, False, "iMessage: arrives as you see it"),
        (Content((_HELLO,)), Service.IMESSAGE, True, "iMessage: you will not see Delivered"),
        (Content((_HELLO,)), Service.RCS, False, "RCS: arrives as you see it"),
        (_LOUD, Service.RCS, False, "RCS: bold, Shake and Confetti will not arrive"),
        (_FULL, Service.RCS, False, "RCS: bold, Shake, Confetti and 1 more will not arrive"),
        (
            _LOUD,
            Service.SMS,
            False,
            "SMS: bold, Shake and Confetti will not arrive; 16 of 160 characters; you will not see Delivered",
        ),
        (
            Content((OutgoingText("See you", _MARKS[:1]), _PHOTO)),
            Service.SMS,
            False,
            "SMS: bold will not arrive; the file goes as MMS; you will not see Delivered",
        ),
        (
            Content((_HELLO, _PHOTO, _PHOTO)),
            None,
            False,
            f"{_ANY}2 files go as MMS if it goes by SMS; {_NO_RECEIPT}",
        ),
        (
            Content((OutgoingText("a" * 200),)),
            Service.SMS,
            True,
            "SMS: you will not see Delivered",
        ),
        (
            Content((OutgoingText("a" * 200),)),
            Service.SMS,
            False,
            "SMS: 2 segments, 200 of 306 characters; you will not see Delivered",
        ),
        (
            _LOUD,
            None,
            False,
            f"{_ANY}bold, Shake and Confetti only if it goes by iMessage; {_NO_RECEIPT}",
        ),
        (
            _CARD,
            None,
            False,
            f"{_ANY}the card only if it goes by iMessage or RCS; {_NO_RECEIPT}",
        ),
        (
            _CARD,
            Service.SMS,
            False,
            "SMS: the card arrives as its web address; 19 of 160 characters; you will not see Delivered",
        ),
        (
            Content((_HELLO,), preferred_service=Service.IMESSAGE),
            Service.SMS,
            False,
            "iMessage: fails if the customer has no iMessage",
        ),
        (
            Content((_HELLO, _HELLO)),
            Service.IMESSAGE,
            False,
            "Cannot be sent: Two texts cannot stand side by side: join them, or put a file between them.",
        ),
    ],
)
def test_one_line_says_what_will_arrive(
    content: Content, over: Service | None, is_group: bool, line: str
) -> None:
    assert arrival_line(_told(content, over, is_group=is_group)) == line


def test_every_loss_has_its_reason_and_what_arrives_needs_none() -> None:
    assert arrival_reasons(_told(_FULL)) == ()
    reasons = " ".join(arrival_reasons(_told(_FULL, Service.SMS)))
    for words in ("Bold, italic", "Text effects", "screen effects", "quote a message", "SMS reports neither"):
        assert words in reasons
    assert any("MMS" in each for each in arrival_reasons(_told(Content((_PHOTO,)), Service.SMS)))


def test_the_reasons_tell_of_groups_segments_fallback_and_refusals() -> None:
    assert any("Groups report" in each for each in arrival_reasons(_told(_LOUD, is_group=True)))
    many = arrival_reasons(_told(Content((OutgoingText("日" * 80),)), Service.SMS))
    assert any("70 signs" in each for each in many)
    assert any("SMS of its own" in each for each in many)
    strict = _told(Content((_HELLO,), preferred_service=Service.IMESSAGE), Service.SMS)
    assert any("never falls back" in each for each in arrival_reasons(strict))
    assert arrival_reasons(_told(Content((_HELLO, _HELLO))))[0].startswith("Two texts")


@pytest.mark.parametrize(
    ("over", "note"),
    [
        (Service.IMESSAGE, ""),
        (Service.RCS, "Has no effect by RCS"),
        (Service.SMS, "Has no effect by SMS"),
        (None, "Arrives only if this goes by iMessage"),
    ],
)
def test_a_control_says_where_it_has_no_effect(over: Service | None, note: str) -> None:
    assert route_note(_told(Content(()), over)) == note
