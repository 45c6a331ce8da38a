"""What the services need of the API client."""

from typing import Protocol

from linqdesk.domain.chat import Line
from linqdesk.domain.ids import ChatId, LocalId
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import Content
from linqdesk.domain.page import ChatPage, MessagePage


class Client(Protocol):
    """The operations that the services use; every one raises LinqDeskError and nothing else."""

    async def list_phone_numbers(self) -> tuple[Line, ...]:
        """Return our lines."""

    async def list_chats(self, *, cursor: str | None = None, limit: int = 20) -> ChatPage:
        """Return a page of chats."""

    async def list_messages(
        self, chat_id: ChatId, *, cursor: str | None = None, limit: int = 50
    ) -> MessagePage:
        """Return a page of a chat's messages."""

    async def send_message(self, chat_id: ChatId, content: Content, *, key: LocalId) -> Message:
        """Send a message once."""

    async def close(self) -> None:
        """Close all connections."""
