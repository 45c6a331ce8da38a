from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from linqdesk.domain.chat import Chat
from linqdesk.domain.ids import ChatId
from linqdesk.domain.service import Service
from linqdesk.services.task_scope import TaskScope
from linqdesk.services.typing import REFRESH_S, TypingSignal
from linqdesk.store.cache import Cache
from linqdesk.store.view import Connection, ConnectionState
from tests.services.virtual import Network, VirtualClock, settle
from tests.store.messages import ANA, a_chat, a_message

TOM = ChatId("tom")


class Desk:
    """Somebody who types, and what the API hears of it."""

    def __init__(self) -> None:
        self.clock = VirtualClock()
        self.status: tuple[int, Any] = (204, None)
        self.network = Network(lambda _request: self.status)
        self.cache = Cache()
        self.scope = TaskScope("test")
        self.typing = TypingSignal(self.cache, self.scope, self.clock)
        self.typing.use(self.network.client())

    def know(self, chat: Chat, *, quiet_s: float = 60.0) -> None:
        self.cache.merge_chats([chat])
        at = self.clock.now() - timedelta(seconds=quiet_s)
        message = replace(a_message(f"in {chat.id}", 0), chat_id=chat.id, created_at=at, sent_at=at)
        self.cache.merge_messages(chat.id, [message], self.cache.next_sequence())

    async def type(self, chat_id: ChatId = ANA) -> None:
        self.typing.note_key(chat_id)
        await settle()

    def asked(self) -> list[str]:
        return [f"{each.method} {each.url.path.split('/')[-2]}" for each in self.network.asked]


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    made = Desk()
    yield made
    await made.scope.close()


async def test_the_first_key_shows_it_and_later_ones_refresh_it_in_time(desk: Desk) -> None:
    desk.know(a_chat())
    for _ in range(40):
        await desk.type()
        await desk.clock.run(2)
    assert desk.asked() == ["POST ana", "POST ana"]
    assert 45 <= REFRESH_S <= 60


async def test_a_refused_token_asks_for_nothing_more(desk: Desk) -> None:
    desk.know(a_chat())
    await desk.type()
    desk.cache.set_connection(Connection(ConnectionState.SIGNED_OUT))
    desk.typing.stop()
    await desk.type()
    assert desk.asked() == ["POST ana"]


async def test_it_is_taken_back_once(desk: Desk) -> None:
    desk.know(a_chat())
    desk.typing.stop()
    await desk.type()
    desk.typing.stop()
    desk.typing.stop()
    await settle()
    assert desk.asked() == ["POST ana", "DELETE ana"]


async def test_another_chat_takes_it_from_the_first(desk: Desk) -> None:
    desk.know(a_chat())
    desk.know(a_chat(TOM))
    await desk.type()
    await desk.type(TOM)
    assert desk.asked() == ["POST ana", "DELETE ana", "POST tom"]


@pytest.mark.parametrize(
    ("chat", "quiet_s"),
    [
        (replace(a_chat(), is_group=True), 60.0),
        (replace(a_chat(), service=Service.SMS), 60.0),
        (replace(a_chat(), service=Service.RCS), 60.0),
        (replace(a_chat(), service=None), 60.0),
        (a_chat(), 301.0),
    ],
    ids=["group", "SMS", "RCS", "unknown service", "quiet for five minutes"],
)
async def test_where_nobody_can_see_it_nothing_is_asked(desk: Desk, chat: Chat, quiet_s: float) -> None:
    desk.know(chat, quiet_s=quiet_s)
    await desk.type()
    assert desk.asked() == []


async def test_a_chat_without_messages_and_one_that_nobody_knows_stay_quiet(desk: Desk) -> None:
    desk.cache.merge_chats([a_chat()])
    await desk.type()
    await desk.type(TOM)
    assert desk.asked() == []


async def test_who_opted_out_sees_nothing(desk: Desk) -> None:
    desk.know(a_chat())
    at = desk.clock.now()
    stop = replace(a_message("m", 3, text="STOP"), created_at=at, sent_at=at)
    desk.cache.merge_messages(ANA, [stop], desk.cache.next_sequence())
    await desk.type()
    assert desk.asked() == []


async def test_the_setting_turns_it_off_at_once(desk: Desk) -> None:
    desk.know(a_chat())
    await desk.type()
    desk.typing.enable(is_enabled=False)
    await settle()
    await desk.type()
    assert desk.asked() == ["POST ana", "DELETE ana"]
    desk.typing.enable(is_enabled=True)
    await desk.type()
    assert desk.asked()[-1] == "POST ana"


async def test_a_chat_that_refuses_is_not_asked_again_and_nobody_hears_of_it(desk: Desk) -> None:
    desk.know(a_chat())
    desk.status = 403, {"error": {"status": 403, "code": 2005, "message": "no"}}
    await desk.type()
    await desk.clock.run(REFRESH_S + 1)
    await desk.type()
    assert desk.asked() == ["POST ana"]


async def test_after_another_failure_it_waits_for_its_next_turn(desk: Desk) -> None:
    desk.know(a_chat())
    desk.network.failure = httpx.ConnectError("")
    await desk.type()
    await desk.type()
    assert len(desk.network.asked) == 1
    desk.network.failure = None
    await desk.clock.run(REFRESH_S + 1)
    await desk.type()
    assert len(desk.network.asked) == 2


async def test_closing_takes_it_back_before_the_connection_goes(desk: Desk) -> None:
    desk.know(a_chat())
    await desk.type()
    closing = TaskScope("closing")
    closing.start(desk.typing.finish(2.0), name="finish")
    await desk.clock.run(1)
    assert desk.asked() == ["POST ana", "DELETE ana"]
    await desk.type()
    assert len(desk.asked()) == 2
    await closing.close()
