"""The way to files: without token and cookies, over https, within limits of size and time."""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import BinaryIO

import httpx

from linqdesk.api import failures
from linqdesk.api.media_address import Resolve, allowed_addresses, checked_url, is_proxied, resolve
from linqdesk.api.origin import system_trust
from linqdesk.domain.attachment import UploadSlot
from linqdesk.domain.errors import (
    ApiDetails,
    LinqDeskError,
    LocalFaultError,
    NotFoundError,
    OutcomeUnknownError,
    UnexpectedReplyError,
)

MAX_FILE_BYTES = 100 * 1024 * 1024
"""What Linq takes at most, 104857600 bytes (linq-api.md 3.2)."""

_CHUNK_BYTES = 128 * 1024
# An upload's pieces: handing one over costs the loop about as much as sending it.
_MAX_PIECE_BYTES = 512 * 1024
_STEP_S = 0.1
_MAX_HOPS = 5
_CHANGED = "The file changed while it was uploaded."
_TIMEOUT = httpx.Timeout(30.0, connect=10.0)
# An upload slot lives 15 min (linq-api.md 4); no file is worth waiting for any longer.
_TOTAL_S = 900.0
# An address that is signed and has expired is answered with one of these, and a deleted file too.
_GONE = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e]*")

Progress = Callable[[int], None]


class MediaTransport:
    """Moves files from and to wherever the API says that they are; it knows no token."""

    def __init__(
        self,
        *,
        allows_loopback: bool = False,
        trust: ssl.SSLContext | None = None,
        http_transport: httpx.AsyncBaseTransport | None = None,
        asked: Resolve = resolve,
        total_s: float = _TOTAL_S,
    ) -> None:
        """Get ready; nothing is sent yet.

        Args:
            allows_loopback: whether this computer may be asked, over plain http too; for an API that
                is itself on this computer.
            trust: which certificates count; the system's where it is None, and none for loopback.
            http_transport: takes the place of the network in tests.
            asked: looks names up.
            total_s: how long one file may take.
        """
        self._allows_loopback = allows_loopback
        self._asked = asked
        self._total_s = total_s
        if trust is None:
            trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if allows_loopback else system_trust()
        self._direct = _http_client(trust, http_transport, is_proxied=False)
        self._proxied = _http_client(trust, http_transport, is_proxied=not allows_loopback)

    async def close(self) -> None:
        """Close all connections."""
        await self._direct.aclose()
        await self._proxied.aclose()

    async def download(
        self,
        address: str,
        take: Callable[[bytes], Awaitable[None]],
        *,
        limit_bytes: int = MAX_FILE_BYTES,
        progress: Progress | None = None,
    ) -> int:
        """Fetch a file; cancelling the task closes the connection at once.

        Args:
            address: from an answer of the API; NotFoundError means that it has expired.
            take: is given the bytes in pieces of at most 128 KiB, and awaited before the next one.
            limit_bytes: the size that the API declared, never more than `MAX_FILE_BYTES`.
            progress: is told how many bytes have come.

        Returns:
            The file's size in bytes.

        Raises:
            LinqDeskError: LocalFaultError for an address that may not be asked, UnexpectedReplyError
                for a file over its limit.
        """
        count = 0
        async with self._limits():
            response = await self._follow(address)
            try:
                _check_answer(response, min(limit_bytes, MAX_FILE_BYTES))
                async for chunk in response.aiter_raw(_CHUNK_BYTES):
                    count += len(chunk)
                    _check_size(count, min(limit_bytes, MAX_FILE_BYTES))
                    await take(chunk)
                    if progress is not None:
                        progress(count)
            finally:
                await response.aclose()
        return count

    async def upload(self, slot: UploadSlot, source: BinaryIO, *, progress: Progress | None = None) -> None:
        """Put a file into its slot, following no redirect; cancelling the task closes the connection.

        Args:
            slot: NotFoundError means that it has expired.
            source: read from where it stands, in a thread, 1 MiB at most at a time.
            progress: is told how many bytes are on their way.

        Raises:
            LinqDeskError: LocalFaultError for a file that cannot be read or is not of the slot's size.
        """
        headers = _upload_headers(slot)
        url = checked_url(slot.upload_url, allows_loopback=self._allows_loopback)
        async with self._limits():
            response = await self._send(
                "PUT", url, headers, lambda: _chunks(source, slot.size_bytes, progress)
            )
            await response.aclose()
        _check_status(response)

    @asynccontextmanager
    async def _limits(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self._total_s):
                yield
        except httpx.HTTPError as failure:
            raise failures.of_exception(failure) from failure
        except TimeoutError as failure:
            raise OutcomeUnknownError("The file took too long.") from failure

    async def _follow(self, address: str) -> httpx.Response:
        url = checked_url(address, allows_loopback=self._allows_loopback)
        for _ in range(_MAX_HOPS):
            response = await self._send("GET", url, [])
            if not response.has_redirect_location:
                return response
            await response.aclose()
            # httpx has read it already and takes one that cannot be read for a broken answer.
            hop = url.join(response.headers["Location"])
            url = checked_url(hop, allows_loopback=self._allows_loopback)
        raise UnexpectedReplyError("The file's address leads round in circles.")

    async def _send(
        self,
        method: str,
        url: httpx.URL,
        headers: list[tuple[str, str]],
        content: Callable[[], AsyncIterator[bytes] | None] = lambda: None,
    ) -> httpx.Response:
        """Ask one of the IP addresses that were checked, so that no second look-up can lead elsewhere."""
        if not self._allows_loopback and is_proxied(url):
            request = self._proxied.build_request(method, url, headers=headers, content=content())
            return await self._proxied.send(request, stream=True)
        addresses = await allowed_addresses(url, self._asked, allows_loopback=self._allows_loopback)
        name = url.raw_host.decode("ascii").rstrip(".")
        failure: httpx.TransportError = httpx.ConnectError("")
        for address in addresses:
            request = self._direct.build_request(
                method,
                url.copy_with(host=address),
                headers=[("Host", url.netloc.decode("ascii")), *headers],
                content=content(),
                extensions={"sni_hostname": name},
            )
            try:
                return await self._direct.send(request, stream=True)
            except (httpx.ConnectError, httpx.ConnectTimeout) as refused:
                failure = refused
        raise failure


