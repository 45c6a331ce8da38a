"""Decides what a failed attempt means for a message: again, later, a look into the chat, or the agent."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from random import Random, SystemRandom

from linqdesk.domain.errors import LinqDeskError, LocalFaultError, NotFoundError
from linqdesk.domain.outgoing import OutgoingMessage, OutgoingState, without_attachments
from linqdesk.services.backoff import after_failures
from linqdesk.services.clock import Clock
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.known_uploads import KnownUploads
from linqdesk.services.lanes import Lane
from linqdesk.services.ports import Client
from linqdesk.services.reconciling import find_sent
from linqdesk.services.unsent_rows import UnsentRows
from linqdesk.services.verdict import (
    ATTACHMENT_GONE_CODE,
    NOT_READY_CODES,
    is_certainly_undone,
    is_outcome_unknown,
    is_worth_repeating,
    may_lack_attachment,
)

# After this long without an answer, own messages that a poll brought are shown although one of them
# may be this one (reliability.md F3).
_PARKED_S = 30.0

_MESSAGE_GONE_CODE = 2002
# So many attempts may meet an attachment that is gone; more would go round in circles.
_MAX_ATTEMPTS_WITHOUT_FILE = 3

# How long Linq remembers keys is not published; this is well within the day that others promise
# (reliability.md 3).
_KEY_LASTS = timedelta(hours=12)
_NOBODY_KNOWS = (
    "It is not known whether this was sent: no answer came for over 12 hours, "
    "and it is not in the chat. Send it again?"
)
# What Linq took may need a moment to show in the chat: it is read after each of these, then the agent asked.
_MEMO_LOOKS_S = (2.0, 8.0, 20.0)
_MEMO_UNKNOWN = (
    "It is not known whether this voice memo was sent: no answer came, and it is not in the chat. "
    "Send it again?"
)


class Aftermath:
    """Judges failures of the heads of lanes, one at a time each."""

    def __init__(
        self, rows: UnsentRows, known: KnownUploads, connectivity: Connectivity, clock: Clock
    ) -> None:
        """Decisions go to `rows`; `known` forgets what Linq has lost."""
        self._rows = rows
        self._known = known
        self._connectivity = connectivity
        self._clock = clock
        self._chance: Random = SystemRandom()

    def must_look(self, head: OutgoingMessage) -> bool:
        """Tell whether a message may have been sent and must not simply be sent again.

        A voice memo has no key (reliability.md F4), and Linq may have forgotten an old one.
        """
        if head.state is not OutgoingState.UNCONFIRMED:
            return False
        return head.content.voice_memo is not None or self._clock.now() - head.created_at > _KEY_LASTS

    async def look(self, lane: Lane, client: Client) -> None:
        """Read the chat for the head of a lane; where it is not there, look again later, or ask the agent."""
        head = lane.waiting[0]
        try:
            message = await find_sent(client, head)
        except LinqDeskError as error:
            wait_s = self._connectivity.failed(error)
            if is_worth_repeating(error):
                lane.is_in_flight = False
                await self._connectivity.pause(wait_s)
                return
            message = None
        self._connectivity.succeeded()
        if message is not None:
            await self._rows.confirm(lane, message)
        elif head.content.voice_memo is not None and lane.looks < len(_MEMO_LOOKS_S):
            lane.looks += 1
            lane.is_in_flight = False
            await self._clock.wait(asyncio.Event(), _MEMO_LOOKS_S[lane.looks - 1])
        else:
            words = _NOBODY_KNOWS if head.content.voice_memo is None else _MEMO_UNKNOWN
            await self._fail(lane, LocalFaultError(words))

    async def digest(self, lane: Lane, error: LinqDeskError) -> None:
        """Take in why the last attempt failed, and wait as long as it asks for."""
        head = lane.waiting[0]
        code = error.details.code if isinstance(error, NotFoundError) else None
        if code == _MESSAGE_GONE_CODE and lane.unknown_since is not None:
            # The key is known but its message is gone: it was sent and deleted since (linq-api.md 1).
            await self._rows.drop(lane, head)
            return
        wait_s = self._connectivity.failed(error)
        if self._is_attachment_lost(error, head):
            # One of them is gone, so that nothing was sent.
            for file in head.content.files:
                self._known.forget(file)
            if head.attempts <= _MAX_ATTEMPTS_WITHOUT_FILE:
                bare = without_attachments(head.content)
                await self._rows.note(lane, replace(head, state=OutgoingState.QUEUED, content=bare))
                return
        is_memo = head.content.voice_memo is not None
        if not is_worth_repeating(error) and not (is_memo and is_outcome_unknown(error)):
            await self._fail(lane, error)
            return
        if not is_certainly_undone(error):
            lane.unknown_since = lane.unknown_since or self._clock.monotonic()
        state = OutgoingState.QUEUED if lane.unknown_since is None else OutgoingState.UNCONFIRMED
        await self._rows.note(lane, replace(head, state=state, failure=error))
        self._release_old(lane)
        if error.details.code in NOT_READY_CODES:
            wait_s = after_failures(head.attempts, self._chance)
        await self._connectivity.pause(wait_s)

    def _is_attachment_lost(self, error: LinqDeskError, head: OutgoingMessage) -> bool:
        """Tell whether uploading anew may help: what was uploaded for this message is taken at its word."""
        if error.details.code == ATTACHMENT_GONE_CODE:
            return True
        return may_lack_attachment(error) and any(map(self._known.is_used_again, head.content.files))

    async def _fail(self, lane: Lane, failure: LinqDeskError) -> None:
        lane.unknown_since = None
        failed = replace(lane.waiting[0], state=OutgoingState.FAILED, failure=failure)
        await self._rows.note(lane, failed)

    def _release_old(self, lane: Lane) -> None:
        since = lane.unknown_since
        if since is not None and self._clock.monotonic() - since > _PARKED_S:
            self._rows.release_parked(lane)
