"""Puts a world and its three sides together."""

from collections.abc import Callable
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from linqdesk.sandbox.cdn import cdn_app
from linqdesk.sandbox.cdn_urls import CdnUrls
from linqdesk.sandbox.clock import FAST_SPEED, Clock, wall_time
from linqdesk.sandbox.contact_cards import issue_cards
from linqdesk.sandbox.control import Control
from linqdesk.sandbox.delivery import Delivery
from linqdesk.sandbox.fault_plan import FaultPlan
from linqdesk.sandbox.faults import FaultyApp
from linqdesk.sandbox.options import SandboxOptions
from linqdesk.sandbox.render import Renderer
from linqdesk.sandbox.requests_seen import KEPT_BODY_BYTES, SeenRequest, SeenRequests
from linqdesk.sandbox.routes import api_app
from linqdesk.sandbox.stories import populate
from linqdesk.sandbox.upload_store import UploadStore
from linqdesk.sandbox.variants import Variants
from linqdesk.sandbox.world import Rules, World

API_PREFIX = "/api/partner"
CONTROL_PREFIX = "/control"


def build_apps(
    options: SandboxOptions, cdn_url: str, uploads: UploadStore, clock: Clock | None = None
) -> tuple[ASGIApp, ASGIApp]:
    """Return the application of the API and its control side, and that of the CDN, which fills `uploads`.

    The world lives by the given clock, by default by one that starts now and runs as `options` say.

    Raises:
        ValueError: there is no such story or variant.
    """
    speed = FAST_SPEED if options.speed == "fast" else 1.0
    variants = Variants.of(options.variants)
    rules = Rules(
        variants=variants,
        is_newest_first=options.order == "newest" and variants.is_newest_first,
        bounds=options.bounds,
        do_customers_answer=options.chats is None,
    )
    world = World(clock or Clock(wall_time(), speed), options.seed, rules)
    populate(world, options.story, options.chats, options.messages, options.seed)
    issue_cards(world.contact_cards, [line.number for line in world.lines[:-1]])
    delivery = Delivery(world)
    is_short = rules.variants.has_short_media_urls
    urls = CdnUrls(cdn_url, world.clock, options.seed, is_short_lived=is_short)
    renderer = Renderer(rules.variants, urls.download)
    faults = FaultPlan(list(options.faults), options.seed)
    control = Control(world, delivery, renderer, faults, urls)
    api = FaultyApp(api_app(world, delivery, renderer, urls), faults, world, API_PREFIX)
    main = _Main(world, _Watched(api, world, control.seen), control.app())
    return main, FaultyApp(cdn_app(world.attachments, urls, uploads), faults, world)


class _Main:
    """Leads a request to the API or the control side; what is due in the world happens first."""

    def __init__(self, world: World, api: ASGIApp, control: ASGIApp) -> None:
        self._world = world
        self._sides = ((API_PREFIX, api), (CONTROL_PREFIX, control))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._world.agenda.catch_up()
        for prefix, app in self._sides:
            if scope["path"].startswith(prefix + "/"):
                await app({**scope, "path": scope["path"][len(prefix) :]}, receive, send)
                return
        await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})


class _Watched:
    """Notes each API request and gives its answer a trace id."""

    def __init__(self, app: ASGIApp, world: World, seen: SeenRequests) -> None:
        self._app = app
        self._world = world
        self._seen = seen

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        trace_id = self._world.ids.next_trace()
        scope.setdefault("state", {})["trace_id"] = trace_id
        reading = _Reading(receive)
        sender = _Tracing(send, trace_id, lambda status: self._note(scope, reading, status))
        try:
            await self._app(scope, reading, sender)
        finally:
            if not sender.has_started:
                self._note(scope, reading, 0)

    def _note(self, scope: Scope, reading: "_Reading", status: int) -> None:
        self._seen.note(
            SeenRequest(
                method=scope["method"],
                path=f"{API_PREFIX}{scope['path']}",
                query=scope["query_string"].decode("latin-1"),
                status=status,
                has_token=any(name == b"authorization" for name, _ in scope["headers"]),
                at=self._world.clock.now(),
                body=reading.body,
            )
        )


class _Reading:
    """Passes a request on and keeps the beginning of its body."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self.body = b""

    async def __call__(self) -> Message:
        event = await self._receive()
        self.body = (self.body + event.get("body", b""))[:KEPT_BODY_BYTES]
        return event


class _Tracing:
    """Passes an answer on with its trace id; `transport` lets a fault cut the line beneath it."""

    def __init__(self, send: Any, trace_id: str, note: Callable[[int], None]) -> None:
        self._send = send
        self._trace_id = trace_id
        self._note = note
        self.has_started = False

    @property
    def cycle(self) -> Any:
        """The server's own object behind this answer."""
        return self._send.__self__

    async def __call__(self, event: Message) -> None:
        if event["type"] == "http.response.start":
            self.has_started = True
            self._note(event["status"])
            headers = [pair for pair in event.get("headers", []) if pair[0].lower() != b"x-trace-id"]
            event = {**event, "headers": [*headers, (b"x-trace-id", self._trace_id.encode())]}
        await self._send(event)
