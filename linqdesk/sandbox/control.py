"""The control side: the outside's handle on the world; loopback only, no token."""

import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from linqdesk.sandbox.cdn_urls import CdnUrls
from linqdesk.sandbox.chat import Chat
from linqdesk.sandbox.clock import stamp
from linqdesk.sandbox.contents import Said, read_effect, read_parts, read_reply
from linqdesk.sandbox.delivery import Delivery
from linqdesk.sandbox.faults import FaultPlan, read_rules
from linqdesk.sandbox.model import Message, Reaction, TextPart
from linqdesk.sandbox.refusals import RefusalError
from linqdesk.sandbox.render import Renderer
from linqdesk.sandbox.world import World

KEPT_REQUESTS = 20_000
KEPT_STATE_MESSAGES = 200


@dataclass(frozen=True, slots=True)
class SeenRequest:
    """An API request as the sandbox saw it."""

    method: str
    path: str
    query: str
    status: int
    has_token: bool
    at: datetime

    def as_json(self) -> dict[str, Any]:
        """Return the entry as `GET /requests` shows it."""
        return {
            "method": self.method,
            "path": self.path,
            "query": self.query,
            "status": self.status,
            "has_token": self.has_token,
            "at": stamp(self.at),
        }


class Control:
    """What customers, Linq and the network do at the outside's word."""

    def __init__(
        self, world: World, delivery: Delivery, renderer: Renderer, faults: FaultPlan, urls: CdnUrls
    ) -> None:
        self._world = world
        self._delivery = delivery
        self._render = renderer
        self._faults = faults
        self._urls = urls
        self.seen: deque[SeenRequest] = deque(maxlen=KEPT_REQUESTS)

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
            exception_handlers={
                RefusalError: _wrong,
                ValueError: _wrong,
                KeyError: _wrong,
                TypeError: _wrong,
            },
        )

    async def inbound(self, request: Request) -> Response:
        """POST /inbound: a customer writes, reacts or edits."""
        tree = json.loads(await request.body())
        if "reaction" in tree:
            return JSONResponse(self._react(tree["reaction"], tree.get("from")))
        if "edit" in tree:
            return JSONResponse(self._edit(tree["edit"]))
        return JSONResponse(self._write(tree))

    async def participants(self, request: Request) -> Response:
        """POST /participants: a group changes on the customer's side."""
        tree = json.loads(await request.body())
        chat = self._world.chat_with(tree["chat_id"])
        now = self._world.clock.now()
        for handle in tree.get("joined", []):
            chat.members.append(self._world.new_member(handle, chat.service, now))
        for handle in tree.get("left", []):
            member = chat.member_with(handle)
            if member is not None:
                member.status, member.left_at = "left", now
        chat.updated_at = now
        return JSONResponse(self._render.chat(chat))

    async def faults(self, request: Request) -> Response:
        """POST /faults: replaces the plan."""
        self._faults.replace(read_rules(json.loads(await request.body())))
        return JSONResponse({})

    async def world(self, request: Request) -> Response:
        """POST /world: time, tokens, health, receipts."""
        tree = json.loads(await request.body())
        for name, value in tree.items():
            acts = self._acts()
            if name not in acts and name != "message_id":
                raise ValueError(f"the world knows no {name}; it knows {', '.join(acts)}")
            if name in acts:
                acts[name](value, tree)
        self._world.agenda.catch_up()
        return JSONResponse({"now": stamp(self._world.clock.now())})

    async def ledger(self, request: Request) -> Response:
        """GET /ledger."""
        del request
        return JSONResponse(self._world.ledger.as_json())

    async def requests(self, request: Request) -> Response:
        """GET /requests."""
        del request
        return JSONResponse([each.as_json() for each in self.seen])

    async def state(self, request: Request) -> Response:
        """GET /state: everything, with the newest messages of each chat."""
        del request
        return JSONResponse(
            {
                "now": stamp(self._world.clock.now()),
                "phone_numbers": [self._render.line(line) for line in self._world.lines],
                "chats": [self._state_of(chat) for chat in self._world.chats.values()],
            }
        )

    def _acts(self) -> dict[str, Callable[[Any, dict[str, Any]], None]]:
        return {
            "advance_s": lambda seconds, _: self._world.clock.advance(seconds),
            "expire_media": lambda _value, _: self._urls.expire_all(),
            "revoke_token": lambda _value, _: self._world.tokens.clear(),
            "opt_out": lambda handle, _: self._opt_out(handle),
            "health": lambda told, _: self._set_health(told["chat_id"], told["status"]),
            "read": lambda chat_id, _: self._read(self._world.chat_with(chat_id)),
            "deliver": lambda status, tree: self._delivery.advance_to(
                *self._world.message_with(tree["message_id"]), status
            ),
        }

    def _state_of(self, chat: Chat) -> dict[str, Any]:
        newest = chat.history.newest_first(0, KEPT_STATE_MESSAGES)
        return {
            **self._render.chat(chat),
            "message_count": len(chat.history),
            "messages": [self._render.message(message) for message in newest],
        }

    def _write(self, tree: dict[str, Any]) -> dict[str, Any]:
        chat = self._chat_of(tree)
        sender = chat.member_with(tree["from"])
        if sender is None or sender.is_me:
            raise ValueError(f"{tree['from']} is no customer in this chat")
        said = Said(
            parts=read_parts(tree["parts"]),
            effect=read_effect(tree.get("effect")),
            reply_to=read_reply(tree.get("reply_to")),
            preferred_service=tree.get("service"),
        )
        message = self._delivery.receive(chat, sender, said)
        return self._render.message(message)

    def _chat_of(self, tree: dict[str, Any]) -> Chat:
        if tree.get("chat_id") is not None:
            return self._world.chat_with(tree["chat_id"])
        line = self._world.line_with(tree["to"])
        for chat in self._world.chats_by_activity(line.number, tree["from"]):
            if not chat.is_group:
                return chat
        person = self._world.person_with(tree["from"])
        service = tree.get("service") or person.service
        now = self._world.clock.now()
        return self._world.add_chat(line.number, [person.handle], service=service, created_at=now)

    def _react(self, tree: dict[str, Any], handle: str | None) -> dict[str, Any]:
        chat, message = self._world.message_with(tree["message_id"])
        member = chat.member_with(handle) if handle is not None else chat.others()[0]
        if member is None:
            raise ValueError(f"{handle} is not in this chat")
        part = message.parts[tree.get("part_index", 0)]
        part.reactions.append(
            Reaction(self._world.ids.next_uuid(), member, tree["type"], tree.get("custom_emoji"))
        )
        self._world.touch(chat, message)
        return self._render.message(message)

    def _edit(self, tree: dict[str, Any]) -> dict[str, Any]:
        chat, message = self._world.message_with(tree["message_id"])
        part = message.parts[tree.get("part_index", 0)]
        if not isinstance(part, TextPart):
            raise TypeError("only text can be edited")
        part.value, part.decorations = tree["text"], ()
        message.edit_count += 1
        self._world.touch(chat, message)
        return self._render.message(message)

    def _opt_out(self, handle: str) -> None:
        self._world.person_with(handle).is_opted_out = True
        for chat in self._world.chats_by_activity(handle=handle):
            if not chat.is_group:
                self._set_health(chat.id, "OPTED_OUT")

    def _set_health(self, chat_id: str, status: Any) -> None:
        chat = self._world.chat_with(chat_id)
        chat.health, chat.health_changed_at = status, self._world.clock.now()
        chat.updated_at = self._world.clock.now()

    def _read(self, chat: Chat) -> None:
        """Let the customer read all that we sent."""
        for message in reversed(chat.history.newest_first(0, KEPT_STATE_MESSAGES)):
            if message.is_from_me and message.status in {"sent", "delivered"}:
                self._advance(chat, message)

    def _advance(self, chat: Chat, message: Message) -> None:
        kept = chat.history.find(message.id)
        if kept is not None:
            self._delivery.advance_to(chat, kept, "read")


async def _wrong(request: Request, failure: Exception) -> Response:
    del request
    return JSONResponse({"error": f"{type(failure).__name__}: {failure}"}, status_code=400)
