"""The operations on the account's phone numbers."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from linqdesk.sandbox.render import Renderer
from linqdesk.sandbox.world import World


class LineRoutes:
    """Answers what is asked of `/v3/phone_numbers`."""

    def __init__(self, world: World, renderer: Renderer) -> None:
        self._world = world
        self._render = renderer

    def routes(self) -> list[Route]:
        """Return the routes, with paths from `/v3` on."""
        return [Route("/v3/phone_numbers", self.list_phone_numbers)]

    async def list_phone_numbers(self, request: Request) -> Response:
        """GET /v3/phone_numbers."""
        del request
        return JSONResponse({"phone_numbers": [self._render.line(line) for line in self._world.lines]})
