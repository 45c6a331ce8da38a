"""Looks at the address of an image, as far as can be told without fetching it."""

from mimetypes import guess_type
from urllib.parse import urlsplit

from linqdesk.sandbox.refusals import RefusalError

_LOOPBACK = frozenset({"127.0.0.1", "localhost"})


def require_image(url: object) -> str:
    """Return the address of an image that Linq could take.

    Plain http is accepted from loopback, where the sandbox's own files are, and hosts under `.invalid`
    cannot be reached, as the name promises.

    Raises:
        RefusalError: 400/1003 no text, 5007 not fetchable, 5006 not an image.
    """
    if not isinstance(url, str):
        raise RefusalError(1003, "an image is named by its URL")
    try:
        address = urlsplit(url)
    except ValueError:
        raise RefusalError(5007) from None
    host = address.hostname or ""
    is_secure = address.scheme == "https" or (address.scheme == "http" and host in _LOOPBACK)
    if not host or not is_secure or host.endswith(".invalid"):
        raise RefusalError(5007)
    media_type, _ = guess_type(address.path)
    if media_type is not None and not media_type.startswith("image/"):
        raise RefusalError(5006)
    return url
