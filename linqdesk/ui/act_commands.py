"""The verbs with which a window deals with messages that are there; every call returns at once."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import ChatId, MessageId
from linqdesk.domain.message import Message
from linqdesk.domain.wishes import Wish


class ActCommands(Protocol):
    """What the window asks about messages that are there."""

    def change(
        self, chat_id: ChatId, message_id: MessageId, wish: Wish, done: Callable[[LinqDeskError | None], None]
    ) -> None:
        """React to a message, take a reaction back, or edit a text.

        The cache shows it as pending at once. `done` is called on the UI thread: with None once Linq tells
        that it is so; with the error where it is not, and then the cache shows the message as before.
        """

    def delete_message(
        self, chat_id: ChatId, message_id: MessageId, done: Callable[[LinqDeskError | None], None]
    ) -> None:
        """Delete a message from Linq's records, the customer keeps it; `done` is called as for `change`."""

    def find_message(
        self, chat_id: ChatId, message_id: MessageId, done: Callable[[LinqDeskError | None], None]
    ) -> None:
        """Load a thread back to a message; `done` hears None once it is there, else what is wrong."""

    def load_back_to(
        self, chat_id: ChatId, when: datetime, done: Callable[[LinqDeskError | None], None]
    ) -> None:
        """Load a thread back to an aware time or to its beginning; `done` hears whether that went well."""

    def fetch_chain(
        self, message_id: MessageId, done: Callable[[tuple[Message, ...], LinqDeskError | None], None]
    ) -> None:
        """Fetch a message with everything that it answers and that answers it, or hear what is wrong."""

    def load_older(self, chat_id: ChatId) -> None:
        """Fetch the next older page of a thread, unless that is under way or there is none."""
