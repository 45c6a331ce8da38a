"""Brings pictures that Linq names by their addresses to this computer: icons of groups, faces of cards."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from linqdesk.domain.chat import Chat
from linqdesk.domain.errors import LinqDeskError, NotFoundError, OfflineError, UnexpectedReplyError
from linqdesk.domain.ids import AttachmentId, ChatId
from linqdesk.domain.web_picture import picture_key
from linqdesk.local.media_cache import MediaCache, MediaDraft
from linqdesk.services.clock import Clock
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.draft_slot import DraftSlot
from linqdesk.services.task_scope import TaskScope
from linqdesk.store.cache import Cache
from linqdesk.store.changes import Change, ConnectionChanged
from linqdesk.store.media import MediaFile, MediaState

# What Linq fetches by URL has 10 MB at most (linq-api.md 3.2); it names no limit for icons.
MAX_BYTES = 10 * 1024 * 1024
# After a failure an address is left alone for so long, however often it is looked at.
REST_S = 600.0
_AT_ONCE = 2
# So many pictures may wait; the one that was looked at longest ago goes first.
_PATIENCE = 40
_EXPIRED = (401, 403, 404, 410)


class PictureSource(Protocol):
    """What fetching these pictures needs of the API client."""

    async def download(
        self, address: str, take: Callable[[bytes], Awaitable[None]], *, limit_bytes: int
    ) -> int:
        """Fetch the bytes behind an address in pieces, without a token; returns how many they were."""

    async def get_chat(self, chat_id: ChatId) -> Chat:
        """Return a chat as it is now, with a fresh address of its icon."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """A picture that is looked at; `chat_id` is the group whose icon it is."""

    key: AttachmentId
    address: str
    chat_id: ChatId | None


class WebPictures:
    """Fetches what is looked at and says in the cache where it is; what fails stays away for a while."""

    def __init__(self, cache: Cache, files: MediaCache, connectivity: Connectivity, clock: Clock) -> None:
        """Start without a source: wishes wait for one."""
        self._cache = cache
        self._files = files
        self._connectivity = connectivity
        self._clock = clock
        self._source: PictureSource | None = None
        self._scope: TaskScope | None = None
        self._waiting: dict[AttachmentId, _Wish] = {}
        self._running: set[AttachmentId] = set()
        self._resting_until: dict[AttachmentId, float] = {}
        self._cut_off: set[AttachmentId] = set()
        self._is_online = True
        cache.subscribe(self._on_change)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is on its way."""
        return not self._waiting and not self._running

    def use(self, source: PictureSource, scope: TaskScope) -> None:
        """Fetch through this source from now on, in tasks of this scope."""
        self._source, self._scope = source, scope
        self._pump()

    def rest(self) -> None:
        """Begin nothing new before there is a source again."""
        self._source = self._scope = None

    def want(self, address: str, chat_id: ChatId | None = None) -> None:
        """Fetch a picture that is looked at and is not here, before all earlier ones; cheap to repeat.

        Args:
            address: where Linq says that it is; a file under it that was evicted is fetched again.
            chat_id: the group whose icon it is: of that an address that has expired is asked for anew.
        """
        key = picture_key(address)
        if key is None or key in self._running:
            return
        if self._clock.monotonic() < self._resting_until.get(key, 0.0):
            return
        self._waiting.pop(key, None)
        self._waiting[key] = _Wish(key, address, chat_id)
        if len(self._waiting) > _PATIENCE:
            del self._waiting[next(iter(self._waiting))]
        self._pump()

    def _on_change(self, change: Change) -> None:
        """Let what the network cut off be looked at again once it is back."""
        if not isinstance(change, ConnectionChanged):
            return
        was_online, self._is_online = self._is_online, self._cache.connection.fault is None
        if self._is_online and not was_online:
            cut_off, self._cut_off = self._cut_off, set()
            for key in cut_off:
                self._resting_until.pop(key, None)
                self._cache.set_media(key, MediaFile())

    def _pump(self) -> None:
        source, scope = self._source, self._scope
        while source is not None and scope is not None and self._waiting and len(self._running) < _AT_ONCE:
            key, wish = self._waiting.popitem()
            task = scope.start(self._bring(wish, source), name="web picture")
            if task is None:
                return
            self._running.add(key)
            task.add_done_callback(partial(self._on_done, key))

    def _on_done(self, key: AttachmentId, _task: asyncio.Task[None]) -> None:
        self._running.discard(key)
        self._pump()

    async def _bring(self, wish: _Wish, source: PictureSource) -> None:
        path = await asyncio.to_thread(self._files.find, wish.key)
        # Whoever holds the path of an evicted file hears that there is another one.
        self._cache.set_media(wish.key, MediaFile(MediaState.LOADING))
        try:
            if path is None:
                path = await self._download(wish, source)
        except LinqDeskError as fault:
            self._resting_until[wish.key] = self._clock.monotonic() + REST_S
            if isinstance(fault, OfflineError):
                self._cut_off.add(wish.key)
            self._cache.set_media(wish.key, MediaFile(MediaState.FAILED, fault=fault))
        else:
            self._cache.set_media(wish.key, MediaFile(MediaState.READY, path=path))

    async def _download(self, wish: _Wish, source: PictureSource) -> Path:
        try:
            return await self._download_from(wish.address, wish.key, source)
        except LinqDeskError as fault:
            if wish.chat_id is None or fault.details.status not in _EXPIRED:
                raise
        return await self._download_from(await self._renewed(wish, wish.chat_id, source), wish.key, source)

    async def _renewed(self, wish: _Wish, chat_id: ChatId, source: PictureSource) -> str:
        """Ask where a group's icon is now."""
        await self._connectivity.calm()
        chat = await source.get_chat(chat_id)
        self._cache.merge_chats((chat,))
        address = chat.group_icon_url
        if address is None or address == wish.address or picture_key(address) != wish.key:
            raise NotFoundError("No longer available")
        return address

    async def _download_from(self, address: str, key: AttachmentId, source: PictureSource) -> Path:
        slot = DraftSlot(partial(self._files.begin, key))
        try:
            draft = await slot.open()
            await source.download(address, partial(_take, draft), limit_bytes=MAX_BYTES)
            return await asyncio.to_thread(self._files.save, draft)
        finally:
            await slot.discard()


async def _take(draft: MediaDraft, piece: bytes) -> None:
    # A page in the place of the picture, such as a network's sign-in; no picture that is shown starts so.
    if not draft.size_bytes and piece.lstrip()[:1] == b"<":
        raise UnexpectedReplyError("A page came in place of the picture.")
    await asyncio.to_thread(draft.write, piece)
