"""What fetching media needs of the API client: bytes without a token, and fresh addresses."""

from collections.abc import AsyncGenerator
from typing import Protocol

from linqdesk.domain.ids import AttachmentId, MessageId
from linqdesk.domain.message import Message


class KeptFile(Protocol):
    """What Linq tells of a file that it keeps."""

    @property
    def download_url(self) -> str | None:
        """Where the file may be fetched for the moment, None where it does not say."""


class MediaSource(Protocol):
    """Where files come from; every call raises LinqDeskError and nothing else."""

    def download(self, url: str, *, limit_bytes: int) -> AsyncGenerator[bytes, None]:
        """Yield the bytes behind an address in pieces, without a token.

        A refusal carries its status in the error's details; an end before the announced one, and more
        than `limit_bytes`, are errors as well.
        """

    async def get_attachment(self, attachment_id: AttachmentId) -> KeptFile:
        """Return what Linq knows of a file."""

    async def get_message(self, message_id: MessageId) -> Message:
        """Return a message as it is now."""
