import pytest
from hypothesis import given
from hypothesis import strategies as st

from linqdesk.domain.decorations import Decoration, clip, joined_over_lines, trimmed, utf16_length


@pytest.mark.parametrize(("text", "units"), [("", 0), ("hi", 2), ("👍🏽 hi", 7), ("שלום", 4), ("\ud800", 1)])
def test_length_counts_utf16_code_units(text: str, units: int) -> None:
    assert utf16_length(text) == units


@given(text=st.text(), start=st.integers(-5, 30), end=st.integers(-5, 10**9))
def test_clipped_ranges_lie_within_the_text_and_cover_something(text: str, start: int, end: int) -> None:
    for each in clip([Decoration(start, end, style="bold")], text):
        assert 0 <= each.start < each.end <= utf16_length(text)


def test_a_range_within_the_text_stays_as_it_is() -> None:
    decoration = Decoration(1, 3, animation="shake")
    assert clip([decoration], "👍🏽 hi") == (decoration,)


@pytest.mark.parametrize(
    ("text", "start", "end", "short", "moved"),
    [
        ("  hi  ", 2, 4, "hi", (0, 2)),
        ("  hi  ", 0, 6, "hi", (0, 2)),
        ("\n👍🏽 x\n", 1, 5, "👍🏽 x", (0, 4)),
        ("  hi", 0, 2, "hi", None),
    ],
)
def test_trimming_moves_ranges_with_their_text(
    text: str, start: int, end: int, short: str, moved: tuple[int, int] | None
) -> None:
    found, decorations = trimmed(text, [Decoration(start, end, style="bold")])
    assert found == short
    assert [(each.start, each.end) for each in decorations] == ([moved] if moved else [])


def test_ranges_that_only_line_breaks_part_are_one() -> None:
    text = "👍🏽a\n\nb c"
    bold = [Decoration(4, 5, style="bold"), Decoration(7, 8, style="bold"), Decoration(9, 10, style="bold")]
    other = Decoration(4, 5, style="italic")
    assert joined_over_lines(text, [*bold, other]) == (
        Decoration(4, 8, style="bold"),
        other,
        Decoration(9, 10, style="bold"),
    )
