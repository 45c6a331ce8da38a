"""Asks the API again and again: the chat list, and the open chat more often."""

from collections.abc import Callable, Container
from itertools import takewhile
from random import Random, SystemRandom

from linqdesk.domain.chat import Chat
from linqdesk.domain.errors import LinqDeskError, NotFoundError, RequestRejectedError
from linqdesk.domain.ids import ChatId
from linqdesk.domain.page import ChatPage
from linqdesk.services.backoff import between_polls
from linqdesk.services.clock import Clock
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.pace import Pace
from linqdesk.services.ports import Client
from linqdesk.services.previews import Previews
from linqdesk.services.thread_reader import ThreadReader
from linqdesk.store.cache import Cache

# What is new stands near the top: a look begins with a small page and ends with it where so many chats at its
# foot are known.
_TOP_LIMIT, _FOOT, _PAGE_LIMIT = 30, 15, 100
_MAX_PAGES = 500
_PREVIEWS_AT_START = 50
SWEEP_EVERY_S, SWEPT_CHATS = 45.0, 10
# A line's standing with Apple changes within hours; sends into a bad one cost more of it.
LINES_EVERY_S = 180.0
# No order of chats is documented, so all pages are read again and again: a page in six seconds at most.
_WHOLE_EVERY_S, _WHOLE_PAGE_S = 60.0, 6.0


class ChatListPoller:
    """Keeps the list of chats and lines; chats that changed are handed to the previews."""

    def __init__(
        self,
        client: Client,
        cache: Cache,
        previews: Previews,
        connectivity: Connectivity,
        clock: Clock,
    ) -> None:
        """Start knowing nothing."""
        self._client = client
        self._cache = cache
        self._previews = previews
        self._connectivity = connectivity
        self._clock = clock
        self._chance: Random = SystemRandom()
        self._is_complete = False
        # A look that broke off has told of changes near the top that no longer lead on to those below.
        self._broke_off = False
        self._whole_at = 0.0
        self._swept_at = clock.monotonic()
        self._lines_at = 0.0
        self.pace = Pace.FOCUSED

    def refresh_lines(self) -> None:
        """Read the lines anew with the next look."""
        self._lines_at = 0.0

    async def run(self) -> None:
        """Poll for ever."""
        while True:
            await self._connectivity.turn()
            try:
                await self._look()
            except LinqDeskError as error:
                wait_s = self._connectivity.failed(error) or self.pace.list_s
            else:
                self._connectivity.succeeded(is_sync=True)
                wait_s = between_polls(self.pace.list_s, self._chance)
            await self._connectivity.pause(wait_s)

    async def _look(self) -> None:
        if await self._read_pages():
            self._broke_off = False
            self._is_complete = True
        await self._learn_lines()
        self._sweep()

    async def _read_pages(self) -> bool:
        """Read from the top until nothing new can follow; tells whether it got there.

        That is so where the first page's lower half is known. Chats move while pages are turned, so further
        down it takes a page that tells nothing new, and one page more as an overlap.
        """
        cursor: str | None = None
        visited: set[str | None] = set()
        is_whole = self._broke_off or not self._is_complete or self._is_whole_due()
        known_in_a_row = 0
        has_news = False
        while cursor not in visited and len(visited) < _MAX_PAGES:
            visited.add(cursor)
            try:
                is_top = cursor is None and not is_whole
                page, changed = await self._read_page(cursor, _TOP_LIMIT if is_top else _PAGE_LIMIT)
            except (RequestRejectedError, NotFoundError):
                if cursor is None:
                    raise
                # The cursor has expired: the next look begins at the top.
                return False
            cursor = page.next_cursor
            known_in_a_row = 0 if changed else known_in_a_row + 1
            has_news = has_news or bool(changed)
            is_foot_known = is_top and _known_at_foot(page, changed) >= _FOOT
            if cursor is None or is_foot_known or (not is_whole and known_in_a_row > (1 if has_news else 0)):
                break
            self._broke_off = self._broke_off or has_news
        if is_whole:
            self._note_whole(len(visited))
        return True

    async def _read_page(self, cursor: str | None, limit: int) -> tuple[ChatPage, list[ChatId]]:
        """Read a page into the cache; returns it with the chats of which it told something new."""
        sequence = self._cache.next_sequence()
        self._connectivity.budget.spend()
        page = await self._client.list_chats(cursor=cursor, limit=limit)
        changed = [chat.id for chat in page.chats if self._has_changed(chat)]
        is_first_look = not self._cache.chat_ids()
        self._cache.merge_chats(page.chats, sequence)
        self._connectivity.succeeded(is_sync=is_first_look)
        if is_first_look:
            self._previews.want(changed[:_PREVIEWS_AT_START])
        elif self._is_complete:
            self._previews.refresh(changed)
        return page, changed

    async def _learn_lines(self) -> None:
        if self._cache.lines and self._clock.monotonic() < self._lines_at:
            return
        self._connectivity.budget.spend()
        self._cache.set_lines(await self._client.list_phone_numbers())
        self._lines_at = self._clock.monotonic() + LINES_EVERY_S

    def _has_changed(self, chat: Chat) -> bool:
        known = self._cache.summary(chat.id)
        return known is None or known.chat.updated_at != chat.updated_at

    def _is_whole_due(self) -> bool:
        return self._clock.monotonic() >= self._whole_at

    def _note_whole(self, page_count: int) -> None:
        wait_s = max(_WHOLE_EVERY_S, page_count * _WHOLE_PAGE_S)
        self._whole_at = self._clock.monotonic() + wait_s

    def _sweep(self) -> None:
        """Read the newest chats again: no source says that `updated_at` moves for everything."""
        now = self._clock.monotonic()
        if now - self._swept_at >= SWEEP_EVERY_S:
            self._swept_at = now
            self._previews.sweep(self._cache.chat_ids()[:SWEPT_CHATS], older_than_s=SWEEP_EVERY_S / 2)


def _known_at_foot(page: ChatPage, changed: Container[ChatId]) -> int:
    """Return how many chats at the end of a page are as they were known."""
    return sum(1 for _ in takewhile(lambda chat: chat.id not in changed, reversed(page.chats)))


class OpenChatPoller:
    """Keeps the end of one thread, from when its chat is opened until it is left.

    The agent looks at it: its looks count in the allowance but do not wait for it, others make room.
    """

    def __init__(
        self,
        chat_id: ChatId,
        reader: ThreadReader,
        connectivity: Connectivity,
        pace: Callable[[], Pace],
        when_read: Callable[[], None],
    ) -> None:
        """Follow a chat; `when_read` is called after each look that succeeded."""
        self._chat_id = chat_id
        self._reader = reader
        self._connectivity = connectivity
        self._pace = pace
        self._when_read = when_read
        self._chance: Random = SystemRandom()

    async def run(self) -> None:
        """Poll until the chat is left or gone."""
        while True:
            await self._connectivity.allowed()
            try:
                await self._reader.read_newest(self._chat_id)
            except NotFoundError:
                return
            except LinqDeskError as error:
                wait_s = self._connectivity.failed(error) or self._pace().chat_s
            else:
                self._when_read()
                wait_s = between_polls(self._pace().chat_s, self._chance)
            await self._connectivity.pause(wait_s)
