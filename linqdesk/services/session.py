"""Everything alive for one signed-in account; also answers the window's wishes."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from linqdesk.domain.beginning import Beginning
from linqdesk.domain.errors import LinqDeskError, OfflineError
from linqdesk.domain.ids import ChatId, Handle, LocalId, MessageId
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import Content, Draft
from linqdesk.domain.send_gate import SendTerms
from linqdesk.domain.wishes import Wish
from linqdesk.local.dictionaries import system_dictionaries
from linqdesk.local.media_cache import MediaCache
from linqdesk.local.picture_decoder import PictureDecoder, PictureRequest
from linqdesk.local.recording_reader import RecordingReader, RecordingRequest
from linqdesk.services.capabilities import Capabilities, Told
from linqdesk.services.clock import Clock, SystemClock
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.media import MediaFetcher
from linqdesk.services.media_copies import Copied, MediaCopies
from linqdesk.services.message_acts import MessageActs
from linqdesk.services.outbox import Outbox
from linqdesk.services.outbox_journal import Journal, MemoryJournal
from linqdesk.services.picture_decoding import Decoded, PictureDecoding
from linqdesk.services.polling import ChatListPoller, OpenChatPoller, Pace
from linqdesk.services.ports import Client
from linqdesk.services.previews import WORKERS, Previews
from linqdesk.services.recording_reading import RecordingRead, RecordingReading
from linqdesk.services.reply_threads import ReplyThreads
from linqdesk.services.spelling import Spelling
from linqdesk.services.task_scope import TaskScope
from linqdesk.services.thread_reader import ThreadReader
from linqdesk.services.typing import TypingSignal
from linqdesk.store.cache import Cache
from linqdesk.store.changes import Change, ChatAdopted

_FINISH_S = 2.0


class _Following:
    """What runs for one client: pollers and previews, in a scope of their own."""

    def __init__(
        self,
        client: Client,
        cache: Cache,
        connectivity: Connectivity,
        clock: Clock,
        on_failure: Callable[[Exception], None] | None,
    ) -> None:
        self.client = client
        self.scope = TaskScope("session", on_failure)
        self.reader = ThreadReader(client, cache, connectivity)
        self.threads = ReplyThreads(client, self.reader, cache, connectivity, clock)
        self.previews = Previews(self.reader, connectivity)
        self.chat_list = ChatListPoller(client, cache, self.previews, connectivity, clock)
        self.scope.start_loop(self.chat_list.run, name="chat list", clock=clock)
        for number in range(WORKERS):
            self.scope.start_loop(self.previews.work, name=f"previews {number}", clock=clock)


class Session:
    """The services behind the window; it can be asked for things before it is opened."""

    def __init__(
        self,
        cache: Cache,
        *,
        files: MediaCache,
        clock: Clock | None = None,
        journal: Journal | None = None,
        on_failure: Callable[[Exception], None] | None = None,
    ) -> None:
        """Get ready without a client.

        Args:
            cache: what the window reads.
            files: keeps customers' files on this computer.
            clock: the computer's own by default.
            journal: keeps unsent messages; in memory by default.
            on_failure: hears of failures that no service expected.
        """
        self._cache = cache
        self._clock = clock or SystemClock()
        self._on_failure = on_failure
        self._commands = TaskScope("commands", on_failure)
        self._connectivity = Connectivity(cache, self._clock)
        self._journal = journal or MemoryJournal()
        self._outbox = Outbox(cache, self._journal, self._connectivity, self._commands, self._clock)
        self._capabilities = Capabilities(self._connectivity, self._commands, self._clock)
        self._typing = TypingSignal(cache, self._commands, self._clock)
        self._acts = MessageActs(cache, self._connectivity, self._clock)
        self._media = MediaFetcher(cache, files, self._connectivity)
        self._copies = MediaCopies(self._media, files.opened_folder)
        self._pictures = PictureDecoding(PictureDecoder(), self._commands, self._clock)
        self._recordings = RecordingReading(RecordingReader(), self._commands, self._clock)
        self.spelling = Spelling(system_dictionaries(), self._commands)
        self._following: _Following | None = None
        self._open_scope: TaskScope | None = None
        self._open_chat: ChatId | None = None
        self._wanted: tuple[ChatId, ...] = ()
        self._pace = Pace.FOCUSED
        # Cache and session live equally long.
        cache.subscribe(self._on_cache_changed)

    @property
    def is_settled(self) -> bool:
        """Whether nothing that was asked for is still on its way."""
        following = self._following
        if following is None or self._outbox.is_in_flight or not self._acts.is_idle:
            return False
        return (
            following.previews.is_idle
            and self._media.is_idle
            and self._pictures.is_idle
            and self._recordings.is_idle
        )

    async def restore(self) -> int:
        """Take up the drafts and unsent messages of earlier runs; returns how many cannot be read.

        Raises:
            LocalFaultError: what is kept cannot be read at all.
        """
        return await self._outbox.restore()

    async def open(self, client: Client) -> None:
        """Follow the account through this client, in place of the one before."""
        await self._stop_following()
        following = _Following(client, self._cache, self._connectivity, self._clock, self._on_failure)
        following.chat_list.pace = self._pace
        following.previews.want(self._wanted)
        self._following = following
        self._outbox.use(client)
        self._acts.use(client)
        self._capabilities.use(client)
        self._typing.use(client)
        self._media.use(client, following.scope)
        self._connectivity.signed_in_again()
        await self._follow_open_chat()

    async def close(self) -> None:
        """Stop everything; a send under way gets two seconds for its answer."""
        await self._stop_following()
        await self._commands.close()
        await asyncio.to_thread(self._pictures.close)
        await asyncio.to_thread(self._recordings.close)

    # The window's wishes (linqdesk.ui.commands.Commands).

    def open_chat(self, chat_id: ChatId | None) -> None:
        """Follow this chat closely and mark what it holds as seen; None where no chat is open."""
        if chat_id == self._open_chat:
            return
        if self._open_chat is not None:
            self._cache.mark_left(self._open_chat)
        self._open_chat = chat_id
        if chat_id is not None:
            self._cache.mark_opened(chat_id)
            self._see()
        self._commands.start(self._follow_open_chat(), name="open chat")

    def send(
        self,
        chat_id: ChatId,
        content: Content,
        done: Callable[[LinqDeskError | None], None],
        *,
        followed_by: tuple[Content, ...] = (),
        terms: SendTerms | None = None,
    ) -> None:
        """Put a message into the outbox; `done` hears whether it is safe there."""
        taking = self._outbox.enqueue(chat_id, content, followed_by=followed_by, terms=terms)
        self._commands.start(_told(taking, done), name="put into outbox")

    def note_typing(self, chat_id: ChatId) -> None:
        """Show the customer that somebody types, where that can be seen."""
        self._typing.note_key(chat_id)

    def stop_typing(self) -> None:
        """Show it no longer."""
        self._typing.stop()

    def enable_typing(self, *, is_enabled: bool) -> None:
        """Obey the setting that customers may see when somebody types."""
        self._typing.enable(is_enabled=is_enabled)

    def begin_chat(
        self,
        beginning: Beginning,
        content: Content,
        done: Callable[[ChatId | None, LinqDeskError | None], None],
        *,
        held: tuple[Content, ...] = (),
    ) -> None:
        """Put the first message of a new chat into the outbox; `done` hears under which id it stands."""

        async def begin() -> None:
            done(await self._outbox.begin(beginning, content, held), None)

        def hear(error: LinqDeskError | None) -> None:
            if error is not None:
                done(None, error)

        self._commands.start(_told(begin(), hear), name="begin chat")

    def check_reach(self, line: Handle, handles: Iterable[Handle], told: Told) -> None:
        """Find out how people can be reached from a line; `told` hears of each, at once and later."""
        self._capabilities.want(line, handles, told)

    def retry(self, local_id: LocalId) -> None:
        """Send a failed message again, under the same key."""
        self._commands.start(self._outbox.retry(local_id), name="retry")

    def discard(self, local_id: LocalId) -> None:
        """Drop a failed or queued message."""
        self._commands.start(self._outbox.discard(local_id), name="discard")

    def load_older(self, chat_id: ChatId) -> None:
        """Fetch the next older page of a thread, unless that is under way or there is none."""
        if self._following is not None:
            self._following.scope.start(self._following.reader.read_older(chat_id), name="older")

    def change(
        self, chat_id: ChatId, message_id: MessageId, wish: Wish, done: Callable[[LinqDeskError | None], None]
    ) -> None:
        """React to a message, take a reaction back, or edit a text; `done` hears what became of it."""
        self._commands.start(_told(self._acts.fulfil(chat_id, message_id, wish), done), name="change")

    def delete_message(
        self, chat_id: ChatId, message_id: MessageId, done: Callable[[LinqDeskError | None], None]
    ) -> None:
        """Delete a message from Linq's records; `done` hears whether it is gone."""
        self._commands.start(_told(self._acts.delete(chat_id, message_id), done), name="delete")

    def find_message(
        self, chat_id: ChatId, message_id: MessageId, done: Callable[[LinqDeskError | None], None]
    ) -> None:
        """Load a thread back to a message; `done` hears whether it is there."""
        self._read(lambda threads: threads.find(chat_id, message_id), done)

    def load_back_to(
        self, chat_id: ChatId, when: datetime, done: Callable[[LinqDeskError | None], None]
    ) -> None:
        """Load a thread back to a time or to its beginning; `done` hears whether that went well."""
        self._read(lambda threads: threads.load_back_to(chat_id, when), done)

    def fetch_chain(
        self, message_id: MessageId, done: Callable[[tuple[Message, ...], LinqDeskError | None], None]
    ) -> None:
        """Fetch a message with what it answers and what answers it; `done` hears them or what is wrong."""

        async def fetch(threads: ReplyThreads) -> None:
            done(await threads.chain(message_id), None)

        self._read(fetch, lambda error: done((), error) if error is not None else None)

    def _read(
        self,
        make: Callable[[ReplyThreads], Coroutine[object, object, None]],
        done: Callable[[LinqDeskError | None], None],
    ) -> None:
        following = self._following
        if following is None:
            done(OfflineError("Linq is not connected"))
        else:
            following.scope.start(_told(make(following.threads), done), name="read back")

    def want_media(self, message: Message, part_index: int) -> None:
        """Fetch the file of a part that is on screen, unless it is too large to come unasked."""
        self._media.want(message, part_index)

    def retry_media(self, message: Message, part_index: int) -> None:
        """Fetch the file of a part because the agent asks for it."""
        self._media.fetch(message, part_index)

    def save_media(self, message: Message, part_index: int, target: Path, done: Copied) -> None:
        """Save the file of a part; `done` hears where it is now, or why it is not."""
        self._commands.start(_copied(self._copies.save(message, part_index, target), done), name="save")

    def prepare_to_open(self, message: Message, part_index: int, done: Copied) -> None:
        """Copy the file of a part to where another program may open it."""
        self._commands.start(_copied(self._copies.prepare_to_open(message, part_index), done), name="open")

    def decode_picture(self, file: Path, request: PictureRequest, done: Decoded) -> None:
        """Have a picture decoded; `done` hears of the outcome."""
        self._pictures.order(file, request, done)

    def read_recording(self, file: Path, request: RecordingRequest, done: RecordingRead) -> None:
        """Have a sound or a video read; `done` hears of the outcome."""
        self._recordings.order(file, request, done)

    def want_previews(self, chat_ids: Iterable[ChatId]) -> None:
        """Say which chats are on screen, so that their newest message is fetched first."""
        self._wanted = tuple(chat_ids)
        if self._following is not None:
            self._following.previews.want(self._wanted)

    def keep_draft(self, chat_id: ChatId, draft: Draft | None) -> None:
        """Keep what stands in a chat's composer; None where it is empty."""
        summary = self._cache.summary(chat_id)
        if summary is None or summary.draft != draft:
            self._cache.set_draft(chat_id, draft)
            self._journal.note_draft(chat_id if summary is None else summary.chat.id, draft)

    def refresh(self) -> None:
        """Ask for everything anew at once."""
        self._connectivity.wake()

    def set_pace(self, pace: Pace) -> None:
        """Poll as often as what the agent sees of the window asks for."""
        was_slower = self._pace is not Pace.FOCUSED
        self._pace = pace
        if self._following is not None:
            self._following.chat_list.pace = pace
        if was_slower and pace is Pace.FOCUSED:
            self._see()
            self._connectivity.wake()

    def _see(self) -> None:
        """Mark the open chat as seen, but only while the agent can see it."""
        if self._open_chat is not None and self._pace is Pace.FOCUSED:
            self._cache.mark_seen(self._open_chat)

    async def _follow_open_chat(self) -> None:
        scope, self._open_scope = self._open_scope, None
        if scope is not None:
            await scope.close()
        following, chat_id = self._following, self._open_chat
        if following is None or chat_id is None or self._open_scope is not None:
            return
        summary = self._cache.summary(chat_id)
        if summary is not None and summary.chat.is_provisional:
            return
        poller = OpenChatPoller(
            chat_id,
            following.reader,
            self._connectivity,
            lambda: self._pace,
            lambda: self._when_read(chat_id),
        )
        self._open_scope = TaskScope("open chat", self._on_failure)
        self._open_scope.start_loop(poller.run, name="open chat", clock=self._clock)

    def _when_read(self, chat_id: ChatId) -> None:
        if chat_id == self._open_chat:
            self._see()

    def _on_cache_changed(self, change: Change) -> None:
        """Follow a chat that began here from the moment that Linq knows it."""
        if isinstance(change, ChatAdopted) and change.local_id == self._open_chat:
            self._open_chat = change.chat_id
            self._cache.mark_opened(change.chat_id)
            self._commands.start(self._follow_open_chat(), name="open chat")

    async def _stop_following(self) -> None:
        scope, self._open_scope = self._open_scope, None
        if scope is not None:
            await scope.close()
        following, self._following = self._following, None
        self._media.rest()
        self._acts.use(None)
        self._capabilities.use(None)
        if following is not None:
            await self._typing.finish(_FINISH_S)
            await self._outbox.finish(_FINISH_S)
            await following.scope.close()
            await following.client.close()


async def _told(work: Awaitable[object], done: Callable[[LinqDeskError | None], None]) -> None:
    """Do some work and say how it went."""
    try:
        await work
    except LinqDeskError as error:
        done(error)
    else:
        done(None)


async def _copied(work: Coroutine[Any, Any, Path], done: Copied) -> None:
    try:
        path = await work
    except LinqDeskError as fault:
        done(fault)
    else:
        done(path)
