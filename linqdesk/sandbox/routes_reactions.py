"""The operation on reactions."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from linqdesk.sandbox.reactions import Reactions, read_wish
from linqdesk.sandbox.request_reading import read_json
from linqdesk.sandbox.world import World


class ReactionRoutes:
    """Answers what is asked of `/v3/messages/{messageId}/reactions`."""

    def __init__(self, world: World) -> None:
        self._reactions = Reactions(world)

    def routes(self) -> list[Route]:
        """Return the routes, with paths from `/v3` on."""
        return [Route("/v3/messages/{message_id}/reactions", self.react, methods=["POST"])]

    async def react(self, request: Request) -> Response:
        """POST /v3/messages/{messageId}/reactions: 202, then visible."""
        wish = read_wish(await read_json(request))
        self._reactions.accept(request.path_params["message_id"], wish)
        trace_id = request.state.trace_id
        return JSONResponse({"status": "accepted", "message": "Reaction queued", "trace_id": trace_id}, 202)
