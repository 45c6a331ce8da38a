"""The one sort key for messages, the one for chats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from linqdesk.domain.chat import Chat
from linqdesk.domain.ids import ChatId, MessageId
from linqdesk.domain.message import Message

MessageSortKey = tuple[datetime, float, str]


@dataclass(frozen=True, slots=True)
class Listing:
    """In which order the server listed a page: `ids` the oldest first, whichever way its list runs.

    `is_newest_first` is the way in which the server's list runs; `beside` is the message after which the page
    came in it, None for a first page.
    """

    ids: tuple[MessageId, ...] = ()
    is_newest_first: bool = True
    beside: MessageId | None = None

    @property
    def line(self) -> tuple[MessageId, ...]:
        """The page with what stands beside it, the oldest first."""
        if self.beside is None or self.beside in self.ids:
            return self.ids
        return (*self.ids, self.beside) if self.is_newest_first else (self.beside, *self.ids)


def message_instant(message: Message) -> datetime:
    """Return when a message was said: when it was sent, else when Linq made it."""
    return message.sent_at or message.created_at


def message_sort_key(message: Message, rank: float = 0.0) -> MessageSortKey:
    """Order messages by the time they were sent, then by `rank` among those of that instant, then by id.

    A time may be one of whole seconds, so that two quick messages share it (linq-api.md 6).
    """
    return (message_instant(message), rank, message.id)


def listed(messages: Sequence[Message], beside: MessageId | None = None, *, is_newest_first: bool) -> Listing:
    """Return the listing of a page as the server gave it.

    Args:
        messages: the page, in the server's order; of one that is there twice its first place counts.
        beside: the last message of the page before this one, None for a first page.
        is_newest_first: the way in which the server's list runs.
    """
    ids = tuple(dict.fromkeys(message.id for message in messages))
    return Listing(ids[::-1] if is_newest_first else ids, is_newest_first, beside)


def chat_sort_key(chat: Chat, newest_message_at: datetime | None) -> tuple[float, ChatId]:
    """Order chats by what happened last, the newest first when sorted ascending."""
    last = chat.updated_at if newest_message_at is None else newest_message_at
    return (-last.timestamp(), chat.id)
