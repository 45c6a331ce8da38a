"""Brings the files of media parts to this computer: a few at a time, what is looked at first."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from linqdesk.domain.errors import LinqDeskError, NotFoundError, OfflineError, UnexpectedReplyError
from linqdesk.domain.ids import AttachmentId
from linqdesk.domain.message import MediaPart, Message
from linqdesk.domain.outgoing_files import own_key
from linqdesk.local.media_cache import MediaCache, MediaDraft
from linqdesk.local.outgoing_files import OutgoingFiles
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.draft_slot import DraftSlot
from linqdesk.services.media_source import MediaSource
from linqdesk.services.task_scope import TaskScope
from linqdesk.store.cache import Cache
from linqdesk.store.changes import Change, ConnectionChanged, MediaChanged
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
_ON_THE_WAY = frozenset({MediaState.WAITING, MediaState.LOADING})
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
        self._own: OutgoingFiles | None = None

    @property
    def is_idle(self) -> bool:
        """Whether nothing is on its way."""
        return not self._waiting and not self._running

    def use(self, source: MediaSource, scope: TaskScope) -> None:
        """Fetch through this source from now on, in tasks of this scope."""
        self._source, self._scope = source, scope
        self._pump()

    def show_own(self, files: OutgoingFiles) -> None:
        """Show files of ours before Linq has them, from the outbox's folder."""
        self._own = files

    def rest(self) -> None:
        """Begin nothing new before there is a source again."""
        self._source = self._scope = None

    def want(self, message: Message, part_index: int) -> None:
        """Fetch a part that is on screen, before all that was wanted earlier; cheap to repeat.

        What is declared to be larger than 25 MiB is not fetched before somebody asks for it.
        """
        part = _media_part(message, part_index)
        if part is None or self._shows_own(part):
            return
        known = self._cache.media(part.attachment_id)
        if known.state in _ON_THE_WAY:
            self._look(message, part, is_asked_for=False)

    def fetch(self, message: Message, part_index: int) -> None:
        """Fetch a part because somebody asks for it: again after a failure, or although it is large."""
        part = _media_part(message, part_index)
        if part is not None and not self._shows_own(part):
            self._look(message, part, is_asked_for=True)

    def _shows_own(self, part: MediaPart) -> bool:
        """Tell whether a part is a file of ours that Linq does not have, which needs no fetching."""
        key = own_key(part.attachment_id)
        if key is None or self._own is None:
            return False
        # Once it is sent it lies where the customers' files do.
        path = self._cache.media(part.attachment_id).path or self._own.path_of(key)
        # A look at one name of the disk, once for each file.
        is_there = path.is_file()
        state = MediaState.READY if is_there else MediaState.GONE
        self._tell(part.attachment_id, MediaFile(state, 0, part.size_bytes, path if is_there else None))
        return True

    async def bring(self, message: Message, part_index: int) -> Path:
        """Fetch a part because somebody asks for it, and return its file once it is there.

        Raises:
            LinqDeskError: it is not to be had.
        """
        part = _media_part(message, part_index)
        if part is None:
            raise NotFoundError(_GONE_WORDS)
        path = await self._at_hand(part)
        if path is not None:
            return path
        settled = asyncio.Event()

        def hear(change: Change) -> None:
            state = self._cache.media(part.attachment_id).state
            if change == MediaChanged(part.attachment_id) and state not in _ON_THE_WAY:
                settled.set()

        subscription = self._cache.subscribe(hear)
        try:
            self.fetch(message, part_index)
            await settled.wait()
        finally:
            subscription.close()
        file = self._cache.media(part.attachment_id)
        if file.path is None:
            raise file.fault or NotFoundError(_GONE_WORDS)
        return file.path

    async def _at_hand(self, part: MediaPart) -> Path | None:
        """Return a part's file where nobody need fetch it, None where it is not there yet.

        Raises:
            NotFoundError: it was ours, and is gone.
        """
        if not self._shows_own(part):
            return await asyncio.to_thread(self._files.find, part.attachment_id)
        path = self._cache.media(part.attachment_id).path
        if path is None:
            raise NotFoundError(_GONE_WORDS)
        return path

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
            running, _ = self._running[attachment_id]
            running.looked_at = self._looks
            running.is_asked_for |= is_asked_for
            return
        if not is_asked_for and (part.size_bytes or 0) > UNASKED_BYTES:
            self._tell(attachment_id, MediaFile(MediaState.TOO_LARGE, size_bytes=part.size_bytes))
            return
        wish = self._waiting.pop(attachment_id, None)
        if wish is None:
            self._looks += 1
            wish = _Wish(message, part, is_asked_for, self._looks)
        wish.looked_at = self._looks
        wish.is_asked_for |= is_asked_for
        self._waiting[attachment_id] = wish
        self._forget_old()
        self._pump()

    def _forget_old(self) -> None:
        """Give up what many others have been looked at since."""
        unasked = [each for each, wish in self._waiting.items() if not wish.is_asked_for]
        for attachment_id in unasked[:-_PATIENCE]:
            del self._waiting[attachment_id]
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

    def _tell_received(self, part: MediaPart, start: MediaFile, count: int) -> None:
        self._tell(part.attachment_id, replace(start, received_bytes=count))

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
            await self._connectivity.calm()
            try:
                url = await renewed(wish, source)
            except NotFoundError:
                continue
            if url is not None:
                yield url

    async def _download_from(self, url: str, part: MediaPart, source: MediaSource, start: MediaFile) -> Path:
        slot = DraftSlot(partial(self._files.begin, part.attachment_id))
        try:
            draft = await slot.open()
            arrival = _Arrival(draft, part, lambda count: self._tell_received(part, start, count))
            await source.download(url, arrival.take, limit_bytes=min(part.size_bytes or MAX_BYTES, MAX_BYTES))
            await arrival.finish()
            return await asyncio.to_thread(self._files.save, draft)
        finally:
            await slot.discard()


@dataclass(slots=True)
class _Arrival:
    """Bytes on their way into a draft, gathered so that the disk is not troubled with each piece."""

    draft: MediaDraft
    part: MediaPart
    tell: Callable[[int], None]
    received_bytes: int = 0
    told_bytes: int = 0
    pending: bytearray = field(default_factory=bytearray)

    async def take(self, piece: bytes) -> None:
        """Take what has come."""
        if not self.received_bytes and _is_page(piece) and "html" not in self.part.mime_type:
            raise UnexpectedReplyError("A page came in place of the file.")
        self.pending += piece
        self.received_bytes += len(piece)
        if self.received_bytes - self.told_bytes >= _TELL_BYTES:
            self.told_bytes = self.received_bytes
            self.tell(self.received_bytes)
        if len(self.pending) >= _WRITE_BYTES:
            await self._write()

    async def finish(self) -> None:
        """Write the rest, and see whether it is all."""
        await self._write()
        if self.received_bytes < (self.part.size_bytes or 1):
            raise UnexpectedReplyError("The file is shorter than it should be.")

    async def _write(self) -> None:
        pieces = bytes(self.pending)
        self.pending.clear()
        await asyncio.to_thread(self.draft.write, pieces)


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
