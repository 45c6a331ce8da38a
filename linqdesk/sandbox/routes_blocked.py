"""The operations on blocked handles; accounts older than these answer that there is no such operation."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from linqdesk.sandbox.refusals import RefusalError
from linqdesk.sandbox.request_reading import read_json
from linqdesk.sandbox.world import World

_PATH = "/v3/blocked_handles"


class BlockedRoutes:
    """Answers what is asked of `/v3/blocked_handles`; under blocked_handles=absent there is no such path."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        """Return the routes, with paths from `/v3` on."""
        if not self._world.rules.variants.tells_blocked_handles:
            return []
        return [
            Route(_PATH, self.list_blocked),
            Route(_PATH, self.block, methods=["POST"]),
            Route(_PATH, self.unblock, methods=["DELETE"]),
        ]

    async def list_blocked(self, request: Request) -> Response:
        """GET /v3/blocked_handles: all of them, the newest first."""
        del request
        return JSONResponse({"blocked_handles": [each.as_json() for each in self._world.blocked_handles]})

    async def block(self, request: Request) -> Response:
        """POST /v3/blocked_handles; who is blocked already stays so."""
        tree = await read_json(request)
        reason = tree.get("reason")
        if reason is not None and not isinstance(reason, str):
            raise RefusalError(1003, "reason is a text")
        entry = self._world.blocked_handles.add(_handle(tree), reason)
        return JSONResponse({"blocked_handle": entry.as_json()}, status_code=201)

    async def unblock(self, request: Request) -> Response:
        """DELETE /v3/blocked_handles, with the handle in the body."""
        self._world.blocked_handles.discard(_handle(await read_json(request)))
        return Response(status_code=204)


def _handle(tree: dict[str, Any]) -> str:
    """Return a number, an address, a short code or a sender's name, as it is compared."""
    handle = tree.get("handle")
    if not isinstance(handle, str) or not handle.strip():
        raise RefusalError(1001, "handle is required")
    return handle.strip().lower() if "@" in handle else handle.strip()
