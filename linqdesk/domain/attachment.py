"""Files on their way to Linq and the ones that it keeps."""

from dataclasses import dataclass, field
from datetime import datetime

from linqdesk.domain.ids import AttachmentId


@dataclass(frozen=True, slots=True)
class UploadSlot:
    """Where one file may be put, once, until `expires_at`, some 15 minutes (linq-api.md 4).

    The URL lets anybody upload who knows it, so it is kept out of logs. Every header goes along
    exactly as given.
    """

    attachment_id: AttachmentId
    size_bytes: int
    upload_url: str = field(repr=False)
    required_headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that Linq keeps. The URL may expire at any moment; the id is the file's identity."""

    id: AttachmentId
    filename: str
    mime_type: str
    size_bytes: int | None = None
    created_at: datetime | None = None
    download_url: str | None = field(default=None, repr=False)
