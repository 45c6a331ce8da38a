"""Shows the customer that somebody types, where that can be seen at all."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime

from linqdesk.domain.errors import LinqDeskError, NotAllowedError
from linqdesk.domain.ids import ChatId
from linqdesk.domain.message import Message
from linqdesk.domain.rules.signals import check_typing
from linqdesk.domain.service import Service
from linqdesk.services.clock import Clock
from linqdesk.services.ports import ChatsClient
from linqdesk.services.task_scope import TaskScope
from linqdesk.store.view import CacheView, ChatSummary, ConnectionState

_log = logging.getLogger(__name__)

REFRESH_S = 50.0
"""While keys are pressed the signal is repeated after this many seconds: it fades after 60 to 85."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """Where the customer sees that somebody types, and since when, by the monotonic clock."""

    chat_id: ChatId
    at_s: float


class TypingSignal:
    """Says "typing" in one chat at a time; it never fails aloud and no timer runs for it."""

    def __init__(self, cache: CacheView, scope: TaskScope, clock: Clock) -> None:
        """Start switched on and without a client."""
        self._cache = cache
        self._scope = scope
        self._clock = clock
        self._client: ChatsClient | None = None
        self._shown: _Shown | None = None
        self._refused: set[ChatId] = set()
        self._is_enabled = True
        self._under_way = 0
        self._turn = asyncio.Lock()

    def use(self, client: ChatsClient | None) -> None:
        """Speak through this client from now on; None says nothing more."""
        self._client = client
        self._shown = None
        self._refused.clear()

    def enable(self, *, is_enabled: bool) -> None:
        """Obey the setting."""
        if not is_enabled:
            self.stop()
        self._is_enabled = is_enabled

    def note_key(self, chat_id: ChatId) -> None:
        """Take note that something was typed: say so, if it was not said lately and can be seen."""
        now_s = self._clock.monotonic()
        shown = self._shown
        if shown is not None and shown.chat_id == chat_id and now_s - shown.at_s < REFRESH_S:
            return
        if shown is not None and shown.chat_id != chat_id:
            self.stop()
        client = self._client
        if client is not None and self._can_be_seen(chat_id):
            self._shown = _Shown(chat_id, now_s)
            self._say(client, chat_id, is_typing=True)

    def stop(self) -> None:
        """Say that nobody types any more."""
        shown, self._shown = self._shown, None
        if shown is not None and self._client is not None:
            self._say(self._client, shown.chat_id, is_typing=False)

    async def finish(self, limit_s: float) -> None:
        """Say that nobody types any more, and give that `limit_s` seconds."""
        self.stop()
        ends_at = self._clock.monotonic() + limit_s
        while self._under_way and self._clock.monotonic() < ends_at:
            await self._clock.wait(asyncio.Event(), 0.02)
        self.use(None)

    def _can_be_seen(self, chat_id: ChatId) -> bool:
        summary = self._cache.summary(chat_id)
        if summary is None or not self._is_enabled or chat_id in self._refused:
            return False
        chat = summary.chat
        if chat.is_group or chat.service is not Service.IMESSAGE or summary.lock is not None:
            return False
        return not check_typing(chat, _last_message_at(summary), now=self._clock.now())

    def _say(self, client: ChatsClient, chat_id: ChatId, *, is_typing: bool) -> None:
        if self._cache.connection.state is ConnectionState.SIGNED_OUT:
            # A token that Linq refuses asks for nothing more.
            return
        asking = self._ask(client, chat_id, is_typing=is_typing)
        if self._scope.start(asking, name="typing") is not None:
            self._under_way += 1

    async def _ask(self, client: ChatsClient, chat_id: ChatId, *, is_typing: bool) -> None:
        """Ask in the order of the wishes; what fails is not asked for again before it would be anyway."""
        try:
            async with self._turn:
                await (client.start_typing(chat_id) if is_typing else client.stop_typing(chat_id))
        except LinqDeskError as error:
            if isinstance(error, NotAllowedError):
                self._refused.add(chat_id)
            _log.info("typing was not shown: %s", type(error).__name__)
        finally:
            self._under_way -= 1


def _last_message_at(summary: ChatSummary) -> datetime | None:
    newest = summary.newest
    if isinstance(newest, Message):
        return newest.sent_at or newest.created_at
    return newest.created_at if newest is not None else None
