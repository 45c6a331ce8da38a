"""A sandbox without a network: httpx and the vendor's client speak to its ASGI applications directly."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from linq import LinqAPIV3
from starlette.types import ASGIApp
from typing_extensions import override

from linqdesk.sandbox.assembly import build_apps
from linqdesk.sandbox.options import SandboxOptions
from linqdesk.sandbox.upload_store import UploadStore
from linqdesk.sandbox.world import SANDBOX_TOKEN
from tests.sandbox.conftest import Outsider

HOST = "http://127.0.0.1"


class InsideTransport(httpx.BaseTransport):
    """Answers a synchronous client from an ASGI application."""

    def __init__(self, app: ASGIApp, loop: asyncio.AbstractEventLoop) -> None:
        self._through = httpx.ASGITransport(app)
        self._loop = loop

    @override
    def handle_request(self, request: httpx.Request) -> httpx.Response:
        async def answer() -> httpx.Response:
            reply = await self._through.handle_async_request(request)
            return httpx.Response(reply.status_code, headers=reply.headers, content=await reply.aread())

        return self._loop.run_until_complete(answer())


@contextmanager
def inside(options: SandboxOptions) -> Iterator[Outsider]:
    loop = asyncio.new_event_loop()
    uploads = UploadStore()
    main, cdn = (InsideTransport(app, loop) for app in build_apps(options, f"{HOST}:2", uploads))
    headers = {"Authorization": f"Bearer {SANDBOX_TOKEN}"}
    with (
        httpx.Client(base_url=f"{HOST}/api/partner", headers=headers, transport=main) as api,
        httpx.Client(base_url=f"{HOST}/control", transport=main) as control,
        httpx.Client(base_url=f"{HOST}:2", transport=cdn) as cdn_client,
    ):
        yield Outsider(api, control, cdn_client)
    uploads.close()
    loop.close()


def vendor(world: Outsider) -> LinqAPIV3:
    """Return the vendor's own client, reading strictly."""
    return LinqAPIV3(
        api_key=SANDBOX_TOKEN,
        base_url=str(world.api.base_url),
        http_client=world.api,
        max_retries=0,
        _strict_response_validation=True,
    )
