import pytest
from hypothesis import given
from hypothesis import strategies as st

from linqdesk.domain.decorations import utf16_length
from linqdesk.domain.links import Link, find_links, has_url


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see https://a.test/x?y=1#z, ok", [Link(4, 26, "https://a.test/x?y=1#z")]),
        ("HTTP://EXAMPLE.COM", [Link(0, 18, "HTTP://EXAMPLE.COM")]),
        ("(example.com)", [Link(1, 12, "http://example.com")]),
        ("go to shop.photography.", [Link(6, 22, "http://shop.photography")]),
        ("//example.com", [Link(0, 13, "http://example.com")]),
        ("\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444", [Link(0, 9, "http://пример.рф")]),
        ("a.com b.com", [Link(0, 5, "http://a.com"), Link(6, 11, "http://b.com")]),
        ("\U0001f44d a.com \U0001f44d b.com", [Link(3, 8, "http://a.com"), Link(12, 17, "http://b.com")]),
    ],
)
def test_links_are_found_at_their_place_in_utf16(text: str, links: list[Link]) -> None:
    assert list(find_links(text)) == links


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "ana@shop.com",
        "mailto:ana@shop.com",
        "a.com@shop.com",
        "e.g. this",
        "v1.2.3",
        "$12.50",
        "ok...",
    ],
)
def test_what_is_no_link_is_left_alone(text: str) -> None:
    assert find_links(text) == ()
    assert not has_url(text)


@pytest.mark.parametrize(
    "text", ["ftp://a.test/x", "see http://under_score/x", "HTTPS://[::1]/", "bit.ly/3abc"]
)
def test_every_url_counts_as_one_even_where_the_window_shows_no_link(text: str) -> None:
    assert has_url(text)


def test_a_scheme_in_the_middle_of_a_word_is_no_url() -> None:
    assert not has_url("xhttp://under_score")


@given(st.text(st.sampled_from("a.com/@: 👍ü-"), max_size=60))
def test_links_never_overlap_and_lie_within_the_text(text: str) -> None:
    edges = [edge for link in find_links(text) for edge in (link.start, link.end)]
    assert edges == sorted(set(edges))
    assert not edges or 0 <= edges[0] < edges[-1] <= utf16_length(text)
