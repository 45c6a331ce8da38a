"""The sandbox within this process and in virtual time, behind a network that fails as it is told."""

import asyncio
from collections import deque
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from typing_extensions import override

from linqdesk.api.client import LinqClient
from linqdesk.api.media_transport import MediaTransport
from linqdesk.api.transport import Transport
from linqdesk.sandbox.assembly import build_apps
from linqdesk.sandbox.clock import Clock
from linqdesk.sandbox.options import SandboxOptions
from linqdesk.sandbox.upload_store import UploadStore
from linqdesk.sandbox.world import SANDBOX_TOKEN
from tests.services.virtual import VirtualClock

HOST = "http://127.0.0.1"
WRITE_FAULTS = ("before", "after", "500", "503", "429", "portal", "late", "401")
READ_FAULTS = ("before", "502", "late", "portal")
# So late comes a late answer, while polls and sends go on.
LATE_S = 8.0


class DeskClock(VirtualClock):
    """Virtual time whose wall clock may also be set, forward and back."""

    def __init__(self) -> None:
        super().__init__()
        self.set_by_s = 0.0

    @override
    def now(self) -> datetime:
        return super().now() + timedelta(seconds=self.set_by_s)

    def world_s(self) -> float:
        """Return seconds of the world outside, where nobody sets a clock."""
        return (super().now() - datetime(2026, 3, 1, tzinfo=UTC)).total_seconds()


class Wire(httpx.AsyncBaseTransport):
    """Leads requests to the sandbox; the next ones may fail, each as `writes` and `reads` say."""

    def __init__(self, options: SandboxOptions, clock: DeskClock) -> None:
        self.clock = clock
        self.writes: deque[str] = deque()
        self.reads: deque[str] = deque()
        self.is_offline = False
        self.is_signed_out = False
        self.asked = 0
        self.limited = 0
        self.latency_s = 0.0
        self._uploads = UploadStore()
        began = datetime(2026, 3, 1, tzinfo=UTC)
        world_clock = Clock(began, ticks=clock.world_s)
        apps = build_apps(options, f"{HOST}:2", self._uploads, world_clock)
        self._main, self._cdn = (httpx.ASGITransport(app) for app in apps)

    def close(self) -> None:
        self._uploads.close()

    def client(self) -> LinqClient:
        """Return the program's client for this wire."""
        transport = Transport(f"{HOST}/api/partner", SANDBOX_TOKEN, http_transport=self, read_attempts=1)
        media = MediaTransport(allows_loopback=True, http_transport=self, asked=_no_names)
        return LinqClient(transport, media)

    async def control(self, method: str, route: str, body: object = None) -> Any:
        """Ask the sandbox's control side."""
        request = httpx.Request(method, f"{HOST}/control{route}", json=body)
        reply = await self._main.handle_async_request(request)
        told = await httpx.Response(reply.status_code, content=await reply.aread()).aread()
        assert reply.status_code == 200, told
        return httpx.Response(200, content=told).json()

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.is_offline:
            raise httpx.ConnectError("offline")
        self.asked += 1
        plan = self.reads if request.method == "GET" else self.writes
        fault = plan.popleft() if plan else None
        if fault == "401":
            self.is_signed_out = True
        if self.is_signed_out:
            return _answer(401, b'{"error": {"status": 401, "code": 2004, "message": "no"}}')
        match fault:
            case "before":
                raise httpx.ReadError("cut")
            case "500" | "502" | "503":
                return _answer(int(fault), b"{}")
            case "429":
                return _answer(429, b"{}", {"Retry-After": "2"})
            case "portal":
                return _answer(200, b"<html>Sign in to this network</html>")
            case _:
                return await self._through(request, fault)

    async def _through(self, request: httpx.Request, fault: str | None) -> httpx.Response:
        if self.latency_s:
            await self.clock.wait(asyncio.Event(), self.latency_s)
        app = self._cdn if request.url.port == 2 else self._main
        reply = await app.handle_async_request(request)
        body = await reply.aread()
        self.limited += reply.status_code == 429
        if fault == "after":
            raise httpx.ReadError("cut")
        if fault == "late":
            await self.clock.wait(asyncio.Event(), LATE_S)
        return _answer(reply.status_code, body, dict(reply.headers))


async def _no_names(host: str, port: int) -> list[str]:
    del port
    return [host]


def _answer(status: int, body: bytes, headers: dict[str, str] | None = None) -> httpx.Response:
    return httpx.Response(status, headers=headers, stream=httpx.ByteStream(body))
