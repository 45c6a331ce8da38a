import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import pytest
from typing_extensions import override

from linqdesk.domain.attachment import Attachment
from linqdesk.domain.errors import (
    ApiDetails,
    LinqDeskError,
    NotAllowedError,
    NotFoundError,
    OfflineError,
    UnexpectedReplyError,
)
from linqdesk.domain.ids import AttachmentId, MessageId
from linqdesk.domain.message import MediaPart, Message, TextPart
from linqdesk.local.media_cache import MediaCache, MediaDraft
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.media import UNASKED_BYTES, MediaFetcher
from linqdesk.services.task_scope import TaskScope
from linqdesk.store.cache import Cache
from linqdesk.store.changes import Change, MediaChanged
from linqdesk.store.media import MediaState
from linqdesk.store.view import Connection, ConnectionState
from tests.journeys.outside import until
from tests.services.virtual import VirtualClock
from tests.store.messages import a_message

CAT = AttachmentId("cat")
BYTES = b"\x89PNG and so on"
EXPIRED = NotAllowedError("", ApiDetails(status=403))


def media(name: str = "cat", url: str | None = "", size_bytes: int | None = len(BYTES)) -> Message:
    """A message whose second part is a file."""
    part = MediaPart(
        AttachmentId(name),
        f"{name}.png",
        "image/png",
        size_bytes,
        f"https://cdn/{name}" if url == "" else url,
    )
    return replace(a_message(f"message of {name}", 0), parts=(TextPart("look"), part))


@dataclass
class Origin:
    """Takes the network's place: bytes or a failure behind each address."""

    behind: dict[str, list[bytes] | LinqDeskError] = field(default_factory=dict)
    renewed: dict[str, str | None] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    held: asyncio.Event | None = None
    permits: asyncio.Semaphore | None = None
    failure: LinqDeskError | None = None

    async def download(
        self, address: str, take: Callable[[bytes], Awaitable[None]], *, limit_bytes: int
    ) -> int:
        del limit_bytes
        self.asked.append(address)
        behind = self.behind.get(address, NotFoundError("", ApiDetails(status=404)))
        if isinstance(behind, LinqDeskError):
            raise behind
        for chunk in behind:
            await take(chunk)
            if self.held is not None:
                await self.held.wait()
            if self.permits is not None:
                await self.permits.acquire()
        return sum(map(len, behind))

    async def get_attachment(self, attachment_id: AttachmentId) -> Attachment:
        self.asked.append(f"attachment {attachment_id}")
        if self.failure is not None:
            raise self.failure
        if attachment_id not in self.renewed:
            raise NotFoundError
        url = self.renewed[attachment_id]
        return Attachment(attachment_id, "cat.png", "image/png", download_url=url)

    async def get_message(self, message_id: MessageId) -> Message:
        self.asked.append(f"{message_id}")
        if message_id not in self.messages:
            raise NotFoundError
        return self.messages[message_id]


class Bench:
    """A fetcher on an origin, and what it announces."""

    def __init__(self, folder: Path) -> None:
        self.cache = Cache()
        self.origin = Origin(behind={"https://cdn/cat": [BYTES[:4], BYTES[4:]]})
        self.files = MediaCache(folder)
        self.failures: list[Exception] = []
        self.scope = TaskScope("test", self.failures.append)
        self.fetcher = MediaFetcher(self.cache, self.files, Connectivity(self.cache, VirtualClock()))
        self.fetcher.use(self.origin, self.scope)
        self.changes: list[Change] = []
        self.cache.subscribe(self.changes.append)

    async def fetched(self, message: Message | None = None) -> MediaState:
        self.fetcher.want(message or media(), 1)
        await until(lambda: self.fetcher.is_idle, "all is fetched")
        return self.state()

    def state(self, name: str = "cat") -> MediaState:
        return self.cache.media(AttachmentId(name)).state


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path / "media")
    yield made
    await made.scope.close()
    assert made.failures == []


async def test_what_is_looked_at_arrives_and_is_announced(bench: Bench) -> None:
    assert bench.state() is MediaState.WAITING
    assert await bench.fetched() is MediaState.READY
    path = bench.cache.media(CAT).path
    assert path is not None
    assert path.read_bytes() == BYTES
    assert set(bench.changes) == {MediaChanged(CAT)}


async def test_what_the_disk_holds_is_not_fetched_again(bench: Bench, tmp_path: Path) -> None:
    await bench.fetched()
    later = Bench(tmp_path / "media")
    assert await later.fetched() is MediaState.READY
    assert later.origin.asked == []
    bench.fetcher.want(media(), 1)
    assert bench.fetcher.is_idle


async def test_an_expired_address_is_renewed_by_the_attachment(bench: Bench) -> None:
    bench.origin.behind = {"https://cdn/cat": EXPIRED, "https://cdn/fresh": [BYTES]}
    bench.origin.renewed["cat"] = "https://cdn/fresh"
    assert await bench.fetched() is MediaState.READY
    assert bench.origin.asked == ["https://cdn/cat", "attachment cat", "https://cdn/fresh"]


