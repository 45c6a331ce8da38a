import asyncio
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from linqdesk.domain.errors import LinqDeskError, NotFoundError, ServerFaultError
from linqdesk.domain.ids import MessageId
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.reply_threads import ReplyThreads
from linqdesk.services.thread_reader import ThreadReader
from linqdesk.store.cache import Cache
from tests.services.test_thread_reader import told
from tests.services.virtual import Network, VirtualClock
from tests.store.messages import ANA, a_chat

LIMIT = 4


class Desk:
    """Twenty messages in pages of four, and what may go wrong with them."""

    def __init__(self) -> None:
        self.messages = [told(number) for number in range(20)]
        self.broken_from: int | None = None
        self.hidden: set[str] = set()
        self.chain: dict[str, tuple[list[int], str | None]] = {"": ([1, 2], "x"), "x": ([2, 5], None)}
        self.chat_id: str = ANA
        self.network = Network(self.answer)
        self.cache = Cache()
        self.cache.merge_chats([a_chat()])
        clock = VirtualClock()
        connectivity = Connectivity(self.cache, clock)
        client = self.network.client()
        self.clock = clock
        self.reader = ThreadReader(client, self.cache, connectivity)
        self.threads = ReplyThreads(client, self.reader, self.cache, connectivity, clock)

    def answer(self, request: httpx.Request) -> tuple[int, Any]:
        path = request.url.path.split("/")[2:]
        cursor = request.url.params.get("cursor", "")
        if path[-1] == "thread":
            if cursor not in self.chain:
                return 500, {}
            numbers, following = self.chain[cursor]
            return 200, {
                "messages": [{**told(number), "chat_id": ANA} for number in numbers],
                "next_cursor": following,
            }
        if path[0] == "messages":
            known = [each for each in self.messages if each["id"] == path[1]]
            return (200, {**known[0], "chat_id": self.chat_id}) if known else (404, {})
        start = int(cursor or 0)
        if self.broken_from is not None and start >= self.broken_from:
            return 500, {}
        items = [each for each in reversed(self.messages) if each["id"] not in self.hidden]
        following = str(start + LIMIT) if start + LIMIT < len(items) else None
        return 200, {"messages": items[start : start + LIMIT], "next_cursor": following}

    def loaded(self) -> list[int]:
        return [int(row.key[1:]) for row in self.cache.rows(ANA)]


@pytest.fixture
async def desk() -> Desk:
    made = Desk()
    await made.reader.read_newest(ANA)
    return made


async def test_a_message_that_is_there_costs_no_request(desk: Desk) -> None:
    asked = len(desk.network.asked)
    await desk.threads.find(ANA, MessageId("m19"))
    assert len(desk.network.asked) == asked


async def test_a_message_far_back_is_loaded_with_everything_after_it(desk: Desk) -> None:
    await desk.threads.find(ANA, MessageId("m06"))
    assert desk.loaded() == list(range(4, 20))


async def test_a_message_that_linq_forgot_loads_nothing(desk: Desk) -> None:
    before = desk.loaded()
    with pytest.raises(NotFoundError):
        await desk.threads.find(ANA, MessageId("unknown"))
    assert desk.loaded() == before


async def test_a_message_of_another_chat_is_not_sought_here(desk: Desk) -> None:
    desk.chat_id = "other"
    with pytest.raises(NotFoundError):
        await desk.threads.find(ANA, MessageId("m06"))
    assert len(desk.loaded()) == LIMIT


async def test_looking_ends_behind_the_place_where_a_message_should_be(desk: Desk) -> None:
    desk.hidden = {"m12"}
    with pytest.raises(NotFoundError):
        await desk.threads.find(ANA, MessageId("m12"))
    assert min(desk.loaded()) > 4


async def test_a_fault_on_the_way_back_is_said(desk: Desk) -> None:
    desk.broken_from = 8
    with pytest.raises(ServerFaultError):
        await desk.threads.find(ANA, MessageId("m01"))


async def test_a_page_that_is_under_way_already_is_waited_for(desk: Desk) -> None:
    async def both() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(desk.reader.read_older(ANA))
            group.create_task(desk.threads.load_back_to(ANA, datetime(2026, 3, 1, 12, 10, tzinfo=UTC)))

    async with asyncio.TaskGroup() as group:
        group.create_task(both())
        await desk.clock.run(1)
        await desk.clock.run(1)
    assert 9 in desk.loaded()


@pytest.mark.parametrize(("minute", "oldest"), [(9, 8), (0, 0)])
async def test_a_thread_is_loaded_back_to_a_time_or_its_beginning(
    desk: Desk, minute: int, oldest: int
) -> None:
    await desk.threads.load_back_to(ANA, datetime(2026, 3, 1, 12, minute, tzinfo=UTC))
    assert min(desk.loaded()) == oldest


async def test_a_chain_is_read_to_its_end_without_a_duplicate(desk: Desk) -> None:
    found = await desk.threads.chain(MessageId("m02"))
    assert [each.id for each in found] == ["m01", "m02", "m05"]


async def test_a_chain_whose_pages_run_in_a_circle_ends(desk: Desk) -> None:
    desk.chain["x"] = ([5], "x")
    assert len(await desk.threads.chain(MessageId("m02"))) == 3


async def test_a_chain_that_cannot_be_read_says_so(desk: Desk) -> None:
    desk.chain = {}
    with pytest.raises(LinqDeskError):
        await desk.threads.chain(MessageId("m02"))
