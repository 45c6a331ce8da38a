"""The upload and download origin: a second port that never accepts a token."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route


def cdn_app() -> Starlette:
    """Return the ASGI application; so far no file is stored here."""
    return Starlette(routes=[Route("/{path:path}", _answer, methods=["GET", "PUT", "HEAD"])])


async def _answer(request: Request) -> Response:
    if "authorization" in request.headers:
        return PlainTextResponse("Credentials do not belong here", status_code=400)
    return PlainTextResponse("Not found", status_code=404)
