"""Where files may be fetched from and put to, decided anew on every hop."""

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable
from urllib.request import getproxies, proxy_bypass

import httpx

from linqdesk.api.origin import LOOPBACK_NAMES
from linqdesk.domain.errors import LocalFaultError, OfflineError

_PRIVATE = "The file's address leads into a private network."
# What ends in a number is an IPv4 address in one of its odd spellings (WHATWG URL, host parsing).
_NUMBER = re.compile(r"\d+|0x[\da-f]*")

Resolve = Callable[[str, int], Awaitable[list[str]]]


async def resolve(host: str, port: int) -> list[str]:
    """Return a host's IP addresses, best first.

    Raises:
        OSError: the name has none, or nobody can be asked.
    """
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]


def checked_url(address: str | httpx.URL, *, allows_loopback: bool) -> httpx.URL:
    """Return a file's address if a request may be made of it.

    Raises:
        LocalFaultError: it is no https address (http is for loopback alone), hides a user name, or is
            a number that belongs to a private network.
    """
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as invalid:
        raise LocalFaultError("The file's address cannot be read.") from invalid
    is_plain = url.scheme == "http" and allows_loopback and url.host in LOOPBACK_NAMES
    is_odd = not url.host or b"%" in url.raw_host or url.userinfo
    if is_odd or not (url.scheme == "https" or is_plain):
        raise LocalFaultError("The file's address is not an https address.")
    if _is_refused_number(url.host, allows_loopback=allows_loopback):
        raise LocalFaultError(_PRIVATE)
    return url


async def allowed_addresses(url: httpx.URL, asked: Resolve, *, allows_loopback: bool) -> list[str]:
    """Return the IP addresses at which a file may be asked for, so that no name leads into this network.

    Raises:
        LocalFaultError: all of them belong to a private network or to this computer.
        OfflineError: the name could not be looked up.
    """
    host = url.raw_host.decode("ascii")
    try:
        found = await asked(host, url.port or (443 if url.scheme == "https" else 80))
    except (OSError, UnicodeError) as failure:
        raise OfflineError("The file's server could not be found.") from failure
    allowed = [each for each in found if _is_allowed(each, allows_loopback=allows_loopback)]
    if not allowed:
        raise LocalFaultError(_PRIVATE)
    return allowed


def is_proxied(url: httpx.URL) -> bool:
    """Tell whether the user's proxy fetches this address, which then also looks its name up."""
    proxies = getproxies()
    return (url.scheme in proxies or "all" in proxies) and not proxy_bypass(url.host)


def _is_refused_number(host: str, *, allows_loopback: bool) -> bool:
    """Judge an IP address before anybody is asked for it, a proxy least of all."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]) is not None
    return not _is_allowed(host, allows_loopback=allows_loopback)


def _is_allowed(address: str, *, allows_loopback: bool) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return (allows_loopback and ip.is_loopback) or (ip.is_global and not ip.is_multicast)
