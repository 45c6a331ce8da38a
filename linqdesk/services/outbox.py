"""Takes what the agent wrote and sees each message to its end: sent, failed with a reason, or discarded."""

import asyncio
from dataclasses import replace
from uuid import uuid4

from linqdesk.domain.beginning import Beginning, beginning_of, provisional_chat
from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import ChatId, Handle, LocalId
from linqdesk.domain.outgoing import Content, OutgoingMessage, OutgoingState, without_attachments
from linqdesk.domain.send_gate import SendTerms
from linqdesk.services.aftermath import Aftermath
from linqdesk.services.clock import Clock
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.keeping import Keeping
from linqdesk.services.pacing import Look
from linqdesk.services.pair_meter import PairLoad
from linqdesk.services.ports import Client
from linqdesk.services.post import Post
from linqdesk.services.send_gate import pass_gate, pass_opening_gate
from linqdesk.services.sender import Sender
from linqdesk.services.task_scope import TaskScope
from linqdesk.services.unsent_rows import UnsentRows
from linqdesk.services.uploads import UPLOAD_CANCELLED, Uploads
from linqdesk.services.verdict import ATTACHMENT_GONE_CODE
from linqdesk.store.cache import Cache
from linqdesk.store.view import History


class Outbox:
    """What the agent may do with messages that are not sent yet."""

    def __init__(
        self, cache: Cache, keeping: Keeping, connectivity: Connectivity, scope: TaskScope, clock: Clock
    ) -> None:
        """Start empty and without a client: what is taken meanwhile waits."""
        self._cache = cache
        self._journal = keeping.journal
        self._connectivity = connectivity
        self._clock = clock
        self._rows = UnsentRows(cache, keeping)
        self._uploads = Uploads(cache.uploads, keeping.files, connectivity, scope, clock)
        aftermath = Aftermath(self._rows, self._uploads.known, connectivity, clock)
        self._post = Post(cache, connectivity, clock)
        self._sender = Sender(self._rows, self._uploads, self._post, aftermath, scope)

    def use(self, client: Client | None, look: Look | None = None) -> None:
        """Send through this client from now on; None stops sending after what is under way.

        `look` reads what others sent into a chat, where that matters for Linq's limit.
        """
        self._post.look_by(look)
        if client is not None:
            # It may belong to another account.
            self._uploads.known.clear()
        self._sender.use(client)

    @property
    def is_in_flight(self) -> bool:
        """Whether a request has left and its answer is awaited, or a file is on its way."""
        return any(lane.is_in_flight or lane.transfer is not None for lane in self._rows.lanes)

    def load(self, chat_id: ChatId) -> PairLoad:
        """Return how near a chat is to Linq's limit."""
        return self._post.meter.load(chat_id)

    async def begin(
        self,
        beginning: Beginning,
        content: Content,
        held: tuple[Content, ...] = (),
        terms: SendTerms | None = None,
    ) -> ChatId:
        """Take the first message of a new chat: once this returns it is safe and on screen.

        What is `held` goes right after it: all are taken or none. `terms` are what the agent accepted.

        Returns:
            The id under which the chat stands until Linq has given it one; it remains good afterwards.

        Raises:
            HeldBackError: the gate does not let it pass, and nothing is sent.
            LocalFaultError: it could not be kept, and nothing is sent.
        """
        pass_opening_gate(self._cache, beginning, terms or SendTerms())
        chat_id = ChatId(f"new:{uuid4()}")
        taken = self._made(chat_id, beginning.line, (content, *held), beginning)
        await self._rows.keep(taken)
        self._cache.merge_chats([provisional_chat(beginning, chat_id, taken[0].created_at)])
        self._cache.set_history(chat_id, History(has_older=False))
        self._take(chat_id, taken)
        return chat_id

    async def enqueue(
        self,
        chat_id: ChatId,
        content: Content,
        *,
        followed_by: tuple[Content, ...] = (),
        terms: SendTerms | None = None,
    ) -> LocalId:
        """Take a message: once this returns it is safe and on screen.

        What is `followed_by` it goes right after it: all are taken or none. `terms` are what the agent knew
        and accepted, nothing by default.

        Raises:
            HeldBackError: the gate does not let it pass, and it is not sent.
            LocalFaultError: it could not be kept, and it is not sent.
        """
        pass_gate(self._cache, chat_id, terms or SendTerms())
        summary = self._cache.summary(chat_id)
        chat = summary.chat if summary is not None else None
        known_id, line = (chat.id, chat.line) if chat is not None else (chat_id, None)
        # Where everything that should have begun a chat was discarded, this does.
        is_first = chat is not None and not self._rows.lanes.has_waiting(known_id)
        begins = beginning_of(chat) if chat is not None and is_first else None
        taken = self._made(known_id, line, (content, *followed_by), begins)
        await self._rows.keep(taken)
        later = self._cache.summary(chat_id)
        if later is not None and later.chat.id != known_id:
            # Meanwhile the chat got its id from Linq.
            known_id = later.chat.id
            taken = [replace(each, chat_id=known_id, begins=None) for each in taken]
            await self._rows.rewrite(taken)
        self._take(known_id, taken)
        return taken[0].local_id

    async def restore(self) -> int:
        """Take up what earlier runs left, in order and under the old keys; returns how many are unreadable.

        What may have been on its way when the program ended counts as unconfirmed.

        Raises:
            LocalFaultError: the journal cannot be read.
        """
        kept = await self._journal.load()
        for chat_id, draft in kept.drafts:
            self._cache.set_draft(chat_id, draft)
        for outgoing in kept.messages:
            if self._rows.lanes.find(outgoing.local_id) is None:
                self._rows.take_up(outgoing, self._clock.monotonic())
        for lane in self._rows.lanes:
            self._sender.run(lane)
        return kept.unreadable_count

    async def retry(self, local_id: LocalId) -> None:
        """Send a failed message again under the same key; one that waits for the server is tried now.

        Its attempts are counted anew, so that a file which Linq does not have is uploaded again and again.
        """
        found = self._rows.lanes.find(local_id)
        if found is None or (found[0].is_head(local_id) and found[0].is_in_flight):
            return
        lane, outgoing = found
        if outgoing.state is OutgoingState.FAILED:
            queued = replace(outgoing, state=OutgoingState.QUEUED, failure=None, attempts=0)
            if outgoing.failure is not None and outgoing.failure.details.code == ATTACHMENT_GONE_CODE:
                queued = replace(queued, content=without_attachments(outgoing.content))
            await self._rows.note(lane, queued)
            self._sender.run(lane)
        elif lane.is_head(local_id):
            self._connectivity.wake()

    async def discard(self, local_id: LocalId) -> None:
        """Drop a message that waits, uploads or failed; one whose request is under way stays."""
        found = self._rows.lanes.find(local_id)
        if found is None:
            return
        lane, outgoing = found
        is_head = lane.is_head(local_id)
        if outgoing.state is OutgoingState.UNCONFIRMED or (is_head and lane.is_in_flight):
            return
        if is_head and lane.transfer is not None:
            lane.transfer.cancel()
        await self._rows.drop(lane, outgoing)
        self._sender.run(lane)

    async def cancel_upload(self, local_id: LocalId) -> None:
        """Stop the upload of a message's files, or let it not begin.

        The message counts as failed until the agent decides. Nothing happens where Linq has all of them.
        """
        found = self._rows.lanes.find(local_id)
        if found is None:
            return
        lane, outgoing = found
        if lane.is_head(local_id) and lane.transfer is not None:
            lane.transfer.cancel()
        elif outgoing.content.missing_files and outgoing.state is OutgoingState.QUEUED:
            fault = LocalFaultError(UPLOAD_CANCELLED)
            await self._rows.note(lane, replace(outgoing, state=OutgoingState.FAILED, failure=fault))

    async def finish(self, limit_s: float) -> None:
        """Stop sending, and give the requests under way `limit_s` seconds for their answers."""
        self.use(None)
        ends_at = self._clock.monotonic() + limit_s
        while self.is_in_flight and self._clock.monotonic() < ends_at:
            await self._clock.wait(asyncio.Event(), 0.02)

    def _made(
        self, chat_id: ChatId, line: Handle | None, contents: tuple[Content, ...], begins: Beginning | None
    ) -> list[OutgoingMessage]:
        now = self._clock.now()
        first, *rest = [OutgoingMessage(LocalId(str(uuid4())), chat_id, line, now, each) for each in contents]
        return [replace(first, begins=begins), *rest]

    def _take(self, chat_id: ChatId, taken: list[OutgoingMessage]) -> None:
        lane = self._rows.lanes.of(chat_id)
        for outgoing in taken:
            self._rows.show(lane, outgoing)
        self._sender.run(lane)
