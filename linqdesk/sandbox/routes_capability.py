"""The operations that ask what a recipient can receive."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from linqdesk.sandbox.handles import read_handle, read_number
from linqdesk.sandbox.limits import CAPABILITY_CHECKS
from linqdesk.sandbox.request_reading import read_json
from linqdesk.sandbox.world import World


class CapabilityRoutes:
    """Answers what is asked of `/v3/capability`; both checks share one allowance."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        """Return the routes, with paths from `/v3` on."""
        return [
            Route("/v3/capability/check_imessage", self.check_imessage, methods=["POST"]),
            Route("/v3/capability/check_rcs", self.check_rcs, methods=["POST"]),
        ]

    async def check_imessage(self, request: Request) -> Response:
        """POST /v3/capability/check_imessage."""
        tree = await read_json(request)
        return self._answer(tree, read_handle(tree, "address"), frozenset({"iMessage"}))

    async def check_rcs(self, request: Request) -> Response:
        """POST /v3/capability/check_rcs; RCS knows no e-mail addresses, and iPhones have it too."""
        tree = await read_json(request)
        return self._answer(tree, read_number(tree, "address"), frozenset({"RCS", "iMessage"}))

    def _answer(self, tree: Mapping[str, Any], address: str, able: frozenset[str]) -> Response:
        if tree.get("from") is not None:
            self._world.line_with(read_number(tree, "from"))
        self._world.limits.take(CAPABILITY_CHECKS, "account")
        service = self._world.person_with(address).service
        answer: dict[str, Any] = {
            "address": address,
            "available": service in able,
            "selected_service": service,
        }
        if service not in able:
            answer["reason"] = "not_supported"
        return JSONResponse(answer)
