import pytest
from hypothesis import given
from hypothesis import strategies as st

from linqdesk.domain.decorations import Decoration, clip, utf16_length


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
