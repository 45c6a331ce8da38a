"""Asks what became of own messages sent lately: no source says that a chat tells of their arrival."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from linqdesk.domain.delivery import Delivery, last_knowable
from linqdesk.domain.errors import LinqDeskError, NotFoundError
from linqdesk.domain.ids import ChatId, MessageId
from linqdesk.domain.message import Message
from linqdesk.services.clock import Clock
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.ports import Client
from linqdesk.store.cache import Cache
from linqdesk.store.changes import Change, MessagesChanged

LOOK_EVERY_S = 15.0
_PER_LOOK = 5
# An older message whose fate is open is left to the sweeps and to the agent who opens its chat.
_FOLLOWED_FOR = timedelta(hours=6)
# The next question comes after half the message's age: some fifteen in all.
_AGE_SHARE = 0.5


@dataclass(slots=True)
class _Open:
    """A message of ours that may still be delivered, read or fail."""

    chat_id: ChatId
    message_id: MessageId
    ask_at_s: float


class Unfinished:
    """Follows each own message until it has come as far as its chat can ever tell."""

    def __init__(self, client: Client, cache: Cache, connectivity: Connectivity, clock: Clock) -> None:
        """Follow what the cache tells of from now on."""
        self._client = client
        self._cache = cache
        self._connectivity = connectivity
        self._clock = clock
        self._open: dict[MessageId, _Open] = {}
        self._subscription = cache.subscribe(self._on_cache_changed)

    def close(self) -> None:
        """Follow nothing any more."""
        self._subscription.close()

    async def run(self) -> None:
        """Ask for ever, the newest messages first."""
        while True:
            await self._clock.wait(asyncio.Event(), LOOK_EVERY_S)
            now_s = self._clock.monotonic()
            due = [each for each in reversed(self._open.values()) if each.ask_at_s <= now_s]
            for each in due[:_PER_LOOK]:
                await self._connectivity.turn()
                try:
                    await self._ask(each)
                except LinqDeskError as error:
                    await self._connectivity.pause(self._connectivity.failed(error))

    async def _ask(self, each: _Open) -> None:
        sequence = self._cache.next_sequence()
        self._connectivity.budget.spend()
        try:
            message = await self._client.get_message(each.message_id)
        except NotFoundError:
            self._open.pop(each.message_id, None)
            raise
        self._connectivity.succeeded()
        self._cache.merge_messages(each.chat_id, (message,), sequence)
        self._note(each.chat_id, message)

    def _note(self, chat_id: ChatId, message: Message) -> None:
        """Ask for a message again later, or never where it has come to its end."""
        age = self._clock.now() - message.created_at
        if age > _FOLLOWED_FOR or self._is_finished(chat_id, message):
            self._open.pop(message.id, None)
            return
        wait_s = max(LOOK_EVERY_S, age.total_seconds() * _AGE_SHARE)
        self._open[message.id] = _Open(chat_id, message.id, self._clock.monotonic() + wait_s)

    def _is_finished(self, chat_id: ChatId, message: Message) -> bool:
        summary = self._cache.summary(chat_id)
        is_group = summary is not None and summary.chat.is_group
        last = last_knowable(message.service, is_group=is_group)
        return message.delivery in {last, Delivery.READ, Delivery.FAILED, Delivery.RECEIVED}

    def _on_cache_changed(self, change: Change) -> None:
        if not isinstance(change, MessagesChanged):
            return
        for key in (*change.inserted, *change.updated):
            row = self._cache.row(change.chat_id, key)
            message = row.content if row is not None else None
            if isinstance(message, Message) and message.is_from_me:
                self._note(change.chat_id, message)
