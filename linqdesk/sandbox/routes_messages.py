"""The operations on messages."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from linqdesk.sandbox.chat import Chat
from linqdesk.sandbox.contents import read_message
from linqdesk.sandbox.delivery import Delivery
from linqdesk.sandbox.edits import edit_message
from linqdesk.sandbox.model import Message
from linqdesk.sandbox.refusals import RefusalError
from linqdesk.sandbox.render import Renderer
from linqdesk.sandbox.request_reading import read_cursor, read_json, read_limit, write_cursor
from linqdesk.sandbox.threads import thread_of
from linqdesk.sandbox.world import World

MESSAGES_LIMIT = 50


class MessageRoutes:
    """Answers what is asked of `/v3/chats/{chatId}/messages` and `/v3/messages`."""

    def __init__(self, world: World, delivery: Delivery, renderer: Renderer) -> None:
        self._world = world
        self._delivery = delivery
        self._render = renderer

    def routes(self) -> list[Route]:
        """Return the routes, with paths from `/v3` on."""
        return [
            Route("/v3/chats/{chat_id}/messages", self.list_messages),
            Route("/v3/chats/{chat_id}/messages", self.send_message, methods=["POST"]),
            Route("/v3/messages/{message_id}", self.get_message),
            Route("/v3/messages/{message_id}", self.edit_message, methods=["PATCH"]),
            Route("/v3/messages/{message_id}", self.delete_message, methods=["DELETE"]),
            Route("/v3/messages/{message_id}/thread", self.list_thread),
        ]

    async def list_messages(self, request: Request) -> Response:
        """GET /v3/chats/{chatId}/messages; newest first unless the world was told otherwise."""
        limit, cursor = read_limit(request, MESSAGES_LIMIT), read_cursor(request)
        messages, next_cursor = self._page(self._chat(request), cursor, limit)
        rendered = [self._render.message(message) for message in messages]
        return JSONResponse({"messages": rendered, "next_cursor": next_cursor})

    async def send_message(self, request: Request) -> Response:
        """POST /v3/chats/{chatId}/messages."""
        chat = self._chat(request)
        tree = await read_json(request)
        overrides = tree.get("override_optout") is True
        message = self._delivery.send(chat, read_message(tree.get("message")), overrides_opt_out=overrides)
        return JSONResponse(
            {"chat_id": message.chat_id, "message": self._render.sent_message(message)}, status_code=202
        )

    async def get_message(self, request: Request) -> Response:
        """GET /v3/messages/{messageId}."""
        _, message = self._world.message_with(request.path_params["message_id"])
        return JSONResponse(self._render.message(message))

    async def edit_message(self, request: Request) -> Response:
        """PATCH /v3/messages/{messageId}: the message as it now is."""
        tree = await read_json(request)
        message = edit_message(self._world, request.path_params["message_id"], tree)
        return JSONResponse(self._render.message(message))

    async def delete_message(self, request: Request) -> Response:
        """DELETE /v3/messages/{messageId}: gone at Linq; whoever received it keeps it."""
        chat, message = self._world.message_with(request.path_params["message_id"])
        chat.history.remove(message.id)
        return Response(status_code=204)

    async def list_thread(self, request: Request) -> Response:
        """GET /v3/messages/{messageId}/thread, oldest first unless `order` is desc."""
        limit, start = read_limit(request, MESSAGES_LIMIT), read_cursor(request) or 0
        order = request.query_params.get("order", "asc")
        if order not in {"asc", "desc"}:
            raise RefusalError(1005, "order is asc or desc")
        chain = thread_of(*self._world.message_with(request.path_params["message_id"]))
        page = (chain if order == "asc" else chain[::-1])[start : start + limit]
        end = start + len(page)
        rendered = [self._render.message(message) for message in page]
        next_cursor = write_cursor(end) if end < len(chain) else None
        return JSONResponse({"messages": rendered, "next_cursor": next_cursor})

    def _chat(self, request: Request) -> Chat:
        return self._world.chat_with(request.path_params["chat_id"])

    def _page(self, chat: Chat, cursor: int | None, limit: int) -> tuple[list[Message], str | None]:
        """Return a page and the cursor of the next.

        A cursor counts from the old end, so messages that arrive meanwhile shift nothing.
        """
        total = len(chat.history)
        if not self._world.rules.is_newest_first:
            start = cursor or 0
            page = chat.history.oldest_first(start, limit)
            end = start + len(page)
            return page, write_cursor(end) if end < total else None
        older = total if cursor is None else min(cursor, total)
        page = chat.history.newest_first(total - older, limit)
        left = older - len(page)
        return page, write_cursor(left) if left > 0 else None
