import gzip
import inspect
import json
import logging

import httpx
import pytest

from linqdesk.api import failures
from linqdesk.api.client import LinqClient
from linqdesk.api.json_body import MAX_BODY_BYTES
from linqdesk.api.transport import Transport
from linqdesk.domain.errors import (
    LinqDeskError,
    LocalFaultError,
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
from linqdesk.domain.ids import ChatId

BASE = "https://api.example.test/api/partner"
TOKEN = "a-canary-token"


def _client(reply: httpx.Response | Exception, seen: list[httpx.Request] | None = None) -> LinqClient:
    def answer(request: httpx.Request) -> httpx.Response:
        if seen is not None:
            seen.append(request)
        if isinstance(reply, Exception):
            raise reply
        if not reply.is_stream_consumed:
            return reply
        stream = httpx.ByteStream(reply.content)
        return httpx.Response(reply.status_code, headers=reply.headers, stream=stream)

    return LinqClient(Transport(BASE, TOKEN, http_transport=httpx.MockTransport(answer)))


def _expected(status: int) -> type[LinqDeskError] | None:
    special: dict[int, type[LinqDeskError]] = {
        401: SignInRejectedError,
        403: NotAllowedError,
        404: NotFoundError,
        408: OutcomeUnknownError,
        429: RateLimitedError,
    }
    if 200 <= status < 300:
        return None
    if status in special:
        return special[status]
    if status >= 500:
        return ServerFaultError
    return RequestRejectedError if status >= 400 else UnexpectedReplyError


@pytest.mark.parametrize("status", range(100, 600))
def test_every_status_has_its_class(status: int) -> None:
    error = failures.of_status(status, {}, None)
    assert type(error) is (_expected(status) or type(None))


def _http_errors() -> list[type[httpx.HTTPError]]:
    found = [each for _, each in inspect.getmembers(httpx, inspect.isclass)]
    return [each for each in found if issubclass(each, httpx.HTTPError)]


@pytest.mark.parametrize("kind", _http_errors())
async def test_every_failure_of_httpx_comes_out_as_one_of_ours(kind: type[httpx.HTTPError]) -> None:
    request = httpx.Request("GET", BASE)
    if kind is httpx.HTTPStatusError:
        failure: httpx.HTTPError = httpx.HTTPStatusError("", request=request, response=httpx.Response(500))
    else:
        failure = kind("")
    with pytest.raises(LinqDeskError) as caught:
        await _client(failure).list_phone_numbers()
    assert not isinstance(caught.value, LocalFaultError)


async def test_what_never_left_is_told_from_what_may_have_arrived() -> None:
    for failure, expected in (
        (httpx.ConnectError(""), OfflineError),
        (httpx.ConnectTimeout(""), OfflineError),
        (httpx.ReadTimeout(""), OutcomeUnknownError),
        (httpx.RemoteProtocolError(""), OutcomeUnknownError),
    ):
        with pytest.raises(expected):
            await _client(failure).list_phone_numbers()


async def test_who_asks_after_the_end_is_told_that_nothing_left() -> None:
    seen: list[httpx.Request] = []
    client = _client(httpx.Response(200, json={"phone_numbers": []}), seen)
    await client.close()
    with pytest.raises(OfflineError):
        await client.list_phone_numbers()
    assert seen == []


async def test_the_error_says_what_the_envelope_said() -> None:
    envelope = {
        "success": False,
        "error": {"status": 403, "code": 2024, "message": "opted out", "doc_url": "https://x.test"},
    }
    reply = httpx.Response(403, json=envelope, headers={"X-Trace-ID": "abc"})
    with pytest.raises(NotAllowedError) as caught:
        await _client(reply).list_phone_numbers()
    details = caught.value.details
    assert (caught.value.message, details.code, details.doc_url, details.trace_id) == (
        "opted out",
        2024,
        "https://x.test",
        "abc",
    )


@pytest.mark.parametrize(
    ("headers", "told", "wait_s"),
    [
        ({"Retry-After": "7"}, None, 7),
        ({"Retry-After": "2"}, 9, 9),
        ({"Retry-After": "-1"}, None, 1),
        ({"Retry-After": "1e9"}, None, 300),
        ({"Retry-After": "nan"}, None, 1),
        ({"Retry-After": "soon"}, None, 1),
        ({}, None, 1),
        (
            {"Retry-After": "Sat, 21 Nov 2026 10:00:30 GMT", "Date": "Sat, 21 Nov 2026 10:00:00 GMT"},
            None,
            30,
        ),
        ({"Retry-After": "Sat, 21 Nov 2020 10:00:30 GMT", "Date": "Sat, 21 Nov 2026 10:00:00 GMT"}, None, 1),
        ({"Retry-After": "Sat, 21 Nov 2026 10:00:30 GMT"}, None, 1),
    ],
)
async def test_the_wait_after_429_is_the_larger_of_both_within_bounds(
    headers: dict[str, str], told: int | None, wait_s: float
) -> None:
    reply = httpx.Response(429, headers=headers, json={"error": {"code": 1007, "retry_after": told}})
    with pytest.raises(RateLimitedError) as caught:
        await _client(reply).list_phone_numbers()
    assert caught.value.retry_after_s == wait_s


def _gzipped(body: bytes) -> httpx.Response:
    headers = {"Content-Encoding": "gzip"}
    return httpx.Response(200, stream=httpx.ByteStream(gzip.compress(body)), headers=headers)


@pytest.mark.parametrize(
    "reply",
    [
        httpx.Response(200, text="<html>Sign in to this network</html>"),
        httpx.Response(200, content=b""),
        httpx.Response(204),
        httpx.Response(200, content=b'{"phone_numbers": NaN}'),
        httpx.Response(200, content=b"[" * 100_000),
        httpx.Response(200, content=b'{"phone_numbers": ' + b"1" * 5_000 + b"}"),
        httpx.Response(200, json={"phone_numbers": "none"}),
        httpx.Response(200, json=[]),
        httpx.Response(200, content=b" " * (MAX_BODY_BYTES + 1)),
        httpx.Response(302, headers={"Location": "https://evil.example"}),
        _gzipped(b" " * (MAX_BODY_BYTES + 1)),
        httpx.Response(200, stream=httpx.ByteStream(b"no gzip"), headers={"Content-Encoding": "gzip"}),
        httpx.Response(200, stream=httpx.ByteStream(b"?"), headers={"Content-Encoding": "br"}),
    ],
)
async def test_what_is_not_the_api_is_said_to_be_something_else(reply: httpx.Response) -> None:
    with pytest.raises(UnexpectedReplyError):
        await _client(reply).list_phone_numbers()


async def test_a_packed_answer_is_read() -> None:
    body = json.dumps({"phone_numbers": [{"id": "1", "phone_number": "+1"}]}).encode()
    assert len(await _client(_gzipped(body)).list_phone_numbers()) == 1


async def test_the_token_goes_along_and_into_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    seen: list[httpx.Request] = []
    await _client(httpx.Response(200, json={"phone_numbers": []}), seen).list_phone_numbers()
    assert seen[0].headers["Authorization"] == f"Bearer {TOKEN}"
    assert str(seen[0].url) == f"{BASE}/v3/phone_numbers"
    assert "GET /v3/phone_numbers: 200" in caplog.text
    assert TOKEN not in caplog.text


@pytest.mark.parametrize(
    "base",
    [
        "http://api.example.com",
        "ftp://api.example.com",
        "https://user@api.example.com",
        "api.example.com",
        "https://[",
        "",
    ],
)
def test_a_token_is_sent_to_no_unsafe_address(base: str) -> None:
    with pytest.raises(LocalFaultError):
        Transport(base, TOKEN)


async def test_an_id_from_outside_cannot_leave_its_place_in_the_path() -> None:
    seen: list[httpx.Request] = []
    client = _client(httpx.Response(404), seen)
    with pytest.raises(NotFoundError):
        await client.get_chat(ChatId("../../@evil.example/x?y#z"))
    assert seen[0].url.host == "api.example.test"
    assert seen[0].url.raw_path.startswith(b"/api/partner/v3/chats/..%2F..%2F%40evil")


@pytest.mark.parametrize("status", [200, 302, 401, 403, 404, 511])
async def test_a_networks_sign_in_page_is_no_answer_of_the_api(status: int) -> None:
    page = httpx.Response(
        status, text="<html>Sign in to the hotel</html>", headers={"Content-Type": "text/html"}
    )
    with pytest.raises(UnexpectedReplyError):
        await _client(page).list_phone_numbers()


@pytest.mark.parametrize(("status", "kind"), [(429, RateLimitedError), (502, ServerFaultError)])
async def test_a_page_of_the_servers_own_gateway_keeps_the_meaning_of_its_status(
    status: int, kind: type[LinqDeskError]
) -> None:
    page = httpx.Response(
        status, text="<html>oh</html>", headers={"Content-Type": "text/html; charset=utf-8"}
    )
    with pytest.raises(kind):
        await _client(page).list_phone_numbers()


async def test_a_refused_token_is_never_sent_again() -> None:
    seen: list[httpx.Request] = []
    client = _client(httpx.Response(401, json={"error": {"code": 2004}}), seen)
    with pytest.raises(SignInRejectedError):
        await client.list_chats()
    for ask in (client.list_chats, client.list_phone_numbers):
        with pytest.raises(SignInRejectedError):
            await ask()
    with pytest.raises(SignInRejectedError):
        await client.mark_read(ChatId("c"))
    assert len(seen) == 1
    await client.close()


async def test_a_networks_own_sign_in_page_does_not_spend_the_token() -> None:
    seen: list[httpx.Request] = []
    page = httpx.Response(401, html="<html>Sign in to this network</html>")
    client = _client(page, seen)
    for _ in range(2):
        with pytest.raises(UnexpectedReplyError):
            await client.mark_read(ChatId("c"))
    assert len(seen) == 2
    await client.close()
