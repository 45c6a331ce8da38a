"""Text decorations: ranges in UTF-16 code units over the text of one part."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

_LINE_BREAKS = re.compile(r"\n+")


@dataclass(frozen=True, slots=True)
class Decoration:
    """A style or an animation over `[start, end)`, counted in UTF-16 code units.

    Exactly one of `style` and `animation` is set. Words that the API adds later are kept as they are.
    """

    start: int
    end: int
    style: str | None = None
    animation: str | None = None


def utf16_length(text: str) -> int:
    """Return the length of a text in UTF-16 code units, the unit of Qt and of the API."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def clip(decorations: Iterable[Decoration], text: str) -> tuple[Decoration, ...]:
    """Return the decorations cut to the text; those that cover nothing are left out."""
    length = utf16_length(text)
    # Most are whole, and copying each would cost more than all else that a key press does.
    cut = (
        each
        if each.start >= 0 and each.end <= length
        else replace(each, start=max(0, each.start), end=min(length, each.end))
        for each in decorations
    )
    return tuple(each for each in cut if each.start < each.end)


def trimmed(text: str, decorations: Iterable[Decoration]) -> tuple[str, tuple[Decoration, ...]]:
    """Return a text without the blanks at its ends, and its decorations where they are then."""
    shift = utf16_length(text) - utf16_length(text.lstrip())
    short = text.strip()
    if not shift:
        return short, clip(decorations, short)
    moved = (replace(each, start=each.start - shift, end=each.end - shift) for each in decorations)
    return short, clip(moved, short)


def joined_over_lines(text: str, decorations: Iterable[Decoration]) -> tuple[Decoration, ...]:
    """Return decorations with those of a kind joined that touch or have only line breaks between them.

    They come back in order of their starts.
    """
    line_starts = _after_line_breaks(text)
    joined: list[Decoration] = []
    newest: dict[tuple[str | None, str | None], int] = {}
    for each in sorted(decorations, key=lambda one: (one.start, one.end)):
        kind = (each.style, each.animation)
        at = newest.get(kind)
        if at is not None and line_starts.get(joined[at].end, joined[at].end) >= each.start:
            joined[at] = replace(joined[at], end=max(joined[at].end, each.end))
        else:
            newest[kind] = len(joined)
            joined.append(each)
    return tuple(joined)


def _after_line_breaks(text: str) -> dict[int, int]:
    """Return for each offset before a line break, in UTF-16 code units, where the breaks end."""
    found: dict[int, int] = {}
    read, offset = 0, 0
    for breaks in _LINE_BREAKS.finditer(text):
        offset += utf16_length(text[read : breaks.start()])
        read = breaks.end()
        found[offset] = offset + len(breaks.group())
        offset = found[offset]
    return found
