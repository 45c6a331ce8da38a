"""Puts one message on its way: into its chat, as the first of a chat, or as a voice memo."""

from linqdesk.domain.errors import RequestRejectedError
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import OutgoingMessage
from linqdesk.services.beginning import Beginnings
from linqdesk.services.clock import Clock
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.lanes import Lane
from linqdesk.services.pacing import Look, PairPace
from linqdesk.services.pair_meter import PairMeter
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
        self.meter = PairMeter(cache, clock)
        self._pace = PairPace(self.meter, connectivity, clock)
        self._beginnings = Beginnings(cache, connectivity)

    def refusal(self, lane: Lane) -> RequestRejectedError | None:
        """Return why the head of a lane must not go any more, None where it may.

        The customer may have refused messages while it waited. What may have arrived already is not held up.
        """
        return refusal_of(self._cache, lane.chat_id) if lane.unknown_since is None else None

    def look_by(self, look: Look | None) -> None:
        """Read a chat by this where others may have filled its minute."""
        self._pace.look = look

    async def turn(self, lane: Lane) -> bool:
        """Return True once the head of a lane may go, False where it was discarded before."""
        if not lane.waiting:
            return False
        local_id = lane.waiting[0].local_id
        return await self._pace.turn(lane.chat_id, local_id, lambda: lane.is_head(local_id))

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
