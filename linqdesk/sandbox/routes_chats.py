"""The operations on chats themselves."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from linqdesk.sandbox.beginning import Beginning
from linqdesk.sandbox.first_words import read_first_words
from linqdesk.sandbox.handles import read_handle, read_number
from linqdesk.sandbox.render import Renderer
from linqdesk.sandbox.request_reading import read_json, read_limit, read_offset
from linqdesk.sandbox.world import World

CHATS_LIMIT = 20


class ChatRoutes:
    """Answers what is asked of `/v3/chats`."""

    def __init__(self, world: World, beginning: Beginning, renderer: Renderer) -> None:
        self._world = world
        self._beginning = beginning
        self._render = renderer

    def routes(self) -> list[Route]:
        """Return the routes, with paths from `/v3` on."""
        return [
            Route("/v3/chats", self.list_chats),
            Route("/v3/chats", self.create_chat, methods=["POST"]),
            Route("/v3/chats/{chat_id}", self.get_chat),
        ]

    async def create_chat(self, request: Request) -> Response:
        """POST /v3/chats; the status is disputed, and nothing says that a reused chat has another one."""
        chat, message = self._beginning.begin(read_first_words(await read_json(request)))
        answer = {"chat": self._render.created_chat(chat, message)}
        return JSONResponse(answer, status_code=self._world.rules.variants.create_status)

    async def list_chats(self, request: Request) -> Response:
        """GET /v3/chats; most recently active first, which is implied but promised nowhere."""
        limit, offset = read_limit(request, CHATS_LIMIT), read_offset(request)
        query = request.query_params
        line = read_number(query, "from") if "from" in query else None
        handle = read_handle(query, "to") if "to" in query else None
        chats = self._world.chats_by_activity(line, handle)
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
        return JSONResponse(self._render.chat(self._world.chat_with(request.path_params["chat_id"])))
