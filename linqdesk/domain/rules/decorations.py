"""Which styles and animations a text may have."""

import re
from collections.abc import Iterator, Sequence

from linqdesk.domain.decorations import Decoration, utf16_length
from linqdesk.domain.rules.violation import Violation

MAX_DECORATIONS = 100

# Characters of two UTF-16 code units each.
_PAIRS = re.compile("[\U00010000-\U0010ffff]")

_STYLES = frozenset({"bold", "italic", "strikethrough", "underline"})
_ANIMATIONS = frozenset({"big", "small", "shake", "nod", "explode", "ripple", "bloom", "jitter"})


def check_decorations(
    text: str, decorations: Sequence[Decoration], part_index: int | None = None
) -> tuple[Violation, ...]:
    """Check the decorations of a text (S4, Inline Text Decorations; linq-api.md 2.3)."""
    if not decorations:
        return ()
    if len(decorations) > MAX_DECORATIONS:
        words = f"A text takes {MAX_DECORATIONS} decorations at most; this one has {len(decorations)}."
        return (Violation("decoration_count", words, part_index),)
    inside_pairs = _inside_pairs(text)
    length = utf16_length(text)
    found = [
        *(each for one in decorations for each in _kind(one, part_index)),
        *(each for one in decorations for each in _range(one, length, inside_pairs, part_index)),
        *_overlaps(decorations, part_index),
    ]
    # One sentence for a rule is enough, however often it is broken.
    return tuple({each.rule: each for each in reversed(found)}.values())[::-1]


def _kind(one: Decoration, part_index: int | None) -> Iterator[Violation]:
    """Check that a decoration is exactly one of a known style and a known animation (S4)."""
    if (one.style is None) == (one.animation is None):
        words = "A decoration is either a style or an animation: exactly one of the two."
        yield Violation("decoration_kind", words, part_index)
    if one.style is not None and one.style not in _STYLES:
        words = f"There is no such text style. Linq knows these: {', '.join(sorted(_STYLES))}."
        yield Violation("decoration_style", words, part_index)
    if one.animation is not None and one.animation not in _ANIMATIONS:
        words = f"There is no such text animation. Linq knows these: {', '.join(sorted(_ANIMATIONS))}."
        yield Violation("decoration_animation", words, part_index)


def _range(
    one: Decoration, length: int, inside_pairs: frozenset[int], part_index: int | None
) -> Iterator[Violation]:
    """Check that a range covers something, lies in its text and cuts no character in two (S4).

    No source speaks of surrogate pairs; half of one is no character that Linq could decorate.
    """
    if not 0 <= one.start < one.end <= length:
        words = (
            f"A decoration covers at least one character within its text of {length:,}; one covers"
            f" {one.start:,} to {one.end:,}."
        )
        yield Violation("decoration_range", words, part_index)
    if one.start in inside_pairs or one.end in inside_pairs:
        words = "A decoration cannot begin or end in the middle of an emoji."
        yield Violation("decoration_split", words, part_index)


def _overlaps(decorations: Sequence[Decoration], part_index: int | None) -> Iterator[Violation]:
    """Check that animations overlap neither each other nor a style (S4)."""
    in_order = sorted(decorations, key=lambda one: (one.start, one.end))
    for at, one in enumerate(in_order):
        for other in in_order[at + 1 :]:
            if other.start >= one.end:
                break
            if one.animation is not None or other.animation is not None:
                words = "An animation cannot overlap another animation or a style."
                yield Violation("animation_overlap", words, part_index)
                return


def _inside_pairs(text: str) -> frozenset[int]:
    """Return the offsets in UTF-16 code units that lie between the halves of a character."""
    pairs = _PAIRS.finditer(text)
    return frozenset(found.start() + earlier + 1 for earlier, found in enumerate(pairs))
