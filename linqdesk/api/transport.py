"""The way to the API: the token pinned to its origin, a redacted log, failures as errors of the domain."""

import asyncio
import logging
import ssl
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Literal, TypeVar, cast
from urllib.parse import quote

import httpx

from linqdesk.api import failures, json_body
from linqdesk.api.origin import is_loopback_base, origin_of, system_trust
from linqdesk.api.read_retry import READ_ATTEMPTS, ReadRetry
from linqdesk.domain.errors import (
    ApiDetails,
    LinqDeskError,
    LocalFaultError,
    OfflineError,
    SignInRejectedError,
    UnexpectedReplyError,
)

_log = logging.getLogger(__name__)

_TIMEOUT = httpx.Timeout(30.0, connect=5.0)
# Many servers close an idle line after 5 s. A request on a line that is closed just then has an unknown
# outcome, so ours are given up well before.
_LIMITS = httpx.Limits(keepalive_expiry=3.0)
_REFUSED = "Linq refused the token before."
# Parsing more than this takes longer than the window may wait.
_PARSE_IN_THREAD_BYTES = 64 * 1024
# The polls that repeat: the chat list's pages and the open chat's newest one.
_KEPT_ANSWERS = 8

ValueT = TypeVar("ValueT")
Query = Mapping[str, str | int | None]


class Transport:
    """Sends requests to one API with one token; nothing else receives that token."""

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        http_transport: httpx.AsyncBaseTransport | None = None,
        read_attempts: int = READ_ATTEMPTS,
    ) -> None:
        """Get ready; nothing is sent yet.

        Building it for https loads the system's certificates, 20 to 50 ms: do it off the UI thread.

        Args:
            base_url: the API's base without `/v3`; https, or http on loopback.
            token: goes to the base URL's origin only.
            http_transport: takes the place of the network in tests.
            read_attempts: how often a read is tried, 1 or more; writes are tried once.

        Raises:
            LocalFaultError: the base URL is none that a token may be sent to.
        """
        self.is_loopback = is_loopback_base(base_url)
        self._base_url = base_url.rstrip("/")
        self._origin = origin_of(httpx.URL(self._base_url))
        self._token = token
        self._retry = ReadRetry(read_attempts)
        self._is_refused = False
        self._recent: OrderedDict[object, tuple[bytes, object]] = OrderedDict()
        self._http = httpx.AsyncClient(
            transport=http_transport,
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if self.is_loopback else system_trust(),
            timeout=_TIMEOUT,
            limits=_LIMITS,
            follow_redirects=False,
            trust_env=not self.is_loopback,
            headers={"Accept": "application/json", "Accept-Encoding": "gzip"},
        )

    async def close(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def fetch(
        self, *segments: str, read: Callable[[Any], ValueT], query: Query | None = None
    ) -> ValueT:
        """Read a resource, again after a passing failure.

        Args:
            segments: of the path after `/v3`.
            read: makes a value of the answer's JSON. It is not called for an answer that is the same to
                the byte as the one before, which most polls get: its value is returned again.
            query: None leaves a parameter out.

        Raises:
            LinqDeskError: any class of the tree but LocalFaultError.
        """
        wanted = _given(query)
        key = (segments, tuple(wanted.items()))

        async def attempt() -> tuple[httpx.Response, bytes]:
            response, raw = await self._exchange("GET", segments, query=wanted)
            if not response.is_success:
                await self._said(response, raw)
            return response, raw

        response, raw = await self._retry.read(attempt)
        known = self._recent.pop(key, None)
        if known is not None and known[0] == raw:
            self._recent[key] = known
            return cast("ValueT", known[1])
        value = read(await self._said(response, raw))
        self._recent[key] = raw, value
        if len(self._recent) > _KEPT_ANSWERS:
            self._recent.popitem(last=False)
        return value

    async def send(
        self,
        method: Literal["POST", "PUT", "PATCH", "DELETE"],
        *segments: str,
        body: bytes | None = None,
        query: Query | None = None,
    ) -> Any:
        """Send a request once and return what its answer says, None for one without a body.

        Nothing is repeated here: only the outbox knows which write may be sent again.

        Raises:
            LinqDeskError: any class of the tree but LocalFaultError.
        """
        response, raw = await self._exchange(method, segments, query=_given(query), body=body)
        return None if response.is_success and not raw else await self._said(response, raw)

    async def _said(self, response: httpx.Response, raw: bytes) -> Any:
        try:
            return await _read(response, raw)
        except SignInRejectedError:
            self._is_refused = True
            raise

    async def _exchange(
        self,
        method: str,
        segments: tuple[str, ...],
        *,
        query: Mapping[str, str | int] | None = None,
        body: bytes | None = None,
    ) -> tuple[httpx.Response, bytes]:
        path = "/v3/" + "/".join(quote(segment, safe="") for segment in segments)
        url = httpx.URL(self._base_url + path, params=query or None)
        if origin_of(url) != self._origin:
            raise LocalFaultError("A request would have left for another server than the API.")
        headers = {"Authorization": f"Bearer {self._token}"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        request = self._http.build_request(method, url, content=body, headers=headers)
        started_s = time.monotonic()
        outcome: object = "cut off"
        trace_id = None
        try:
            response, raw = await self._answer(request)
            outcome, trace_id = response.status_code, response.headers.get("x-trace-id")
        except LinqDeskError as error:
            outcome = type(error).__name__
            raise
        else:
            return response, raw
        finally:
            elapsed_ms = (time.monotonic() - started_s) * 1_000
            _log.info("%s %s: %s in %.0f ms, trace %s", method, path, outcome, elapsed_ms, trace_id)

    async def _answer(self, request: httpx.Request) -> tuple[httpx.Response, bytes]:
        if self._http.is_closed:
            # Who still asks while the session ends is told in the way that every caller expects.
            raise OfflineError("The connection was closed.")
        if self._is_refused:
            # A token that was refused once stays so: another one comes with another transport.
            raise SignInRejectedError(_REFUSED, ApiDetails(status=HTTPStatus.UNAUTHORIZED))
        try:
            response = await self._http.send(request, stream=True)
            try:
                return response, await _body(response)
            finally:
                await response.aclose()
        except httpx.HTTPError as failure:
            raise failures.of_exception(failure) from failure


def _given(query: Query | None) -> dict[str, str | int]:
    return {name: value for name, value in (query or {}).items() if value is not None}


async def _body(response: httpx.Response) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > json_body.MAX_BODY_BYTES:
            raise UnexpectedReplyError("The server's answer is too large.")
    return bytes(body)


async def _read(response: httpx.Response, raw: bytes) -> Any:
    encoding = response.headers.get("content-encoding", "").strip().lower()
    is_success = response.is_success
    if failures.is_foreign_page(response.status_code, response.headers):
        raise UnexpectedReplyError("A web page came in place of the API's answer.")
    try:
        if encoding or len(raw) > _PARSE_IN_THREAD_BYTES:
            body = await asyncio.to_thread(lambda: json_body.parsed(json_body.unpacked(raw, encoding)))
        else:
            body = json_body.parsed(raw)
    except UnexpectedReplyError:
        if is_success:
            raise
        body = None
    error = failures.of_status(response.status_code, response.headers, body)
    if error is not None:
        raise error
    return body
