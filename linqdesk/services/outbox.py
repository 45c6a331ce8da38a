"""Sends what the agent wrote: in order inside a chat, in parallel between chats, once."""

import asyncio
import logging
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random, SystemRandom
from uuid import uuid4

from linqdesk.domain.beginning import Beginning, beginning_of, provisional_chat
from linqdesk.domain.errors import (
    LinqDeskError,
    LocalFaultError,
    NotFoundError,
    OfflineError,
    RateLimitedError,
    SignInRejectedError,
    UnexpectedReplyError,
)
from linqdesk.domain.ids import ChatId, Handle, LocalId
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import Content, OutgoingMessage, OutgoingState
from linqdesk.domain.send_gate import SendTerms
from linqdesk.services.backoff import after_failures
from linqdesk.services.beginning import NOT_READY_CODES, Beginnings
from linqdesk.services.clock import Clock
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.outbox_journal import Journal
from linqdesk.services.pacing import PairPace
from linqdesk.services.ports import Client
from linqdesk.services.reconciling import find_sent
from linqdesk.services.send_gate import pass_gate, refusal_of
from linqdesk.services.task_scope import TaskScope
from linqdesk.store.cache import Cache
from linqdesk.store.changes import Change, ChatAdopted
from linqdesk.store.view import History

# After this long without an answer, own messages that a poll brought are shown although one of them
# may be this one (reliability.md F3).
_PARKED_S = 30.0

_MESSAGE_GONE_CODE = 2002

# How long Linq remembers keys is not published; this is well within the day that others promise
# (reliability.md 3).
_KEY_LASTS = timedelta(hours=12)
_NOBODY_KNOWS = (
    "It is not known whether this was sent: no answer came for over 12 hours, "
    "and it is not in the chat. Send it again?"
)

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Lane:
    """The sends of one chat, oldest first; a failed head holds up the rest until the agent decides."""

    chat_id: ChatId
    waiting: deque[OutgoingMessage] = field(default_factory=deque)
    is_running: bool = False
    is_in_flight: bool = False
    unknown_since: float | None = None


