"""Every service by every feature; linq-api.md 2.3 (capability matrix) is the judge."""

import pytest

from linqdesk.domain.arrival import (
    Arrival,
    Fate,
    Feature,
    Item,
    Receipt,
    arrival,
    arrival_of,
    fate_of,
    plain,
    routes,
)
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.ids import AttachmentId, MessageId
from linqdesk.domain.message import Effect, ReplyTo
from linqdesk.domain.outgoing import Content, OutgoingLink, OutgoingMedia, OutgoingPart, OutgoingText
from linqdesk.domain.service import Service

IMESSAGE, RCS, SMS, UNKNOWN = Service.IMESSAGE, Service.RCS, Service.SMS, Service.UNKNOWN
DELIVERED, PERHAPS, CHANGED, DROPPED = Fate.DELIVERED, Fate.PERHAPS, Fate.CHANGED, Fate.DROPPED

_FILE = OutgoingMedia(AttachmentId("a"))
_CARD = OutgoingLink("https://example.com")
_DECORATED = OutgoingText("hello you", (Decoration(0, 5, style="bold"), Decoration(6, 9, animation="shake")))


def _arrival(
    *parts: OutgoingPart,
    over: Service | None = IMESSAGE,
    wish: Service | None = None,
    is_group: bool = False,
    effect: Effect | None = None,
    reply_to: ReplyTo | None = None,
) -> Arrival:
    return arrival(Content(parts, effect, reply_to, wish), over, is_group=is_group)


@pytest.mark.parametrize(
    ("over", "wish", "expected"),
    [
        (IMESSAGE, None, (IMESSAGE,)),
        (RCS, None, (RCS,)),
        (SMS, None, (SMS,)),
        (None, None, (IMESSAGE, RCS, SMS)),
        (UNKNOWN, None, (IMESSAGE, RCS, SMS)),
        (IMESSAGE, IMESSAGE, (IMESSAGE,)),
        (RCS, IMESSAGE, (IMESSAGE,)),
        (SMS, IMESSAGE, (IMESSAGE,)),
        (None, IMESSAGE, (IMESSAGE,)),
        (IMESSAGE, RCS, (RCS, SMS)),
        (IMESSAGE, SMS, (RCS, SMS)),
        (RCS, SMS, (RCS,)),
        (SMS, RCS, (SMS,)),
        (None, RCS, (RCS, SMS)),
    ],
)
def test_a_wish_narrows_the_services(
    over: Service | None, wish: Service | None, expected: tuple[Service, ...]
) -> None:
    assert routes(over, wish) == expected


@pytest.mark.parametrize(
    ("feature", "by_imessage", "by_rcs", "by_sms"),
    [
        (Feature.STYLE, DELIVERED, DROPPED, DROPPED),
        (Feature.ANIMATION, DELIVERED, DROPPED, DROPPED),
        (Feature.EFFECT, DELIVERED, DROPPED, DROPPED),
        (Feature.REPLY, DELIVERED, DROPPED, DROPPED),
        (Feature.CARD, DELIVERED, DELIVERED, CHANGED),
        (Feature.FILE, DELIVERED, DELIVERED, CHANGED),
    ],
)
def test_every_service_has_its_word_on_every_feature(
    feature: Feature, by_imessage: Fate, by_rcs: Fate, by_sms: Fate
) -> None:
    assert (fate_of(feature, (IMESSAGE,)), fate_of(feature, (RCS,)), fate_of(feature, (SMS,))) == (
        by_imessage,
        by_rcs,
        by_sms,
    )
    assert fate_of(feature, (IMESSAGE, RCS, SMS)) is PERHAPS
    assert fate_of(feature, (RCS, SMS)) is (by_sms if by_rcs is by_sms else PERHAPS)


