"""The address of a link as it is shown: the real host first. Pure."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from linqdesk.ui.names import plain_name

_MAX_SHOWN = 300
_MAX_HOST = 253


@dataclass(frozen=True, slots=True)
class Address:
    """A link's URL, the host that it leads to in plain ASCII, and the URL on one line."""

    url: str
    host: str
    words: str


@lru_cache(maxsize=1_024)
def address_of(url: str) -> Address:
    """Return how a link is shown; one whose host cannot be told says so."""
    words = plain_name(url[:_MAX_SHOWN])
    return Address(url, host_of(url) or "Unreadable address", words)


def host_of(url: str) -> str | None:
    """Return the host that a URL leads to, foreign letters as punycode; None where there is none.

    A host that looks like another one by its letters is told apart this way (reliability.md T2).
    """
    try:
        host = urlsplit(url).hostname
        if not host or len(host) > _MAX_HOST:
            return None
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:
        return None
