"""Brings the files of media parts to this computer: a few at a time, what is looked at first."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from linqdesk.domain.errors import LinqDeskError, NotFoundError, OfflineError, UnexpectedReplyError
from linqdesk.domain.ids import AttachmentId
from linqdesk.domain.message import MediaPart, Message
from linqdesk.local.media_cache import MediaCache, MediaDraft
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.media_source import MediaSource
from linqdesk.services.task_scope import TaskScope
from linqdesk.store.cache import Cache
from linqdesk.store.changes import Change, ConnectionChanged
from linqdesk.store.media import MediaFile, MediaState

MAX_BYTES = 100 * 1024 * 1024
UNASKED_BYTES = 25 * 1024 * 1024
_AT_ONCE = 3
# So many media may be looked at before one that nobody looks at any more is given up.
_PATIENCE = 40
_WRITE_BYTES = 512 * 1024
_TELL_BYTES = 256 * 1024
_EXPIRED = (401, 403, 404, 410)
_GONE_WORDS = "No longer available"
_PAGE_STARTS = (b"<!doctype html", b"<html")


@dataclass(slots=True)
class _Wish:
    """Somebody looks at a media part, or asked for it."""

    message: Message
    part: MediaPart
    is_asked_for: bool
    looked_at: int


class MediaFetcher:
    """Fetches what is wanted and says in the cache how far it is; an expired address is renewed once."""

    def __init__(self, cache: Cache, files: MediaCache, connectivity: Connectivity) -> None:
        """Start without a source: wishes wait for one."""
        self._cache = cache
        self._files = files
        self._connectivity = connectivity
        self._source: MediaSource | None = None
        self._scope: TaskScope | None = None
        self._is_online = True
        self._cut_off: set[AttachmentId] = set()
        cache.subscribe(self._on_change)
        self._waiting: dict[AttachmentId, _Wish] = {}
        self._running: dict[AttachmentId, tuple[_Wish, asyncio.Task[None]]] = {}
        self._looks = 0

    @property
    def is_idle(self) -> bool:
        """Whether nothing is on its way."""
        return not self._waiting and not self._running

    def use(self, source: MediaSource, scope: TaskScope) -> None:
        """Fetch through this source from now on, in tasks of this scope."""
        self._source, self._scope = source, scope
        self._pump()

    def rest(self) -> None:
        """Begin nothing new before there is a source again."""
        self._source = self._scope = None

    def want(self, message: Message, part_index: int) -> None:
        """Fetch a part that is on screen, before all that was wanted earlier; cheap to repeat.

        What is declared to be larger than 25 MiB is not fetched before somebody asks for it.
        """
        part = _media_part(message, part_index)
        if part is None:
            return
        known = self._cache.media(part.attachment_id)
        if known.state in {MediaState.WAITING, MediaState.LOADING}:
            self._look(message, part, is_asked_for=False)

    def fetch(self, message: Message, part_index: int) -> None:
        """Fetch a part because somebody asks for it: again after a failure, or although it is large."""
        part = _media_part(message, part_index)
        if part is not None:
            self._look(message, part, is_asked_for=True)

    def _on_change(self, change: Change) -> None:
        """Let what the network cut off be wanted again once it is back."""
        if not isinstance(change, ConnectionChanged):
            return
        was_online, self._is_online = self._is_online, self._cache.connection.fault is None
        if self._is_online and not was_online:
            cut_off, self._cut_off = self._cut_off, set()
            for attachment_id in cut_off:
                self._tell(attachment_id, MediaFile())

    def _look(self, message: Message, part: MediaPart, *, is_asked_for: bool) -> None:
        attachment_id = part.attachment_id
        if attachment_id in self._running:
            self._running[attachment_id][0].looked_at = self._looks
            return
        if not is_asked_for and (part.size_bytes or 0) > UNASKED_BYTES:
            self._tell(attachment_id, MediaFile(MediaState.TOO_LARGE, size_bytes=part.size_bytes))
            return
        wish = self._waiting.pop(attachment_id, None)
        if wish is None:
            self._looks += 1
            wish = _Wish(message, part, is_asked_for, self._looks)
        wish.looked_at = self._looks
        self._waiting[attachment_id] = wish
        self._forget_old()
        self._pump()

    def _forget_old(self) -> None:
        """Give up what many others have been looked at since."""
        while len(self._waiting) > _PATIENCE:
            del self._waiting[next(iter(self._waiting))]
        for wish, task in self._running.values():
            if self._looks - wish.looked_at > _PATIENCE and not wish.is_asked_for:
                task.cancel()

    def _pump(self) -> None:
        source, scope = self._source, self._scope
        while source is not None and scope is not None and self._waiting and len(self._running) < _AT_ONCE:
            attachment_id, wish = self._waiting.popitem()
            task = scope.start(self._bring(wish, source), name="media")
            if task is None:
                return
            self._running[attachment_id] = (wish, task)
            task.add_done_callback(partial(self._on_done, attachment_id))

    def _on_done(self, attachment_id: AttachmentId, _task: asyncio.Task[None]) -> None:
        self._running.pop(attachment_id, None)
        if self._cache.media(attachment_id).state is MediaState.LOADING:
            # It was given up: the next look starts anew.
            self._tell(attachment_id, MediaFile())
        self._pump()

    def _tell(self, attachment_id: AttachmentId, file: MediaFile) -> None:
        self._cache.set_media(attachment_id, file)

    async def _bring(self, wish: _Wish, source: MediaSource) -> None:
        part = wish.part
        start = MediaFile(MediaState.LOADING, size_bytes=part.size_bytes)
        path = await asyncio.to_thread(self._files.find, part.attachment_id)
        try:
            if path is None:
                self._tell(part.attachment_id, start)
                path = await self._download(wish, source, start)
        except NotFoundError as gone:
            self._tell(part.attachment_id, replace(start, state=MediaState.GONE, fault=gone))
        except LinqDeskError as fault:
            if isinstance(fault, OfflineError):
                self._cut_off.add(part.attachment_id)
            self._tell(part.attachment_id, replace(start, state=MediaState.FAILED, fault=fault))
        else:
            self._tell(part.attachment_id, replace(start, state=MediaState.READY, path=path))

    async def _download(self, wish: _Wish, source: MediaSource, start: MediaFile) -> Path:
        async for url in self._addresses(wish, source):
            try:
                return await self._download_from(url, wish.part, source, start)
            except LinqDeskError as fault:
                if fault.details.status not in _EXPIRED:
                    raise
        raise NotFoundError(_GONE_WORDS)

    async def _addresses(self, wish: _Wish, source: MediaSource) -> AsyncIterator[str]:
        """Yield where the file may be: as the message said, as Linq says now, as the message says now."""
        if wish.part.url is not None:
            yield wish.part.url
        for renewed in (_by_attachment, _by_message):
            await self._connectivity.allowed()
            try:
                url = await renewed(wish, source)
            except NotFoundError:
                continue
            if url is not None:
                yield url

    async def _download_from(self, url: str, part: MediaPart, source: MediaSource, start: MediaFile) -> Path:
        draft = await asyncio.to_thread(self._files.begin, part.attachment_id)
        limit_bytes = min(part.size_bytes or MAX_BYTES, MAX_BYTES)
        try:
            async with aclosing(source.download(url, limit_bytes=limit_bytes)) as chunks:
                await self._receive(chunks, draft, part, start)
            return await asyncio.to_thread(self._files.save, draft)
        finally:
            await asyncio.to_thread(draft.discard)

    async def _receive(
        self, chunks: AsyncIterator[bytes], draft: MediaDraft, part: MediaPart, start: MediaFile
    ) -> None:
        pending = bytearray()
        received_bytes = told_bytes = 0
        async for chunk in chunks:
            if not received_bytes and _is_page(chunk) and "html" not in part.mime_type:
                raise UnexpectedReplyError("A page came in place of the file.")
            pending += chunk
            received_bytes += len(chunk)
            if received_bytes - told_bytes >= _TELL_BYTES:
                told_bytes = received_bytes
                self._tell(part.attachment_id, replace(start, received_bytes=received_bytes))
            if len(pending) >= _WRITE_BYTES:
                await asyncio.to_thread(draft.write, bytes(pending))
                pending.clear()
        await asyncio.to_thread(draft.write, bytes(pending))
        if received_bytes < (part.size_bytes or 1):
            raise UnexpectedReplyError("The file is shorter than it should be.")


async def _by_attachment(wish: _Wish, source: MediaSource) -> str | None:
    return (await source.get_attachment(wish.part.attachment_id)).download_url


async def _by_message(wish: _Wish, source: MediaSource) -> str | None:
    message = await source.get_message(wish.message.id)
    wanted = wish.part.attachment_id
    return next((each.url for each in _files_of(message) if each.attachment_id == wanted), None)


def _files_of(message: Message) -> Iterator[MediaPart]:
    """Yield the files of a message: its media parts, and the stickers on any of its parts."""
    for part in message.parts:
        if isinstance(part, MediaPart):
            yield part
        yield from filter(None, (reaction.sticker for reaction in part.reactions))


def _media_part(message: Message, part_index: int) -> MediaPart | None:
    part = message.parts[part_index] if 0 <= part_index < len(message.parts) else None
    return part if isinstance(part, MediaPart) else None


def _is_page(head: bytes) -> bool:
    """Tell whether a web page begins here, such as a network's sign-in or a host's excuse."""
    return head.lstrip()[:32].lower().startswith(_PAGE_STARTS)
