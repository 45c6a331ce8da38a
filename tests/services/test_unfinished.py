from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from linqdesk.domain.delivery import Delivery
from linqdesk.domain.ids import MessageId
from linqdesk.domain.service import Service
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.task_scope import TaskScope
from linqdesk.services.unfinished import Unfinished
from linqdesk.store.cache import Cache
from tests.services.virtual import Network, VirtualClock
from tests.store.messages import ANA, a_chat, a_message


class Linq:
    """Knows how far each message has come."""

    def __init__(self) -> None:
        self.status: dict[str, str] = {}
        self.clock = VirtualClock()
        self.cache = Cache()
        self.cache.merge_chats([a_chat()])
        self.network = Network(self.answer)
        connectivity = Connectivity(self.cache, self.clock)
        self.unfinished = Unfinished(self.network.client(), self.cache, connectivity, self.clock)
        self.scope = TaskScope("test")
        self.scope.start(self.unfinished.run(), name="unfinished")

    def answer(self, request: httpx.Request) -> tuple[int, Any]:
        name = request.url.path.rpartition("/")[2]
        if name not in self.status:
            return 404, {"error": {"code": 2002}}
        at = self.clock.now().isoformat()
        told = {
            "id": name,
            "chat_id": ANA,
            "created_at": at,
            "updated_at": at,
            "is_from_me": True,
            "parts": [],
        }
        return 200, told | {"delivery_status": self.status[name], "service": "iMessage"}

    def say(self, name: str, status: str, service: Service = Service.IMESSAGE, age_h: float = 0) -> None:
        self.status[name] = status
        at = self.clock.now() - timedelta(hours=age_h)
        message = a_message(name, 0, is_mine=True, delivery=Delivery.from_word(status))
        message = replace(message, created_at=at, updated_at=at, sent_at=at, service=service)
        self.cache.merge_messages(ANA, [message], self.cache.next_sequence())

    def shown(self, name: str) -> Delivery | None:
        message = self.cache.message(ANA, MessageId(name))
        return None if message is None else message.delivery

    def asked(self) -> Counter[str]:
        return Counter(each.url.path.rpartition("/")[2] for each in self.network.asked)


@pytest.fixture
async def linq() -> AsyncIterator[Linq]:
    made = Linq()
    yield made
    made.unfinished.close()
    await made.scope.close()


async def test_a_message_is_followed_until_it_was_read_although_its_chat_tells_nothing(linq: Linq) -> None:
    linq.say("m", "sent")
    linq.status["m"] = "delivered"
    await linq.clock.run(31)
    assert linq.shown("m") is Delivery.DELIVERED
    linq.status["m"] = "read"
    await linq.clock.run(120)
    assert linq.shown("m") is Delivery.READ
    asked = linq.asked()["m"]
    await linq.clock.run(3_600)
    assert linq.asked()["m"] == asked


@pytest.mark.parametrize("status", ["read", "failed"])
async def test_a_message_that_has_come_to_its_end_is_not_asked_about(linq: Linq, status: str) -> None:
    linq.say("m", status)
    await linq.clock.run(600)
    assert not linq.asked()


async def test_a_text_message_is_followed_no_farther_than_its_service_tells(linq: Linq) -> None:
    linq.say("m", "sent", Service.SMS)
    await linq.clock.run(600)
    assert not linq.asked()


async def test_old_history_is_not_followed(linq: Linq) -> None:
    linq.say("old", "sent", age_h=7)
    await linq.clock.run(600)
    assert not linq.asked()


async def test_a_message_that_nobody_reads_costs_fewer_and_fewer_requests(linq: Linq) -> None:
    linq.say("m", "delivered")
    linq.network.answer = lambda request: (
        200,
        linq.answer(request)[1] | {"created_at": "2026-03-01T00:00:00Z"},
    )
    await linq.clock.run(24 * 3_600)
    assert 8 <= linq.asked()["m"] <= 20


async def test_a_message_that_is_gone_is_asked_about_once(linq: Linq) -> None:
    linq.say("m", "sent")
    linq.status.clear()
    await linq.clock.run(3_600)
    assert linq.asked() == {"m": 1}


async def test_many_unfinished_messages_are_asked_about_a_few_at_a_time(linq: Linq) -> None:
    for number in range(60):
        linq.say(f"m{number}", "sent")
    await linq.clock.run(61)
    assert len(linq.network.asked) <= 20
