import asyncio
import json
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import httpx
from hypothesis import example, given
from hypothesis import strategies as st

from linqdesk.api.client import LinqClient
from linqdesk.api.transport import Transport
from linqdesk.domain.delivery import Delivery
from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.message import Message
from linqdesk.domain.ordering import message_instant
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.thread_reader import ThreadReader
from linqdesk.store.cache import Cache
from linqdesk.store.changes import Change, MessagesChanged
from tests.fuzzing import examples
from tests.services.virtual import VirtualClock
from tests.store.messages import ANA, BEGAN, a_chat

STATES = ("sent", "delivered", "read")


@dataclass(frozen=True)
class Habits:
    """How a server lists: its order, its cursors and its page size, and what it does beside."""

    is_newest_first: bool
    has_stable_cursors: bool
    cap: int
    is_eager: bool
    is_shuffled: bool
    repeats: bool


@dataclass(frozen=True)
class Step:
    """What happens just before one request is answered, and how long the answer is on its way."""

    arriving: int = 0
    is_late: bool = False
    edited: int | None = None
    moves_updated_at: bool = True
    expires: bool = False
    fails: bool = False
    delay: int = 0


def id_of(number: int) -> str:
    """Return the id of the server's message of a number: ids tell nothing of the order."""
    return f"m{number * 377 % 1_000:03d}-{number}"


def number_of(message_id: str) -> int:
    return int(message_id.partition("-")[2])


@dataclass
class Told:
    """A message as the server knows it."""

    number: int
    created_at: datetime
    sent_at: datetime
    updated_at: datetime
    version: int = 0

    @property
    def state(self) -> str:
        return STATES[min(self.version, 2)]

    def json(self) -> dict[str, Any]:
        return {
            "id": id_of(self.number),
            "created_at": self.created_at.isoformat(),
            "sent_at": self.sent_at.isoformat(),
            "updated_at": self.updated_at.isoformat(),
            "is_from_me": self.number % 2 == 0,
            "delivery_status": self.state if self.number % 2 == 0 else "received",
            "parts": [{"type": "text", "value": f"version {self.version}"}],
        }


