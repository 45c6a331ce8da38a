from collections.abc import Callable

import pytest

from linqdesk.domain.decorations import Decoration
from linqdesk.domain.outgoing import Content, OutgoingText
from linqdesk.domain.rules import check_content


def broken(text: str, *decorations: Decoration) -> list[str]:
    return [each.rule for each in check_content(Content((OutgoingText(text, decorations),)))]


def bold(start: int, end: int) -> Decoration:
    return Decoration(start, end, style="bold")


def shake(start: int, end: int) -> Decoration:
    return Decoration(start, end, animation="shake")


@pytest.mark.parametrize(
    ("start", "end", "is_allowed"),
    [(0, 1, True), (0, 5, True), (4, 5, True), (0, 6, False), (-1, 2, False), (3, 3, False), (4, 2, False)],
)
def test_a_range_covers_something_within_the_text(start: int, end: int, is_allowed: bool) -> None:
    assert broken("Hello", bold(start, end)) == ([] if is_allowed else ["decoration_range"])


def test_ranges_count_utf16_units() -> None:
    assert broken("👍🏽 hi", bold(0, 7)) == []
    assert broken("👍🏽 hi", bold(0, 8)) == ["decoration_range"]


@pytest.mark.parametrize(
    ("start", "end", "is_allowed"), [(1, 3, True), (0, 1, True), (3, 4, True), (1, 2, False), (2, 4, False)]
)
def test_a_range_cuts_no_surrogate_pair(start: int, end: int, is_allowed: bool) -> None:
    assert broken("a👍b", bold(start, end)) == ([] if is_allowed else ["decoration_split"])


def test_a_decoration_is_exactly_one_of_style_and_animation() -> None:
    assert broken("Hello", Decoration(0, 5)) == ["decoration_kind"]
    assert broken("Hello", Decoration(0, 5, "bold", "shake")) == ["decoration_kind"]


def test_styles_and_animations_are_known_words() -> None:
    for style in ("bold", "italic", "strikethrough", "underline"):
        assert broken("Hello", Decoration(0, 5, style=style)) == []
    for animation in ("big", "small", "shake", "nod", "explode", "ripple", "bloom", "jitter"):
        assert broken("Hello", Decoration(0, 5, animation=animation)) == []
    assert broken("Hello", Decoration(0, 5, style="blink")) == ["decoration_style"]
    assert broken("Hello", Decoration(0, 5, animation="bold")) == ["decoration_animation"]


def test_styles_may_overlap_each_other() -> None:
    assert broken("Hello", bold(0, 4), Decoration(2, 5, style="italic")) == []


@pytest.mark.parametrize("other", [bold, shake])
def test_an_animation_overlaps_nothing(other: Callable[[int, int], Decoration]) -> None:
    assert broken("Hello", shake(0, 2), other(2, 5)) == []
    assert broken("Hello", other(2, 5), shake(0, 3)) == ["animation_overlap"]
    assert broken("Hello", shake(1, 2), other(0, 5)) == ["animation_overlap"]
    assert broken("Hello", other(0, 5), shake(0, 5)) == ["animation_overlap"]


def test_an_animation_far_into_a_long_style_is_seen() -> None:
    assert broken("Hello world", bold(0, 11), Decoration(1, 2, style="italic"), shake(8, 9)) == [
        "animation_overlap"
    ]


def test_a_text_has_at_most_100_decorations() -> None:
    assert broken("Hello", *[bold(0, 5)] * 100) == []
    assert broken("Hello", *[bold(0, 5)] * 101) == ["decoration_count"]


def test_a_rule_is_said_once_however_often_it_is_broken() -> None:
    assert broken("Hello", bold(0, 9), bold(3, 3), shake(0, 2), shake(1, 3), shake(1, 4)) == [
        "decoration_range",
        "animation_overlap",
    ]
