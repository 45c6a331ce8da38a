"""A clock that runs only when everybody waits, and an API behind the transport's seam."""

import asyncio
import heapq
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import httpx

from linqdesk.api.client import LinqClient
from linqdesk.api.transport import Transport

# So many waits that end at one moment are one that is begun again and again.
_MOST_AT_ONCE = 10_000


class VirtualClock:
    """Time passes in `run`, at once, from one wait's end to the next; fails where none would pass."""

    def __init__(self) -> None:
        self._now_s = 0.0
        self._slept_s = 0.0
        self._order = count()
        self._waits: list[tuple[float, int, asyncio.Event]] = []

    def monotonic(self) -> float:
        return self._now_s

    def now(self) -> datetime:
        return datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=self._now_s + self._slept_s)

    def sleep(self, seconds: float) -> None:
        """Let the computer sleep: the wall's clock runs on, the monotonic one does not."""
        self._slept_s += seconds

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        over = asyncio.Event()
        heapq.heappush(self._waits, (self._now_s + seconds, next(self._order), over))
        waits = [asyncio.ensure_future(each.wait()) for each in (event, over)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in waits:
                each.cancel()

    async def run(self, seconds: float) -> None:
        """Let time pass."""
        end = self._now_s + seconds
        await settle()
        stood_count = 0
        while self._waits and self._waits[0][0] <= end:
            stood_count = stood_count + 1 if self._waits[0][0] <= self._now_s else 0
            assert stood_count < _MOST_AT_ONCE, f"somebody waits for no time again and again at {self._now_s}"
            self._now_s, _, over = heapq.heappop(self._waits)
            over.set()
            await settle()
        self._now_s = end


async def settle() -> None:
    """Let every task go on until it waits."""
    for _ in range(60):
        await asyncio.sleep(0)


Answer = Callable[[httpx.Request], tuple[int, Any]]


class Network:
    """Takes the network's place at the transport: answers by a function, keeps what was asked."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.asked: list[httpx.Request] = []
        self.failure: Exception | None = None
        self.headers: dict[str, str] = {}

    def client(self) -> LinqClient:
        # Repeating a read waits by the real clock, which does not run here.
        transport = Transport(
            "https://api.test", "t", http_transport=httpx.MockTransport(self._handle), read_attempts=1
        )
        return LinqClient(transport)

    def sent(self) -> list[tuple[str, str]]:
        """The texts that were posted with their keys, in order, repetitions included."""
        messages = [json.loads(each.content)["message"] for each in self.asked if each.method == "POST"]
        return [(each["parts"][0]["value"], each["idempotency_key"]) for each in messages]

    def _handle(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if self.failure is not None:
            raise self.failure
        status, body = self.answer(request)
        headers = {"Retry-After": "5"} if status == 429 else self.headers
        stream = httpx.ByteStream(json.dumps(body).encode())
        return httpx.Response(status, headers=headers, stream=stream)
