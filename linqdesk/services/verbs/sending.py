"""Writing to customers, as the window asks for it."""

import asyncio
from collections.abc import Callable, Iterable

from linqdesk.domain.beginning import Beginning
from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import ChatId, Handle, LocalId
from linqdesk.domain.outgoing import Content, Draft
from linqdesk.domain.send_gate import SendTerms
from linqdesk.services.capabilities import Capabilities, Told
from linqdesk.services.clock import Clock
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.keeping import Keeping
from linqdesk.services.outbox import Outbox
from linqdesk.services.pacing import Look
from linqdesk.services.pair_meter import PairLoad
from linqdesk.services.ports import Client
from linqdesk.services.task_scope import TaskScope
from linqdesk.services.typing import TypingSignal
from linqdesk.services.verbs.telling import told
from linqdesk.store.cache import Cache


class SendingVerbs:
    """Takes what the agent writes to the outbox, the journal and the typing signal."""

    def __init__(
        self, cache: Cache, keeping: Keeping, connectivity: Connectivity, scope: TaskScope, clock: Clock
    ) -> None:
        """Get ready without a client: what is sent waits."""
        self._cache = cache
        self._journal = keeping.journal
        self._scope = scope
        self._outbox = Outbox(cache, keeping, connectivity, scope, clock)
        self._capabilities = Capabilities(connectivity, scope, clock)
        self._typing = TypingSignal(cache, scope, clock)

    @property
    def is_idle(self) -> bool:
        """Whether no request has left whose answer is awaited."""
        return not self._outbox.is_in_flight

    async def restore(self) -> int:
        """Take up the drafts and unsent messages of earlier runs; returns how many cannot be read.

        Raises:
            LocalFaultError: what is kept cannot be read at all.
        """
        return await self._outbox.restore()

    def load(self, chat_id: ChatId) -> PairLoad:
        """Return how near a chat is to Linq's limit of messages a minute."""
        return self._outbox.load(chat_id)

    def use(self, client: Client, look: Look | None = None) -> None:
        """Send through this client from now on; `look` reads what others sent into a chat."""
        self._outbox.use(client, look)
        self._capabilities.use(client)
        self._typing.use(client)

    def rest(self) -> None:
        """Ask nobody any more how people can be reached."""
        self._capabilities.use(None)

    async def finish(self, limit_s: float) -> None:
        """Stop sending and typing; what is under way gets `limit_s` seconds each for its answer."""
        await asyncio.gather(self._typing.finish(limit_s), self._outbox.finish(limit_s))

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
        self._scope.start(told(taking, done), name="put into outbox")

    def begin_chat(
        self,
        beginning: Beginning,
        content: Content,
        done: Callable[[ChatId | None, LinqDeskError | None], None],
        *,
        held: tuple[Content, ...] = (),
        terms: SendTerms | None = None,
    ) -> None:
        """Put the first message of a new chat into the outbox; `done` hears under which id it stands."""

        async def begin() -> None:
            done(await self._outbox.begin(beginning, content, held, terms), None)

        def hear(error: LinqDeskError | None) -> None:
            if error is not None:
                done(None, error)

        self._scope.start(told(begin(), hear), name="begin chat")

    def check_reach(self, line: Handle, handles: Iterable[Handle], told: Told) -> None:
        """Find out how people can be reached from a line; `told` hears of each, at once and later."""
        self._capabilities.want(line, handles, told)

    def note_typing(self, chat_id: ChatId) -> None:
        """Show the customer that somebody types, where that can be seen."""
        self._typing.note_key(chat_id)

    def stop_typing(self) -> None:
        """Show it no longer."""
        self._typing.stop()

    def enable_typing(self, *, is_enabled: bool) -> None:
        """Obey the setting that customers may see when somebody types."""
        self._typing.enable(is_enabled=is_enabled)

    def retry(self, local_id: LocalId) -> None:
        """Send a failed message again, under the same key."""
        self._scope.start(self._outbox.retry(local_id), name="retry")

    def discard(self, local_id: LocalId) -> None:
        """Drop a failed or queued message."""
        self._scope.start(self._outbox.discard(local_id), name="discard")

    def cancel_upload(self, local_id: LocalId) -> None:
        """Stop the upload of a message's files."""
        self._scope.start(self._outbox.cancel_upload(local_id), name="cancel upload")

    def keep_draft(self, chat_id: ChatId, draft: Draft | None) -> None:
        """Keep what stands in a chat's composer; None where it is empty."""
        summary = self._cache.summary(chat_id)
        if summary is None or summary.draft != draft:
            self._cache.set_draft(chat_id, draft)
            self._journal.note_draft(chat_id if summary is None else summary.chat.id, draft)
