"""The address of a link as it is shown: the real host first. Pure."""

from dataclasses import dataclass
from functools import lru_cache

from linqdesk.ui.names import plain_name
from linqdesk.ui.web_address import read_address

_MAX_SHOWN = 300
_UNREADABLE = "Unreadable address"
_WEB = frozenset({"http", "https"})
_KINDS = {"tel": "Phone number", "mailto": "E-mail address"}


@dataclass(frozen=True, slots=True)
class Address:
    """A link's URL, the host that it leads to in plain ASCII, and the URL on one line.

    Of what is no web address `host` is the whole of it, and `words` say that it does not open.
    """

    url: str
    host: str
    words: str


@lru_cache(maxsize=1_024)
def address_of(url: str) -> Address:
    """Return how a link is shown: the very host that opening it asks; one that cannot be told says so.

    What is no web address stands there as it is, with the words that it is not opened.
    """
    words = plain_name(url[:_MAX_SHOWN])
    scheme = url.partition(":")[0].lower()
    host = read_address(url).host or _KINDS.get(scheme, "")
    if not host and scheme not in _WEB:
        return Address(url, words or _UNREADABLE, "Not opened here: no web address")
    return Address(url, host or _UNREADABLE, words)
