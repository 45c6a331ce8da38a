"""Brings the newest end of a thread into the cache, and older pages on demand."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from linqdesk.domain.errors import LinqDeskError, NotFoundError, RequestRejectedError
from linqdesk.domain.ids import ChatId, MessageId
from linqdesk.domain.ordering import listed
from linqdesk.domain.page import MessagePage
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.ports import Client
from linqdesk.services.walk import TOP, Place, Walk, is_newest_first, place_after
from linqdesk.store.cache import Cache

PAGE_LIMIT = 50
_Look = Callable[[ChatId, MessagePage], None]
_WALK_LIMIT = 100
# A walk that meets nothing known for so long is given up: the agent can still page back by hand.
_MAX_PAGES = 200


class ThreadReader:
    """Reads threads page by page; it trusts neither the order of a page nor a cursor's life.

    No order is documented (linq-api.md 6). A server that lists the newest first is read from the top
    down to what an earlier reading brought; one that lists the oldest first from its last page on.
    """

    def __init__(self, client: Client, cache: Cache, connectivity: Connectivity) -> None:
        """Start having read nothing."""
        self._client = client
        self._cache = cache
        self._connectivity = connectivity
        # So the lists of all that is known of Linq run (linq-api.md 6).
        self._is_newest_first = True
        self._older: dict[ChatId, Place | None] = {}
        self._last: dict[ChatId, Place] = {}
        # What the last complete reading brought. What came in otherwise, such as the answer to a send, does
        # not count: there may be a gap below it.
        self._top: dict[ChatId, frozenset[MessageId]] = {}
        self._first_reading: dict[ChatId, asyncio.Lock] = {}
        self._loading: set[ChatId] = set()

    async def read_newest(self, chat_id: ChatId, limit: int = PAGE_LIMIT) -> None:
        """Fetch what is new at the end of a thread.

        Pages on until something turns up that an earlier reading brought, so that no message is missed
        after an absence, not even after one that began in the middle of such a reading.

        Of a chat that Linq does not know yet there is nothing to fetch.

        Raises:
            LinqDeskError: the API could not be asked.
        """
        summary = self._cache.summary(chat_id)
        if summary is not None and summary.chat.is_provisional:
            return
        if chat_id in self._last:
            await self._read_end(chat_id, limit)
        else:
            await self._read_top(chat_id, limit)
        self._cache.note_end_unknown(chat_id, is_unknown=False)
        self._note_older(chat_id)

    def is_reading_older(self, chat_id: ChatId) -> bool:
        """Tell whether an older page of a thread is on its way."""
        return chat_id in self._loading

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

    async def _read_top(self, chat_id: ChatId, limit: int) -> None:
        if chat_id in self._top:
            await self._walk_from_top(chat_id, limit)
            return
        # Two first readings at once could leave a gap between what the one and the other found.
        async with self._first_reading.setdefault(chat_id, asyncio.Lock()):
            await self._walk_from_top(chat_id, limit)
        self._first_reading.pop(chat_id, None)

    async def _walk_from_top(self, chat_id: ChatId, limit: int) -> None:
        """Read from the top down to what is known, or find that the top is the oldest end."""
        page = await self._fetch(chat_id, TOP, limit, self._note_direction)
        walk = Walk(page, self._top.get(chat_id))
        if chat_id not in self._top:
            self._top[chat_id] = walk.read
            self._older[chat_id] = place_after(page)
        visited: set[str | None] = set()
        while (place := place_after(page)) is not None and not walk.is_done:
            if place.cursor in visited or len(visited) == _MAX_PAGES:
                self._older[chat_id] = place
                break
            visited.add(place.cursor)
            following = await self._turn_to(chat_id, place, _WALK_LIMIT)
            if following is None:
                return
            page = following
            if walk.finds_newer(page):
                self._last[chat_id] = place_after(page) or place
                await self._read_end(chat_id, _WALK_LIMIT)
                return
            walk.take(page)
        self._top[chat_id] = walk.read

    async def _read_end(self, chat_id: ChatId, limit: int) -> None:
        """Go on from the page that was the last one, where the oldest come first."""
        place = self._last[chat_id]
        visited: set[str | None] = set()
        while place.cursor not in visited and len(visited) < _MAX_PAGES:
            visited.add(place.cursor)
            page = await self._turn_to(chat_id, place, limit)
            if page is None:
                # The cursor has expired: the next reading begins anew.
                self._last.pop(chat_id, None)
                return
            self._last[chat_id] = place
            following = place_after(page)
            if following is None:
                return
            place, limit = following, _WALK_LIMIT

    async def _step_back(self, chat_id: ChatId) -> None:
        if chat_id not in self._older:
            await self._read_top(chat_id, PAGE_LIMIT)
            return
        place = self._older[chat_id] or TOP
        page = await self._turn_to(chat_id, place, PAGE_LIMIT)
        if page is None:
            await self._walk_down(chat_id)
            return
        self._older[chat_id] = place_after(page) if page.next_cursor != place.cursor else None

    async def _walk_down(self, chat_id: ChatId) -> None:
        """Walk down from the top to where we were, for the cursor of that place has expired."""
        count = len(self._cache.rows(chat_id))
        place: Place = TOP
        for _ in range(_MAX_PAGES):
            page = await self._turn_to(chat_id, place, _WALK_LIMIT)
            if page is None:
                return
            following = self._older[chat_id] = place_after(page)
            if following is None or len(self._cache.rows(chat_id)) > count:
                return
            place = following

    async def _turn_to(self, chat_id: ChatId, place: Place, limit: int) -> MessagePage | None:
        """Fetch a page into the cache; returns None where its cursor has expired."""
        try:
            return await self._fetch(chat_id, place, limit)
        except (RequestRejectedError, NotFoundError):
            if place.cursor is None:
                raise
            return None

    def _note_direction(self, chat_id: ChatId, page: MessagePage) -> None:
        """Keep what is old from standing in the list as what was said last."""
        is_first = chat_id not in self._top
        if is_first and page.next_cursor is not None and Walk(page, None).begins_with_oldest:
            self._cache.note_end_unknown(chat_id, is_unknown=True)

    async def _fetch(
        self, chat_id: ChatId, place: Place, limit: int, look: _Look | None = None
    ) -> MessagePage:
        """Fetch a page into the cache, and look at it before."""
        sequence = self._cache.next_sequence()
        self._connectivity.budget.spend()
        page = await self._client.list_messages(chat_id, cursor=place.cursor, limit=limit)
        self._connectivity.succeeded()
        if look is not None:
            look(chat_id, page)
        self._is_newest_first = is_newest_first(page, otherwise=self._is_newest_first)
        listing = listed(page.messages, place.beside, is_newest_first=self._is_newest_first)
        self._cache.merge_messages(chat_id, page.messages, sequence, listing)
        return page

    def _note_older(self, chat_id: ChatId) -> None:
        is_at_end = chat_id in self._last or self._older.get(chat_id, TOP) is None
        history = self._cache.history(chat_id)
        self._cache.set_history(chat_id, replace(history, has_older=not is_at_end))