@dataclass
class World:
    """A chat that goes on while it is read."""

    habits: Habits
    script: list[Step]
    messages: list[Told] = field(default_factory=list)
    served: dict[str, Told] = field(default_factory=dict)
    epoch: int = 0
    chance: Random = field(default_factory=lambda: Random(1))

    def arrive(self, count: int, *, is_late: bool = False) -> None:
        for _ in range(count):
            number = len(self.messages)
            # Several arrive in the same second; what is recovered late was sent long before.
            at = BEGAN + timedelta(seconds=number // 2)
            sent_at = at - timedelta(hours=number % 7) if is_late else at
            self.messages.append(Told(number, at, sent_at, at))

    def edit(self, which: int, *, moves_updated_at: bool) -> None:
        if self.messages:
            told = self.messages[which % len(self.messages)]
            told.version += 1
            if moves_updated_at:
                told.updated_at = max(told.updated_at, BEGAN + timedelta(days=1)) + timedelta(seconds=1)

    async def answer(self, request: httpx.Request) -> httpx.Response:
        step = self.script.pop(0) if self.script else Step()
        self.arrive(step.arriving, is_late=step.is_late)
        if step.edited is not None:
            self.edit(step.edited, moves_updated_at=step.moves_updated_at)
        if step.expires:
            self.epoch += 1
        if step.fails:
            raise httpx.ConnectError("")
        query = request.url.params
        response = self.page(query.get("cursor"), int(query["limit"]))
        for _ in range(step.delay):
            await asyncio.sleep(0)
        return response

    def page(self, cursor: str | None, limit: int) -> httpx.Response:
        items = list(reversed(self.messages)) if self.habits.is_newest_first else self.messages
        epoch, _, place = (cursor or f"{self.epoch}:0").partition(":")
        if int(epoch) != self.epoch:
            return reply(404 if self.epoch % 2 else 400, {"error": {"code": 1005}})
        start = int(place)
        if self.habits.has_stable_cursors and cursor is not None:
            start = 1 + next(at for at, told in enumerate(items) if told.number == int(place))
        page = items[start : start + min(limit, self.habits.cap)]
        end = start + len(page)
        is_full = len(page) == min(limit, self.habits.cap)
        has_next = end < len(items) or (self.habits.is_eager and is_full)
        after = page[-1].number if self.habits.has_stable_cursors and page else end
        for told in page:
            known = self.served.get(id_of(told.number))
            if known is None or told.updated_at >= known.updated_at:
                self.served[id_of(told.number)] = replace(told)
        return reply(
            200, {"messages": self.listed(page), "next_cursor": f"{self.epoch}:{after}" if has_next else None}
        )

    def listed(self, page: list[Told]) -> list[dict[str, Any]]:
        items = [told.json() for told in page]
        if self.habits.repeats:
            items += items[:2]
        if self.habits.is_shuffled:
            self.chance.shuffle(items)
        return items


def reply(status: int, body: object) -> httpx.Response:
    return httpx.Response(status, stream=httpx.ByteStream(json.dumps(body).encode()))


@dataclass(frozen=True)
class History:
    """A whole case: what there is, how it is listed, what is asked for and what happens meanwhile."""

    habits: Habits
    initial: int
    steps: list[Step]
    acts: list[str]


HABITS = st.builds(
    Habits,
    is_newest_first=st.booleans(),
    has_stable_cursors=st.booleans(),
    cap=st.integers(1, 7),
    is_eager=st.booleans(),
    is_shuffled=st.booleans(),
    repeats=st.booleans(),
)
STEPS = st.builds(
    Step,
    arriving=st.sampled_from([0, 0, 1, 2, 5, 9]),
    is_late=st.booleans(),
    edited=st.none() | st.integers(0, 40),
    moves_updated_at=st.booleans(),
    expires=st.sampled_from([False] * 7 + [True]),
    fails=st.sampled_from([False] * 7 + [True]),
    delay=st.integers(0, 5),
)
ACTS = st.sampled_from(["newest", "preview", "older", "both", "twice"])


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Draw a case in which the server's order can be told from its pages at all.

    A page of one or two, or a shuffled one, and a burst of messages before the next page, look the same
    in either order.
    """
    habits = draw(HABITS)
    steps = draw(st.lists(STEPS, max_size=20))
    if habits.is_newest_first:
        habits = replace(habits, cap=max(habits.cap, 3))
    else:
        habits = replace(habits, is_shuffled=False)
    if habits.is_shuffled:
        habits = replace(habits, cap=6)
        steps = [replace(step, arriving=1 if at < 2 else 0) for at, step in enumerate(steps)]
    return History(habits, draw(st.integers(0, 25)), steps, draw(st.lists(ACTS, max_size=8)))


class Desk:
    """What reads the world, and what it was told of changes."""

    def __init__(self, world: World, client: LinqClient) -> None:
        self.world = world
        self.cache = Cache()
        self.cache.merge_chats([a_chat()])
        self.inserted: Counter[str] = Counter()
        self.cache.subscribe(self.hear)
        connectivity = Connectivity(self.cache, VirtualClock())
        self.reader = ThreadReader(client, self.cache, connectivity)

    def hear(self, change: Change) -> None:
        if isinstance(change, MessagesChanged):
            self.inserted.update(change.inserted)

    async def act(self, act: str) -> None:
        match act:
            case "newest":
                await self.newest(50)
            case "preview":
                await self.newest(10)
            case "older":
                await self.reader.read_older(ANA)
            case "both":
                await asyncio.gather(self.newest(50), self.reader.read_older(ANA))
            case _:
                await asyncio.gather(self.newest(10), self.newest(50))

    async def newest(self, limit: int) -> None:
        try:
            await self.reader.read_newest(ANA, limit)
        except LinqDeskError:
            return

    async def look_again(self) -> None:
        """Read the newest while nothing more happens, often enough to begin anew once."""
        self.world.script.clear()
        for _ in range(3):
            await self.newest(50)

    async def page_back(self) -> None:
        """Read older pages until there are none."""
        for _ in range(200):
            if not self.cache.history(ANA).has_older:
                return
            await self.reader.read_older(ANA)
        raise AssertionError("paging back never ends")

    def messages(self) -> list[Message]:
        return [row.content for row in self.cache.rows(ANA) if isinstance(row.content, Message)]


async def live(history: History) -> Desk:
    world = World(history.habits, list(history.steps))
    world.arrive(history.initial)
    transport = Transport("http://127.0.0.1", "t", http_transport=httpx.MockTransport(world.answer))
    desk = Desk(world, LinqClient(transport))
    for act in history.acts:
        await desk.act(act)
    await desk.look_again()
    return desk


def tells_order(history: History) -> bool:
    """Tell whether pages show in which order the server has what was said in one and the same second.

    Where the oldest come first, the first page has to hold more than one second.
    """
    habits = history.habits
    shows_seconds = min(history.initial, habits.cap) > 2
    return not habits.is_shuffled and (habits.is_newest_first or shows_seconds)


def holds_each_once_and_whole(desk: Desk, *, in_servers_order: bool) -> bool:
    """Tell whether every message from the oldest one loaded on is there once, in order, as last told."""
    messages = desk.messages()
    assert messages == sorted(messages, key=message_instant)
    if in_servers_order:
        assert messages == sorted(messages, key=lambda each: (message_instant(each), number_of(each.id)))
    assert set(desk.inserted.values()) <= {1}
    for message in messages:
        told = desk.world.served[message.id]
        assert message.text == f"version {told.version}"
        assert not message.is_from_me or message.delivery is Delivery(told.state)
    loaded = sorted(number_of(message.id) for message in messages)
    return loaded == [told.number for told in desk.world.messages[len(desk.world.messages) - len(loaded) :]]


def _shifted() -> History:
    """Return a case in which messages arrive between two pages that are told apart by their place alone."""
    habits = Habits(
        is_newest_first=True,
        has_stable_cursors=False,
        cap=4,
        is_eager=False,
        is_shuffled=False,
        repeats=False,
    )
    steps = [Step(delay=1), Step(1), Step(1), Step(1), Step(5, delay=1)]
    return History(habits, 5, steps, ["both", "newest", "newest", "both"])


@examples(300, full=10_000)
@example(_shifted())
@given(histories())
def test_any_history_read_in_any_way_gives_the_same_thread(history: History) -> None:
    async def read() -> None:
        desk = await live(history)
        assert holds_each_once_and_whole(desk, in_servers_order=tells_order(history))
        await desk.page_back()
        assert holds_each_once_and_whole(desk, in_servers_order=tells_order(history))
        assert len(desk.messages()) == len(desk.world.messages)

    asyncio.run(read())
