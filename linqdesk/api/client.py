"""One coroutine for each operation of the API; takes and returns values of the domain."""

from linqdesk.api.attachment_operations import AttachmentOperations
from linqdesk.api.chat_operations import ChatOperations
from linqdesk.api.contact_operations import ContactOperations
from linqdesk.api.media_transport import MediaTransport
from linqdesk.api.message_operations import MessageOperations
from linqdesk.api.told_before import ToldBefore
from linqdesk.api.transport import Transport

# All chats of a large desk, and the ends of the threads that are looked at again and again.
_KEPT_CHATS, _KEPT_MESSAGES = 2_000, 500


class LinqClient(ChatOperations, MessageOperations, AttachmentOperations, ContactOperations):
    """The API as the services see it. Every coroutine raises LinqDeskError and nothing else."""

    def __init__(self, transport: Transport, media: MediaTransport | None = None) -> None:
        """Speak through a transport, and for files through another; this client closes both."""
        self._transport = transport
        self._chats_told = ToldBefore(_KEPT_CHATS)
        self._messages_told = ToldBefore(_KEPT_MESSAGES)
        self._media = media or MediaTransport(allows_loopback=transport.is_loopback)

    async def close(self) -> None:
        """Close all connections."""
        await self._transport.close()
        await self._media.close()
