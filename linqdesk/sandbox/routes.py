"""The API side: the operations of `/api/partner/v3`, gathered from one module per resource."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from linqdesk.sandbox.beginning import Beginning
from linqdesk.sandbox.cdn_urls import CdnUrls
from linqdesk.sandbox.delivery import Delivery
from linqdesk.sandbox.refusals import RefusalError, code_for_status, envelope
from linqdesk.sandbox.render import Renderer
from linqdesk.sandbox.routes_attachments import AttachmentRoutes
from linqdesk.sandbox.routes_blocked import BlockedRoutes
from linqdesk.sandbox.routes_capability import CapabilityRoutes
from linqdesk.sandbox.routes_chats import ChatRoutes
from linqdesk.sandbox.routes_contact_card import ContactCardRoutes
from linqdesk.sandbox.routes_groups import GroupRoutes
from linqdesk.sandbox.routes_lines import LineRoutes
from linqdesk.sandbox.routes_messages import MessageRoutes
from linqdesk.sandbox.routes_reactions import ReactionRoutes
from linqdesk.sandbox.routes_signals import SignalRoutes
from linqdesk.sandbox.world import World


def api_app(world: World, delivery: Delivery, renderer: Renderer, urls: CdnUrls) -> ASGIApp:
    """Return the ASGI application, with paths from `/v3` on."""
    return _Entrance(
        world,
        Starlette(
            routes=[
                *LineRoutes(world, renderer).routes(),
                *ChatRoutes(world, Beginning(world, delivery), renderer).routes(),
                *GroupRoutes(world).routes(),
                *SignalRoutes(world).routes(),
                *CapabilityRoutes(world).routes(),
                *ContactCardRoutes(world).routes(),
                *BlockedRoutes(world).routes(),
                *MessageRoutes(world, delivery, renderer).routes(),
                *ReactionRoutes(world).routes(),
                *AttachmentRoutes(world, delivery, renderer, urls).routes(),
            ],
            exception_handlers={RefusalError: _refuse, HTTPException: _no_such_route},
        ),
    )


class _Entrance:
    """Lets in who shows one of the world's tokens."""

    def __init__(self, world: World, app: ASGIApp) -> None:
        self._world = world
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or token not in self._world.tokens:
            await (await _refuse(request, RefusalError(2004)))(scope, receive, send)
            return
        await self._app(scope, receive, send)


async def _refuse(request: Request, refusal: Exception) -> Response:
    if not isinstance(refusal, RefusalError):
        raise refusal
    headers = {"Retry-After": str(refusal.retry_after_s)} if refusal.retry_after_s is not None else None
    return JSONResponse(envelope(refusal, request.state.trace_id), refusal.status, headers)


async def _no_such_route(request: Request, failure: Exception) -> Response:
    status = failure.status_code if isinstance(failure, HTTPException) else 500
    refusal = RefusalError(code_for_status(status), "No such operation", status=status)
    return JSONResponse(envelope(refusal, request.state.trace_id), status)