@pytest.mark.parametrize(
    ("over", "is_group", "expected"),
    [
        (IMESSAGE, False, Receipt.YES),
        (RCS, False, Receipt.YES),
        (SMS, False, Receipt.NO),
        (None, False, Receipt.PERHAPS),
        (IMESSAGE, True, Receipt.NO),
        (RCS, True, Receipt.NO),
        (SMS, True, Receipt.NO),
        (None, True, Receipt.NO),
    ],
)
def test_sms_and_groups_report_no_delivery(over: Service | None, is_group: bool, expected: Receipt) -> None:
    assert _arrival(OutgoingText("hello"), over=over, is_group=is_group).receipt is expected


def test_every_feature_of_a_message_is_told_once_in_its_order() -> None:
    twice = OutgoingText("ab", (Decoration(0, 1, style="bold"), Decoration(1, 2, style="bold")))
    told = _arrival(
        _DECORATED,
        _FILE,
        twice,
        _FILE,
        over=SMS,
        effect=Effect("screen", "confetti"),
        reply_to=ReplyTo(MessageId("m")),
    )
    assert told.items == (
        Item(Feature.STYLE, DROPPED, "bold"),
        Item(Feature.ANIMATION, DROPPED, "shake"),
        Item(Feature.EFFECT, DROPPED, "confetti"),
        Item(Feature.REPLY, DROPPED),
        Item(Feature.FILE, CHANGED, count=2),
    )
    assert told.fated(CHANGED) == (Item(Feature.FILE, CHANGED, count=2),)


def test_what_is_sent_plain_loses_nothing_on_its_way() -> None:
    content = Content((_DECORATED, _FILE), Effect("screen", "confetti"), ReplyTo(MessageId("m")), RCS)
    made = plain(content)
    assert made == Content((OutgoingText("hello you"), _FILE), preferred_service=RCS)
    for over in (*Service, None):
        fates = {each.fate for each in arrival(made, over, is_group=False).items}
        assert DROPPED not in fates


@pytest.mark.parametrize(
    ("parts", "over", "wish", "is_group", "expected"),
    [
        ((OutgoingText("a" * 161),), SMS, None, False, 2),
        ((OutgoingText("a" * 161),), IMESSAGE, SMS, False, 2),
        ((_CARD,), SMS, None, False, 1),
        ((OutgoingText("a" * 161),), IMESSAGE, None, False, None),
        ((OutgoingText("a" * 161),), None, None, False, None),
        ((OutgoingText("a" * 161),), RCS, SMS, False, None),
        ((OutgoingText("a" * 161), _FILE), SMS, None, False, None),
        ((OutgoingText("a" * 161),), SMS, None, True, None),
        ((), SMS, None, False, None),
    ],
)
def test_segments_are_counted_where_a_text_goes_as_sms(
    parts: tuple[OutgoingPart, ...],
    over: Service | None,
    wish: Service | None,
    is_group: bool,
    expected: int | None,
) -> None:
    told = _arrival(*parts, over=over, wish=wish, is_group=is_group).segments
    assert (told.count if told is not None else None) == expected


def test_what_linq_would_refuse_is_told_but_an_empty_message_is_not_blamed() -> None:
    assert [each.rule for each in _arrival(OutgoingText("a" * 10_001)).refused] == ["text_length"]
    assert [each.rule for each in _arrival(_CARD, OutgoingText("a")).refused] == ["link_alone"]
    assert _arrival().refused == ()


@pytest.mark.parametrize(
    ("over", "wish", "expected"),
    [(SMS, IMESSAGE, True), (RCS, IMESSAGE, True), (IMESSAGE, IMESSAGE, False), (SMS, None, False)],
)
def test_imessage_only_is_a_risk_where_the_chat_ran_over_another_service(
    over: Service, wish: Service | None, expected: bool
) -> None:
    assert _arrival(OutgoingText("a"), over=over, wish=wish).is_without_fallback is expected


def test_two_messages_that_go_together_are_told_as_one() -> None:
    text, card = Content((OutgoingText("a" * 10_001),)), Content((_CARD,))
    assert arrival_of((card,), SMS, is_group=False) == arrival(card, SMS, is_group=False)
    told = arrival_of((text, card), SMS, is_group=False)
    assert told.items == (Item(Feature.CARD, CHANGED),)
    assert [each.rule for each in told.refused] == ["text_length"]
    assert told.segments is None
