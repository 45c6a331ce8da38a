import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from linqdesk.domain.errors import LinqDeskError, NotFoundError, SignInRejectedError
from linqdesk.domain.ids import ChatId, MessageId
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import Content, OutgoingText
from linqdesk.domain.wishes import ReactionWish
from linqdesk.local.media_cache import MediaCache
from linqdesk.local.picture_decoder import PictureError, PictureRequest
from linqdesk.services.pace import Pace
from linqdesk.services.session import Session
from linqdesk.store.cache import Cache
from linqdesk.store.changes import Change, ChatsChanged
from linqdesk.store.view import ConnectionState
from tests.journeys.outside import until
from tests.services.virtual import Network, VirtualClock, settle


class World:
    """A few chats behind the transport's seam."""

    def __init__(self, chats: int = 3, messages: int = 120) -> None:
        self.chats = {
            f"c{number}": {
                "id": f"c{number}",
                "created_at": "2026-02-01T00:00:00Z",
                "updated_at": f"2026-02-01T00:{number:02d}:00Z",
                "handles": [{"handle": f"+1415555{number:04d}", "service": "SMS"}],
            }
            for number in range(chats)
        }
        self.messages = {chat: [self.message(chat, at) for at in range(messages)] for chat in self.chats}
        self.refused_cursors: set[str] = set()
        self.is_newest_first = True

    @staticmethod
    def message(chat: str, number: int) -> dict[str, Any]:
        time = f"2026-02-0{1 + number // 1440}T{number // 60 % 24:02d}:{number % 60:02d}:00Z"
        part = {"type": "text", "value": f"{number}"}
        return {"id": f"{chat}-{number}", "created_at": time, "sent_at": time, "parts": [part]}

    def answer(self, request: httpx.Request) -> tuple[int, Any]:
        path = request.url.path.split("/")[2:]
        query = request.url.params
        start, limit = int(query.get("cursor", 0)), int(query.get("limit", 20))
        if path == ["phone_numbers"]:
            return 200, {"phone_numbers": [{"id": "l", "phone_number": "+14155550110"}]}
        if path == ["blocked_handles"]:
            return 404, {}
        if path == ["chats"]:
            items = list(self.chats.values())
            return 200, {
                "chats": items[start : start + limit],
                "next_cursor": self._next(start, limit, items),
            }
        if query.get("cursor") in self.refused_cursors:
            return 400, {"error": {"code": 1005}}
        items = list(self.messages[path[1]])
        if self.is_newest_first:
            items.reverse()
        return 200, {"messages": items[start : start + limit], "next_cursor": self._next(start, limit, items)}

    @staticmethod
    def _next(start: int, limit: int, items: list[Any]) -> str | None:
        return str(start + limit) if start + limit < len(items) else None


