"""Long outages and a refused token, in virtual time: all is sent once, in order, below Linq's limit."""

import json
from collections import deque
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from linqdesk.domain.outgoing import Content, OutgoingText
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.keeping import Keeping
from linqdesk.services.outbox import Outbox
from linqdesk.services.outbox_journal import MemoryJournal
from linqdesk.services.task_scope import TaskScope
from linqdesk.store.cache import Cache
from tests.faults.figures import note
from tests.services.virtual import Network, VirtualClock
from tests.store.messages import ANA, a_chat


class Linq:
    """Accepts each key once, and at most 30 messages a minute."""

    def __init__(self, clock: VirtualClock) -> None:
        self.clock = clock
        self.texts: list[str] = []
        self.refused = 0
        self.is_signed_out = False
        self._keys: dict[str, str] = {}
        self._lately: deque[float] = deque()

    def answer(self, request: httpx.Request) -> tuple[int, Any]:
        if self.is_signed_out:
            return 401, {"error": {"status": 401, "code": 2004, "message": "no"}}
        message = json.loads(request.content)["message"]
        key = message["idempotency_key"]
        if key not in self._keys:
            now = self.clock.monotonic()
            while self._lately and now - self._lately[0] >= 60:
                self._lately.popleft()
            if len(self._lately) >= 30:
                self.refused += 1
                return 429, {"error": {"status": 429, "code": 1007, "message": "slower"}}
            self._lately.append(now)
            self._keys[key] = str(uuid4())
            self.texts.append(message["parts"][0]["value"])
        told = {"id": self._keys[key], "created_at": "2026-03-01T00:00:00Z"}
        return 202, {"chat_id": ANA, "message": told}


class Office:
    """An outbox and a Linq that keeps its limits."""

    def __init__(self) -> None:
        self.clock = VirtualClock()
        self.linq = Linq(self.clock)
        self.cache = Cache()
        self.cache.merge_chats([a_chat()])
        self.network = Network(self.linq.answer)
        self.scope = TaskScope("test")
        self.connectivity = Connectivity(self.cache, self.clock)
        self.outbox = Outbox(self.cache, Keeping(MemoryJournal()), self.connectivity, self.scope, self.clock)
        self.outbox.use(self.network.client())

    async def write(self, count: int) -> list[str]:
        texts = [f"message {number}" for number in range(count)]
        for text in texts:
            await self.outbox.enqueue(ANA, Content((OutgoingText(text),)))
        return texts


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    made = Office()
    yield made
    await made.scope.close()


async def test_eight_hours_offline_with_200_queued_end_in_order_and_without_a_429(office: Office) -> None:
    office.network.failure = httpx.ConnectError("")
    texts = await office.write(200)
    await office.clock.run(8 * 3_600)
    assert office.linq.texts == []
    office.network.failure = None
    began = office.clock.monotonic()
    while len(office.linq.texts) < 200 and office.clock.monotonic() - began < 3_600:
        await office.clock.run(10)
    assert office.linq.texts == texts
    assert office.linq.refused == 0
    assert office.cache.outgoing(ANA) == []
    note(
        "8 h offline, 200 queued",
        f"all sent once and in order within {office.clock.monotonic() - began:.0f} s, no 429",
    )


async def test_a_token_refused_in_the_middle_of_20_sends_loses_and_repeats_nothing(office: Office) -> None:
    texts = await office.write(20)

    def refuse_from_the_tenth(request: httpx.Request) -> tuple[int, Any]:
        office.linq.is_signed_out = office.linq.is_signed_out or len(office.linq.texts) == 10
        return office.linq.answer(request)

    office.network.answer = refuse_from_the_tenth
    await office.clock.run(3_600)
    assert office.linq.texts == texts[:10]
    assert len(office.network.asked) == 11
    office.network.answer = office.linq.answer
    office.linq.is_signed_out = False
    office.outbox.use(office.network.client())
    office.connectivity.signed_in_again()
    await office.clock.run(60)
    assert office.linq.texts == texts
    note("401 in the middle of 20 sends", "1 further request, all 20 sent once after signing in")
