"""Knows what the agent has read, from run to run, and tells customers when they are to see Read."""

import asyncio
import logging
from collections.abc import Awaitable
from typing import Protocol

from linqdesk.domain.chat import Chat
from linqdesk.domain.errors import LinqDeskError, LocalFaultError, RequestRejectedError
from linqdesk.domain.ids import ChatId, MessageId, RowKey
from linqdesk.domain.message import Message
from linqdesk.domain.seen import ReadPolicy, SeenMark
from linqdesk.domain.service import Service
from linqdesk.services.clock import Clock
from linqdesk.services.ports import ChatsClient
from linqdesk.services.task_scope import TaskScope
from linqdesk.store.cache import Cache
from linqdesk.store.changes import Change, ChatAdopted, MessagesChanged
from linqdesk.store.view import ConnectionState

_SAVE_AFTER_S = 1.0
_GROUPS = "Groups never show Read."
_SMS = "SMS has no receipts: the customer never sees Read."

_log = logging.getLogger(__name__)


class SeenStore(Protocol):
    """Keeps marks from run to run; every call blocks and raises LocalFaultError."""

    def load(self, account: str) -> dict[ChatId, SeenMark]:
        """Return what is kept of an account."""

    def save(self, account: str, marks: dict[ChatId, SeenMark]) -> None:
        """Keep how far some chats of an account were looked at."""


class ReadState:
    """Two things apart: what the agent has read, and what the customer is told of it."""

    def __init__(self, cache: Cache, scope: TaskScope, clock: Clock) -> None:
        """Start without a client, without anything kept, and telling on answers."""
        self._cache = cache
        self._scope = scope
        self._clock = clock
        self._client: ChatsClient | None = None
        self._kept: tuple[SeenStore, str] | None = None
        self._changed: set[ChatId] = set()
        self._is_save_due = False
        self._told: dict[ChatId, MessageId] = {}
        self.policy = ReadPolicy.ON_ANSWER
        # Cache and this live equally long.
        cache.subscribe(self._on_cache_changed)

    def use(self, client: ChatsClient | None) -> None:
        """Tell customers through this client; None tells nothing."""
        self._client = client

    async def take_up(self, store: SeenStore, account: str) -> None:
        """Go on from what earlier runs have read of an account, and keep what this one reads."""
        try:
            marks = await asyncio.to_thread(store.load, account)
        except LocalFaultError as fault:
            _log.warning("what was read is not known: %s", fault.message)
            marks = {}
        self._cache.remember_seen(marks)
        self._kept = store, account

    async def finish(self) -> None:
        """Keep what is still to be kept."""
        await self._save()

    def note_opened(self, chat_id: ChatId) -> None:
        """Take the agent's own mark off a chat that is opened."""
        if self._cache.mark_unread(chat_id, is_unread=False):
            self._note(chat_id)

    def see(self, chat_id: ChatId) -> None:
        """Note that the agent looks at all that is loaded of a chat."""
        if self._cache.mark_seen(chat_id):
            self._note(chat_id)
        if self.policy is ReadPolicy.ON_OPENING:
            self._tell_soon(chat_id)

    def mark_unread(self, chat_id: ChatId) -> None:
        """Let a chat count as unread until it is opened again; the customer hears nothing of it."""
        if self._cache.mark_unread(chat_id, is_unread=True):
            self._note(chat_id)

    async def mark_read(self, chat_id: ChatId) -> None:
        """Note that the agent has read a chat, and let the customer see Read.

        Raises:
            LinqDeskError: the customer could not be told.
        """
        self.note_opened(chat_id)
        if self._cache.mark_seen(chat_id):
            self._note(chat_id)
        obstacle = self.obstacle(chat_id)
        if obstacle is not None:
            raise RequestRejectedError(obstacle)
        await self._tell(chat_id)

    def obstacle(self, chat_id: ChatId) -> str | None:
        """Return why the customer of a chat can never be shown Read, None where that is possible."""
        summary = self._cache.summary(chat_id)
        chat = summary.chat if summary is not None else None
        return _obstacle_of(chat) if chat is not None else None

    def is_to_tell(self, chat_id: ChatId) -> bool:
        """Whether the customer of a chat wrote something of which they were not shown Read."""
        return self.obstacle(chat_id) is None and self._news(chat_id) is not None

    def _news(self, chat_id: ChatId) -> Message | None:
        newest = self._cache.newest_inbound(chat_id)
        if newest is None or newest.is_read or self._told.get(chat_id) == newest.id:
            return None
        return newest

    def _tell_soon(self, chat_id: ChatId) -> None:
        is_possible = self._cache.connection.state is ConnectionState.ONLINE
        if is_possible and self.is_to_tell(chat_id):
            self._scope.start(self._safely(self._tell(chat_id)), name="mark read")

    async def _tell(self, chat_id: ChatId) -> None:
        news, client = self._news(chat_id), self._client
        if news is None or client is None:
            return
        # One request is under way at most for each message; one that failed is told of next time.
        before = self._told.get(chat_id)
        self._told[chat_id] = news.id
        try:
            await client.mark_read(chat_id)
        except LinqDeskError:
            if before is None:
                self._told.pop(chat_id, None)
            else:
                self._told[chat_id] = before
            raise

    async def _safely(self, telling: Awaitable[None]) -> None:
        try:
            await telling
        except LinqDeskError as error:
            _log.info("Read was not shown: %s", type(error).__name__)

    def _on_cache_changed(self, change: Change) -> None:
        match change:
            case MessagesChanged() if self.policy is ReadPolicy.ON_ANSWER:
                if any(self._is_answer(change.chat_id, key) for key in (*change.updated, *change.moved)):
                    self._tell_soon(change.chat_id)
            case ChatAdopted() if change.local_id in self._changed:
                self._changed.add(change.chat_id)
            case _:
                return

    def _is_answer(self, chat_id: ChatId, key: RowKey) -> bool:
        """Tell whether a row is a message from here that Linq took after what the customer said last.

        What was sent from here keeps the key that it was given here; all else is known by Linq's id.
        """
        row = self._cache.row(chat_id, key)
        said = row.content if row is not None else None
        if not isinstance(said, Message) or not said.is_from_me or RowKey(said.id) == key:
            return False
        news = self._news(chat_id)
        return news is not None and said.created_at >= news.created_at

    def _note(self, chat_id: ChatId) -> None:
        self._changed.add(chat_id)
        if self._kept is not None and not self._is_save_due:
            self._is_save_due = True
            self._scope.start(self._save_soon(), name="keep what was read")

    async def _save_soon(self) -> None:
        await self._clock.wait(asyncio.Event(), _SAVE_AFTER_S)
        self._is_save_due = False
        await self._save()

    async def _save(self) -> None:
        if self._kept is None or not self._changed:
            return
        store, account = self._kept
        marks = {chat_id: self._cache.seen_mark(chat_id) for chat_id in self._changed}
        self._changed.clear()
        try:
            await asyncio.to_thread(store.save, account, marks)
        except LocalFaultError as fault:
            _log.warning("what was read was not kept: %s", fault.message)


def _obstacle_of(chat: Chat) -> str | None:
    # linq-api.md 2.1: a group's call has no effect; 2.2: receipts run over iMessage and RCS.
    if chat.is_group:
        return _GROUPS
    return _SMS if chat.service is Service.SMS else None
