"""Maps every failure of HTTP to the error tree; transport alone uses it."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import httpx

from linqdesk.domain.errors import (
    ApiDetails,
    LinqDeskError,
    NotAllowedError,
    NotFoundError,
    OfflineError,
    OutcomeUnknownError,
    RateLimitedError,
    RequestRejectedError,
    ServerFaultError,
    SignInRejectedError,
    UnexpectedReplyError,
)

_SERVER_CODES = 3
_MIN_WAIT_S, _MAX_WAIT_S = 1.0, 300.0

# Failures before a byte of the request left.
_UNSENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
_UNREADABLE = (httpx.DecodingError, httpx.TooManyRedirects)


def of_exception(failure: httpx.HTTPError) -> LinqDeskError:
    """Return the error that a failed exchange means; what may have left counts as left."""
    if isinstance(failure, _UNSENT):
        return OfflineError("The server could not be reached.")
    if isinstance(failure, _UNREADABLE):
        return UnexpectedReplyError("The server's answer could not be read.")
    return OutcomeUnknownError("The connection broke before the server's answer came.")


def is_foreign_page(status: int, headers: Mapping[str, str]) -> bool:
    """Tell whether a network's sign-in page came in place of an answer: a web page that is no 429 or 5xx.

    What such a page says with its status, such as 401 or 404, is not said by the API.
    """
    is_page = headers.get("content-type", "").partition(";")[0].strip().lower() == "text/html"
    is_servers = status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    is_portals = status == HTTPStatus.NETWORK_AUTHENTICATION_REQUIRED
    return is_portals or (is_page and not is_servers)


def of_status(status: int, headers: Mapping[str, str], body: Any) -> LinqDeskError | None:
    """Return the error that an answer means, None where it is a success."""
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return None
    envelope = body.get("error") if isinstance(body, dict) else None
    error = envelope if isinstance(envelope, dict) else {}
    words = error.get("message")
    message = words if isinstance(words, str) else ""
    code = _whole(error.get("code"))
    details = ApiDetails(
        status=status,
        code=code,
        doc_url=error.get("doc_url") if isinstance(error.get("doc_url"), str) else None,
        trace_id=headers.get("x-trace-id"),
        is_final=headers.get("x-should-retry", "").strip().lower() == "false",
    )
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return RateLimitedError(message, details, retry_after_s=_wait_s(headers, error.get("retry_after")))
    return (_CLASSES.get(status) or _class_of_range(status, code))(message, details)


_CLASSES: dict[int, type[LinqDeskError]] = {
    HTTPStatus.UNAUTHORIZED: SignInRejectedError,
    HTTPStatus.FORBIDDEN: NotAllowedError,
    HTTPStatus.NOT_FOUND: NotFoundError,
    HTTPStatus.REQUEST_TIMEOUT: OutcomeUnknownError,
}


def _class_of_range(status: int, code: int | None) -> type[LinqDeskError]:
    """Take the status; where it says no more than "refused", a code of 3xxx means a fault of Linq's."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or (code or 0) // 1_000 == _SERVER_CODES:
        return ServerFaultError
    return RequestRejectedError if status >= HTTPStatus.BAD_REQUEST else UnexpectedReplyError


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _wait_s(headers: Mapping[str, str], told: Any) -> float:
    """Return the larger of the header's and the body's wait, within 1 s and 5 min."""
    header_s = _header_wait_s(headers.get("retry-after", ""), headers.get("date", ""))
    body_s = min(told, _MAX_WAIT_S) if isinstance(told, int | float) and not isinstance(told, bool) else 0.0
    return float(min(max(header_s, body_s, _MIN_WAIT_S), _MAX_WAIT_S))


def _header_wait_s(retry_after: str, date: str) -> float:
    try:
        seconds = float(retry_after)
    except ValueError:
        # A date is judged by the server's own clock, for ours may be wrong.
        until, now = _http_date(retry_after), _http_date(date)
        return (until - now).total_seconds() if until is not None and now is not None else 0.0
    return 0.0 if math.isnan(seconds) else seconds


def _http_date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return date if date.tzinfo is not None else date.replace(tzinfo=UTC)
