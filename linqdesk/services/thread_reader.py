"""Brings the newest end of a thread into the cache, and older pages on demand."""

from collections.abc import Sequence
from dataclasses import replace

from linqdesk.domain.errors import LinqDeskError, NotFoundError, RequestRejectedError
from linqdesk.domain.ids import ChatId
from linqdesk.domain.message import Message
from linqdesk.domain.ordering import message_sort_key
from linqdesk.domain.page import MessagePage
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.ports import Client
from linqdesk.store.cache import Cache

PAGE_LIMIT = 50
_WALK_LIMIT = 100
# A walk that meets nothing known for so long is given up: the agent can still page back by hand.
_MAX_PAGES = 200


class ThreadReader:
    """Reads threads page by page; it trusts neither the order of a page nor a cursor's life."""

    def __init__(self, client: Client, cache: Cache, connectivity: Connectivity) -> None:
        """Start having read nothing."""
        self._client = client
        self._cache = cache
        self._connectivity = connectivity
        self._older: dict[ChatId, str | None] = {}
        self._last_cursor: dict[ChatId, str | None] = {}
        self._loading: set[ChatId] = set()

    async def read_newest(self, chat_id: ChatId, limit: int = PAGE_LIMIT) -> None:
        """Fetch what is new at the end of a thread.

        Pages on until something known turns up, so that no message is missed after an absence.

        Raises:
            LinqDeskError: the API could not be asked.
        """
        cursor = self._last_cursor.get(chat_id)
        is_first_reading = not self._cache.rows(chat_id)
        visited: set[str | None] = set()
        while cursor not in visited and len(visited) < _MAX_PAGES:
            visited.add(cursor)
            page, meets_known = await self._fetch(chat_id, cursor, limit)
            ascends = _ascends(page.messages)
            if ascends or (cursor is not None and chat_id in self._last_cursor):
                # The end of the thread is the last page: go on from here the next time.
                self._last_cursor[chat_id] = cursor
                limit = _WALK_LIMIT
            elif chat_id not in self._older and cursor is None:
                self._older[chat_id] = page.next_cursor
            if page.next_cursor is None:
                break
            if not ascends and (meets_known or is_first_reading):
                break
            cursor = page.next_cursor
        self._note_older(chat_id)

    async def read_older(self, chat_id: ChatId) -> None:
        """Fetch the next older page; what goes wrong is said in the chat's history."""
        history = self._cache.history(chat_id)
        if chat_id in self._loading or not history.has_older:
            return
        self._loading.add(chat_id)
        self._cache.set_history(chat_id, replace(history, is_loading=True, fault=None))
        fault: LinqDeskError | None = None
        try:
            await self._connectivity.allowed()
            await self._step_back(chat_id)
        except LinqDeskError as error:
            self._connectivity.failed(error)
            fault = error
        finally:
            self._loading.discard(chat_id)
            told = self._cache.history(chat_id)
            self._cache.set_history(chat_id, replace(told, is_loading=False, fault=fault))
        self._note_older(chat_id)

    async def _step_back(self, chat_id: ChatId) -> None:
        cursor = self._older.get(chat_id)
        try:
            page, _ = await self._fetch(chat_id, cursor, PAGE_LIMIT)
        except (RequestRejectedError, NotFoundError):
            if cursor is None:
                raise
            # The cursor has expired: walk down from the top to where we were.
            await self._walk_down(chat_id)
            return
        self._older[chat_id] = page.next_cursor if page.next_cursor != cursor else None

    async def _walk_down(self, chat_id: ChatId) -> None:
        count = len(self._cache.rows(chat_id))
        cursor: str | None = None
        for _ in range(_MAX_PAGES):
            page, _ = await self._fetch(chat_id, cursor, _WALK_LIMIT)
            cursor = page.next_cursor
            self._older[chat_id] = cursor
            if cursor is None or len(self._cache.rows(chat_id)) > count:
                return

    async def _fetch(self, chat_id: ChatId, cursor: str | None, limit: int) -> tuple[MessagePage, bool]:
        sequence = self._cache.next_sequence()
        page = await self._client.list_messages(chat_id, cursor=cursor, limit=limit)
        self._connectivity.succeeded()
        meets_known = any(self._is_known(chat_id, message) for message in page.messages)
        self._cache.merge_messages(chat_id, page.messages, sequence)
        return page, meets_known

    def _is_known(self, chat_id: ChatId, message: Message) -> bool:
        known = self._cache.message(chat_id, message.id)
        return known is not None and known.updated_at == message.updated_at

    def _note_older(self, chat_id: ChatId) -> None:
        is_at_end = chat_id in self._last_cursor or self._older.get(chat_id, "") is None
        history = self._cache.history(chat_id)
        self._cache.set_history(chat_id, replace(history, has_older=not is_at_end))


def _ascends(messages: Sequence[Message]) -> bool:
    """Tell whether a page is the wrong way round: no order is documented (linq-api.md 6)."""
    if len(messages) <= 1:
        return False
    return message_sort_key(messages[0]) < message_sort_key(messages[-1])
