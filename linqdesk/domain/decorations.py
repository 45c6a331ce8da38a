"""Text decorations: ranges in UTF-16 code units over the text of one part."""

from collections.abc import Iterable
from dataclasses import dataclass, replace


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
    cut = (replace(each, start=max(0, each.start), end=min(length, each.end)) for each in decorations)
    return tuple(each for each in cut if each.start < each.end)
