"""The operations on files: slots, attachments, voice memos."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from linqdesk.sandbox.cdn import required_headers
from linqdesk.sandbox.cdn_urls import CdnUrls
from linqdesk.sandbox.clock import stamp
from linqdesk.sandbox.contents import read_media
from linqdesk.sandbox.delivery import Delivery
from linqdesk.sandbox.media_types import accepted_name
from linqdesk.sandbox.model import MediaPart, MediaReference
from linqdesk.sandbox.refusals import RefusalError
from linqdesk.sandbox.render import Renderer
from linqdesk.sandbox.request_reading import read_json
from linqdesk.sandbox.world import World

MAX_UPLOAD_BYTES = 104_857_600
MAX_FILENAME = 255


class AttachmentRoutes:
    """Answers what is asked of `/v3/attachments` and of `/v3/chats/{chatId}/voicememo`."""

    def __init__(self, world: World, delivery: Delivery, renderer: Renderer, urls: CdnUrls) -> None:
        self._world = world
        self._delivery = delivery
        self._render = renderer
        self._urls = urls

    def routes(self) -> list[Route]:
        """Return the routes, with paths from `/v3` on."""
        return [
            Route("/v3/attachments", self.create, methods=["POST"]),
            Route("/v3/attachments/{attachment_id}", self.get),
            Route("/v3/attachments/{attachment_id}", self.delete, methods=["DELETE"]),
            Route("/v3/chats/{chat_id}/voicememo", self.send_voice_memo, methods=["POST"]),
        ]

    async def create(self, request: Request) -> Response:
        """POST /v3/attachments: 200 with a slot for 15 minutes."""
        tree = await read_json(request)
        filename = _filename(tree.get("filename"))
        content_type = _content_type(tree.get("content_type"))
        attachment = self._world.attachments.create(filename, content_type, _size(tree.get("size_bytes")))
        until = attachment.upload_until or attachment.created_at
        return JSONResponse(
            {
                "attachment_id": attachment.id,
                "upload_url": self._urls.upload(attachment, until),
                "download_url": self._urls.download(attachment.id, filename),
                "http_method": "PUT",
                "expires_at": stamp(until),
                "required_headers": required_headers(attachment),
            }
        )

    async def get(self, request: Request) -> Response:
        """GET /v3/attachments/{attachmentId}, with a fresh address."""
        attachment = self._world.attachments.with_id(request.path_params["attachment_id"])
        return JSONResponse(self._render.attachment(attachment, self._world.clock.now()))

    async def delete(self, request: Request) -> Response:
        """DELETE /v3/attachments/{attachmentId}: 204, for good."""
        self._world.attachments.delete(request.path_params["attachment_id"])
        return Response(status_code=204)

    async def send_voice_memo(self, request: Request) -> Response:
        """POST /v3/chats/{chatId}/voicememo: 202."""
        chat = self._world.chat_with(request.path_params["chat_id"])
        tree = await read_json(request)
        if "attachment_id" in tree and not self._world.rules.variants.takes_memo_attachments:
            # The OpenAPI file of March 2026 knows voice memos by URL alone.
            raise RefusalError(1003, "voice_memo_url is required", status=422)
        overrides = tree.get("override_optout") is True
        message = self._delivery.send_voice_memo(chat, _memo(tree), overrides_opt_out=overrides)
        memo = message.parts[0]
        if not isinstance(memo, MediaPart):
            raise RefusalError(5004)
        return JSONResponse(self._render.voice_memo(chat, message, memo), status_code=202)


def _filename(value: Any) -> str:
    if value is None:
        raise RefusalError(1001, "filename is required")
    if not isinstance(value, str) or not 1 <= len(value) <= MAX_FILENAME:
        raise RefusalError(1005, f"filename has 1 to {MAX_FILENAME} characters")
    return value


def _content_type(value: Any) -> str:
    if value is None:
        raise RefusalError(1001, "content_type is required")
    accepted = accepted_name(value) if isinstance(value, str) else None
    if accepted is None:
        raise RefusalError(5004)
    return accepted


def _size(value: Any) -> int:
    if value is None:
        raise RefusalError(1001, "size_bytes is required")
    if type(value) is not int or value < 1:
        raise RefusalError(1005, "size_bytes is at least 1")
    if value > MAX_UPLOAD_BYTES:
        raise RefusalError(5005)
    return value


def _memo(tree: dict[str, Any]) -> MediaReference:
    """Return which file is the memo; what names none or two is 422/1003 (the OpenAPI file's example)."""
    try:
        return read_media(tree, "voice_memo_url")
    except RefusalError as refusal:
        raise RefusalError(1003, refusal.message, status=422) from refusal
