"""What will arrive of a message: what each service carries, drops and changes. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from linqdesk.domain.outgoing import Content, OutgoingLink, OutgoingMedia, OutgoingPart, OutgoingText
from linqdesk.domain.outgoing_files import OutgoingFile, OutgoingVoiceMemo
from linqdesk.domain.rules.content import check_content
from linqdesk.domain.rules.violation import Violation
from linqdesk.domain.service import Service
from linqdesk.domain.sms import Segments, count_segments


class Feature(StrEnum):
    """What a message can have beyond its words."""

    STYLE = "style"
    ANIMATION = "animation"
    EFFECT = "effect"
    REPLY = "reply"
    CARD = "card"
    FILE = "file"


class Fate(StrEnum):
    """What becomes of a feature on its way.

    PERHAPS: it arrives by some of the services that may carry the message and by others not.
    """

    DELIVERED = "delivered"
    PERHAPS = "perhaps"
    CHANGED = "changed"
    DROPPED = "dropped"


class Receipt(StrEnum):
    """Whether we shall hear that a message was delivered."""

    YES = "yes"
    PERHAPS = "perhaps"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Item:
    """One feature of a message and its fate.

    `word` is the API's word for it, such as bold, shake or confetti; empty where the feature has none.
    `count` is how many files there are, 1 for everything else.
    """

    feature: Feature
    fate: Fate
    word: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a message would arrive if it were sent now.

    `routes` are the services that may carry it, the likeliest first; never empty. `segments` is None
    unless a plain SMS may come of it. `refused` are the rules that it breaks. `is_without_fallback` where
    it goes by iMessage or not at all and the chat ran over another service so far.
    """

    routes: tuple[Service, ...]
    items: tuple[Item, ...]
    receipt: Receipt
    segments: Segments | None = None
    refused: tuple[Violation, ...] = ()
    is_group: bool = False
    is_without_fallback: bool = False

    def fated(self, fate: Fate) -> tuple[Item, ...]:
        """Return the features of one fate, in the order of the message."""
        return tuple(each for each in self.items if each.fate is fate)


_FILES = (OutgoingMedia, OutgoingFile, OutgoingVoiceMemo)
_ANY_ROUTE = (Service.IMESSAGE, Service.RCS, Service.SMS)
# linq-api.md 2.3, capability matrix: decorations, effects and threads on iMessage, previews on RCS too.
_CARRIERS = {
    Feature.STYLE: frozenset({Service.IMESSAGE}),
    Feature.ANIMATION: frozenset({Service.IMESSAGE}),
    Feature.EFFECT: frozenset({Service.IMESSAGE}),
    Feature.REPLY: frozenset({Service.IMESSAGE}),
    Feature.CARD: frozenset({Service.IMESSAGE, Service.RCS}),
    Feature.FILE: frozenset({Service.IMESSAGE, Service.RCS}),
}
# Nothing is lost of these: a card becomes its address, a file a part of an MMS.
_CHANGING = frozenset({Feature.CARD, Feature.FILE})


def routes(chat_service: Service | None, preferred: Service | None) -> tuple[Service, ...]:
    """Return the services that may carry a message, the likeliest first (linq-api.md 2.3).

    Args:
        chat_service: what the chat ran over so far; None or UNKNOWN where nobody knows.
        preferred: the agent's wish; RCS and SMS mean the same: RCS where possible, else SMS.
    """
    if preferred is Service.IMESSAGE:
        return (Service.IMESSAGE,)
    if preferred in {Service.RCS, Service.SMS}:
        known = chat_service if chat_service in {Service.RCS, Service.SMS} else None
        return (known,) if known is not None else (Service.RCS, Service.SMS)
    if chat_service is None or chat_service is Service.UNKNOWN:
        return _ANY_ROUTE
    return (chat_service,)


def fate_of(feature: Feature, ways: tuple[Service, ...]) -> Fate:
    """Return what becomes of a feature over the services that may carry it."""
    carried = [way in _CARRIERS[feature] for way in ways]
    if all(carried):
        return Fate.DELIVERED
    if any(carried):
        return Fate.PERHAPS
    return Fate.CHANGED if feature in _CHANGING else Fate.DROPPED


def arrival(content: Content, chat_service: Service | None, *, is_group: bool) -> Arrival:
    """Return how a message would arrive.

    Args:
        content: the message, with the service that the agent wishes.
        chat_service: what the chat ran over so far; None or UNKNOWN where nobody knows.
        is_group: whether several people read it.
    """
    ways = routes(chat_service, content.preferred_service)
    items = tuple(Item(what, fate_of(what, ways), word, count) for what, word, count in _features(content))
    return Arrival(
        routes=ways,
        items=items,
        receipt=_receipt(ways, is_group=is_group),
        segments=_segments(content, ways, is_group=is_group),
        refused=check_content(content) if content.parts else (),
        is_group=is_group,
        is_without_fallback=ways == (Service.IMESSAGE,) and chat_service in {Service.RCS, Service.SMS},
    )


def arrival_of(contents: Sequence[Content], chat_service: Service | None, *, is_group: bool) -> Arrival:
    """Return how messages would arrive that go together, told as if they were one; at least one."""
    first, *rest = [arrival(each, chat_service, is_group=is_group) for each in contents]
    if not rest:
        return first
    return replace(
        first,
        items=(*first.items, *(item for each in rest for item in each.items)),
        refused=(*first.refused, *(broken for each in rest for broken in each.refused)),
        segments=None,
    )


def plain(content: Content) -> Content:
    """Return a message without what iMessage alone carries; its words, files and links stay."""
    parts = tuple(_plain_part(each) for each in content.parts)
    return replace(content, parts=parts, effect=None, reply_to=None)


def _plain_part(part: OutgoingPart) -> OutgoingPart:
    return OutgoingText(part.value) if isinstance(part, OutgoingText) else part


def _features(content: Content) -> Iterator[tuple[Feature, str, int]]:
    """Iterate over what a message has beyond its words, each kind once."""
    marks = [mark for part in content.parts if isinstance(part, OutgoingText) for mark in part.decorations]
    for style in dict.fromkeys(mark.style for mark in marks if mark.style is not None):
        yield Feature.STYLE, style, 1
    for animation in dict.fromkeys(mark.animation for mark in marks if mark.animation is not None):
        yield Feature.ANIMATION, animation, 1
    if content.effect is not None:
        yield Feature.EFFECT, content.effect.name, 1
    if content.reply_to is not None:
        yield Feature.REPLY, "", 1
    if any(isinstance(part, OutgoingLink) for part in content.parts):
        yield Feature.CARD, "", 1
    files = sum(isinstance(part, _FILES) for part in content.parts)
    if files:
        yield Feature.FILE, "", files


def _receipt(ways: tuple[Service, ...], *, is_group: bool) -> Receipt:
    """Tell whether delivery is reported: never for groups (DOC:2070) and for SMS."""
    if is_group or ways == (Service.SMS,):
        return Receipt.NO
    return Receipt.PERHAPS if Service.SMS in ways else Receipt.YES


def _segments(content: Content, ways: tuple[Service, ...], *, is_group: bool) -> Segments | None:
    """Count segments where SMS is likely; a message with files and one to a group go as MMS."""
    if Service.SMS not in ways or Service.IMESSAGE in ways or is_group:
        return None
    said = [part.value for part in content.parts if isinstance(part, OutgoingText | OutgoingLink)]
    return count_segments(said[0]) if len(content.parts) == len(said) == 1 else None
