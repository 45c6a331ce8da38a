"""What goes wrong: a plan of faults laid over every answer of the API and the CDN."""

import asyncio
import json
import random
import re
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from linqdesk.sandbox.refusals import RefusalError, code_for_status, envelope

Scope = MutableMapping[str, Any]
Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_DEEDS = frozenset(
    {
        "status",
        "code",
        "retry_after",
        "delay_s",
        "body",
        "drop",
        "truncate_at",
        "slow_bytes_per_s",
        "redirect",
    }
)
_MATCHES = frozenset({"method", "path", "nth", "every", "probability"})
_SLICES_PER_S = 10


@dataclass(slots=True)
class Rule:
    """Which requests a fault meets, and what happens to them."""

    do: dict[str, Any]
    method: str | None = None
    path: re.Pattern[str] = field(default_factory=lambda: re.compile(""))
    nth: int | None = None
    every: int | None = None
    probability: float | None = None
    _met: int = 0

    def meets(self, method: str, path: str, chance: random.Random) -> bool:
        """Tell whether this request is one of those; counts it where it fits by method and path."""
        if (self.method is not None and self.method != method) or self.path.search(path) is None:
            return False
        self._met += 1
        if self.nth is not None and self._met != self.nth:
            return False
        if self.every is not None and self._met % self.every:
            return False
        return self.probability is None or chance.random() < self.probability


def read_rules(tree: Any) -> list[Rule]:
    """Return the rules of a fault plan.

    Raises:
        TypeError: it is no list of rules.
        ValueError: it names what does not exist.
    """
    if not isinstance(tree, list):
        raise TypeError("a fault plan is a list")
    return [_rule(item) for item in tree]


def _rule(tree: Any) -> Rule:
    match = tree.get("match", {}) if isinstance(tree, dict) else None
    do = tree.get("do") if isinstance(tree, dict) else None
    if not isinstance(match, dict) or not isinstance(do, dict):
        raise TypeError('a fault is {"match": {…}, "do": {…}}')
    unknown = (set(do) - _DEEDS) | (set(match) - _MATCHES)
    if unknown:
        raise ValueError(f"a fault knows no {', '.join(sorted(unknown))}")
    if do.get("drop") not in {None, "before", "after"}:
        raise ValueError("drop is before or after")
    try:
        path = re.compile(match.get("path", ""))
    except re.error as wrong:
        raise ValueError(f"path is no regular expression: {wrong}") from wrong
    method = match.get("method")
    return Rule(
        do=do,
        method=method.upper() if isinstance(method, str) else None,
        path=path,
        nth=match.get("nth"),
        every=match.get("every"),
        probability=match.get("probability"),
    )


class FaultPlan:
    """The rules in force; the first that meets a request decides."""

    def __init__(self, rules: list[Rule], seed: int) -> None:
        self._rules = rules
        self._random = random.Random(seed)

    def replace(self, rules: list[Rule]) -> None:
        """Put other rules in force."""
        self._rules = rules

    def deed_for(self, method: str, path: str) -> dict[str, Any] | None:
        """Return what happens to a request, None where all is well."""
        for rule in self._rules:
            if rule.meets(method, path, self._random):
                return rule.do
        return None


class FaultyApp:
    """An ASGI application behind a fault plan."""

    def __init__(self, app: App, plan: FaultPlan, new_trace: Callable[[], str]) -> None:
        self._app = app
        self._plan = plan
        self._new_trace = new_trace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or fail as planned."""
        deed = self._plan.deed_for(scope["method"], scope["path"]) if scope["type"] == "http" else None
        if deed is None:
            await self._app(scope, receive, send)
            return
        await asyncio.sleep(deed.get("delay_s", 0))
        if deed.get("drop") == "before":
            await _cut(send)
        elif deed.get("drop") == "after":
            await self._app(scope, receive, _swallow)
            await _cut(send)
        elif not {"status", "body", "redirect"}.isdisjoint(deed):
            await _answer_instead(deed, self._new_trace(), _Throttled(deed, send))
        else:
            await self._app(scope, receive, _Throttled(deed, send))


class _Throttled:
    """Sends a body slowly, or only its beginning."""

    def __init__(self, deed: dict[str, Any], send: Send) -> None:
        self._bytes_per_s = deed.get("slow_bytes_per_s")
        self._left = deed.get("truncate_at")
        self._send = send

    async def __call__(self, event: Event) -> None:
        if event["type"] != "http.response.body":
            await self._send(event)
            return
        body = event.get("body", b"")
        if self._left is not None:
            await self._send({**event, "body": body[: self._left], "more_body": True})
            await _cut(self._send)
            return
        if self._bytes_per_s:
            size = max(1, int(self._bytes_per_s / _SLICES_PER_S))
            for start in range(0, len(body), size):
                slice_ = {**event, "body": body[start : start + size], "more_body": True}
                await self._send(slice_)
                await asyncio.sleep(1 / _SLICES_PER_S)
            body = b""
        await self._send({**event, "body": body})


async def _swallow(event: Event) -> None:
    del event


async def _answer_instead(deed: dict[str, Any], trace_id: str, send: Send) -> None:
    headers = [(b"x-trace-id", trace_id.encode())]
    status = deed.get("status", 302 if "redirect" in deed else 200)
    if "redirect" in deed:
        headers.append((b"location", str(deed["redirect"]).encode()))
    if "body" in deed:
        body = deed["body"].encode() if isinstance(deed["body"], str) else json.dumps(deed["body"]).encode()
        headers.append((b"content-type", b"text/html; charset=utf-8"))
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


async def _cut(send: Any) -> None:
    """Close the TCP connection without a further byte, which ASGI itself has no word for."""
    cycle = send.cycle if hasattr(send, "cycle") else send.__self__
    cycle.disconnected = True
    cycle.transport.abort()
    await asyncio.sleep(0)
