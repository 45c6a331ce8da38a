"""Sends what the agent wrote: in order inside a chat, in parallel between chats, once."""

import asyncio
from collections import deque
from dataclasses import dataclass, field, replace
from random import Random, SystemRandom
from uuid import uuid4

from linqdesk.domain.errors import (
    LinqDeskError,
    NotFoundError,
    OfflineError,
    RateLimitedError,
    SignInRejectedError,
    UnexpectedReplyError,
)
from linqdesk.domain.ids import ChatId, LocalId
from linqdesk.domain.outgoing import Content, OutgoingMessage, OutgoingState
from linqdesk.services.backoff import after_failures
from linqdesk.services.clock import Clock
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.outbox_journal import Journal
from linqdesk.services.ports import Client
from linqdesk.services.task_scope import TaskScope
from linqdesk.store.cache import Cache

# After this long without an answer, own messages that a poll brought are shown although one of them
# may be this one (reliability.md F3).
_PARKED_S = 30.0

_MESSAGE_GONE_CODE = 2002
# What Linq itself advises to repeat after seconds: the attachment or the chat is still being made.
_NOT_READY_CODES = frozenset({2007, 2009})


@dataclass(slots=True)
class _Lane:
    """The sends of one chat, oldest first; a failed head holds up the rest until the agent decides."""

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

    async def enqueue(self, chat_id: ChatId, content: Content) -> LocalId:
        """Take a message: once this returns it is safe and on screen.

        Raises:
            LocalFaultError: it could not be kept, and it is not sent.
        """
        summary = self._cache.summary(chat_id)
        outgoing = OutgoingMessage(
            local_id=LocalId(str(uuid4())),
            chat_id=chat_id,
            line=summary.chat.line if summary is not None else None,
            created_at=self._clock.now(),
            content=content,
        )
        await self._journal.put(outgoing)
        self._cache.add_outgoing(outgoing)
        self._lanes.setdefault(chat_id, _Lane()).waiting.append(outgoing)
        self._run(chat_id)
        return outgoing.local_id

    async def retry(self, local_id: LocalId) -> None:
        """Send a failed message again under the same key; one that waits for the server is tried now."""
        for chat_id, lane in self._lanes.items():
            head = lane.waiting[0] if lane.waiting else None
            if head is None or head.local_id != local_id or lane.is_in_flight:
                continue
            if head.state is OutgoingState.FAILED:
                await self._note(lane, replace(head, state=OutgoingState.QUEUED, failure=None))
                self._run(chat_id)
            else:
                self._connectivity.wake()

    async def discard(self, local_id: LocalId) -> None:
        """Drop a message that waits or failed; one whose request is under way stays."""
        for chat_id, lane in self._lanes.items():
            outgoing = next((each for each in lane.waiting if each.local_id == local_id), None)
            if outgoing is None or (outgoing is lane.waiting[0] and lane.is_in_flight):
                continue
            if outgoing.state is OutgoingState.UNCONFIRMED:
                continue
            lane.waiting.remove(outgoing)
            await self._journal.remove(local_id)
            self._cache.remove_outgoing(chat_id, local_id)
            self._run(chat_id)
            return

    async def finish(self, limit_s: float) -> None:
        """Stop sending, and give the requests under way `limit_s` seconds for their answers."""
        self.use(None)
        ends_at = self._clock.monotonic() + limit_s
        while self.is_in_flight and self._clock.monotonic() < ends_at:
            await self._clock.wait(asyncio.Event(), 0.02)

    def _run(self, chat_id: ChatId) -> None:
        lane = self._lanes[chat_id]
        if not lane.is_running and lane.waiting and lane.waiting[0].state is not OutgoingState.FAILED:
            lane.is_running = True
            self._scope.start(self._empty(chat_id, lane), name="send")

    async def _empty(self, chat_id: ChatId, lane: _Lane) -> None:
        try:
            while lane.waiting and lane.waiting[0].state is not OutgoingState.FAILED:
                await self._has_client.wait()
                await self._connectivity.allowed()
                if lane.waiting and self._client is not None:
                    await self._attempt(chat_id, lane, self._client)
        finally:
            lane.is_running = False

    async def _attempt(self, chat_id: ChatId, lane: _Lane, client: Client) -> None:
        head = lane.waiting[0]
        head = replace(head, state=OutgoingState.SENDING, attempts=head.attempts + 1)
        lane.is_in_flight = True
        try:
            await self._note(lane, head)
            message = await client.send_message(chat_id, head.content, key=head.local_id)
        except LinqDeskError as error:
            lane.is_in_flight = False
            await self._digest(chat_id, lane, head, error)
        else:
            lane.is_in_flight = False
            lane.unknown_since = None
            lane.waiting.popleft()
            self._connectivity.succeeded()
            self._cache.confirm(chat_id, head.local_id, message)
            await self._journal.remove(head.local_id)
        finally:
            lane.is_in_flight = False

    async def _digest(
        self, chat_id: ChatId, lane: _Lane, head: OutgoingMessage, error: LinqDeskError
    ) -> None:
        """Decide what a failure means for the message: again, later, or the agent's decision."""
        may_have_arrived = lane.unknown_since is not None
        if isinstance(error, NotFoundError) and may_have_arrived and error.details.code == _MESSAGE_GONE_CODE:
            # The key is known but its message is gone: it was sent and deleted since (linq-api.md 1).
            lane.waiting.popleft()
            lane.unknown_since = None
            await self._journal.remove(head.local_id)
            self._cache.remove_outgoing(chat_id, head.local_id)
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
        self._release_old(chat_id, lane)
        if error.details.code in _NOT_READY_CODES:
            wait_s = after_failures(head.attempts, self._chance)
        await self._connectivity.pause(wait_s)

    def _release_old(self, chat_id: ChatId, lane: _Lane) -> None:
        since = lane.unknown_since
        if since is not None and self._clock.monotonic() - since > _PARKED_S:
            self._cache.release_parked(chat_id)

    async def _note(self, lane: _Lane, outgoing: OutgoingMessage) -> None:
        lane.waiting[0] = outgoing
        await self._journal.put(outgoing)
        self._cache.update_outgoing(outgoing)


def _is_worth_repeating(error: LinqDeskError) -> bool:
    is_session = isinstance(error, SignInRejectedError | UnexpectedReplyError)
    return error.is_retryable or is_session or error.details.code in _NOT_READY_CODES
