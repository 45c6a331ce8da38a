"""Everything alive for one signed-in account; also answers the window's wishes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from linqdesk.local.dictionaries import system_dictionaries
from linqdesk.local.picture_changer import PictureChanger
from linqdesk.local.sound_encoder import SoundEncoder
from linqdesk.services.clock import SystemClock
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.file_changes import MadeFiles
from linqdesk.services.following import Following
from linqdesk.services.keeping import Keeping
from linqdesk.services.pace import Pace
from linqdesk.services.polling import OpenChatPoller
from linqdesk.services.spelling import Spelling
from linqdesk.services.task_scope import TaskScope
from linqdesk.services.verbs.account import AccountVerbs
from linqdesk.services.verbs.acts import ActVerbs
from linqdesk.services.verbs.files import FileVerbs
from linqdesk.services.verbs.media import MediaVerbs
from linqdesk.services.verbs.people import PeopleVerbs
from linqdesk.services.verbs.reading import ReadingVerbs
from linqdesk.services.verbs.recording import RecordingVerbs
from linqdesk.services.verbs.sending import SendingVerbs
from linqdesk.services.workshop import Workshop
from linqdesk.store.changes import ChatAdopted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from linqdesk.domain.ids import ChatId
    from linqdesk.local.media_cache import MediaCache
    from linqdesk.services.clock import Clock
    from linqdesk.services.ports import Client
    from linqdesk.store.cache import Cache
    from linqdesk.store.changes import Change

_FINISH_S = 1.0


class Session:
    """The services behind the window; it can be asked for things before it is opened."""

    def __init__(
        self,
        cache: Cache,
        *,
        files: MediaCache,
        clock: Clock | None = None,
        keeping: Keeping | None = None,
        on_failure: Callable[[Exception], None] | None = None,
    ) -> None:
        """Get ready without a client.

        Args:
            cache: what the window reads.
            files: keeps customers' files on this computer.
            clock: the computer's own by default.
            keeping: keeps unsent messages and their files; for this run alone by default.
            on_failure: hears of failures that no service expected.
        """
        self._cache = cache
        self._clock = clock or SystemClock()
        self._on_failure = on_failure
        self._commands = TaskScope("commands", on_failure)
        self._connectivity = Connectivity(cache, self._clock)
        keeping = replace(keeping or Keeping(), media=files)
        shared = self._connectivity, self._commands, self._clock
        self.sending = SendingVerbs(cache, keeping, *shared)
        self.acts = ActVerbs(cache, *shared)
        self.media = MediaVerbs(cache, files, *shared)
        self.media.show_own(keeping.files)
        self.people = PeopleVerbs(cache, *shared)
        self._changes = MadeFiles(keeping.files, Workshop(PictureChanger(), SoundEncoder()))
        self.files = FileVerbs(keeping.files, self._changes, self._commands)
        self.recording = RecordingVerbs(keeping.recordings, SoundEncoder(), self._commands)
        self.account = AccountVerbs(self._commands, self._clock)
        self.reading = ReadingVerbs(cache, self._commands, self._clock)
        self.spelling = Spelling(system_dictionaries(), self._commands)
        self._following: Following | None = None
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
        if following is None or not following.previews.is_idle:
            return False
        return self.sending.is_idle and self.acts.is_idle and self.media.is_idle and self.people.is_idle

    async def open(self, client: Client) -> None:
        """Follow the account through this client, in place of the one before."""
        await self._stop_following()
        await self.people.load()
        following = Following(client, self._cache, self._connectivity, self._clock, self._on_failure)
        following.chat_list.pace = self._pace
        following.previews.want(self._wanted)
        following.when_resumed(self._on_resumed)
        self._following = following
        self.sending.use(client, following.reader.read_newest)
        self.acts.use(client, following.reader, following.scope)
        self.media.use(client, following.scope)
        self.people.use(client)
        self.reading.use(client)
        self.account.use(client)
        self._connectivity.signed_in_again()
        await self._follow_open_chat()

    async def close(self) -> None:
        """Stop everything; a send under way gets a second for its answer."""
        await self._stop_following()
        await self.reading.finish()
        await self._commands.close()
        await self.media.close()
        await self.recording.close()
        await self._changes.close()
        await self.files.close()

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
            self.reading.note_opened(chat_id)
            self._see()
        self._commands.start(self._follow_open_chat(), name="open chat")

    def want_previews(self, chat_ids: Iterable[ChatId]) -> None:
        """Say which chats are on screen, so that their newest message is fetched first."""
        self._wanted = tuple(chat_ids)
        if self._following is not None:
            self._following.previews.want(self._wanted)

    def refresh(self) -> None:
        """Ask for everything anew at once."""
        if self._following is not None:
            self._following.refresh()
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

    def set_request_rate(self, per_s: float) -> None:
        """Let looking for news cost this many requests a second on average, more than 0."""
        self._connectivity.budget.allow(per_s)

    def _see(self) -> None:
        """Mark the open chat as seen, but only while the agent can see it."""
        if self._open_chat is not None and self._pace is Pace.FOCUSED:
            self.reading.see(self._open_chat)

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

    def _on_resumed(self) -> None:
        """Ask for the open chat on a new connection: the one before died while the computer slept."""
        self._commands.start(self._follow_open_chat(), name="open chat")

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
        # Before the first wait: a chat opened meanwhile would be followed with nobody to end it.
        following, self._following = self._following, None
        if scope is not None:
            await scope.close()
        for verbs in (self.sending, self.acts, self.media, self.people, self.reading, self.account):
            verbs.rest()
        if following is not None:
            await self.sending.finish(_FINISH_S)
            await following.close()
