"""Puts one message on its way: into its chat, as the first of a chat, or as a voice memo."""

from linqdesk.domain.errors import RequestRejectedError
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import OutgoingMessage
from linqdesk.services.beginning import Beginnings
from linqdesk.services.clock import Clock
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.lanes import Lane
from linqdesk.services.pacing import PairPace
from linqdesk.services.ports import Client
from linqdesk.services.send_gate import refusal_of
from linqdesk.services.voice_memos import send_memo
from linqdesk.store.cache import Cache


class Post:
    """Knows when a message may go and which request carries it."""

    def __init__(self, cache: Cache, connectivity: Connectivity, clock: Clock) -> None:
        """Start without a message."""
        self._cache = cache
        self._connectivity = connectivity
        self._pace = PairPace(clock)
        self._beginnings = Beginnings(cache, connectivity)

    def refusal(self, lane: Lane) -> RequestRejectedError | None:
        """Return why the head of a lane must not go any more, None where it may.

        The customer may have refused messages while it waited. What may have arrived already is not held up.
        """
        return refusal_of(self._cache, lane.chat_id) if lane.unknown_since is None else None

    async def turn(self, lane: Lane) -> None:
        """Return once the head of a lane may go."""
        await self._connectivity.allowed()
        await self._pace.turn(lane.chat_id, lane.waiting[0].local_id if lane.waiting else None)

    async def send(self, client: Client, head: OutgoingMessage) -> Message:
        """Make one attempt.

        Raises:
            LinqDeskError: it was not sent, or nobody knows.
        """
        if head.content.voice_memo is not None and head.begins is None:
            message = await send_memo(client, head)
        else:
            message = await self._beginnings.send(client, head)
        self._connectivity.succeeded()
        return message
