"""Reacts to, edits and deletes messages: shown at once, asked for once, believed when it is read back."""

import asyncio
from collections import defaultdict
from collections.abc import Coroutine

from linqdesk.domain.errors import (
    LinqDeskError,
    NotFoundError,
    OfflineError,
    UnexpectedReplyError,
)
from linqdesk.domain.ids import ChatId, MessageId
from linqdesk.domain.message import Message
from linqdesk.domain.wishes import EditWish, Wish, is_granted
from linqdesk.services.clock import Clock
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.ports import Client
from linqdesk.services.verdict import is_outcome_unknown
from linqdesk.store.cache import Cache

# Linq accepts first and carries out later; after the last look it is taken as not done.
_LOOK_AFTER_S = (0.6, 1.2, 2.5, 5.0, 10.0)


class MessageActs:
    """Acts without an idempotency key: none is ever repeated, what became of it is read back instead."""

    def __init__(self, cache: Cache, connectivity: Connectivity, clock: Clock) -> None:
        """Start without a client: until there is one every act fails."""
        self._cache = cache
        self._connectivity = connectivity
        self._clock = clock
        self._client: Client | None = None
        # Two acts on one message at once could overtake each other.
        self._turns: defaultdict[MessageId, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._acting = 0

    def use(self, client: Client | None) -> None:
        """Act through this client from now on."""
        self._client = client

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._acting

    def fulfil(self, chat_id: ChatId, message_id: MessageId, wish: Wish) -> Coroutine[object, object, None]:
        """Show a wish as pending at once; what is returned asks for it until Linq tells that it is so.

        It raises LinqDeskError where it is not so, and the message is shown without it again.
        """
        self._cache.add_wish(chat_id, message_id, wish)
        self._acting += 1
        return self._fulfil_shown(chat_id, message_id, wish)

    def delete(self, chat_id: ChatId, message_id: MessageId) -> Coroutine[object, object, None]:
        """Show a message as deleted at once; what is returned deletes it from Linq's records.

        It raises LinqDeskError where the message is still there, or nobody knows; it is shown as before.
        """
        self._cache.mark_deleted(chat_id, message_id)
        self._acting += 1
        return self._delete_shown(chat_id, message_id)

    async def _fulfil_shown(self, chat_id: ChatId, message_id: MessageId, wish: Wish) -> None:
        try:
            async with self._turns[message_id]:
                await self._fulfil(chat_id, message_id, wish)
        finally:
            self._acting -= 1
            self._cache.drop_wish(chat_id, message_id, wish)

    async def _delete_shown(self, chat_id: ChatId, message_id: MessageId) -> None:
        is_gone = False
        try:
            is_gone = await self._delete(message_id)
        finally:
            self._acting -= 1
            self._cache.mark_deleted(chat_id, message_id, is_deleted=is_gone)

    async def _fulfil(self, chat_id: ChatId, message_id: MessageId, wish: Wish) -> None:
        client = self._ready_client()
        doubt: LinqDeskError | None = None
        try:
            await self._ask(client, chat_id, message_id, wish)
        except LinqDeskError as error:
            self._connectivity.failed(error)
            if not is_outcome_unknown(error):
                raise
            doubt = error
        else:
            self._connectivity.succeeded()
        if not await self._comes_true(client, chat_id, message_id, wish):
            raise doubt or UnexpectedReplyError("Linq accepted this but does not show it")

    async def _ask(self, client: Client, chat_id: ChatId, message_id: MessageId, wish: Wish) -> None:
        if isinstance(wish, EditWish):
            sequence = self._cache.next_sequence()
            message = await client.edit_message(message_id, wish.text, part_index=wish.part_index)
            if message is None:
                self._cache.mark_deleted(chat_id, message_id)
                raise NotFoundError("The message was deleted meanwhile")
            self._take(chat_id, message, sequence)
            return
        ask = client.remove_reaction if wish.is_removal else client.add_reaction
        await ask(message_id, wish.kind, custom_emoji=wish.custom_emoji, part_index=wish.part_index)

    async def _comes_true(self, client: Client, chat_id: ChatId, message_id: MessageId, wish: Wish) -> bool:
        """Look until the message is as it was wished; a poll may have told it already."""
        for wait_s in _LOOK_AFTER_S:
            if wish not in self._cache.wishes(chat_id, message_id):
                return True
            await self._clock.wait(asyncio.Event(), wait_s)
            sequence = self._cache.next_sequence()
            try:
                message = await client.get_message(message_id)
            except NotFoundError:
                raise
            except LinqDeskError as error:
                self._connectivity.failed(error)
                continue
            self._take(chat_id, message, sequence)
            if is_granted(message, wish):
                return True
        return wish not in self._cache.wishes(chat_id, message_id)

    async def _delete(self, message_id: MessageId) -> bool:
        client = self._ready_client()
        try:
            await client.delete_message(message_id)
        except NotFoundError:
            return True
        except LinqDeskError as error:
            self._connectivity.failed(error)
            if is_outcome_unknown(error) and await _is_gone(client, message_id):
                return True
            raise
        self._connectivity.succeeded()
        return True

    def _take(self, chat_id: ChatId, message: Message, sequence: int) -> None:
        # A message that is not loaded would stand in the thread with a gap around it.
        if self._cache.message(chat_id, message.id) is not None:
            self._cache.merge_messages(chat_id, (message,), sequence)

    def _ready_client(self) -> Client:
        if self._client is None:
            raise OfflineError("Linq is not connected")
        return self._client


async def _is_gone(client: Client, message_id: MessageId) -> bool:
    try:
        await client.get_message(message_id)
    except NotFoundError:
        return True
    except LinqDeskError:
        return False
    return False
