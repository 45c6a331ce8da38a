"""A link in what is written: whether it can go as a card, and the messages that come of it. Pure."""

from dataclasses import replace
from enum import StrEnum

from linqdesk.domain.decorations import Decoration, clip, utf16_length
from linqdesk.domain.links import Link, find_links
from linqdesk.domain.outgoing import Content, OutgoingLink, OutgoingText


class CardOffer(StrEnum):
    """How a link stands in a message: by itself, or before or after other words."""

    ALONE = "alone"
    BESIDE_TEXT = "beside text"


def card_offer(content: Content) -> CardOffer | None:
    """Tell whether a message has one link that can go as a card; None where it has none or several.

    A link amid other words is part of their sentence and stays there.
    """
    found = _only_link(content)
    if found is None:
        return None
    part, link = found
    length = utf16_length(part.value)
    if (link.start, link.end) == (0, length):
        return CardOffer.ALONE
    return CardOffer.BESIDE_TEXT if link.start == 0 or link.end == length else None


def with_card(content: Content) -> tuple[Content, ...]:
    """Return the messages in which the link goes as a card, which is the only part of its message.

    They stand in the order in which they were written. Effect and quote go with the first one; a
    message that offers no card comes back as it is.
    """
    offer, found = card_offer(content), _only_link(content)
    if offer is None or found is None:
        return (content,)
    part, link = found
    card = replace(content, parts=(OutgoingLink(link.url),))
    if offer is CardOffer.ALONE:
        return (card,)
    text = replace(content, parts=(_without(part, link),))
    first, second = (card, text) if link.start == 0 else (text, card)
    return (first, replace(second, effect=None, reply_to=None))


def _only_link(content: Content) -> tuple[OutgoingText, Link] | None:
    if len(content.parts) != 1 or not isinstance(content.parts[0], OutgoingText):
        return None
    links = find_links(content.parts[0].value)
    return (content.parts[0], links[0]) if len(links) == 1 else None


def _without(part: OutgoingText, link: Link) -> OutgoingText:
    """Return a text without the link at its beginning or end, and its decorations where they are then."""
    units = part.value.encode("utf-16-le", "surrogatepass")
    if link.start:
        kept = units[: 2 * link.start].decode("utf-16-le", "surrogatepass").rstrip()
        return OutgoingText(kept, clip(part.decorations, kept))
    kept = units[2 * link.end :].decode("utf-16-le", "surrogatepass").lstrip()
    shift = utf16_length(part.value) - utf16_length(kept)
    return OutgoingText(kept, clip((_moved(each, shift) for each in part.decorations), kept))


def _moved(decoration: Decoration, shift: int) -> Decoration:
    return replace(decoration, start=decoration.start - shift, end=decoration.end - shift)
