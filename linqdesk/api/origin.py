"""Where the token may go: the API's base URL, its origin, and the certificates that prove it."""

import ssl
from functools import cache
from urllib.parse import urlsplit

import httpx

from linqdesk.domain.errors import LocalFaultError

LOOPBACK_NAMES = frozenset({"127.0.0.1", "::1", "localhost"})


def is_loopback_base(base_url: str) -> bool:
    """Tell whether an API's base URL is plain http on this computer.

    Raises:
        LocalFaultError: the base URL is none that a token may be sent to.
    """
    try:
        parts = urlsplit(base_url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if host is None or parts.username is not None or parts.scheme not in {"http", "https"}:
        raise LocalFaultError("The API's address is not an https address.")
    if parts.scheme == "http" and host not in LOOPBACK_NAMES:
        raise LocalFaultError(
            "The API's address must begin with https: plain http is for this computer alone."
        )
    return parts.scheme == "http"


def origin_of(url: httpx.URL) -> tuple[str, str, int | None]:
    """Return scheme, host and port, the last None where it is the scheme's own."""
    return url.scheme, url.host, url.port


@cache
def system_trust() -> ssl.SSLContext:
    """Return TLS 1.2 or newer with the system's certificates; takes 20 to 50 ms the first time."""
    import truststore

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
