import asyncio
import io
import tracemalloc
from collections.abc import AsyncIterator
from typing import BinaryIO

import httpx
import pytest
from typing_extensions import override

from linqdesk.api.media_transport import MAX_FILE_BYTES, MediaTransport
from linqdesk.domain.attachment import UploadSlot
from linqdesk.domain.errors import (
    LinqDeskError,
    LocalFaultError,
    NotFoundError,
    OfflineError,
    OutcomeUnknownError,
    RateLimitedError,
    RequestRejectedError,
    ServerFaultError,
    UnexpectedReplyError,
)
from linqdesk.domain.ids import AttachmentId
from tests.api.loopback_origin import Heard, LoopbackOrigin, reply

MIB = 1024 * 1024


@pytest.fixture
async def cdn() -> AsyncIterator[LoopbackOrigin]:
    async with LoopbackOrigin() as origin:
        yield origin


@pytest.fixture
async def media() -> AsyncIterator[MediaTransport]:
    transport = MediaTransport(allows_loopback=True)
    yield transport
    await transport.close()


class _Sink:
    def __init__(self) -> None:
        self.pieces: list[int] = []
        self.bytes = b""

    async def take(self, piece: bytes) -> None:
        self.pieces.append(len(piece))
        self.bytes += piece


def _slot(
    origin: LoopbackOrigin, size_bytes: int, *headers: tuple[str, str], path: str = "/up"
) -> UploadSlot:
    return UploadSlot(AttachmentId("a1"), size_bytes, f"{origin.url}{path}?signature=canary", headers)


async def test_a_file_comes_in_pieces_and_with_its_progress(
    media: MediaTransport, cdn: LoopbackOrigin
) -> None:
    file = bytes(range(256)) * 2_000
    cdn.answers["/a"] = reply(200, file)
    sink, told = _Sink(), list[int]()
    size_bytes = await media.download(
        f"{cdn.url}/a?sig=1", sink.take, limit_bytes=len(file), progress=told.append
    )
    assert (size_bytes, sink.bytes, told[-1]) == (len(file), file, len(file))
    assert max(sink.pieces) <= 128 * 1024
    assert told == sorted(told)
    assert cdn.heard[0].target == "/a?sig=1"
    assert cdn.heard[0].header("host") == f"127.0.0.1:{cdn.port}"
    assert cdn.heard[0].header("accept-encoding") == "identity"


async def test_cookies_are_neither_kept_nor_sent(media: MediaTransport, cdn: LoopbackOrigin) -> None:
    cdn.answers["/a"] = reply(200, b"x", Set_Cookie="id=1")
    for _ in range(2):
        await media.download(f"{cdn.url}/a", _Sink().take)
    assert [each.header("cookie") for each in cdn.heard] == [None, None]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_followed(media: MediaTransport, cdn: LoopbackOrigin, status: int) -> None:
    cdn.answers |= {"/a": reply(status, Location="/b?sig=2"), "/b": reply(200, b"here")}
    sink = _Sink()
    await media.download(f"{cdn.url}/a", sink.take)
    assert sink.bytes == b"here"


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/x",
        "http://169.254.169.254/latest/meta-data",
        "https://10.0.0.1/x",
        "https://[fe80::1]/x",
        "https://192.168.1.1/",
        "http://localhost./x",
        "http://user@127.0.0.1/x",
        "ftp://127.0.0.1/x",
        "file:///etc/passwd",
        "http://example.com/x",
    ],
)
async def test_every_hop_is_checked_again(media: MediaTransport, cdn: LoopbackOrigin, location: str) -> None:
    cdn.answers["/a"] = reply(302, Location=location)
    with pytest.raises(LocalFaultError):
        await media.download(f"{cdn.url}/a", _Sink().take)


