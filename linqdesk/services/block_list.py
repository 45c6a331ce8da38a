"""Reads whom our account has blocked: now and then, and at once where a chat contradicts what was read."""

import asyncio

from linqdesk.domain.blocking import BlockList
from linqdesk.domain.errors import LinqDeskError, NotAllowedError, NotFoundError, RequestRejectedError
from linqdesk.domain.ids import ChatId
from linqdesk.domain.message import Message
from linqdesk.domain.send_gate import LockReason
from linqdesk.services.clock import Clock
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.ports import Client
from linqdesk.store.cache import Cache
from linqdesk.store.changes import Change, ChatsChanged

EVERY_S = 180.0


class BlockListReader:
    """Asks for as long as there is such a list: where Linq knows no such operation it never asks again."""

    def __init__(self, client: Client, cache: Cache, connectivity: Connectivity, clock: Clock) -> None:
        """Know nothing yet."""
        self._client = client
        self._cache = cache
        self._connectivity = connectivity
        self._clock = clock
        self._doubted = asyncio.Event()
        self._subscription = cache.subscribe(self._on_change)

    def close(self) -> None:
        """Hear of nothing any more."""
        self._subscription.close()

    def refresh(self) -> None:
        """Read anew at once."""
        self._doubted.set()

    async def run(self) -> None:
        """Read for ever, or until Linq says that it has no such list."""
        while True:
            await self._connectivity.budget.turn()
            await self._connectivity.calm()
            self._doubted.clear()
            asked_at = self._clock.now()
            self._connectivity.budget.spend()
            try:
                blocked = await self._client.list_blocked_handles()
            except (NotFoundError, NotAllowedError, RequestRejectedError):
                return
            except LinqDeskError:
                # Everything that must be asked says how the connection is; this list may be missing.
                await self._clock.wait(self._doubted, EVERY_S)
                continue
            self._cache.set_blocks(BlockList(asked_at, {each.handle: each for each in blocked}))
            await self._clock.wait(self._doubted, EVERY_S)

    def _on_change(self, change: Change) -> None:
        if isinstance(change, ChatsChanged) and any(map(self._is_doubtful, change.updated)):
            self._doubted.set()

    def _is_doubtful(self, chat_id: ChatId) -> bool:
        """Tell whether a chat is locked by a block that the list does not tell of, or has news since."""
        summary, blocks = self._cache.summary(chat_id), self._cache.blocks
        if blocks is None or summary is None or summary.lock is None:
            return False
        newest = summary.newest
        is_listed = any(blocks.find(each.handle) for each in summary.chat.others)
        has_news = isinstance(newest, Message) and newest.created_at > blocks.read_at
        return summary.lock.reason is LockReason.BLOCKED and (has_news or not is_listed)
