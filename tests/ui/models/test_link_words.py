import pytest

from linqdesk.ui.models.link_words import address_of


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://example.com/a?b=c", "example.com"),
        ("https://EXAMPLE.com:8443/", "example.com"),
        ("https://bank.com@evil.com/", "evil.com"),
        ("https://\u0430pple.com/login", "xn--pple-43d.com"),
        ("https://[::1]/", "::1"),
        ("https://[::1/", "Unreadable address"),
        ("https:///nothing", "Unreadable address"),
        ("https://" + "a" * 300 + ".com", "Unreadable address"),
        ("https://" + "ä" * 100 + ".com", "Unreadable address"),
    ],
)
def test_a_link_shows_the_host_that_it_really_leads_to(url: str, host: str) -> None:
    assert address_of(url).host == host


def test_the_address_is_on_one_line_without_controls() -> None:
    assert (
        address_of("https://example.com/\u202efdp.exe\nsecond").words == "https://example.com/fdp.exe second"
    )


@pytest.mark.parametrize("url", ["ftp://files.example.org/list.txt", "javascript:alert(1)", "bare.example/x"])
def test_what_is_no_web_address_is_shown_as_it_is_and_said_not_to_open(url: str) -> None:
    address = address_of(url)
    assert address.host == url
    assert "Not opened" in address.words