async def test_an_expired_address_is_renewed_by_the_message_where_the_attachment_does_not_help(
    bench: Bench,
) -> None:
    bench.origin.behind = {"https://cdn/cat": EXPIRED, "https://cdn/old": EXPIRED, "https://cdn/new": [BYTES]}
    bench.origin.renewed["cat"] = "https://cdn/old"
    bench.origin.messages["message of cat"] = media(url="https://cdn/new")
    assert await bench.fetched() is MediaState.READY


async def test_a_part_without_an_address_asks_for_one(bench: Bench) -> None:
    bench.origin.renewed["cat"] = "https://cdn/cat"
    assert await bench.fetched(media(url=None)) is MediaState.READY


@pytest.mark.parametrize("renewed", [{}, {"cat": None}, {"cat": "https://cdn/nowhere"}])
async def test_what_is_nowhere_any_more_is_gone(bench: Bench, renewed: dict[str, str | None]) -> None:
    bench.origin.behind = {}
    bench.origin.renewed = renewed
    assert await bench.fetched() is MediaState.GONE
    bench.fetcher.want(media(), 1)
    assert bench.fetcher.is_idle


@pytest.mark.parametrize(
    "behind",
    [
        [b"<!DOCTYPE html><html>Sign in</html>"],
        [b"  \n<HTML>"],
        [b"\x89PNG"],
        [],
        UnexpectedReplyError("too much"),
        OfflineError(),
    ],
    ids=["page", "html", "short", "nothing", "overrun", "offline"],
)
async def test_what_is_not_the_file_fails_and_can_be_asked_for_again(
    bench: Bench, tmp_path: Path, behind: list[bytes] | LinqDeskError
) -> None:
    bench.origin.behind = {"https://cdn/cat": behind}
    assert await bench.fetched() is MediaState.FAILED
    assert bench.cache.media(CAT).fault is not None
    assert not any((tmp_path / "media").iterdir())
    bench.fetcher.want(media(), 1)
    assert bench.fetcher.is_idle
    bench.origin.behind = {"https://cdn/cat": [BYTES]}
    bench.fetcher.fetch(media(), 1)
    await until(lambda: bench.state() is MediaState.READY, "it happened")


async def test_a_web_page_that_was_sent_as_a_file_is_a_file(bench: Bench) -> None:
    page = b"<html>price list</html>"
    bench.origin.behind = {"https://cdn/cat": [page]}
    part = MediaPart(CAT, "prices.html", "text/html", len(page), "https://cdn/cat")
    assert await bench.fetched(replace(media(), parts=(TextPart(""), part))) is MediaState.READY


async def test_what_the_network_cut_off_is_wanted_again_once_it_is_back(bench: Bench) -> None:
    bench.origin.behind = {"https://cdn/cat": OfflineError()}
    assert await bench.fetched() is MediaState.FAILED
    bench.cache.set_connection(Connection(ConnectionState.OFFLINE, OfflineError()))
    assert bench.state() is MediaState.FAILED
    bench.cache.set_connection(Connection(ConnectionState.ONLINE))
    assert bench.state() is MediaState.WAITING


async def test_a_renewal_that_fails_is_a_failure_and_not_the_end(bench: Bench) -> None:
    bench.origin.behind = {"https://cdn/cat": EXPIRED}
    bench.origin.failure = OfflineError()
    assert await bench.fetched() is MediaState.FAILED


async def test_a_large_file_comes_only_when_it_is_asked_for(bench: Bench) -> None:
    large = media(size_bytes=UNASKED_BYTES + 1)
    bench.origin.behind = {"https://cdn/cat": [b"x" * (UNASKED_BYTES + 1)]}
    assert await bench.fetched(large) is MediaState.TOO_LARGE
    assert bench.origin.asked == []
    bench.fetcher.fetch(large, 1)
    await until(lambda: bench.state() is MediaState.READY, "it happened")


async def test_what_is_on_its_way_says_how_far_it_is(bench: Bench) -> None:
    bench.origin.held = asyncio.Event()
    bench.origin.behind = {"https://cdn/cat": [b"x" * 300_000, b"x" * 300_000]}
    bench.fetcher.want(media(size_bytes=600_000), 1)
    await until(lambda: bench.cache.media(CAT).received_bytes, "it happened")
    assert bench.cache.media(CAT).progress == pytest.approx(0.5)
    assert not bench.fetcher.is_idle
    bench.origin.held.set()
    await until(lambda: bench.fetcher.is_idle, "it happened")
    assert bench.state() is MediaState.READY
    assert bench.cache.media(CAT).progress is None


