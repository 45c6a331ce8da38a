"""What the services may ask of the API client."""

from collections.abc import Awaitable, Callable, Sequence
from typing import BinaryIO, Literal, Protocol

from linqdesk.domain.attachment import Attachment, UploadSlot
from linqdesk.domain.blocking import BlockedHandle
from linqdesk.domain.capability import Capability
from linqdesk.domain.chat import Chat, Line
from linqdesk.domain.contact_card import ContactCard
from linqdesk.domain.ids import AttachmentId, ChatId, Handle, LocalId, MessageId
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import Content
from linqdesk.domain.page import ChatPage, MessagePage


class ChatsClient(Protocol):
    """The operations on chats; what breaks a rule raises RequestRejectedError and never leaves."""

    async def list_phone_numbers(self) -> tuple[Line, ...]:
        """Return our lines."""

    async def list_chats(self, *, cursor: str | None = None, limit: int = 20) -> ChatPage:
        """Return a page of chats."""

    async def get_chat(self, chat_id: ChatId) -> Chat:
        """Return a chat."""

    async def create_chat(
        self, line: Handle, to: Sequence[Handle], content: Content, *, key: LocalId
    ) -> tuple[Chat, Message]:
        """Begin a chat with its first message, once; an existing one may be answered."""

    async def update_chat(
        self, chat: Chat, *, display_name: str | None = None, icon_url: str | None = None
    ) -> None:
        """Ask for another name or icon of a group; a later look tells whether it came about."""

    async def mark_read(self, chat_id: ChatId) -> None:
        """Tell the customer that a chat was read."""

    async def leave_chat(self, chat: Chat) -> None:
        """Leave a group."""

    async def share_contact_card(self, chat_id: ChatId) -> None:
        """Show our line's contact card in a chat."""

    async def add_participant(self, chat: Chat, handle: Handle) -> None:
        """Ask for somebody to join a group; a later look tells whether it came about."""

    async def remove_participant(self, chat: Chat, handle: Handle) -> None:
        """Ask for somebody to leave a group; a later look tells whether it came about."""

    async def start_typing(self, chat_id: ChatId) -> None:
        """Show the typing bubble for some 85 s."""

    async def stop_typing(self, chat_id: ChatId) -> None:
        """Take the typing bubble away."""


class MessagesClient(Protocol):
    """The operations on messages; what breaks a rule raises RequestRejectedError and never leaves."""

    async def list_messages(
        self, chat_id: ChatId, *, cursor: str | None = None, limit: int = 50
    ) -> MessagePage:
        """Return a page of a chat's messages."""

    async def list_thread(
        self,
        message_id: MessageId,
        *,
        cursor: str | None = None,
        limit: int = 50,
        order: Literal["asc", "desc"] = "asc",
    ) -> MessagePage:
        """Return a page of the replies around a message."""

    async def send_message(self, chat_id: ChatId, content: Content, *, key: LocalId) -> Message:
        """Send a message once."""

    async def send_voice_memo(
        self, chat_id: ChatId, *, attachment_id: AttachmentId | None = None, url: str | None = None
    ) -> Message:
        """Send a voice memo; it has no key, so it is not sent again before somebody has looked."""

    async def get_message(self, message_id: MessageId) -> Message:
        """Return a message."""

    async def edit_message(self, message_id: MessageId, text: str, *, part_index: int = 0) -> Message | None:
        """Change a text part; None where the message was deleted already."""

    async def delete_message(self, message_id: MessageId) -> None:
        """Delete a message at Linq; the customer keeps it."""

    async def add_reaction(
        self, message_id: MessageId, kind: str, *, custom_emoji: str | None = None, part_index: int = 0
    ) -> None:
        """React to a part."""

    async def remove_reaction(
        self, message_id: MessageId, kind: str, *, custom_emoji: str | None = None, part_index: int = 0
    ) -> None:
        """Take our reaction back."""


class FilesClient(Protocol):
    """The operations on files and the transfer of their bytes, which carries no token."""

    async def create_attachment(self, filename: str, mime_type: str, size_bytes: int) -> UploadSlot:
        """Ask where to put a file."""

    async def upload_attachment(
        self, slot: UploadSlot, source: BinaryIO, *, progress: Callable[[int], None] | None = None
    ) -> None:
        """Put a file into its slot; cancelling the task closes the connection at once."""

    async def get_attachment(self, attachment_id: AttachmentId) -> Attachment:
        """Return what Linq knows of a file, with a fresh address."""

    async def delete_attachment(self, attachment_id: AttachmentId) -> None:
        """Delete a file for good."""

    async def download(
        self, address: str, take: Callable[[bytes], Awaitable[None]], *, limit_bytes: int
    ) -> int:
        """Fetch a file in pieces; returns its size in bytes."""


class ContactsClient(Protocol):
    """The checks of addresses and our lines' contact cards."""

    async def check_imessage(self, address: Handle, *, line: Handle | None = None) -> Capability:
        """Tell whether an address has iMessage; ServerFaultError means that nobody knows."""

    async def check_rcs(self, address: Handle, *, line: Handle | None = None) -> Capability:
        """Tell whether a phone number has RCS; ServerFaultError means that nobody knows."""

    async def list_blocked_handles(self) -> tuple[BlockedHandle, ...]:
        """Return all whom our account has blocked; not every account has such a list."""

    async def get_contact_card(self, line: Handle) -> ContactCard:
        """Return a line's card."""

    async def create_contact_card(
        self, line: Handle, first_name: str, *, last_name: str | None = None, image_url: str | None = None
    ) -> ContactCard:
        """Give a line its card."""

    async def update_contact_card(
        self,
        line: Handle,
        *,
        first_name: str | None = None,
        last_name: str | None = None,
        image_url: str | None = None,
    ) -> ContactCard:
        """Change what is given of a line's card."""


class Client(ChatsClient, MessagesClient, FilesClient, ContactsClient, Protocol):
    """All of the API; every operation raises LinqDeskError and nothing else."""

    async def close(self) -> None:
        """Close all connections."""
