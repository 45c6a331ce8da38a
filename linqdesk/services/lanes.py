"""The sends of each chat in their order."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from linqdesk.domain.ids import ChatId, FileKey, LocalId
from linqdesk.domain.outgoing import OutgoingMessage, OutgoingState
from linqdesk.services.uploads import Transfer
from linqdesk.store.changes import Change, ChatAdopted


@dataclass(slots=True)
class Lane:
    """The sends of one chat, oldest first; one that failed holds up those behind it until the agent decides.

    `transfer` are the head's files on their way. `unknown_since` is when the head first got no answer, in
    the clock's seconds; `looks` counts how often the chat was read for it since.
    """

    chat_id: ChatId
    waiting: deque[OutgoingMessage] = field(default_factory=deque)
    is_running: bool = False
    is_in_flight: bool = False
    unknown_since: float | None = None
    transfer: Transfer | None = None
    looks: int = 0

    @property
    def is_due(self) -> bool:
        """Whether there is something to send that the agent need not decide on first."""
        return bool(self.waiting) and self.waiting[0].state is not OutgoingState.FAILED

    def is_head(self, local_id: LocalId) -> bool:
        """Tell whether this message is the next one."""
        return bool(self.waiting) and self.waiting[0].local_id == local_id

    def put(self, outgoing: OutgoingMessage) -> None:
        """Let a message that waits here stand as this."""
        for place, each in enumerate(self.waiting):
            if each.local_id == outgoing.local_id:
                self.waiting[place] = outgoing
                return


class Lanes:
    """All lanes; that of a chat which began here moves to the id that Linq gives the chat."""

    def __init__(self) -> None:
        """Start without any."""
        self._lanes: dict[ChatId, Lane] = {}

    def __iter__(self) -> Iterator[Lane]:
        return iter(tuple(self._lanes.values()))

    def of(self, chat_id: ChatId) -> Lane:
        """Return a chat's lane, a new one where there is none."""
        return self._lanes.setdefault(chat_id, Lane(chat_id))

    def has_waiting(self, chat_id: ChatId) -> bool:
        """Tell whether anything of a chat waits to be sent."""
        lane = self._lanes.get(chat_id)
        return lane is not None and bool(lane.waiting)

    def find(self, local_id: LocalId) -> tuple[Lane, OutgoingMessage] | None:
        """Return a message with its lane, None where it does not wait any more."""
        found = ((lane, each) for lane in self for each in lane.waiting if each.local_id == local_id)
        return next(found, None)

    def drop(self, chat_id: ChatId) -> None:
        """Forget a chat's lane."""
        self._lanes.pop(chat_id, None)

    def keys(self) -> set[FileKey]:
        """Return the files of everything that waits."""
        return {file.key for lane in self for each in lane.waiting for file in each.content.files}

    def on_change(self, change: Change) -> None:
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
