import inspect

import httpx
import pytest

from linqdesk.api import failures
from linqdesk.domain.errors import (
    ApiDetails,
    LinqDeskError,
    LocalFaultError,
    NotAllowedError,
    NotFoundError,
    OutcomeUnknownError,
    RateLimitedError,
    RequestRejectedError,
    ServerFaultError,
    SignInRejectedError,
)
from tests.api.error_codes import DOCUMENTED

_SPECIAL: dict[int, type[LinqDeskError]] = {
    401: SignInRejectedError,
    403: NotAllowedError,
    404: NotFoundError,
    408: OutcomeUnknownError,
    429: RateLimitedError,
}
# Codes that no source explains.
_UNKNOWN_CODES = (1999, 2020, 2025, 4006, 4007, 4008, 5999, 9999, 0, -1, 10**400)
_EXCEPTIONS = tuple(
    each for _, each in inspect.getmembers(httpx, inspect.isclass) if issubclass(each, httpx.HTTPError)
)

Case = tuple[int, int, type[LinqDeskError]]


def _cases_of(status: int) -> list[Case]:
    kind = _SPECIAL.get(status, ServerFaultError if status >= 500 else RequestRejectedError)
    return [(code, status, kind) for code in _UNKNOWN_CODES]


def _failure(kind: type[httpx.HTTPError]) -> httpx.HTTPError:
    if kind is httpx.HTTPStatusError:
        request = httpx.Request("GET", "https://x.test")
        return httpx.HTTPStatusError("", request=request, response=httpx.Response(500))
    return kind("")


@pytest.mark.parametrize("case", [*DOCUMENTED, *range(400, 600), *_EXCEPTIONS])
def test_every_failure_has_its_class_and_keeps_what_was_said(
    case: Case | int | type[httpx.HTTPError],
) -> None:
    if isinstance(case, type):
        error = failures.of_exception(_failure(case))
        assert isinstance(error, LinqDeskError)
        assert not isinstance(error, LocalFaultError)
        return
    for code, status, kind in _cases_of(case) if isinstance(case, int) else [case]:
        said = {"code": code, "message": "as said", "doc_url": "https://docs.test/x"}
        told = failures.of_status(status, {"x-trace-id": "abc"}, {"success": False, "error": said})
        assert type(told) is kind
        details = ApiDetails(status, code, "https://docs.test/x", "abc")
        assert (told.message, told.details) == ("as said", details)


@pytest.mark.parametrize(
    ("status", "kind"), [(400, ServerFaultError), (418, ServerFaultError), (404, NotFoundError)]
)
def test_a_server_code_is_their_fault_where_the_status_says_nothing(
    status: int, kind: type[LinqDeskError]
) -> None:
    assert type(failures.of_status(status, {}, {"error": {"code": 3099}})) is kind


@pytest.mark.parametrize("body", [None, [], {}, {"error": "no"}, {"error": {"code": "2024", "doc_url": 7}}])
def test_an_envelope_of_another_shape_says_nothing(body: object) -> None:
    told = failures.of_status(403, {}, body)
    assert told is not None
    assert (told.message, told.details) == ("", ApiDetails(status=403))


@pytest.mark.parametrize("told", [10**400, 1e308, float("inf")])
def test_a_wait_without_end_is_five_minutes(told: float) -> None:
    error = failures.of_status(429, {}, {"error": {"retry_after": told}})
    assert isinstance(error, RateLimitedError)
    assert error.retry_after_s == 300


@pytest.mark.parametrize(
    ("word", "is_final"), [("false", True), (" False", True), ("true", False), ("", False)]
)
def test_the_server_may_say_that_repeating_is_of_no_use(word: str, *, is_final: bool) -> None:
    error = failures.of_status(500, {"x-should-retry": word}, None)
    assert error is not None
    assert error.details.is_final is is_final
