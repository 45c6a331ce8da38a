"""The address of a link as it is shown: the real host first. Pure."""

from dataclasses import dataclass
from functools import lru_cache

from linqdesk.ui.names import plain_name
from linqdesk.ui.web_address import read_address

_MAX_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Address:
    """A link's URL, the host that it leads to in plain ASCII, and the URL on one line."""

    url: str
    host: str
    words: str


@lru_cache(maxsize=1_024)
def address_of(url: str) -> Address:
    """Return how a link is shown: the very host that opening it asks; one that cannot be told says so."""
    words = plain_name(url[:_MAX_SHOWN])
    return Address(url, read_address(url).host or _without_host(url), words)


def _without_host(url: str) -> str:
    scheme = url.partition(":")[0].lower()
    return {"tel": "Phone number", "mailto": "E-mail address"}.get(scheme, "Unreadable address")
