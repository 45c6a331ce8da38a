"""The operations that change a group: name and icon, participants, leaving."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from linqdesk.sandbox.acceptance import accepted
from linqdesk.sandbox.chat import Chat
from linqdesk.sandbox.groups import Groups
from linqdesk.sandbox.handles import read_handle
from linqdesk.sandbox.request_reading import read_json
from linqdesk.sandbox.world import World


class GroupRoutes:
    """Answers what is asked of a group."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._groups = Groups(world)

    def routes(self) -> list[Route]:
        """Return the routes, with paths from `/v3` on."""
        return [
            Route("/v3/chats/{chat_id}", self.update_chat, methods=["PUT"]),
            Route("/v3/chats/{chat_id}/leave", self.leave_chat, methods=["POST"]),
            Route("/v3/chats/{chat_id}/participants", self.add_participant, methods=["POST"]),
            Route("/v3/chats/{chat_id}/participants", self.remove_participant, methods=["DELETE"]),
        ]

    async def update_chat(self, request: Request) -> Response:
        """PUT /v3/chats/{chatId}."""
        chat = self._chat(request)
        self._groups.update(chat, await read_json(request))
        return JSONResponse({"chat_id": chat.id, "status": "pending"}, status_code=202)

    async def leave_chat(self, request: Request) -> Response:
        """POST /v3/chats/{chatId}/leave."""
        self._groups.leave(self._chat(request))
        return accepted(request, "Leave group chat queued")

    async def add_participant(self, request: Request) -> Response:
        """POST /v3/chats/{chatId}/participants."""
        chat = self._chat(request)
        self._groups.add(chat, read_handle(await read_json(request), "handle"))
        return accepted(request, "Participant addition queued")

    async def remove_participant(self, request: Request) -> Response:
        """DELETE /v3/chats/{chatId}/participants, with a body."""
        chat = self._chat(request)
        self._groups.remove(chat, read_handle(await read_json(request), "handle"))
        return accepted(request, "Participant removal queued")

    def _chat(self, request: Request) -> Chat:
        return self._world.chat_with(request.path_params["chat_id"])