class Bench:
    """A session on a world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clock = VirtualClock()
        self.cache = Cache()
        self.network = Network(world.answer)
        self.failures: list[Exception] = []
        self.session = Session(
            self.cache, files=MediaCache(Path("nowhere")), clock=self.clock, on_failure=self.failures.append
        )

    async def open(self) -> None:
        await self.session.open(self.network.client())
        await settle()

    def asked(self, since: int = 0) -> Counter[str]:
        return Counter(each.url.path.removeprefix("/v3/") for each in self.network.asked[since:])

    def state(self) -> ConnectionState:
        return self.cache.connection.state

    def texts(self, chat: str) -> list[str]:
        return [row.content.text for row in self.cache.rows(ChatId(chat))]


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    made = Bench(World())
    yield made
    await made.session.close()
    assert made.failures == []


async def test_chats_lines_and_the_newest_messages_are_there_at_once(bench: Bench) -> None:
    await bench.open()
    assert len(bench.cache.chat_ids()) == 3
    assert [line.phone_number for line in bench.cache.lines] == ["+14155550110"]
    assert bench.texts("c0") == [str(number) for number in range(110, 120)]
    assert bench.session.is_settled
    assert bench.state() is ConnectionState.ONLINE


async def test_two_thousand_chats_are_known_after_twenty_pages() -> None:
    bench = Bench(World(chats=2_000, messages=1))
    await bench.open()
    await bench.clock.run(0.5)
    assert len(bench.cache.chat_ids()) == 2_000
    assert bench.asked()["chats"] == 20
    assert bench.asked()["chats/c1500/messages"] == 0
    bench.session.want_previews([ChatId("c1500")])
    await settle()
    assert bench.asked()["chats/c1500/messages"] == 1
    await bench.session.close()


async def test_only_a_chat_that_changed_is_fetched_again(bench: Bench) -> None:
    await bench.open()
    since = len(bench.network.asked)
    bench.world.chats["c1"]["updated_at"] = "2026-03-01T00:00:00Z"
    bench.world.messages["c1"].append(World.message("c1", 120))
    await bench.clock.run(5)
    assert bench.asked(since) == {"chats": 1, "chats/c1/messages": 1}
    assert bench.texts("c1")[-1] == "120"


async def test_what_arrives_while_its_chat_is_being_left_is_fetched_nevertheless(bench: Bench) -> None:
    await bench.open()
    bench.session.open_chat(ChatId("c1"))
    await bench.clock.run(3)

    def answer(request: httpx.Request) -> tuple[int, Any]:
        if request.url.path.endswith("/chats") and len(bench.world.messages["c1"]) == 120:
            bench.world.chats["c1"]["updated_at"] = "2026-03-01T00:00:00Z"
            bench.world.messages["c1"].append(World.message("c1", 120))
        return bench.world.answer(request)

    def leave(change: Change) -> None:
        if isinstance(change, ChatsChanged) and "c1" in change.updated:
            asyncio.get_running_loop().call_soon(bench.session.open_chat, ChatId("c0"))

    bench.network.answer = answer
    subscription = bench.cache.subscribe(leave)
    await bench.clock.run(7)
    subscription.close()
    assert bench.texts("c1")[-1] == "120"


async def test_the_newest_chats_are_swept_although_nothing_says_that_they_changed(bench: Bench) -> None:
    await bench.open()
    bench.world.messages["c2"].append(World.message("c2", 120))
    await bench.clock.run(55)
    assert bench.texts("c2")[-1] == "120"


@pytest.mark.parametrize(("pace", "polls"), [(Pace.FOCUSED, 30), (Pace.UNFOCUSED, 6), (Pace.MINIMISED, 3)])
async def test_the_open_chat_is_polled_as_often_as_it_is_seen(bench: Bench, pace: Pace, polls: int) -> None:
    bench.session.set_pace(pace)
    await bench.open()
    bench.session.open_chat(ChatId("c0"))
    await settle()
    since = len(bench.network.asked)
    await bench.clock.run(60)
    assert abs(bench.asked(since)["chats/c0/messages"] - polls) <= polls / 5 + 2


async def test_a_chat_left_is_no_longer_polled(bench: Bench) -> None:
    await bench.open()
    bench.session.open_chat(ChatId("c0"))
    await settle()
    bench.session.open_chat(ChatId("c1"))
    await settle()
    since = len(bench.network.asked)
    await bench.clock.run(10)
    assert bench.asked(since)["chats/c0/messages"] == 0
    assert bench.asked(since)["chats/c1/messages"] >= 4


async def test_no_message_is_missed_after_an_absence(bench: Bench) -> None:
    await bench.open()
    bench.session.open_chat(ChatId("c0"))
    await settle()
    bench.network.failure = httpx.ConnectError("")
    await bench.clock.run(30)
    assert bench.state() is ConnectionState.OFFLINE
    bench.world.messages["c0"] += [World.message("c0", number) for number in range(120, 320)]
    bench.network.failure = None
    await bench.clock.run(61)
    assert bench.texts("c0")[-200:] == [str(number) for number in range(120, 320)]
    assert bench.state() is ConnectionState.ONLINE


async def test_offline_the_pollers_slow_down_and_are_woken_by_the_agent(bench: Bench) -> None:
    await bench.open()
    bench.network.failure = httpx.ConnectError("")
    await bench.clock.run(600)
    since = len(bench.network.asked)
    await bench.clock.run(600)
    assert 8 <= len(bench.network.asked) - since <= 25
    bench.network.failure = None
    bench.session.refresh()
    await settle()
    assert bench.state() is ConnectionState.ONLINE


async def test_a_limit_stops_every_request_of_the_token_for_its_time(bench: Bench) -> None:
    await bench.open()
    bench.session.open_chat(ChatId("c0"))
    await settle()
    bench.network.answer = lambda _request: (429, {"error": {"code": 1007, "retry_after": 60}})
    await bench.clock.run(5)
    since = len(bench.network.asked)
    await bench.clock.run(54)
    assert len(bench.network.asked) == since
    bench.network.answer = bench.world.answer
    await bench.clock.run(40)
    assert bench.state() is ConnectionState.ONLINE


async def test_a_refused_token_stops_everything_until_there_is_another(bench: Bench) -> None:
    await bench.open()
    bench.network.answer = lambda _request: (401, {"error": {"code": 2004}})
    await bench.clock.run(10)
    since = len(bench.network.asked)
    await bench.clock.run(600)
    assert len(bench.network.asked) == since
    assert bench.state() is ConnectionState.SIGNED_OUT
    bench.network.answer = bench.world.answer
    await bench.open()
    assert bench.state() is ConnectionState.ONLINE


async def test_an_act_while_signed_out_asks_nobody(bench: Bench) -> None:
    await bench.open()
    bench.network.answer = lambda _request: (401, {"error": {"code": 2004}})
    await bench.clock.run(10)
    since = len(bench.network.asked)
    heard: list[LinqDeskError | None] = []
    chat, message = ChatId("c0"), MessageId("c0-119")
    bench.session.acts.change(chat, message, ReactionWish(0, "love"), heard.append)
    bench.session.acts.delete_message(chat, message, heard.append)
    await bench.clock.run(30)
    assert [type(each) for each in heard] == [SignInRejectedError, SignInRejectedError]
    assert len(bench.network.asked) == since


async def test_a_refresh_asks_for_the_lines_too(bench: Bench) -> None:
    await bench.open()
    await bench.clock.run(30)
    since = len(bench.network.asked)
    bench.session.refresh()
    await bench.clock.run(1)
    assert bench.asked(since)["phone_numbers"] == 1


async def test_older_pages_come_until_there_are_none(bench: Bench) -> None:
    await bench.open()
    chat = ChatId("c0")
    bench.session.open_chat(chat)
    await settle()
    while bench.cache.history(chat).has_older:
        bench.session.acts.load_older(chat)
        await settle()
    assert bench.texts("c0") == [str(number) for number in range(120)]


async def test_an_expired_cursor_is_walked_around(bench: Bench) -> None:
    await bench.open()
    bench.world.refused_cursors = {"10"}
    bench.session.acts.load_older(ChatId("c0"))
    await settle()
    assert len(bench.texts("c0")) > 50


async def test_a_failed_page_says_so_and_comes_on_the_next_try(bench: Bench) -> None:
    await bench.open()
    bench.network.failure = httpx.ReadError("")
    bench.session.acts.load_older(ChatId("c0"))
    await settle()
    assert bench.cache.history(ChatId("c0")).fault is not None
    bench.network.failure = None
    bench.session.acts.load_older(ChatId("c0"))
    await settle()
    assert bench.cache.history(ChatId("c0")).fault is None
    assert len(bench.texts("c0")) == 60


async def test_a_server_that_lists_the_oldest_first_is_read_just_as_well() -> None:
    world = World(messages=230)
    world.is_newest_first = False
    bench = Bench(world)
    await bench.open()
    assert bench.texts("c0") == [str(number) for number in range(230)]
    bench.session.open_chat(ChatId("c0"))
    await settle()
    world.messages["c0"].append(World.message("c0", 230))
    await bench.clock.run(5)
    assert bench.texts("c0")[-1] == "230"
    assert not bench.cache.history(ChatId("c0")).has_older
    await bench.session.close()


async def test_after_a_sleep_everything_is_asked_anew_on_new_connections(bench: Bench) -> None:
    await bench.open()
    bench.session.open_chat(ChatId("c0"))
    bench.network.failure = httpx.ConnectError("")
    await bench.clock.run(600)
    bench.network.failure = None
    bench.clock.sleep(3_600)
    await bench.clock.run(5.1)
    assert bench.state() is ConnectionState.ONLINE
    since = len(bench.network.asked)
    await bench.clock.run(5)
    assert bench.asked(since)["chats"] >= 1
    assert bench.asked(since)["chats/c0/messages"] >= 1


async def test_of_500_chats_that_chatter_the_open_one_is_fresh_at_two_requests_a_second() -> None:
    bench = Bench(World(chats=500, messages=1))
    await bench.open()
    bench.session.open_chat(ChatId("c0"))
    await bench.clock.run(120)
    since, looks, unseen_s, longest_s = len(bench.network.asked), 0, 0, 0
    for minute in range(10):
        for chat in range(60):
            bench.world.chats[f"c{chat * 8}"]["updated_at"] = f"2026-03-01T00:{minute:02d}:{chat:02d}Z"
            await bench.clock.run(1)
            seen, looks = looks, bench.asked()["chats/c0/messages"]
            unseen_s = unseen_s + 1 if looks == seen else 0
            longest_s = max(longest_s, unseen_s)
    # What a quiet time had saved up comes on top: 120 requests at most.
    assert len(bench.network.asked) - since <= 600 * 2 + 120
    assert longest_s <= 3
    assert bench.state() is ConnectionState.ONLINE
    await bench.session.close()


async def test_what_was_wished_before_the_connection_happens_after_it() -> None:
    bench = Bench(World(chats=60, messages=3))
    done: list[object] = []
    bench.session.open_chat(ChatId("c59"))
    bench.session.want_previews([ChatId("c58")])
    bench.session.sending.send(ChatId("c1"), Content((OutgoingText("early"),)), done.append)
    await settle()
    assert done == [None]
    await bench.open()
    assert bench.texts("c59") == ["0", "1", "2"]
    assert bench.texts("c58") == ["0", "1", "2"]
    await bench.session.close()


async def test_a_chat_that_linq_has_lost_stops_being_polled(bench: Bench) -> None:
    await bench.open()
    bench.network.answer = lambda request: (
        (404, {"error": {"code": 2001}})
        if request.url.path.endswith("/messages")
        else bench.world.answer(request)
    )
    bench.session.open_chat(ChatId("c0"))
    await bench.clock.run(20)
    assert bench.asked()["chats/c0/messages"] <= 3
    assert bench.state() is ConnectionState.ONLINE


async def test_what_is_no_file_can_neither_be_saved_nor_opened(bench: Bench) -> None:
    await bench.open()
    row = bench.cache.rows(ChatId("c0"))[0]
    assert isinstance(row.content, Message)
    outcomes: list[object] = []
    bench.session.media.want(row.content, 0)
    bench.session.media.retry(row.content, 0)
    bench.session.media.save(row.content, 0, Path("nowhere") / "file", outcomes.append)
    bench.session.media.prepare_to_open(row.content, 0, outcomes.append)
    await settle()
    assert [type(each) for each in outcomes] == [NotFoundError, NotFoundError]
    assert bench.session.is_settled


async def test_a_picture_that_is_not_there_says_so(bench: Bench) -> None:
    outcomes: list[object] = []
    request = PictureRequest(10, 10, 1_000)
    bench.session.media.decode_picture(Path("nowhere"), request, outcomes.append)
    assert not bench.session.is_settled
    await until(lambda: outcomes, "it is answered")
    assert isinstance(outcomes[0], PictureError)


async def test_a_chat_opened_in_the_last_moment_is_followed_by_nobody_after_the_end() -> None:
    bench = Bench(World())
    await bench.open()
    bench.session.open_chat(ChatId("c0"))
    await settle()
    bench.session.open_chat(ChatId("c1"))
    await bench.session.close()
    asked = len(bench.network.asked)
    await bench.clock.run(60)
    assert len(bench.network.asked) == asked
    assert asyncio.all_tasks() == {asyncio.current_task()}
    assert bench.failures == []
