"""One page of a list, as the API hands it out."""

from dataclasses import dataclass

from linqdesk.domain.chat import Chat
from linqdesk.domain.message import Message


@dataclass(frozen=True, slots=True)
class ChatPage:
    """Some chats; `set_aside` counts the items that could not be read, `next_cursor` is None at the end."""

    chats: tuple[Chat, ...]
    next_cursor: str | None = None
    set_aside: int = 0


@dataclass(frozen=True, slots=True)
class MessagePage:
    """Some messages of one chat, in no promised order (linq-api.md 6)."""

    messages: tuple[Message, ...]
    next_cursor: str | None = None
    set_aside: int = 0
