"""The control side: the outside's handle on the world; loopback only, no token."""

import json
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from linqdesk.sandbox.cdn_urls import CdnUrls
from linqdesk.sandbox.chat import Chat
from linqdesk.sandbox.clock import stamp
from linqdesk.sandbox.customers import Customers
from linqdesk.sandbox.delivery import Delivery
from linqdesk.sandbox.fault_plan import FaultPlan, read_rules
from linqdesk.sandbox.refusals import RefusalError
from linqdesk.sandbox.render import Renderer
from linqdesk.sandbox.requests_seen import SeenRequests
from linqdesk.sandbox.world import World
from linqdesk.sandbox.world_acts import WorldActs

KEPT_STATE_MESSAGES = 200
_WRONGS = (RefusalError, ValueError, KeyError, IndexError, TypeError, AttributeError)


class Control:
    """What customers, Linq and the network do at the outside's word."""

    def __init__(
        self, world: World, delivery: Delivery, renderer: Renderer, faults: FaultPlan, urls: CdnUrls
    ) -> None:
        self._world = world
        self._customers = Customers(world, delivery)
        self._acts = WorldActs(world, delivery, urls)
        self._render = renderer
        self._faults = faults
        self.seen = SeenRequests(world.rules.bounds.requests)

    def app(self) -> Starlette:
        """Return the ASGI application."""
        return Starlette(
            routes=[
                Route("/inbound", self.inbound, methods=["POST"]),
                Route("/participants", self.participants, methods=["POST"]),
                Route("/faults", self.faults, methods=["POST"]),
                Route("/world", self.world, methods=["POST"]),
                Route("/ledger", self.ledger),
                Route("/requests", self.requests),
                Route("/state", self.state),
            ],
            exception_handlers=dict.fromkeys(_WRONGS, _wrong),
        )

    async def inbound(self, request: Request) -> Response:
        """POST /inbound: a customer writes, reacts or edits; null where he is blocked."""
        tree = await _object(request)
        if "reaction" in tree:
            message = self._customers.react(tree["reaction"], tree.get("from"))
        elif "edit" in tree:
            message = self._customers.edit(tree["edit"])
        else:
            written = self._customers.write(tree)
            if written is None:
                return JSONResponse(None)
            message = written
        return JSONResponse(self._render.message(message))

    async def participants(self, request: Request) -> Response:
        """POST /participants: a group changes on the customer's side."""
        return JSONResponse(self._render.chat(self._customers.change_group(await _object(request))))

    async def faults(self, request: Request) -> Response:
        """POST /faults: replaces the plan."""
        self._faults.replace(read_rules(json.loads(await request.body())))
        return JSONResponse({})

    async def world(self, request: Request) -> Response:
        """POST /world: time, tokens, health, receipts."""
        self._acts.do(await _object(request))
        return JSONResponse({"now": stamp(self._world.clock.now())})

    async def ledger(self, request: Request) -> Response:
        """GET /ledger."""
        del request
        return JSONResponse(self._world.ledger.as_json())

    async def requests(self, request: Request) -> Response:
        """GET /requests."""
        del request
        return JSONResponse(self.seen.as_json())

    async def state(self, request: Request) -> Response:
        """GET /state: everything, with the newest messages of each chat."""
        del request
        return JSONResponse(
            {
                "now": stamp(self._world.clock.now()),
                "phone_numbers": [self._render.line(line) for line in self._world.lines],
                "contact_cards": [card.as_json() for card in self._world.contact_cards.values()],
                "opted_out_handles": sorted(
                    person.handle for person in self._world.people.values() if person.is_opted_out
                ),
                "blocked_handles": sorted(each.handle for each in self._world.blocked_handles),
                "ineligible_lines": sorted(self._world.ineligible_lines),
                "chats": [self._state_of(chat) for chat in self._world.chats.values()],
            }
        )

    def _state_of(self, chat: Chat) -> dict[str, Any]:
        newest = chat.history.newest_first(0, KEPT_STATE_MESSAGES)
        is_typing = chat.typing_until is not None and self._world.clock.now() < chat.typing_until
        return {
            **self._render.chat(chat),
            "has_left": chat.has_left,
            "is_typing": is_typing,
            "message_count": len(chat.history),
            "messages": [self._render.message(message) for message in newest],
        }


async def _object(request: Request) -> dict[str, Any]:
    tree = json.loads(await request.body())
    if not isinstance(tree, dict):
        raise TypeError("the body is a JSON object")
    return tree


async def _wrong(request: Request, failure: Exception) -> Response:
    del request
    return JSONResponse({"error": f"{type(failure).__name__}: {failure}"}, status_code=400)
