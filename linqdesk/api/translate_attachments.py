"""Turns upload slots and the files that Linq keeps into values of the domain."""

from typing import Any

from linqdesk.api.translate import size_of, whole
from linqdesk.api.wire.attachments import WireAttachment, WireSlot
from linqdesk.domain.attachment import Attachment, UploadSlot
from linqdesk.domain.ids import AttachmentId


def upload_slot(tree: Any, size_bytes: int) -> UploadSlot:
    """Read the answer to `POST /v3/attachments` for a file of this size."""
    wire = whole(WireSlot, tree)
    return UploadSlot(
        attachment_id=AttachmentId(wire.attachment_id),
        size_bytes=size_bytes,
        upload_url=wire.upload_url,
        required_headers=tuple((name, str(value)) for name, value in wire.required_headers.items()),
        expires_at=wire.expires_at,
    )


def attachment(tree: Any) -> Attachment:
    """Read a file that Linq keeps."""
    wire = whole(WireAttachment, tree)
    return Attachment(
        id=AttachmentId(wire.id),
        filename=wire.filename or "",
        mime_type=wire.content_type or "application/octet-stream",
        size_bytes=size_of(wire.size_bytes),
        created_at=wire.created_at,
        download_url=wire.download_url,
    )
