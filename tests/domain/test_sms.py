import pytest
from hypothesis import given
from hypothesis import strategies as st

from linqdesk.domain.sms import Segments, count_segments


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Segments(0, 0, 160, is_unicode=False)),
        ("a" * 160, Segments(1, 160, 160, is_unicode=False)),
        ("a" * 161, Segments(2, 161, 306, is_unicode=False)),
        ("a" * 306, Segments(2, 306, 306, is_unicode=False)),
        ("a" * 307, Segments(3, 307, 459, is_unicode=False)),
        ("€" * 80, Segments(1, 160, 160, is_unicode=False)),
        ("a" + "€" * 80, Segments(2, 161, 306, is_unicode=False)),
        ("[]{}\\~^|€\f", Segments(1, 20, 160, is_unicode=False)),
        ("ç", Segments(1, 1, 70, is_unicode=True)),
        ("Ç", Segments(1, 1, 160, is_unicode=False)),
        ("é" * 160, Segments(1, 160, 160, is_unicode=False)),
        ("日" * 70, Segments(1, 70, 70, is_unicode=True)),
        ("日" * 71, Segments(2, 71, 134, is_unicode=True)),
        ("😀" * 35, Segments(1, 70, 70, is_unicode=True)),
        ("😀" * 36, Segments(2, 72, 134, is_unicode=True)),
    ],
)
def test_segments_are_counted_as_phones_count_them(text: str, expected: Segments) -> None:
    assert count_segments(text) == expected


def test_an_escaped_sign_is_not_cut_in_two() -> None:
    # 152 and an escape would fill 153 exactly; the sign as a whole begins the next segment.
    text = "a" * 152 + "€" + "a" * 151
    assert count_segments(text).units == 305
    assert count_segments(text).count == 2
    assert count_segments(text + "a").count == 3


def test_an_emoji_is_not_cut_in_two() -> None:
    assert count_segments("😀" * 66).count == 2
    assert count_segments("😀" * 67).count == 3


@given(st.text(), st.text(max_size=3))
def test_more_text_never_takes_fewer_segments(text: str, more: str) -> None:
    before, after = count_segments(text), count_segments(text + more)
    assert after.count >= before.count
    assert after.units <= after.room
