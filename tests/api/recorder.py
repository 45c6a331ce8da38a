"""A client whose network is a function, and which keeps what was asked."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx

from linqdesk.api.client import LinqClient
from linqdesk.api.transport import Transport

BASE = "https://api.example.test/api/partner"
TOKEN = "a-canary-token"


class Recorder:
    """Answers each request in turn with what it was given, the last one for ever."""

    def __init__(self, *replies: httpx.Response | Exception) -> None:
        self.replies = list(replies)
        self.asked: list[httpx.Request] = []
        self.heard = asyncio.Event()

    def client(self) -> LinqClient:
        return LinqClient(Transport(BASE, TOKEN, http_transport=httpx.MockTransport(self._answer)))

    def said(self, number: int = -1) -> tuple[str, str, Any]:
        """Return method, path with query and JSON body of a request."""
        request = self.asked[number]
        target = request.url.raw_path.decode().removeprefix("/api/partner/v3/")
        return request.method, target, json.loads(request.content) if request.content else None

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        self.heard.set()
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if isinstance(reply, Exception):
            raise reply
        stream = httpx.ByteStream(reply.content)
        headers = {name: value for name, value in reply.headers.items() if name != "content-length"}
        return httpx.Response(reply.status_code, headers=headers, stream=stream)


def refusal(status: int, code: int, *, headers: dict[str, str] | None = None, **more: Any) -> httpx.Response:
    """Return an answer in the API's error envelope."""
    error = {"status": status, "code": code, "message": "no", **more}
    return httpx.Response(status, json={"success": False, "error": error}, headers=headers)


Act = Callable[[LinqClient], Any]
