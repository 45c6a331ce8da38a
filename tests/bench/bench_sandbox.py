"""The sandbox under a million requests of every kind: how fast it answers and how much it holds.

Not among those that run by themselves: `python -m tests.bench sandbox`, a quarter of an hour.
"""

import asyncio
import json
import os
import time
from collections.abc import MutableMapping
from typing import Any

import psutil
from starlette.types import ASGIApp

from linqdesk.sandbox.assembly import build_apps
from linqdesk.sandbox.options import SandboxOptions
from linqdesk.sandbox.upload_store import UploadStore
from linqdesk.sandbox.world import SANDBOX_TOKEN
from tests.bench.figures import report

REQUESTS = int(os.environ.get("LINQDESK_BENCH_REQUESTS", "1000000"))
LOOKS = 10
LINE = "+14155550110"


class Caller:
    """Asks an ASGI application without a network."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.refused = 0

    async def ask(self, method: str, path: str, body: Any = None, query: str = "") -> Any:
        content = b"" if body is None else json.dumps(body).encode()
        answer = bytearray()

        async def receive() -> MutableMapping[str, Any]:
            return {"type": "http.request", "body": content, "more_body": False}

        async def send(event: MutableMapping[str, Any]) -> None:
            if event["type"] == "http.response.start" and event["status"] >= 400:
                self.refused += 1
            answer.extend(event.get("body", b""))

        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": [(b"authorization", f"Bearer {SANDBOX_TOKEN}".encode())],
        }
        await self._app(scope, receive, send)
        return json.loads(answer) if answer else None


async def _live(caller: Caller, number: int, chat_id: str, customer: str) -> None:
    """Do what the `number`th request of a busy day does, in one of its chats."""
    api, words = "/api/partner/v3", f"message {number} " + "x" * (number % 300)
    message = {"parts": [{"type": "text", "value": words}], "idempotency_key": f"key {number}"}
    match number % 20:
        case 0:
            to = f"+1{201 + number % 700}{number % 10_000_000:07}"
            await caller.ask("POST", f"{api}/chats", {"from": LINE, "to": [to], "message": message})
        case 1 | 2 | 3 | 4 | 5:
            await caller.ask("POST", f"{api}/chats/{chat_id}/messages", {"message": message})
        case 6:
            await caller.ask("POST", f"{api}/chats/{chat_id}/typing")
        case 7:
            await caller.ask("POST", f"{api}/chats/{chat_id}/read")
        case 8:
            inbound = {"chat_id": chat_id, "from": customer, "parts": message["parts"]}
            await caller.ask("POST", "/control/inbound", inbound)
        case 9:
            await caller.ask("POST", "/control/world", {"advance_s": 20})
        case _:
            await caller.ask("GET", f"{api}/chats/{chat_id}/messages", query="limit=5")


async def _measure(caller: Caller) -> None:
    chats = await caller.ask("GET", "/api/partner/v3/chats", query="limit=100")
    places = [(chat["id"], chat["handles"][1]["handle"]) for chat in chats["chats"]]
    held_mb = []
    began = time.perf_counter()
    for number in range(1, REQUESTS + 1):
        await _live(caller, number, *places[number // 20 % len(places)])
        if number % (REQUESTS // LOOKS) == 0:
            held_mb.append(psutil.Process().memory_info().rss / 1_000_000)
            report(f"held after {number} requests", held_mb[-1:], "MB", "<= 300")
    took_us = (time.perf_counter() - began) / REQUESTS * 1_000_000
    report("a request, without the network", [took_us], "µs", "<= 1000")
    report("requests that were refused", [caller.refused], "", "few")


def main() -> None:
    app, _ = build_apps(SandboxOptions(chats=100, messages=20), "http://127.0.0.1:2", UploadStore())
    asyncio.run(_measure(Caller(app)))


if __name__ == "__main__":
    main()
