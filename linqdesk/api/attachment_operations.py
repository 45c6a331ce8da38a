"""The API's operations on files, and the upload to wherever Linq keeps them."""

from collections.abc import Awaitable, Callable
from typing import BinaryIO

from linqdesk.api import translate_attachments
from linqdesk.api.json_body import packed
from linqdesk.api.media_transport import MAX_FILE_BYTES, MediaTransport
from linqdesk.api.rule_gate import obey
from linqdesk.api.transport import Transport
from linqdesk.domain import rules
from linqdesk.domain.attachment import Attachment, UploadSlot
from linqdesk.domain.ids import AttachmentId


class AttachmentOperations:
    """What can be asked of files."""

    _transport: Transport
    _media: MediaTransport

    async def create_attachment(self, filename: str, mime_type: str, size_bytes: int) -> UploadSlot:
        """Ask where to put a file (`POST /v3/attachments`).

        Args:
            filename: 1 to 255 characters.
            mime_type: one that Linq takes (linq-api.md 4).
            size_bytes: 1 to 104857600; exactly as much must be uploaded.
        """
        obey(rules.check_attachment(filename, mime_type, size_bytes))
        body = {"filename": filename, "content_type": mime_type, "size_bytes": size_bytes}
        tree = await self._transport.send("POST", "attachments", body=packed(body))
        return translate_attachments.upload_slot(tree, size_bytes)

    async def upload_attachment(
        self, slot: UploadSlot, source: BinaryIO, *, progress: Callable[[int], None] | None = None
    ) -> None:
        """Put a file into its slot; cancelling the task closes the connection at once.

        Args:
            slot: what `create_attachment` returned; NotFoundError means that it has expired.
            source: read from where it stands, in a thread, 1 MiB at most at a time.
            progress: is told how many bytes are on their way.

        Raises:
            LocalFaultError: the file cannot be read, or its size is not the slot's.
        """
        await self._media.upload(slot, source, progress=progress)

    async def download(
        self,
        address: str,
        take: Callable[[bytes], Awaitable[None]],
        *,
        limit_bytes: int = MAX_FILE_BYTES,
        progress: Callable[[int], None] | None = None,
    ) -> int:
        """Fetch a file from where an answer said that it is, as `MediaTransport.download` says."""
        return await self._media.download(address, take, limit_bytes=limit_bytes, progress=progress)

    async def get_attachment(self, attachment_id: AttachmentId) -> Attachment:
        """Return what Linq knows of a file, with a fresh URL (`GET /v3/attachments/{id}`)."""
        return await self._transport.fetch(
            "attachments", attachment_id, read=translate_attachments.attachment
        )

    async def delete_attachment(self, attachment_id: AttachmentId) -> None:
        """Delete a file for good (`DELETE /v3/attachments/{id}`)."""
        await self._transport.send("DELETE", "attachments", attachment_id)
