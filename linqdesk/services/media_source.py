"""What fetching media needs of the API client: bytes without a token, and fresh addresses."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from linqdesk.domain.attachment import Attachment
from linqdesk.domain.ids import AttachmentId, MessageId
from linqdesk.domain.message import Message


class MediaSource(Protocol):
    """Where files come from; every call raises LinqDeskError and nothing else."""

    async def download(
        self, address: str, take: Callable[[bytes], Awaitable[None]], *, limit_bytes: int
    ) -> int:
        """Fetch the bytes behind an address in pieces, without a token; returns how many they were.

        A refusal carries its status in the error's details; an end before the announced one, and more
        than `limit_bytes`, are errors as well.
        """

    async def get_attachment(self, attachment_id: AttachmentId) -> Attachment:
        """Return what Linq knows of a file."""

    async def get_message(self, message_id: MessageId) -> Message:
        """Return a message as it is now."""