class Outbox:
    """Takes messages and sees each to its end: sent, failed with a reason, or discarded."""

    def __init__(
        self, cache: Cache, journal: Journal, connectivity: Connectivity, scope: TaskScope, clock: Clock
    ) -> None:
        """Start empty and without a client: what is taken meanwhile waits."""
        self._cache = cache
        self._journal = journal
        self._connectivity = connectivity
        self._scope = scope
        self._clock = clock
        self._chance: Random = SystemRandom()
        self._client: Client | None = None
        self._has_client = asyncio.Event()
        self._lanes: dict[ChatId, _Lane] = {}
        self._pace = PairPace(clock)
        self._beginnings = Beginnings(cache, connectivity, scope)
        # Cache and outbox live equally long.
        cache.subscribe(self._on_cache_changed)

    def use(self, client: Client | None) -> None:
        """Send through this client from now on; None stops sending after what is under way."""
        self._client = client
        if client is None:
            self._has_client.clear()
        else:
            self._has_client.set()

    @property
    def is_in_flight(self) -> bool:
        """Whether a request has left and its answer is awaited."""
        return any(lane.is_in_flight for lane in self._lanes.values())

    async def begin(self, beginning: Beginning, content: Content, held: tuple[Content, ...] = ()) -> ChatId:
        """Take the first message of a new chat: once this returns it is safe and on screen.

        What is `held` goes right after it: all are taken or none.

        Returns:
            The id under which the chat stands until Linq has given it one; it remains good afterwards.

        Raises:
            LocalFaultError: it could not be kept, and nothing is sent.
        """
        chat_id = ChatId(f"new:{uuid4()}")
        taken = self._made(chat_id, beginning.line, (content, *held), beginning)
        await self._journal.add(taken)
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
        lane = self._lanes.get(known_id)
        # Where everything that should have begun a chat was discarded, this does.
        begins = beginning_of(chat) if chat is not None and not (lane and lane.waiting) else None
        taken = self._made(known_id, line, (content, *followed_by), begins)
        await self._journal.add(taken)
        later = self._cache.summary(chat_id)
        if later is not None and later.chat.id != known_id:
            # Meanwhile the chat got its id from Linq.
            known_id = later.chat.id
            taken = [replace(each, chat_id=known_id, begins=None) for each in taken]
            await self._safely(self._journal.update(taken))
        self._take(known_id, taken)
        return taken[0].local_id

    def _made(
        self, chat_id: ChatId, line: Handle | None, contents: tuple[Content, ...], begins: Beginning | None
    ) -> list[OutgoingMessage]:
        now = self._clock.now()
        first, *rest = [OutgoingMessage(LocalId(str(uuid4())), chat_id, line, now, each) for each in contents]
        return [replace(first, begins=begins), *rest]

    async def restore(self) -> int:
        """Take up what earlier runs left, in order and under the old keys; returns how many are unreadable.

        What may have been on its way when the program ended counts as unconfirmed.

        Raises:
            LocalFaultError: the journal cannot be read.
        """
        kept = await self._journal.load()
        for chat_id, draft in kept.drafts:
            self._cache.set_draft(chat_id, draft)
        known = {each.local_id for lane in self._lanes.values() for each in lane.waiting}
        for outgoing in kept.messages:
            if outgoing.local_id not in known:
                self._take_up(outgoing)
        for lane in tuple(self._lanes.values()):
            self._run(lane)
        return kept.unreadable_count

    def _take_up(self, outgoing: OutgoingMessage) -> None:
        if outgoing.state is OutgoingState.SENDING:
            outgoing = replace(outgoing, state=OutgoingState.UNCONFIRMED)
        chat_id = outgoing.chat_id
        lane = self._lanes.setdefault(chat_id, _Lane(chat_id))
        if outgoing.begins is not None and self._cache.summary(chat_id) is None:
            chat = provisional_chat(outgoing.begins, chat_id, outgoing.created_at)
            self._cache.merge_chats([chat])
            self._cache.set_history(chat_id, History(has_older=False))
        if not lane.waiting and outgoing.state is OutgoingState.UNCONFIRMED:
            lane.unknown_since = self._clock.monotonic()
        lane.waiting.append(outgoing)
        self._cache.add_outgoing(outgoing)

    def _take(self, chat_id: ChatId, taken: list[OutgoingMessage]) -> None:
        lane = self._lanes.setdefault(chat_id, _Lane(chat_id))
        for outgoing in taken:
            self._cache.add_outgoing(outgoing)
            lane.waiting.append(outgoing)
        self._run(lane)

    async def retry(self, local_id: LocalId) -> None:
        """Send a failed message again under the same key; one that waits for the server is tried now."""
        for lane in self._lanes.values():
            head = lane.waiting[0] if lane.waiting else None
            if head is None or head.local_id != local_id or lane.is_in_flight:
                continue
            if head.state is OutgoingState.FAILED:
                await self._note(lane, replace(head, state=OutgoingState.QUEUED, failure=None))
                self._run(lane)
            else:
                self._connectivity.wake()

    async def discard(self, local_id: LocalId) -> None:
        """Drop a message that waits or failed; one whose request is under way stays."""
        for lane in tuple(self._lanes.values()):
            outgoing = next((each for each in lane.waiting if each.local_id == local_id), None)
            if outgoing is None or (outgoing is lane.waiting[0] and lane.is_in_flight):
                continue
            if outgoing.state is OutgoingState.UNCONFIRMED:
                continue
            lane.waiting.remove(outgoing)
            self._cache.remove_outgoing(lane.chat_id, local_id)
            self._hand_on(lane, outgoing)
            await self._forget(outgoing, lane)
            self._run(lane)
            return

    def _hand_on(self, lane: _Lane, gone: OutgoingMessage) -> None:
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
            self._lanes.pop(lane.chat_id, None)
            self._cache.drop_chat(lane.chat_id)

    async def finish(self, limit_s: float) -> None:
        """Stop sending, and give the requests under way `limit_s` seconds for their answers."""
        self.use(None)
        ends_at = self._clock.monotonic() + limit_s
        while self.is_in_flight and self._clock.monotonic() < ends_at:
            await self._clock.wait(asyncio.Event(), 0.02)

    def _run(self, lane: _Lane) -> None:
        if not lane.is_running and lane.waiting and lane.waiting[0].state is not OutgoingState.FAILED:
            lane.is_running = True
            self._scope.start(self._empty(lane), name="send")

    async def _empty(self, lane: _Lane) -> None:
        try:
            while lane.waiting and lane.waiting[0].state is not OutgoingState.FAILED:
                await self._has_client.wait()
                await self._connectivity.allowed()
                await self._pace.turn(lane.chat_id, lane.waiting[0].local_id if lane.waiting else None)
                if lane.waiting and self._client is not None:
                    await self._go_on(lane, self._client)
        finally:
            lane.is_running = False

    async def _go_on(self, lane: _Lane, client: Client) -> None:
        head = lane.waiting[0]
        refusal = refusal_of(self._cache, lane.chat_id)
        if refusal is not None and lane.unknown_since is None:
            # The customer may have refused messages while this one waited for the network.
            await self._note(lane, replace(head, state=OutgoingState.FAILED, failure=refusal))
            return
        lane.is_in_flight = True
        try:
            if self._is_too_old(head):
                await self._look_for(lane, head, client)
            else:
                await self._attempt(lane, head, client)
        finally:
            lane.is_in_flight = False

    def _is_too_old(self, head: OutgoingMessage) -> bool:
        """Tell whether Linq may have forgotten the key of a message that it may have sent."""
        age = self._clock.now() - head.created_at
        return head.state is OutgoingState.UNCONFIRMED and age > _KEY_LASTS

    async def _look_for(self, lane: _Lane, head: OutgoingMessage, client: Client) -> None:
        """Read the chat for a message that is too old to be sent again unasked, and ask where it is not."""
        try:
            message = await find_sent(client, head)
        except LinqDeskError as error:
            wait_s = self._connectivity.failed(error)
            if _is_worth_repeating(error):
                lane.is_in_flight = False
                await self._connectivity.pause(wait_s)
                return
            message = None
        self._connectivity.succeeded()
        if message is not None:
            await self._confirm(lane, message)
            return
        lane.unknown_since = None
        failure = LocalFaultError(_NOBODY_KNOWS)
        await self._note(lane, replace(head, state=OutgoingState.FAILED, failure=failure))

    async def _attempt(self, lane: _Lane, head: OutgoingMessage, client: Client) -> None:
        head = replace(head, state=OutgoingState.SENDING, attempts=head.attempts + 1)
        await self._note(lane, head)
        try:
            message = await self._beginnings.send(client, head)
        except LinqDeskError as error:
            lane.is_in_flight = False
            await self._digest(lane, error)
        else:
            self._connectivity.succeeded()
            await self._confirm(lane, message)

    async def _confirm(self, lane: _Lane, message: Message) -> None:
        lane.unknown_since = None
        head = lane.waiting.popleft()
        if head.begins is None or message.chat_id == lane.chat_id:
            self._cache.confirm(lane.chat_id, head.local_id, message)
        else:
            # A page told of another chat of the same people meanwhile: this one comes with the next.
            self._cache.remove_outgoing(lane.chat_id, head.local_id)
        await self._forget(head, lane)

    async def _digest(self, lane: _Lane, error: LinqDeskError) -> None:
        """Decide what a failure means for the message: again, later, or the agent's decision."""
        head = lane.waiting[0]
        may_have_arrived = lane.unknown_since is not None
        if isinstance(error, NotFoundError) and may_have_arrived and error.details.code == _MESSAGE_GONE_CODE:
            # The key is known but its message is gone: it was sent and deleted since (linq-api.md 1).
            lane.waiting.popleft()
            lane.unknown_since = None
            self._cache.remove_outgoing(lane.chat_id, head.local_id)
            self._hand_on(lane, head)
            await self._forget(head, lane)
            return
        wait_s = self._connectivity.failed(error)
        if not _is_worth_repeating(error):
            lane.unknown_since = None
            await self._note(lane, replace(head, state=OutgoingState.FAILED, failure=error))
            return
        if not isinstance(error, OfflineError | RateLimitedError | SignInRejectedError):
            lane.unknown_since = lane.unknown_since or self._clock.monotonic()
        is_unknown = lane.unknown_since is not None
        state = OutgoingState.UNCONFIRMED if is_unknown else OutgoingState.QUEUED
        await self._note(lane, replace(head, state=state, failure=error))
        self._release_old(lane)
        if error.details.code in NOT_READY_CODES:
            wait_s = after_failures(head.attempts, self._chance)
        await self._connectivity.pause(wait_s)

    def _release_old(self, lane: _Lane) -> None:
        since = lane.unknown_since
        if since is not None and self._clock.monotonic() - since > _PARKED_S:
            self._cache.release_parked(lane.chat_id)

    def _on_cache_changed(self, change: Change) -> None:
        """Let the sends of a chat that began here go on under the id that Linq gave it."""
        lane = self._lanes.pop(change.local_id, None) if isinstance(change, ChatAdopted) else None
        if lane is None or not isinstance(change, ChatAdopted):
            return
        lane.chat_id = change.chat_id
        lane.waiting = deque(replace(each, chat_id=change.chat_id) for each in lane.waiting)
        # Where the chat had sends of its own under way, these stay a lane beside it until they are done.
        self._lanes.setdefault(change.chat_id, lane)
        if self._lanes[change.chat_id] is not lane:
            self._lanes[change.local_id] = lane

    async def _note(self, lane: _Lane, outgoing: OutgoingMessage) -> None:
        lane.waiting[0] = outgoing
        self._cache.update_outgoing(outgoing)
        await self._safely(self._journal.update([outgoing]))

    async def _forget(self, gone: OutgoingMessage, lane: _Lane) -> None:
        """Forget a message; those behind the beginning of a chat are written down as they stand then."""
        changed = () if gone.begins is None else tuple(lane.waiting)
        await self._safely(self._journal.remove(gone.local_id, changed))

    async def _safely(self, change: Coroutine[object, object, None]) -> None:
        """Make a change that may fail: the message itself is safe, its key makes a repetition harmless."""
        try:
            await change
        except LocalFaultError as fault:
            _log.warning("the state of a message was not kept: %s", fault.message)


def _is_worth_repeating(error: LinqDeskError) -> bool:
    if isinstance(error, SignInRejectedError | RateLimitedError):
        return True
    if error.details.is_final:
        return False
    is_unreadable = isinstance(error, UnexpectedReplyError)
    return error.is_retryable or is_unreadable or error.details.code in NOT_READY_CODES
