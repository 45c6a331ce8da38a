"""The world outside the program: a sandbox served over a socket, and its control side."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx

PATIENCE_S = 60.0


async def until(condition: Callable[[], object], what: str, limit_s: float = PATIENCE_S) -> None:
    """Wait until the condition holds; fails with `what` was waited for."""
    loop = asyncio.get_running_loop()
    give_up_at = loop.time() + limit_s
    while not condition():
        assert loop.time() < give_up_at, f"waited {limit_s:g} s in vain until {what}"
        await asyncio.sleep(0.01)


class Outside:
    """A handle on the sandbox for what customers, the network and Linq do."""

    def __init__(self, control_url: str) -> None:
        self._http = httpx.AsyncClient(base_url=control_url, trust_env=False)

    async def close(self) -> None:
        await self._http.aclose()

    async def _post(self, route: str, body: object) -> Any:
        reply = await self._http.post(route, json=body)
        reply.raise_for_status()
        return reply.json() if reply.content else None

    async def _get(self, route: str) -> Any:
        reply = await self._http.get(route)
        reply.raise_for_status()
        return reply.json()

    async def write(self, chat_id: str, text: str, sender: str, line: str) -> None:
        """Let a customer write into a chat."""
        parts = [{"type": "text", "value": text}]
        await self._post("/inbound", {"chat_id": chat_id, "from": sender, "to": line, "parts": parts})

    async def say(self, chat_id: str, sender: str, line: str, **said: object) -> None:
        """Let a customer say something: parts, effect and reply_to as the control side takes them."""
        await self._post("/inbound", {"chat_id": chat_id, "from": sender, "to": line, **said})

    async def write_first(self, text: str, sender: str, line: str) -> None:
        """Let somebody write who never wrote before."""
        parts = [{"type": "text", "value": text}]
        await self._post("/inbound", {"from": sender, "to": line, "parts": parts})

    async def fault(self, *rules: dict[str, object]) -> None:
        """Replace the fault plan; without rules all is well again."""
        await self._post("/faults", list(rules))

    async def world(self, **act: object) -> None:
        await self._post("/world", act)

    async def ledger(self) -> list[dict[str, Any]]:
        """What customers received, in order."""
        received: list[dict[str, Any]] = await self._get("/ledger")
        return received

    async def requests(self) -> list[dict[str, Any]]:
        seen: list[dict[str, Any]] = await self._get("/requests")
        return seen

    async def state(self) -> Any:
        """The whole world as JSON."""
        return await self._get("/state")

    async def texts_received(self) -> list[str]:
        """The texts of the messages that customers received, in order."""
        return [
            part["value"]
            for entry in await self.ledger()
            if entry["kind"] == "message"
            for part in entry["parts"]
            if part["type"] == "text"
        ]