async def test_a_few_come_at_a_time_the_latest_look_first(bench: Bench) -> None:
    bench.origin.permits = permits = asyncio.Semaphore(0)
    names = [f"m{number}" for number in range(8)]
    bench.origin.behind = {f"https://cdn/{name}": [BYTES] for name in names}
    for name in names:
        bench.fetcher.want(media(name), 1)
    await until(lambda: len(bench.origin.asked) >= 3, "the first are on their way")
    assert set(bench.origin.asked) == {"https://cdn/m0", "https://cdn/m1", "https://cdn/m2"}
    for number in (7, 6, 5):
        permits.release()
        await until(
            partial(bench.origin.asked.__contains__, f"https://cdn/m{number}"), "the next is asked for"
        )
        assert len(bench.origin.asked) == 3 + 8 - number
    for _ in names:
        permits.release()
    await until(lambda: bench.fetcher.is_idle, "all is fetched")
    assert len(bench.origin.asked) == len(names)


async def test_what_was_scrolled_away_long_ago_is_given_up_and_what_is_looked_at_is_not(bench: Bench) -> None:
    bench.origin.held = asyncio.Event()
    bench.origin.behind = {f"https://cdn/{name}": [BYTES] for name in ("cat", "dog")}
    bench.fetcher.want(media("cat"), 1)
    bench.fetcher.want(media("dog"), 1)
    await until(lambda: bench.state("dog") is MediaState.LOADING, "it happened")
    for number in range(60):
        bench.fetcher.want(media(f"passing {number}", url=None), 1)
        bench.fetcher.want(media("dog"), 1)
    await until(lambda: bench.state("cat") is MediaState.WAITING, "it happened")
    assert bench.state("dog") is MediaState.LOADING
    bench.origin.held.set()
    await until(lambda: bench.fetcher.is_idle, "it happened")
    assert bench.state("dog") is MediaState.READY
    assert bench.state("passing 0") is MediaState.WAITING
    assert bench.state("passing 59") is MediaState.GONE


async def test_a_part_that_is_no_file_is_left_alone(bench: Bench) -> None:
    for part_index in (0, 7, -1):
        bench.fetcher.want(media(), part_index)
        bench.fetcher.fetch(media(), part_index)
    assert bench.fetcher.is_idle


async def test_wishes_wait_for_a_source_and_nothing_begins_after_its_end(bench: Bench) -> None:
    bench.fetcher.rest()
    bench.fetcher.want(media(), 1)
    assert bench.origin.asked == []
    bench.fetcher.use(bench.origin, bench.scope)
    await until(lambda: bench.fetcher.is_idle, "it happened")
    assert bench.state() is MediaState.READY
    await bench.scope.close()
    bench.fetcher.want(media("dog"), 1)
    assert bench.state("dog") is MediaState.WAITING


async def test_closing_in_the_middle_leaves_nothing_behind(bench: Bench) -> None:
    bench.origin.held = asyncio.Event()
    bench.fetcher.want(media(), 1)
    await until(lambda: bench.state() is MediaState.LOADING, "it happened")
    await bench.scope.close()
    await asyncio.sleep(0)
    assert bench.state() is MediaState.WAITING


async def test_what_somebody_asked_for_is_never_given_up(bench: Bench) -> None:
    bench.origin.held = asyncio.Event()
    bench.origin.behind = {f"https://cdn/{name}": [BYTES] for name in ("cat", "dog", "owl", "fox", "hen")}
    for name in ("cat", "dog", "owl", "fox", "hen"):
        bench.fetcher.want(media(name), 1)
    for name in ("cat", "hen"):
        bench.fetcher.fetch(media(name), 1)
    for number in range(100):
        bench.fetcher.want(media(f"passing {number}", url=None), 1)
    bench.origin.held.set()
    await until(lambda: bench.fetcher.is_idle, "all is fetched")
    states = {name: bench.state(name) for name in ("cat", "hen", "fox")}
    ready = MediaState.READY
    assert states == {"cat": ready, "hen": ready, "fox": MediaState.WAITING}


class SlowFiles(MediaCache):
    """Opens a draft only when it is let."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.is_asked, self.may_open = threading.Event(), threading.Event()
        self.drafts: list[MediaDraft] = []

    @override
    def begin(self, attachment_id: AttachmentId) -> MediaDraft:
        self.is_asked.set()
        self.may_open.wait()
        self.drafts.append(MediaCache.begin(self, attachment_id))
        return self.drafts[0]


async def test_a_window_that_closes_while_a_draft_is_opened_leaves_none_behind(tmp_path: Path) -> None:
    made, files = Bench(tmp_path), SlowFiles(tmp_path / "media")
    fetcher = MediaFetcher(made.cache, files, Connectivity(made.cache, VirtualClock()))
    fetcher.use(made.origin, made.scope)
    fetcher.want(media(), 1)
    await asyncio.to_thread(files.is_asked.wait)
    closing = made.scope.close()
    files.may_open.set()
    await closing
    await asyncio.get_running_loop().shutdown_default_executor()
    assert [each.path.exists() for each in files.drafts] == [False]