async def test_redirects_end(media: MediaTransport, cdn: LoopbackOrigin) -> None:
    cdn.answers["/a"] = reply(302, Location="/a")
    with pytest.raises(UnexpectedReplyError):
        await media.download(f"{cdn.url}/a", _Sink().take)
    assert len(cdn.heard) == 5
    cdn.answers["/a"] = reply(302, Location="http://127.0.0.1:port/")
    with pytest.raises(OutcomeUnknownError):
        await media.download(f"{cdn.url}/a", _Sink().take)


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/x",
        "https://2130706433/x",
        "https://[::1]/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://10.1.2.3/x",
        "https://172.16.0.1/x",
        "https://192.168.0.1/x",
        "https://169.254.169.254/x",
        "https://0.0.0.0/x",
        "https://[fd00::1]/x",
        "https://224.0.0.1/x",
        "http://cdn.example.com/x",
        "https://user:pw@cdn.example.com/x",
        "https:///x",
        "data:text/plain,x",
        "cdn.example.com/x",
        "https://[",
        "",
        "https://cdn.example.com:port/",
    ],
)
async def test_nothing_inside_this_network_is_asked(address: str) -> None:
    media = MediaTransport()
    with pytest.raises(LocalFaultError):
        await media.download(address, _Sink().take)
    await media.close()


async def _asked_elsewhere(
    *addresses: str, fails: int = 0
) -> tuple[list[httpx.Request], LinqDeskError | None]:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if len(seen) <= fails:
            raise httpx.ConnectError("")
        return httpx.Response(200, stream=httpx.ByteStream(b"x"))

    async def resolve(host: str, port: int) -> list[str]:
        assert (host, port) == ("cdn.example.com", 443)
        if not addresses:
            raise OSError
        return list(addresses)

    media = MediaTransport(http_transport=httpx.MockTransport(answer), asked=resolve)
    try:
        await media.download("https://CDN.example.com/x", _Sink().take)
    except LinqDeskError as error:
        return seen, error
    finally:
        await media.close()
    return seen, None


async def test_a_name_leads_to_no_private_address() -> None:
    seen, error = await _asked_elsewhere("10.0.0.1", "::1")
    assert seen == []
    assert isinstance(error, LocalFaultError)
    seen, error = await _asked_elsewhere("10.0.0.1", "93.184.215.14")
    assert [each.url.host for each in seen] == ["93.184.215.14"]
    assert error is None


async def test_the_address_that_was_checked_is_asked_under_the_host_name() -> None:
    seen, _ = await _asked_elsewhere("2606:2800:21f:cb07::1")
    assert seen[0].url.host == "2606:2800:21f:cb07::1"
    assert seen[0].headers["host"] == "cdn.example.com"
    assert seen[0].extensions["sni_hostname"] == "cdn.example.com"


async def test_the_next_address_is_tried_where_one_does_not_answer() -> None:
    seen, error = await _asked_elsewhere("2606:2800:21f:cb07::1", "93.184.215.14", fails=1)
    assert [each.url.host for each in seen] == ["2606:2800:21f:cb07::1", "93.184.215.14"]
    assert error is None
    seen, error = await _asked_elsewhere("93.184.215.14", fails=1)
    assert isinstance(error, OfflineError)


async def test_a_name_that_cannot_be_looked_up_means_offline() -> None:
    _, error = await _asked_elsewhere()
    assert isinstance(error, OfflineError)


async def test_behind_a_proxy_the_proxy_looks_the_name_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, stream=httpx.ByteStream(b"x"))

    media = MediaTransport(http_transport=httpx.MockTransport(answer), asked=_nobody)
    await media.download("https://cdn.example.com/x", _Sink().take)
    await media.download("https://93.184.215.14/x", _Sink().take)
    for private in ("10.0.0.1", "[::1]", "0x7f.1", "2130706433", "127.1."):
        with pytest.raises(LocalFaultError):
            await media.download(f"https://{private}/x", _Sink().take)
    assert [each.url.host for each in seen] == ["cdn.example.com", "93.184.215.14"]
    monkeypatch.setenv("no_proxy", "cdn.example.com")
    with pytest.raises(OfflineError):
        await media.download("https://cdn.example.com/x", _Sink().take)
    await media.close()


async def _nobody(host: str, port: int) -> list[str]:
    raise OSError(host, port)


