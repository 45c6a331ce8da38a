"""The one sort key for messages, the one for chats."""

from datetime import datetime

from linqdesk.domain.chat import Chat
from linqdesk.domain.message import Message

MessageSortKey = tuple[datetime, str]


def message_sort_key(message: Message) -> MessageSortKey:
    """Order messages by the time they were sent, then by id; the order of pages is never trusted."""
    return (message.sent_at or message.created_at, message.id)


def chat_sort_key(chat: Chat, newest_message_at: datetime | None) -> tuple[float, str]:
    """Order chats by what happened last, the newest first when sorted ascending."""
    last = chat.updated_at if newest_message_at is None else newest_message_at
    return (-last.timestamp(), chat.id)
