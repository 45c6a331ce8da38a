"""Begins chats: the first message makes the chat, and a group gets its name before that counts as done."""

import logging
from random import Random, SystemRandom

from linqdesk.domain.chat import Chat
from linqdesk.domain.errors import LinqDeskError, RateLimitedError
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import OutgoingMessage
from linqdesk.services.backoff import after_failures
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.ports import Client
from linqdesk.services.verdict import NOT_READY_CODES
from linqdesk.store.cache import Cache

_log = logging.getLogger(__name__)

_MAX_ATTEMPTS = 6


class Beginnings:
    """Sends what opens a chat, and lets the chat that stands for it become Linq's."""

    def __init__(self, cache: Cache, connectivity: Connectivity) -> None:
        """Start without anything to begin."""
        self._cache = cache
        self._connectivity = connectivity
        self._chance: Random = SystemRandom()

    async def send(self, client: Client, outgoing: OutgoingMessage) -> Message:
        """Send a message into its chat, or into the one that it opens.

        A new group has its name once this returns, or cannot have it: a program that ends before sends the
        message again at its next start, under the key that makes this harmless, and asks for the name then.

        Raises:
            LinqDeskError: it was not sent, or nobody knows.
        """
        begins = outgoing.begins
        if begins is None:
            return await client.send_message(outgoing.chat_id, outgoing.content, key=outgoing.local_id)
        chat, message = await client.create_chat(
            begins.line, begins.to, outgoing.content, key=outgoing.local_id
        )
        self._cache.adopt(outgoing.chat_id, chat)
        if begins.is_group and begins.group_name and chat.own_name is None:
            self._connectivity.succeeded()
            await self._name(client, chat, begins.group_name)
        return message

    async def _name(self, client: Client, chat: Chat, name: str) -> None:
        """Ask for a group's name; a later look at the chat tells whether it came about."""
        for attempt in range(1, _MAX_ATTEMPTS + 1):
            await self._connectivity.allowed()
            try:
                await client.update_chat(chat, display_name=name)
            except LinqDeskError as error:
                wait_s = self._connectivity.failed(error)
                if not (error.is_retryable or error.details.code in NOT_READY_CODES):
                    _log.warning("a new group was not named: %s", type(error).__name__)
                    return
                if not isinstance(error, RateLimitedError):
                    wait_s = max(wait_s, after_failures(attempt, self._chance))
                await self._connectivity.pause(wait_s)
            else:
                self._connectivity.succeeded()
                return
