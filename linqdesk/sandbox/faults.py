"""What goes wrong: a plan of faults laid over every answer of the API and the CDN."""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from linqdesk.sandbox.clock import Clock
from linqdesk.sandbox.fault_plan import FaultPlan
from linqdesk.sandbox.refusals import RefusalError, code_for_status, envelope
from linqdesk.sandbox.world import World

Scope = MutableMapping[str, Any]
Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_SLICES_PER_S = 10
_ANSWERS = frozenset({"status", "code", "retry_after", "body", "redirect"})


class FaultyApp:
    """An ASGI application behind a fault plan; `prefix` is what was taken off the paths before it."""

    def __init__(self, app: App, plan: FaultPlan, world: World, prefix: str = "") -> None:
        self._app = app
        self._plan = plan
        self._world = world
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or fail as planned."""
        paths = (scope["path"], self._prefix + scope["path"])
        deed = self._plan.deed_for(scope["method"], paths)
        if deed is None:
            await self._app(scope, receive, send)
            return
        await self._world.clock.wait(deed.get("delay_s", 0))
        if deed.get("drop") == "before":
            await _cut(send)
        elif deed.get("drop") == "after":
            await self._app(scope, receive, _swallow)
            await _cut(send)
        elif "cut_at" in deed:
            await _read_and_cut(deed["cut_at"], receive, send)
        elif not _ANSWERS.isdisjoint(deed):
            trace_id = self._world.ids.next_trace()
            await _answer_instead(deed, trace_id, _Throttled(deed, send, self._world.clock))
        else:
            clock = self._world.clock
            await self._app(scope, _Hesitant(deed, receive, clock), _Throttled(deed, send, clock))


class _Hesitant:
    """Takes a body in slowly."""

    def __init__(self, deed: dict[str, Any], receive: Receive, clock: Clock) -> None:
        self._bytes_per_s = deed.get("slow_bytes_per_s")
        self._receive = receive
        self._clock = clock

    async def __call__(self) -> Event:
        event = await self._receive()
        if self._bytes_per_s and event["type"] == "http.request":
            await self._clock.wait(len(event.get("body", b"")) / self._bytes_per_s)
        return event


class _Throttled:
    """Sends a body slowly, or only its beginning."""

    def __init__(self, deed: dict[str, Any], send: Send, clock: Clock) -> None:
        self._bytes_per_s = deed.get("slow_bytes_per_s")
        self._left = deed.get("truncate_at")
        self._send = send
        self._clock = clock

    async def __call__(self, event: Event) -> None:
        if event["type"] != "http.response.body":
            await self._send(event)
            return
        body = event.get("body", b"")
        if self._left is not None:
            await self._send({**event, "body": body[: self._left], "more_body": True})
            self._left = max(0, self._left - len(body))
            if not self._left or not event.get("more_body"):
                await _cut(self._send)
            return
        if self._bytes_per_s:
            size = max(1, int(self._bytes_per_s / _SLICES_PER_S))
            for start in range(0, len(body), size):
                slice_ = {**event, "body": body[start : start + size], "more_body": True}
                await self._send(slice_)
                await self._clock.wait(1 / _SLICES_PER_S)
            body = b""
        await self._send({**event, "body": body})


async def _swallow(event: Event) -> None:
    del event


async def _answer_instead(deed: dict[str, Any], trace_id: str, send: Send) -> None:
    headers = [(b"x-trace-id", trace_id.encode())]
    status = deed.get("status", _usual_status(deed))
    if "redirect" in deed:
        headers.append((b"location", str(deed["redirect"]).encode()))
    if "body" in deed:
        is_text = isinstance(deed["body"], str)
        body = (deed["body"] if is_text else json.dumps(deed["body"])).encode()
        headers.append((b"content-type", b"text/html; charset=utf-8" if is_text else b"application/json"))
    else:
        code = deed.get("code", code_for_status(status))
        refusal = RefusalError(code, status=status, retry_after_s=deed.get("retry_after"))
        body = json.dumps(envelope(refusal, trace_id)).encode()
        headers.append((b"content-type", b"application/json"))
    if "retry_after" in deed:
        headers.append((b"retry-after", str(deed["retry_after"]).encode()))
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _usual_status(deed: dict[str, Any]) -> int:
    """Return the HTTP status that goes with what is answered."""
    if "redirect" in deed:
        return 302
    if "body" in deed:
        return 200
    return RefusalError(deed["code"]).status if "code" in deed else 429


async def _read_and_cut(limit_bytes: int, receive: Receive, send: Send) -> None:
    """Take in so much of a body, or all where it has no more, and hang up."""
    count = 0
    while count < limit_bytes:
        event = await receive()
        count += len(event.get("body", b""))
        if not event.get("more_body"):
            break
    await _cut(send)


async def _cut(send: Any) -> None:
    """Close the TCP connection without a further byte, which ASGI itself has no word for."""
    cycle = send.cycle if hasattr(send, "cycle") else send.__self__
    cycle.disconnected = True
    cycle.transport.abort()
    await asyncio.sleep(0)