def _http_client(
    trust: ssl.SSLContext, http_transport: httpx.AsyncBaseTransport | None, *, is_proxied: bool
) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=http_transport,
        verify=trust,
        timeout=_TIMEOUT,
        # A connection belongs to the name that its certificate was checked for: none is shared.
        limits=httpx.Limits(max_keepalive_connections=0),
        follow_redirects=False,
        trust_env=is_proxied,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        headers={"Accept": "*/*", "Accept-Encoding": "identity"},
    )


def _check_status(response: httpx.Response) -> None:
    if response.status_code in _GONE:
        details = ApiDetails(status=response.status_code)
        raise NotFoundError("The file's address is no longer valid.", details)
    error: LinqDeskError | None = failures.of_status(response.status_code, response.headers, None)
    if error is not None:
        raise error


def _check_answer(response: httpx.Response, limit_bytes: int) -> None:
    _check_status(response)
    if response.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise UnexpectedReplyError("The file was packed in a way that was not asked for.")
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and len(declared) < len(str(2**63)):
        _check_size(int(declared), limit_bytes)


def _check_size(size_bytes: int, limit_bytes: int) -> None:
    if size_bytes > limit_bytes:
        raise UnexpectedReplyError("The file is larger than it should be.")


def _upload_headers(slot: UploadSlot) -> list[tuple[str, str]]:
    """Return the headers exactly as given, and the body's length where they do not give it."""
    headers = list(slot.required_headers)
    if any(_HEADER.fullmatch(f"{name}:{value}") is None for name, value in headers):
        raise UnexpectedReplyError("The upload asks for a header that cannot be sent.")
    lengths = [value for name, value in headers if name.lower() == "content-length"]
    if lengths not in ([], [str(slot.size_bytes)]):
        raise UnexpectedReplyError("The upload asks for another size than the file's.")
    return headers if lengths else [*headers, ("Content-Length", str(slot.size_bytes))]


async def _chunks(source: BinaryIO, size_bytes: int, progress: Progress | None) -> AsyncIterator[bytes]:
    """Read a file in pieces, each while the one before it leaves: large ones where the line is fast."""
    loop = asyncio.get_running_loop()
    sent_bytes, piece_bytes = 0, _CHUNK_BYTES
    reading = loop.run_in_executor(None, source.read, piece_bytes)
    try:
        while sent_bytes < size_bytes:
            began = loop.time()
            chunk = await reading
            left_bytes = size_bytes - sent_bytes - len(chunk)
            if not chunk or left_bytes < 0:
                raise LocalFaultError(_CHANGED)
            reading = loop.run_in_executor(None, source.read, piece_bytes)
            yield chunk
            sent_bytes += len(chunk)
            if progress is not None:
                progress(sent_bytes)
            is_fast = loop.time() - began < _STEP_S
            piece_bytes = min(_MAX_PIECE_BYTES, 2 * piece_bytes) if is_fast else _CHUNK_BYTES
        if await reading:
            raise LocalFaultError(_CHANGED)
    except OSError as failure:
        raise LocalFaultError("The file cannot be read.") from failure
    finally:
        # Whoever gives up does not want to hear of a piece that nobody will send.
        reading.cancel()
