"""Divides what opens a chat: the greeting goes now, links are held for the second message."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from linqdesk.domain.decorations import Decoration, trimmed, utf16_length
from linqdesk.domain.links import has_url
from linqdesk.domain.outgoing import OutgoingText

_WORD = re.compile(r"\S+")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_LEADING_TO_A_LINK = " \t\n:–—-"


def hold_links(text: str, decorations: Iterable[Decoration] = ()) -> tuple[OutgoingText, OutgoingText] | None:
    """Return a greeting without a link, and the rest.

    Divides before the sentence with the first link, else before the link itself. None where there is no
    link, or nothing before it.
    """
    ranges = tuple(decorations)
    for cut in _cuts(text):
        greeting = text[:cut].rstrip(_LEADING_TO_A_LINK)
        if greeting.strip() and not has_url(greeting):
            units = utf16_length(text[:cut])
            moved = (replace(each, start=each.start - units, end=each.end - units) for each in ranges)
            return OutgoingText(*trimmed(greeting, ranges)), OutgoingText(*trimmed(text[cut:], moved))
    return None


def _cuts(text: str) -> Iterator[int]:
    """Yield where a text could be divided, the best place first."""
    link_at = next((word.start() for word in _WORD.finditer(text) if has_url(word.group())), None)
    if link_at is None:
        return
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, link_at)]
    yield from ends[-1:]
    yield link_at
