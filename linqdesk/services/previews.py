"""Fetches the newest messages of chats that are on screen or have changed, a few at a time."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable
from math import inf

from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import ChatId
from linqdesk.services.clock import Clock
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.thread_reader import ThreadReader

WORKERS = 4
# Enough for most unread counts; the whole first page comes when the chat is opened.
_LIMIT = 10


class Previews:
    """A queue of chats; what the window shows goes first, nothing is fetched twice at once."""

    def __init__(self, reader: ThreadReader, connectivity: Connectivity, clock: Clock) -> None:
        """Start with nothing to do."""
        self._reader = reader
        self._connectivity = connectivity
        self._clock = clock
        self._queue: OrderedDict[ChatId, None] = OrderedDict()
        self._fetched_at: dict[ChatId, float] = {}
        # What the agent looks at does not wait for the allowance.
        self._seen: set[ChatId] = set()
        self._busy = 0
        self._filled = asyncio.Event()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being fetched or waits for it."""
        return not self._queue and self._busy == 0

    def want(self, chat_ids: Iterable[ChatId]) -> None:
        """Fetch these before all others, those that were fetched before excepted."""
        for chat_id in reversed([each for each in chat_ids if each not in self._fetched_at]):
            self._queue[chat_id] = None
            self._queue.move_to_end(chat_id, last=False)
            self._seen.add(chat_id)
        self._note_filled()

    def refresh(self, chat_ids: Iterable[ChatId]) -> None:
        """Fetch these again."""
        for chat_id in chat_ids:
            self._queue[chat_id] = None
        self._note_filled()

    def sweep(self, chat_ids: Iterable[ChatId], older_than_s: float) -> None:
        """Fetch those of these again that were fetched longer ago than this, or never."""
        until_s = self._clock.monotonic() - older_than_s
        self.refresh(each for each in chat_ids if self._fetched_at.get(each, -inf) <= until_s)

    async def work(self) -> None:
        """Fetch what is wanted, for ever; several of these run side by side."""
        while True:
            await self._filled.wait()
            if not self._seen:
                await self._connectivity.budget.turn()
            await self._connectivity.allowed()
            if not self._queue:
                self._filled.clear()
                continue
            chat_id, _ = self._queue.popitem(last=False)
            self._seen.discard(chat_id)
            self._busy += 1
            try:
                await self._fetch(chat_id)
            except asyncio.CancelledError:
                # The next worker goes on with it.
                self._queue[chat_id] = None
                self._note_filled()
                raise
            finally:
                self._busy -= 1

    async def _fetch(self, chat_id: ChatId) -> None:
        try:
            await self._reader.read_newest(chat_id, _LIMIT)
        except LinqDeskError as error:
            wait_s = self._connectivity.failed(error)
            if error.is_retryable:
                self.refresh([chat_id])
                await self._connectivity.pause(wait_s)
        else:
            self._fetched_at[chat_id] = self._clock.monotonic()

    def _note_filled(self) -> None:
        if self._queue:
            self._filled.set()