async def test_a_file_over_its_limit_is_given_up(media: MediaTransport, cdn: LoopbackOrigin) -> None:
    endless = _Endless()
    cdn.answers |= {
        "/declared": reply(200, b"", Content_Length=str(MAX_FILE_BYTES + 1)),
        "/longer": reply(200, b"x" * 300_000),
        "/endless": endless.answer,
    }
    sink = _Sink()
    with pytest.raises(UnexpectedReplyError):
        await media.download(f"{cdn.url}/declared", sink.take)
    with pytest.raises(UnexpectedReplyError):
        await media.download(f"{cdn.url}/longer", sink.take, limit_bytes=1_000)
    assert sink.pieces == []
    with pytest.raises(UnexpectedReplyError):
        await media.download(f"{cdn.url}/endless", sink.take, limit_bytes=MIB)
    assert sum(sink.pieces) <= MIB


class _Endless:
    async def answer(self, _: Heard, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while True:
            writer.write(b"x" * 65_536)
            await writer.drain()


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (reply(401), NotFoundError),
        (reply(403), NotFoundError),
        (reply(404), NotFoundError),
        (reply(410), NotFoundError),
        (reply(400), RequestRejectedError),
        (reply(429, Retry_After="7"), RateLimitedError),
        (reply(500), ServerFaultError),
        (reply(200, b"x", Content_Encoding="gzip"), UnexpectedReplyError),
        (reply(200, b"short", Content_Length="9"), OutcomeUnknownError),
        (b"", OutcomeUnknownError),
        (b"SSH-2.0\r\n", OutcomeUnknownError),
    ],
)
async def test_what_goes_wrong_is_told_apart(
    media: MediaTransport, cdn: LoopbackOrigin, answer: bytes, expected: type[LinqDeskError]
) -> None:
    cdn.answers["/a"] = answer
    with pytest.raises(expected):
        await media.download(f"{cdn.url}/a", _Sink().take)


async def test_a_server_that_drips_is_given_up() -> None:
    media = MediaTransport(allows_loopback=True, total_s=0.05)
    never = asyncio.Event()

    async def hang(_: Heard, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx")
        await never.wait()

    async with LoopbackOrigin() as cdn:
        cdn.answers["/a"] = hang
        with pytest.raises(OutcomeUnknownError):
            await media.download(f"{cdn.url}/a", _Sink().take)
        never.set()
    await media.close()


async def test_what_the_taker_raises_comes_out(media: MediaTransport, cdn: LoopbackOrigin) -> None:
    cdn.answers["/a"] = reply(200, b"x")

    async def full(_: bytes) -> None:
        raise LocalFaultError("The disk is full.")

    with pytest.raises(LocalFaultError, match="full"):
        await media.download(f"{cdn.url}/a", full)


async def test_an_upload_carries_each_header_as_given_and_the_exact_length(
    media: MediaTransport, cdn: LoopbackOrigin
) -> None:
    cdn.answers["/up"] = reply(200)
    file, told = b"f" * 300_001, list[int]()
    slot = _slot(cdn, len(file), ("content-TYPE", "image/png"), ("X-Amz-Acl", "private"))
    await media.upload(slot, io.BytesIO(file), progress=told.append)
    heard = cdn.heard[0]
    assert (heard.method, heard.target, heard.body) == ("PUT", "/up?signature=canary", file)
    assert {("content-TYPE", "image/png"), ("X-Amz-Acl", "private")} <= set(heard.headers)
    assert heard.header("content-length") == str(len(file))
    assert (heard.header("transfer-encoding"), heard.header("authorization")) == (None, None)
    assert (told[0], told[-1]) == (131_072, 300_001)
    assert told == sorted(told)


async def test_a_length_that_is_asked_for_is_sent_once(media: MediaTransport, cdn: LoopbackOrigin) -> None:
    cdn.answers["/up"] = reply(200)
    await media.upload(_slot(cdn, 3, ("Content-Length", "3")), io.BytesIO(b"abc"))
    names = [name.lower() for name, _ in cdn.heard[0].headers]
    assert names.count("content-length") == 1
    with pytest.raises(UnexpectedReplyError):
        await media.upload(_slot(cdn, 3, ("Content-Length", "4")), io.BytesIO(b"abc"))


@pytest.mark.parametrize("header", [("X", "a\r\nEvil: 1"), ("X Y", "a"), ("", "a"), ("X", "ü")])
async def test_a_header_that_would_break_the_request_is_refused(
    media: MediaTransport, cdn: LoopbackOrigin, header: tuple[str, str]
) -> None:
    with pytest.raises(UnexpectedReplyError):
        await media.upload(_slot(cdn, 3, header), io.BytesIO(b"abc"))
    assert cdn.heard == []


class _Broken(io.BytesIO):
    @override
    def read(self, size: int | None = -1, /) -> bytes:
        raise OSError(size)


@pytest.mark.parametrize("source", [io.BytesIO(b"short"), io.BytesIO(b"too long by far"), _Broken()])
async def test_a_file_that_changed_is_not_sent(
    media: MediaTransport, cdn: LoopbackOrigin, source: BinaryIO
) -> None:
    cdn.answers["/up"] = reply(200)
    with pytest.raises(LocalFaultError):
        await media.upload(_slot(cdn, 9), source)
    assert cdn.heard == []


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (reply(403), NotFoundError),
        (reply(307, Location="/elsewhere"), UnexpectedReplyError),
        (reply(400), RequestRejectedError),
        (reply(503), ServerFaultError),
    ],
)
async def test_a_refused_upload_says_why(
    media: MediaTransport, cdn: LoopbackOrigin, answer: bytes, expected: type[LinqDeskError]
) -> None:
    cdn.answers["/up"] = answer
    with pytest.raises(expected):
        await media.upload(_slot(cdn, 3), io.BytesIO(b"abc"))
    assert len(cdn.heard) == 1


