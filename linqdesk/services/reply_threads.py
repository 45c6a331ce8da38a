"""Brings in what is not loaded yet: an answered message, a day long ago, a whole chain of replies."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from linqdesk.domain.errors import LinqDeskError, NotFoundError
from linqdesk.domain.ids import ChatId, MessageId
from linqdesk.domain.message import Message
from linqdesk.services.clock import Clock
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.ports import Client
from linqdesk.services.thread_reader import ThreadReader
from linqdesk.store.cache import Cache

_MAX_PAGES_BACK = 400
_MAX_CHAIN_PAGES = 20
_CHAIN_PAGE = 100
_LOOK_AGAIN_S = 0.05

_Answer = TypeVar("_Answer")


class ReplyThreads:
    """Pages back for what the agent wants to see, so that a thread never shows a message with a gap below."""

    def __init__(
        self, client: Client, reader: ThreadReader, cache: Cache, connectivity: Connectivity, clock: Clock
    ) -> None:
        """Read through a client and a reader."""
        self._client = client
        self._reader = reader
        self._cache = cache
        self._connectivity = connectivity
        self._clock = clock

    async def find(self, chat_id: ChatId, message_id: MessageId) -> None:
        """Load a thread back to a message.

        Raises:
            NotFoundError: Linq no longer has it, or it belongs to another chat.
            LinqDeskError: the API could not be asked.
        """
        if self._cache.message(chat_id, message_id) is not None:
            return
        wanted = await self._told(self._client.get_message(message_id))
        if wanted.chat_id not in {chat_id, ""}:
            raise NotFoundError("The message belongs to another chat")
        await self._page_back(
            chat_id,
            lambda: (
                self._cache.message(chat_id, message_id) is not None
                or _reaches(self._cache, chat_id, wanted.created_at)
            ),
        )
        if self._cache.message(chat_id, message_id) is None:
            raise NotFoundError("The message is not in this chat's history")

    async def load_back_to(self, chat_id: ChatId, when: datetime) -> None:
        """Load a thread back to a time, or to its beginning.

        Raises:
            LinqDeskError: the API could not be asked.
        """
        await self._page_back(chat_id, lambda: _reaches(self._cache, chat_id, when))

    async def chain(self, message_id: MessageId) -> tuple[Message, ...]:
        """Return a message with everything that it answers and that answers it, as far as Linq knows.

        Raises:
            LinqDeskError: the API could not be asked.
        """
        found: dict[MessageId, Message] = {}
        cursor: str | None = None
        seen: set[str | None] = set()
        while cursor not in seen and len(seen) < _MAX_CHAIN_PAGES:
            seen.add(cursor)
            page = await self._told(self._client.list_thread(message_id, cursor=cursor, limit=_CHAIN_PAGE))
            found.update((message.id, message) for message in page.messages)
            if page.next_cursor is None:
                break
            cursor = page.next_cursor
        return tuple(found.values())

    async def _told(self, question: Awaitable[_Answer]) -> _Answer:
        try:
            answer = await question
        except LinqDeskError as error:
            self._connectivity.failed(error)
            raise
        self._connectivity.succeeded()
        return answer

    async def _page_back(self, chat_id: ChatId, is_there: Callable[[], bool]) -> None:
        pages = 0
        while not is_there() and self._cache.history(chat_id).has_older and pages < _MAX_PAGES_BACK:
            if self._reader.is_reading_older(chat_id):
                await self._clock.wait(asyncio.Event(), _LOOK_AGAIN_S)
                continue
            pages += 1
            await self._reader.read_older(chat_id)
            fault = self._cache.history(chat_id).fault
            if fault is not None:
                raise fault


def _reaches(cache: Cache, chat_id: ChatId, when: datetime) -> bool:
    """Tell whether a thread is loaded back beyond a time."""
    oldest = next((row.content for row in cache.rows(chat_id) if isinstance(row.content, Message)), None)
    return oldest is not None and (oldest.sent_at or oldest.created_at) < when
