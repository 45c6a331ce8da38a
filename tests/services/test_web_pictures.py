import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from linqdesk.domain.chat import Chat
from linqdesk.domain.errors import ApiDetails, LinqDeskError, NotAllowedError, NotFoundError, OfflineError
from linqdesk.domain.ids import AttachmentId, ChatId
from linqdesk.domain.web_picture import picture_key
from linqdesk.local.media_cache import MediaCache
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.task_scope import TaskScope
from linqdesk.services.web_pictures import REST_S, WebPictures
from linqdesk.store.cache import Cache
from linqdesk.store.media import MediaFile, MediaState
from tests.journeys.outside import until
from tests.services.virtual import VirtualClock
from tests.store.messages import a_chat

G = ChatId("g")
ICON = "https://cdn.test/icon.png"
EXPIRED = NotAllowedError("", ApiDetails(status=403))


class Origin:
    """Takes the network's place: bytes or a failure behind each address, and groups with their icons."""

    def __init__(self) -> None:
        self.behind: dict[str, list[bytes] | LinqDeskError] = {ICON: [b"\x89PNG", b" and so on"]}
        self.icons: dict[ChatId, str | None] = {}
        self.asked: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def download(
        self, address: str, take: Callable[[bytes], Awaitable[None]], *, limit_bytes: int
    ) -> int:
        assert limit_bytes == 10 * 1024 * 1024
        self.asked.append(address)
        await self.gate.wait()
        behind = self.behind.get(address, NotFoundError("", ApiDetails(status=404)))
        if isinstance(behind, LinqDeskError):
            raise behind
        for piece in behind:
            await take(piece)
        return sum(map(len, behind))

    async def get_chat(self, chat_id: ChatId) -> Chat:
        self.asked.append(f"chat {chat_id}")
        return replace(a_chat(chat_id), group_icon_url=self.icons[chat_id])


class Bench:
    """The pictures of an origin, and what is known of them."""

    def __init__(self, folder: Path) -> None:
        self.cache = Cache()
        self.origin = Origin()
        self.clock = VirtualClock()
        self.scope = TaskScope("test")
        self.connectivity = Connectivity(self.cache, self.clock)
        self.files = MediaCache(folder)
        self.pictures = WebPictures(self.cache, self.files, self.connectivity, self.clock)
        self.pictures.use(self.origin, self.scope)

    async def look(self, address: str = ICON, chat_id: ChatId | None = None) -> MediaFile:
        self.pictures.want(address, chat_id)
        await until(lambda: self.pictures.is_idle, "nothing is on its way")
        return self.file(address)

    def file(self, address: str = ICON) -> MediaFile:
        key = picture_key(address)
        return self.cache.media(key if key is not None else AttachmentId(""))


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path / "media")
    yield made
    await made.scope.close()


async def test_what_is_looked_at_comes_to_the_disk_once(bench: Bench) -> None:
    file = await bench.look()
    assert file.state is MediaState.READY
    assert file.path is not None
    assert file.path.read_bytes() == b"\x89PNG and so on"
    await bench.look(f"{ICON}?Signature=another")
    assert bench.origin.asked == [ICON]


async def test_what_the_disk_gave_up_is_fetched_again(bench: Bench) -> None:
    file = await bench.look()
    assert file.path is not None
    file.path.unlink()
    assert (await bench.look()).state is MediaState.READY
    assert file.path.exists()
    assert bench.origin.asked == [ICON, ICON]


async def test_an_address_of_nothing_is_not_asked_for(bench: Bench) -> None:
    bench.pictures.want("nonsense")
    assert bench.pictures.is_idle


async def test_looking_at_what_is_on_its_way_asks_no_second_time(bench: Bench) -> None:
    bench.origin.gate.clear()
    bench.pictures.want(ICON)
    await until(lambda: bench.origin.asked == [ICON], "it is asked for")
    bench.pictures.want(ICON)
    bench.origin.gate.set()
    await until(lambda: bench.pictures.is_idle, "it is there")
    assert bench.origin.asked == [ICON]


async def test_an_icon_whose_address_has_expired_is_asked_of_its_group(bench: Bench) -> None:
    bench.origin.behind[f"{ICON}?old"] = EXPIRED
    bench.origin.icons[G] = f"{ICON}?new"
    bench.origin.behind[f"{ICON}?new"] = [b"new"]
    assert (await bench.look(f"{ICON}?old", G)).state is MediaState.READY
    assert bench.origin.asked == [f"{ICON}?old", "chat g", f"{ICON}?new"]
    summary = bench.cache.summary(G)
    assert summary is not None
    assert summary.chat.group_icon_url == f"{ICON}?new"


@pytest.mark.parametrize("now", [None, f"{ICON}?old", "https://cdn.test/other.png"])
async def test_an_icon_that_is_nowhere_any_more_leaves_the_initials(bench: Bench, now: str | None) -> None:
    bench.origin.behind[f"{ICON}?old"] = EXPIRED
    bench.origin.icons[G] = now
    assert (await bench.look(f"{ICON}?old", G)).state is MediaState.FAILED
    assert bench.origin.asked == [f"{ICON}?old", "chat g"]


@pytest.mark.parametrize("failure", [EXPIRED, NotFoundError("", ApiDetails(status=500))])
async def test_what_failed_is_left_alone_for_a_while(bench: Bench, failure: LinqDeskError) -> None:
    bench.origin.behind[ICON] = failure
    assert (await bench.look()).fault is failure
    await bench.look()
    assert bench.origin.asked == [ICON]
    await bench.clock.run(REST_S)
    bench.origin.behind[ICON] = [b"there"]
    assert (await bench.look()).state is MediaState.READY


async def test_what_the_network_cut_off_may_be_looked_at_again_once_it_is_back(bench: Bench) -> None:
    bench.origin.behind[ICON] = OfflineError("")
    bench.connectivity.failed(OfflineError(""))
    assert (await bench.look()).state is MediaState.FAILED
    bench.connectivity.succeeded()
    assert bench.file().state is MediaState.WAITING
    bench.origin.behind[ICON] = [b"there"]
    assert (await bench.look()).state is MediaState.READY


async def test_a_page_in_the_place_of_a_picture_is_not_kept(bench: Bench) -> None:
    bench.origin.behind[ICON] = [b"\n<html>sign in"]
    assert (await bench.look()).state is MediaState.FAILED
    key = picture_key(ICON)
    assert key is not None
    assert bench.files.find(key) is None


async def test_without_a_source_looks_wait_for_one(bench: Bench) -> None:
    bench.pictures.rest()
    bench.pictures.want(ICON)
    assert not bench.pictures.is_idle
    bench.pictures.use(bench.origin, bench.scope)
    await until(lambda: bench.file().state is MediaState.READY, "it is there")


async def test_of_very_many_looks_the_oldest_are_given_up_and_the_newest_served_first(bench: Bench) -> None:
    bench.pictures.rest()
    for number in range(60):
        bench.pictures.want(f"{ICON}{number}")
    bench.pictures.use(bench.origin, bench.scope)
    await until(lambda: bench.pictures.is_idle, "nothing is on its way")
    asked = bench.origin.asked
    assert set(asked) == {f"{ICON}{number}" for number in range(20, 60)}
    # Two at a time, each after a look at the disk in a thread: either of them may be first.
    assert asked[0] in {f"{ICON}59", f"{ICON}58"}
    assert asked[-1] in {f"{ICON}20", f"{ICON}21"}


async def test_a_scope_that_is_closed_begins_nothing(bench: Bench) -> None:
    await bench.scope.close()
    bench.pictures.want(ICON)
    assert bench.origin.asked == []
