"""A served sandbox and a client that knows nothing of LinqDesk."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from linqdesk.sandbox.options import SandboxOptions
from linqdesk.sandbox.server import SandboxServer


@dataclass
class Outsider:
    """Talks to a sandbox in plain HTTP."""

    api: httpx.Client
    control: httpx.Client
    cdn: httpx.Client

    def get(self, path: str, **query: Any) -> Any:
        reply = self.api.get(path, params=query)
        reply.raise_for_status()
        return reply.json()

    def act(self, route: str, body: Any) -> Any:
        reply = self.control.post(route, json=body)
        reply.raise_for_status()
        return reply.json()

    def chat(self, name: str) -> Any:
        chats = self.get("/v3/chats", limit=100)["chats"]
        return next(chat for chat in chats if chat["display_name"] == name)

    def say(self, chat_id: str, text: str, key: str | None = None) -> httpx.Response:
        message: dict[str, Any] = {"parts": [{"type": "text", "value": text}]}
        if key is not None:
            message["idempotency_key"] = key
        return self.api.post(f"/v3/chats/{chat_id}/messages", json={"message": message})


def outsider(options: SandboxOptions) -> Iterator[Outsider]:
    with SandboxServer(options) as address:
        headers = {"Authorization": f"Bearer {address.token}"}
        with (
            httpx.Client(base_url=address.base_url, headers=headers, trust_env=False) as api,
            httpx.Client(base_url=address.control_url, trust_env=False) as control,
            httpx.Client(base_url=address.cdn_url, trust_env=False) as cdn,
        ):
            yield Outsider(api, control, cdn)


@pytest.fixture
def options() -> SandboxOptions:
    return SandboxOptions()


@pytest.fixture
def world(options: SandboxOptions) -> Iterator[Outsider]:
    yield from outsider(options)


def error_of(reply: httpx.Response) -> tuple[int, int]:
    """Return status and code of a refusal."""
    return reply.status_code, reply.json()["error"]["code"]


def text_message(text: str = "hello", **more: Any) -> dict[str, Any]:
    return {"parts": [{"type": "text", "value": text}], **more}
