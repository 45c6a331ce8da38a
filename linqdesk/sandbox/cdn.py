"""The upload and download origin: a second port that never accepts a token."""

from email.utils import formatdate
from pathlib import Path

import anyio
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from linqdesk.sandbox.attachments import Attachment, Attachments
from linqdesk.sandbox.cdn_urls import CdnUrls
from linqdesk.sandbox.media_types import delivered_name
from linqdesk.sandbox.refusals import RefusalError
from linqdesk.sandbox.upload_store import UploadStore


def cdn_app(attachments: Attachments, urls: CdnUrls, uploads: UploadStore) -> ASGIApp:
    """Return the ASGI application."""
    cdn = _Cdn(attachments, urls, uploads)
    routes = [
        Route("/attachments/partners/{partner}/{attachment_id}/{filename}", cdn.download),
        Route("/uploads/{attachment_id}", cdn.upload, methods=["PUT"]),
    ]
    return _WithoutToken(Starlette(routes=routes))


class _WithoutToken:
    """Turns away who shows credentials, before anything else is looked at."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._app
        if any(name == b"authorization" for name, _ in scope["headers"]):
            app = PlainTextResponse("Credentials do not belong here", status_code=400)
        await app(scope, receive, send)


class _Cdn:
    """Answers on files, in the manner of S3."""

    def __init__(self, attachments: Attachments, urls: CdnUrls, uploads: UploadStore) -> None:
        self._attachments = attachments
        self._urls = urls
        self._uploads = uploads

    async def download(self, request: Request) -> Response:
        """GET or HEAD a file, whole or in ranges."""
        attachment = self._find(request)
        if attachment is None:
            return _failure(404, "NoSuchKey")
        is_signed = self._urls.allow(f"GET {attachment.id}", request.query_params)
        if attachment.fate == "expired" or (self._urls.is_short_lived and not is_signed):
            return _failure(403, "AccessDenied", "Request has expired")
        if attachment.fate == "broken":
            return _failure(500, "InternalError")
        if attachment.file is None:
            return _failure(404, "NoSuchKey")
        return FileResponse(attachment.file, media_type=delivered_name(attachment.content_type))

    async def upload(self, request: Request) -> Response:
        """PUT the bytes of a slot with exactly the headers that it asked for."""
        attachment = self._find(request)
        if attachment is None:
            return _failure(404, "NoSuchKey")
        if not self._urls.allow(f"PUT {attachment.id}", request.query_params):
            return _failure(403, "AccessDenied", "Request has expired")
        wanted = required_headers(attachment)
        if any(request.headers.get(name) != value for name, value in wanted.items()):
            return _failure(403, "SignatureDoesNotMatch")
        file = self._uploads.path_for(attachment.id)
        if not await _receive(request, file, attachment.size_bytes):
            return _failure(400, "IncompleteBody")
        self._attachments.accept_bytes(attachment, file)
        return Response(
            status_code=200, headers={"ETag": f'"{attachment.id}"', "Date": formatdate(usegmt=True)}
        )

    def _find(self, request: Request) -> Attachment | None:
        try:
            return self._attachments.with_id(request.path_params["attachment_id"])
        except RefusalError:
            return None


def required_headers(attachment: Attachment) -> dict[str, str]:
    """Return what an upload must carry (linq-api.md, section 4, step 1)."""
    return {"Content-Type": attachment.content_type, "Content-Length": str(attachment.size_bytes)}


async def _receive(request: Request, file: Path, size_bytes: int) -> bool:
    """Write a body of exactly `size_bytes` to `file`; returns whether it was one."""
    received = 0
    try:
        async with await anyio.open_file(file, "wb") as target:
            async for chunk in request.stream():
                received += len(chunk)
                await target.write(chunk)
    except ClientDisconnect:
        received = -1
    if received != size_bytes:
        await anyio.Path(file).unlink()
    return received == size_bytes


def _failure(status: int, code: str, message: str = "") -> Response:
    body = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    return Response(f'<?xml version="1.0" encoding="UTF-8"?>\n{body}', status, media_type="application/xml")
