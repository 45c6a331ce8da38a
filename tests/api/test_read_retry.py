import asyncio

import httpx
import pytest
import stamina

from linqdesk.api.read_retry import wait_before_repeat
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
    UnexpectedReplyError,
)
from linqdesk.domain.ids import ChatId, LocalId
from linqdesk.domain.outgoing import Content, OutgoingText
from tests.api.recorder import Recorder, refusal

LINES = httpx.Response(200, json={"phone_numbers": []})
HELLO = Content((OutgoingText("hello"),))


@pytest.mark.parametrize(
    "hiccup",
    [
        refusal(500, 3001),
        refusal(504, 3005),
        httpx.Response(502, text="<html>Bad gateway</html>"),
        httpx.Response(408),
        httpx.ReadTimeout(""),
        httpx.RemoteProtocolError(""),
        refusal(429, 1007, headers={"Retry-After": "1"}),
        refusal(429, 1007, retry_after=2),
        refusal(404, 2007),
        refusal(409, 2009),
    ],
)
async def test_a_read_gets_over_two_hiccups(hiccup: httpx.Response | Exception) -> None:
    recorder = Recorder(hiccup, hiccup, LINES)
    assert await recorder.client().list_phone_numbers() == ()
    assert len(recorder.asked) == 3


async def test_a_read_is_given_up_after_three_attempts() -> None:
    recorder = Recorder(refusal(500, 3001))
    with pytest.raises(ServerFaultError):
        await recorder.client().list_phone_numbers()
    assert len(recorder.asked) == 3


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (httpx.ConnectError(""), OfflineError),
        (refusal(404, 2001), NotFoundError),
        (refusal(403, 2005), NotAllowedError),
        (refusal(400, 1005), RequestRejectedError),
        (refusal(409, 2015), RequestRejectedError),
        (refusal(500, 3001, headers={"x-should-retry": "false"}), ServerFaultError),
        (refusal(409, 2009, headers={"X-Should-Retry": "False"}), RequestRejectedError),
        (refusal(429, 1007, headers={"Retry-After": "30"}), RateLimitedError),
        (refusal(429, 1007, headers={"Retry-After": "1"}, retry_after=60), RateLimitedError),
        (httpx.Response(200, text="<html>Sign in</html>"), UnexpectedReplyError),
        (httpx.Response(302, headers={"Location": "https://x.test"}), UnexpectedReplyError),
    ],
)
async def test_what_does_not_pass_by_itself_is_asked_once(
    failure: httpx.Response | Exception, expected: type[LinqDeskError]
) -> None:
    recorder = Recorder(failure)
    with pytest.raises(expected):
        await recorder.client().list_phone_numbers()
    assert len(recorder.asked) == 1


@pytest.mark.parametrize("failure", [refusal(500, 3001), refusal(409, 2009), httpx.ReadTimeout("")])
async def test_a_write_is_never_repeated(failure: httpx.Response | Exception) -> None:
    recorder = Recorder(failure)
    client = recorder.client()
    for act in (
        client.send_message(ChatId("c1"), HELLO, key=LocalId("k")),
        client.mark_read(ChatId("c1")),
        client.stop_typing(ChatId("c1")),
    ):
        with pytest.raises(LinqDeskError):
            await act
    assert [each.method for each in recorder.asked] == ["POST", "POST", "DELETE"]


async def test_an_outage_is_not_pressed() -> None:
    recorder = Recorder(refusal(503, 4004))
    client = recorder.client()
    for _ in range(20):
        with pytest.raises(ServerFaultError):
            await client.list_phone_numbers()
    assert len(recorder.asked) == 3 + 19
    recorder.replies = [LINES]
    await client.list_phone_numbers()
    recorder.replies = [refusal(500, 3001), LINES]
    assert await client.list_phone_numbers() == ()


def test_a_short_wait_is_as_long_as_the_api_says_or_a_little_more() -> None:
    waits = {wait_before_repeat(RateLimitedError(retry_after_s=2)) for _ in range(50)}
    assert len(waits) > 1
    assert all(2 <= wait_s <= 2.5 for wait_s in waits)
    assert wait_before_repeat(RateLimitedError(retry_after_s=3)) is False
    assert wait_before_repeat(OutcomeUnknownError()) is True
    assert wait_before_repeat(OutcomeUnknownError("", ApiDetails(is_final=True))) is False
    assert wait_before_repeat(ValueError()) is False


async def test_leaving_ends_the_wait() -> None:
    recorder = Recorder(refusal(500, 3001))
    client = recorder.client()
    with stamina.set_testing(False):
        async with asyncio.TaskGroup() as tasks:
            reading = tasks.create_task(client.list_phone_numbers())
            await recorder.heard.wait()
            reading.cancel()
    assert reading.cancelled()
    assert len(recorder.asked) == 1
