"""What an address is: phone numbers, e-mail, and URLs that Linq fetches or shows."""

import re
from urllib.parse import urlsplit

# linq-api.md 2.1: the pattern of `from`.
_E164 = re.compile(r"\+[1-9][0-9]{1,14}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")


def is_phone_number(handle: str) -> bool:
    """Tell whether a handle is an E.164 number: a plus and 2 to 15 digits (linq-api.md 2.1)."""
    return _E164.fullmatch(handle) is not None


def is_handle(handle: str) -> bool:
    """Tell whether a handle is an E.164 number or an e-mail address (S2, Handle Format)."""
    return is_phone_number(handle) or _EMAIL.fullmatch(handle) is not None


def has_scheme(url: str, schemes: frozenset[str]) -> bool:
    """Tell whether a URL begins with one of some schemes, names a host, and holds no blank."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    is_solid = not any(character.isspace() or not character.isprintable() for character in url)
    return is_solid and parts.scheme in schemes and bool(parts.hostname)


HTTPS = frozenset({"https"})
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def is_fetchable(url: str) -> bool:
    """Tell whether Linq may fetch a picture from a URL: https, or a sandbox's own files on this computer."""
    if has_scheme(url, HTTPS):
        return True
    return has_scheme(url, frozenset({"http"})) and urlsplit(url).hostname in _LOOPBACK