class _Stalled(io.BytesIO):
    """A source that tells when it is read for the second time."""

    def __init__(self, content: bytes, moment: asyncio.Event) -> None:
        super().__init__(content)
        self._loop = asyncio.get_running_loop()
        self._moment = moment
        self._reads = 0

    @override
    def read(self, size: int | None = -1, /) -> bytes:
        self._reads += 1
        if self._reads == 2:
            self._loop.call_soon_threadsafe(self._moment.set)
        return super().read(size)


async def test_cancelling_an_upload_hangs_up_at_once(media: MediaTransport, cdn: LoopbackOrigin) -> None:
    moment = asyncio.Event()
    source = _Stalled(b"x" * (64 * MIB), moment)
    async with asyncio.TaskGroup() as tasks:
        uploading = tasks.create_task(media.upload(_slot(cdn, 64 * MIB), source))
        await moment.wait()
        uploading.cancel()
    async with asyncio.timeout(5):
        await cdn.hung_up.wait()
    assert uploading.cancelled()
    assert source.tell() < 64 * MIB


async def test_cancelling_a_download_hangs_up_at_once(media: MediaTransport, cdn: LoopbackOrigin) -> None:
    cdn.answers["/a"] = _Endless().answer
    began = asyncio.Event()

    async def take(_: bytes) -> None:
        began.set()

    async with asyncio.TaskGroup() as tasks:
        downloading = tasks.create_task(media.download(f"{cdn.url}/a", take))
        await began.wait()
        downloading.cancel()
    async with asyncio.timeout(5):
        await cdn.hung_up.wait()
    assert downloading.cancelled()


class _Zeros(io.BytesIO):
    def __init__(self, size_bytes: int) -> None:
        super().__init__()
        self._left_bytes = size_bytes

    @override
    def read(self, size: int | None = -1, /) -> bytes:
        given = min(size or 0, self._left_bytes)
        self._left_bytes -= given
        return bytes(given)


async def test_a_large_file_needs_little_memory(media: MediaTransport, cdn: LoopbackOrigin) -> None:
    size_bytes = 24 * MIB
    counted = list[int]()

    async def drop(piece: bytes) -> None:
        counted.append(len(piece))

    async def zeros(_: Heard, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {size_bytes}\r\n\r\n".encode())
        for _number in range(size_bytes // 65_536):
            writer.write(bytes(65_536))
            await writer.drain()

    cdn.answers |= {"/a": zeros, "/up": reply(200)}
    tracemalloc.start()
    await media.download(f"{cdn.url}/a", drop)
    await media.upload(_slot(cdn, size_bytes), _Zeros(size_bytes))
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(counted) == size_bytes == cdn.heard[1].body_bytes
    assert peak_bytes < 5 * MIB
