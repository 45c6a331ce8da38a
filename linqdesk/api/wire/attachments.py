"""Upload slots and the files that Linq keeps."""

from typing import Literal

from pydantic import Field

from linqdesk.api.wire.values import Number, Time, Wire, Word


class WireSlot(Wire):
    """Where a file may be put: `PUT` is the only way that is documented."""

    attachment_id: str = Field(min_length=1)
    upload_url: str = Field(min_length=1)
    http_method: Literal["PUT"] = "PUT"
    required_headers: dict[str, str | int] = Field(default_factory=dict)
    expires_at: Time = None


class WireAttachment(Wire):
    """A file; its `status` is deprecated and not read."""

    id: str = Field(min_length=1)
    filename: Word = None
    content_type: Word = None
    size_bytes: Number = None
    created_at: Time = None
    download_url: Word = None
