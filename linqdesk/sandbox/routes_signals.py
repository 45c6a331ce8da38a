"""The operations by which a line shows itself in a chat: typing, reading, contact card."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from linqdesk.sandbox.chat import Chat
from linqdesk.sandbox.signals import Signals
from linqdesk.sandbox.world import World


class SignalRoutes:
    """Answers with 204 what has no answer."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._signals = Signals(world)

    def routes(self) -> list[Route]:
        """Return the routes, with paths from `/v3` on."""
        signals = self._signals
        return [
            Route("/v3/chats/{chat_id}/typing", self._doing(signals.start_typing), methods=["POST"]),
            Route("/v3/chats/{chat_id}/typing", self._doing(signals.stop_typing), methods=["DELETE"]),
            Route("/v3/chats/{chat_id}/read", self._doing(signals.mark_read), methods=["POST"]),
            Route(
                "/v3/chats/{chat_id}/share_contact_card",
                self._doing(signals.share_contact_card),
                methods=["POST"],
            ),
        ]

    def _doing(self, act: Callable[[Chat], None]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            act(self._world.chat_with(request.path_params["chat_id"]))
            return Response(status_code=204)

        return answer
