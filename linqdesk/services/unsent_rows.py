"""Keeps what is unsent in step: the lanes, the rows on screen, the journal and the files."""

import asyncio
import logging
from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import replace

from linqdesk.domain.beginning import provisional_chat
from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import FileKey
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import OutgoingMessage, OutgoingState
from linqdesk.domain.outgoing_files import own_attachment_id
from linqdesk.services.keeping import Keeping
from linqdesk.services.lanes import Lane, Lanes
from linqdesk.store.cache import Cache
from linqdesk.store.media import MediaFile, MediaState
from linqdesk.store.uploads import Upload, UploadState
from linqdesk.store.view import History

# linq-api.md 4: TIFF becomes JPEG and CAF becomes MP4 on the way.
_CHANGED_BY_LINQ = frozenset({"image/tiff", "audio/x-caf"})

_AT_REST = frozenset({UploadState.WAITING, UploadState.HELD})

_log = logging.getLogger(__name__)


class UnsentRows:
    """The one writer of unsent messages."""

    def __init__(self, cache: Cache, keeping: Keeping) -> None:
        """Start without any."""
        self._cache = cache
        self._journal = keeping.journal
        self._files = keeping.files
        self._media = keeping.media
        self.lanes = Lanes()
        # Cache and outbox live equally long.
        cache.subscribe(self.lanes.on_change)

    async def keep(self, taken: Sequence[OutgoingMessage]) -> None:
        """Write new messages down, all or none.

        Raises:
            LocalFaultError: they cannot be kept.
        """
        await self._journal.add(taken)

    async def rewrite(self, taken: Sequence[OutgoingMessage]) -> None:
        """Write messages down as they stand now, before they are shown."""
        await self._safely(self._journal.update(taken))

    def show(self, lane: Lane, outgoing: OutgoingMessage) -> None:
        """Put a message at the end of its lane and on screen."""
        lane.waiting.append(outgoing)
        self._tell_waiting(lane)
        self._cache.add_outgoing(outgoing)

    def take_up(self, outgoing: OutgoingMessage, now_s: float) -> None:
        """Take up what an earlier run left; what may have been on its way counts as unconfirmed."""
        if outgoing.state is OutgoingState.SENDING:
            outgoing = replace(outgoing, state=OutgoingState.UNCONFIRMED)
        chat_id = outgoing.chat_id
        lane = self.lanes.of(chat_id)
        if outgoing.begins is not None and self._cache.summary(chat_id) is None:
            chat = provisional_chat(outgoing.begins, chat_id, outgoing.created_at)
            self._cache.merge_chats([chat])
            self._cache.set_history(chat_id, History(has_older=False))
        if not lane.waiting and outgoing.state is OutgoingState.UNCONFIRMED:
            lane.unknown_since = now_s
        self.show(lane, outgoing)

    async def note(self, lane: Lane, outgoing: OutgoingMessage) -> None:
        """Let a message of a lane stand as this; a disk that refuses is noted, the message itself is safe."""
        self._put(lane, outgoing)
        await self._safely(self._journal.update([outgoing]))

    async def note_surely(self, lane: Lane, outgoing: OutgoingMessage) -> None:
        """Let a message of a lane stand as this, where that must not be forgotten.

        Raises:
            LocalFaultError: it cannot be kept.
        """
        self._put(lane, outgoing)
        await self._journal.update([outgoing])

    async def confirm(self, lane: Lane, message: Message) -> None:
        """Let the head of a lane become what Linq made of it."""
        await self._hand_over(lane.waiting[0])
        lane.unknown_since = None
        head = lane.waiting.popleft()
        if head.begins is None or message.chat_id == lane.chat_id:
            self._cache.confirm(lane.chat_id, head.local_id, message)
        else:
            # A page told of another chat of the same people meanwhile: this one comes with the next.
            self._cache.remove_outgoing(lane.chat_id, head.local_id)
        await self._forget(head, lane)

    async def drop(self, lane: Lane, outgoing: OutgoingMessage) -> None:
        """Take a message away that will not be sent, or that was and is gone since."""
        if lane.is_head(outgoing.local_id):
            lane.unknown_since = None
        lane.waiting.remove(outgoing)
        self._cache.remove_outgoing(lane.chat_id, outgoing.local_id)
        self._hand_on(lane, outgoing)
        self._tell_waiting(lane)
        await self._forget(outgoing, lane)

    def release_parked(self, lane: Lane) -> None:
        """Show own messages that a poll brought although one of them may be the head."""
        self._cache.release_parked(lane.chat_id)

    def _put(self, lane: Lane, outgoing: OutgoingMessage) -> None:
        lane.put(outgoing)
        self._tell_waiting(lane)
        self._cache.update_outgoing(outgoing)

    def _tell_waiting(self, lane: Lane) -> None:
        """Say of the files of a lane that do not move whether they have their turn soon."""
        is_held = False
        for outgoing in lane.waiting:
            is_held = is_held or outgoing.state is OutgoingState.FAILED
            state = UploadState.HELD if is_held else UploadState.WAITING
            for file in outgoing.content.missing_files:
                known = self._cache.uploads.of(file.key)
                if known is None or known.state in _AT_REST:
                    self._cache.uploads.set(file.key, Upload(state, 0, file.size_bytes))

    def _hand_on(self, lane: Lane, gone: OutgoingMessage) -> None:
        """Let the next message begin the chat that the one before it did not; without any it is dropped.

        A chat in which something is being written stays: the next message begins it.
        """
        summary = self._cache.summary(lane.chat_id)
        if gone.begins is None or summary is None or not summary.chat.is_provisional:
            return
        if lane.waiting:
            lane.waiting[0] = replace(lane.waiting[0], begins=gone.begins)
            self._cache.update_outgoing(lane.waiting[0])
        elif summary.draft is None:
            self.lanes.drop(lane.chat_id)
            self._cache.drop_chat(lane.chat_id)

    async def _forget(self, gone: OutgoingMessage, lane: Lane) -> None:
        """Forget a message; those behind the beginning of a chat are written down as they stand then.

        Its files stay where it could not be forgotten: after a crash it is there again and needs them.
        """
        changed = () if gone.begins is None else tuple(lane.waiting)
        keys = {file.key for file in gone.content.files} - self.lanes.keys()
        for key in keys:
            self._cache.uploads.forget(key)
        if await self._safely(self._journal.remove(gone.local_id, changed)):
            await self._drop_files(keys)

    async def _hand_over(self, sent: OutgoingMessage) -> None:
        """Let what was sent be shown from here: the customer sees it too, so nobody need fetch it."""
        media = self._media
        if media is None:
            return
        for file in sent.content.files:
            if file.attachment_id is not None and file.media_type not in _CHANGED_BY_LINQ:
                path = self._files.path_of(file.key)
                await asyncio.to_thread(media.adopt, file.attachment_id, path, file.sha256)
                kept = await asyncio.to_thread(media.find, file.attachment_id)
                if kept is not None:
                    twin, size = own_attachment_id(file.key), file.size_bytes
                    shown = MediaFile(MediaState.READY, size, size, kept, twin=twin)
                    self._cache.set_media(file.attachment_id, shown)
                    # Who looks at it by its own name goes on doing so.
                    self._cache.set_media(twin, MediaFile(MediaState.READY, size, size, kept))

    async def _drop_files(self, keys: Iterable[FileKey]) -> None:
        unused = set(keys) - self.lanes.keys()
        if unused:
            summaries = map(self._cache.summary, self._cache.chat_ids())
            drafts = [each.draft for each in summaries if each is not None and each.draft is not None]
            unused -= {file.key for draft in drafts for file in draft.files}
        if unused:
            await asyncio.to_thread(self._files.remove, unused)

    async def _safely(self, change: Coroutine[object, object, None]) -> bool:
        """Make a change that may fail: the message itself is safe, its key makes a repetition harmless.

        Tells whether it is kept.
        """
        try:
            await change
        except LocalFaultError as fault:
            _log.warning("the state of a message was not kept: %s", fault.message)
            return False
        return True
