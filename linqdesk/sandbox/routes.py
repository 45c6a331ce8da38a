"""The API side: the operations of `/api/partner/v3`, answered from the world."""

import base64
import binascii
import json
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from linqdesk.sandbox.chat import Chat
from linqdesk.sandbox.contents import read_message
from linqdesk.sandbox.delivery import Delivery
from linqdesk.sandbox.model import Message
from linqdesk.sandbox.refusals import RefusalError, code_for_status, envelope
from linqdesk.sandbox.render import Renderer
from linqdesk.sandbox.world import World

MAX_LIMIT = 100
CHATS_LIMIT, MESSAGES_LIMIT = 20, 50


class Api:
    """Answers the requests of one account."""

    def __init__(self, world: World, delivery: Delivery, renderer: Renderer) -> None:
        self._world = world
        self._delivery = delivery
        self._render = renderer

    def app(self) -> Starlette:
        """Return the ASGI application, with paths from `/v3` on."""
        return Starlette(
            routes=[
                Route("/v3/phone_numbers", self.list_phone_numbers),
                Route("/v3/chats", self.list_chats),
                Route("/v3/chats/{chat_id}", self.get_chat),
                Route("/v3/chats/{chat_id}/messages", self.list_messages),
                Route("/v3/chats/{chat_id}/messages", self.send_message, methods=["POST"]),
                Route("/v3/messages/{message_id}", self.get_message),
            ],
            exception_handlers={RefusalError: _refuse, HTTPException: _no_such_route},
        )

    async def list_phone_numbers(self, request: Request) -> Response:
        """GET /v3/phone_numbers."""
        self._enter(request)
        return JSONResponse({"phone_numbers": [self._render.line(line) for line in self._world.lines]})

    async def list_chats(self, request: Request) -> Response:
        """GET /v3/chats; most recently active first, which is implied but promised nowhere."""
        self._enter(request)
        limit = _limit(request, CHATS_LIMIT)
        offset = _offset(request.query_params.get("cursor"))
        query = request.query_params
        chats = self._world.chats_by_activity(query.get("from"), query.get("to"))
        page = chats[offset : offset + limit]
        end = offset + len(page)
        return JSONResponse(
            {
                "chats": [self._render.chat(chat) for chat in page],
                "next_cursor": str(end) if end < len(chats) else None,
            }
        )

    async def get_chat(self, request: Request) -> Response:
        """GET /v3/chats/{chatId}."""
        self._enter(request)
        return JSONResponse(self._render.chat(self._chat(request)))

    async def list_messages(self, request: Request) -> Response:
        """GET /v3/chats/{chatId}/messages; newest first unless the world was told otherwise."""
        self._enter(request)
        chat = self._chat(request)
        limit = _limit(request, MESSAGES_LIMIT)
        messages, cursor = self._page(chat, request.query_params.get("cursor"), limit)
        rendered = [self._render.message(message) for message in messages]
        return JSONResponse({"messages": rendered, "next_cursor": cursor})

    async def send_message(self, request: Request) -> Response:
        """POST /v3/chats/{chatId}/messages."""
        self._enter(request)
        chat = self._chat(request)
        tree = await _json(request)
        message = self._delivery.send(chat, read_message(tree.get("message")))
        return JSONResponse(
            {"chat_id": chat.id, "message": self._render.sent_message(message)}, status_code=202
        )

    async def get_message(self, request: Request) -> Response:
        """GET /v3/messages/{messageId}."""
        self._enter(request)
        _, message = self._world.message_with(request.path_params["message_id"])
        return JSONResponse(self._render.message(message))

    def _enter(self, request: Request) -> None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or token not in self._world.tokens:
            raise RefusalError(2004)

    def _chat(self, request: Request) -> Chat:
        return self._world.chat_with(request.path_params["chat_id"])

    def _page(self, chat: Chat, cursor: str | None, limit: int) -> tuple[list[Message], str | None]:
        """Return a page and the cursor of the next.

        A cursor counts from the old end, so messages that arrive meanwhile shift nothing.
        """
        total = len(chat.history)
        if not self._world.rules.is_newest_first:
            start = 0 if cursor is None else _opened(cursor)
            page = chat.history.oldest_first(start, limit)
            end = start + len(page)
            return page, _sealed(end) if end < total else None
        older = total if cursor is None else min(_opened(cursor), total)
        page = chat.history.newest_first(total - older, limit)
        left = older - len(page)
        return page, _sealed(left) if left > 0 else None


def _limit(request: Request, default: int) -> int:
    text = request.query_params.get("limit", str(default))
    if not text.isdecimal() or not 1 <= int(text) <= MAX_LIMIT:
        raise RefusalError(1005, f"limit is 1 to {MAX_LIMIT}")
    return int(text)


def _offset(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not cursor.isdecimal():
        raise RefusalError(1005, "no such cursor")
    return int(cursor)


def _sealed(count: int) -> str:
    return base64.urlsafe_b64encode(f"m:{count}".encode()).decode()


def _opened(cursor: str) -> int:
    try:
        kind, _, count = base64.urlsafe_b64decode(cursor).decode().partition(":")
    except (binascii.Error, ValueError):
        kind, count = "", ""
    if kind != "m" or not count.isdecimal():
        raise RefusalError(1005, "no such cursor")
    return int(count)


async def _json(request: Request) -> dict[str, Any]:
    try:
        tree = json.loads(await request.body())
    except (ValueError, RecursionError):
        tree = None
    if not isinstance(tree, dict):
        raise RefusalError(1003)
    return tree


async def _refuse(request: Request, refusal: Exception) -> Response:
    if not isinstance(refusal, RefusalError):
        raise refusal
    headers = {"Retry-After": str(refusal.retry_after_s)} if refusal.retry_after_s is not None else None
    return JSONResponse(envelope(refusal, request.state.trace_id), refusal.status, headers)


async def _no_such_route(request: Request, failure: Exception) -> Response:
    status = failure.status_code if isinstance(failure, HTTPException) else 500
    refusal = RefusalError(code_for_status(status), "No such operation", status=status)
    return JSONResponse(envelope(refusal, request.state.trace_id), status)
