"""A chat's messages: a past that is made only when somebody looks, and what has happened since."""

from bisect import bisect_left, insort
from collections import deque
from typing import Protocol

from linqdesk.sandbox.model import Message


class Backstory(Protocol):
    """A past of known length whose messages can be made one by one, each time the same."""

    def __len__(self) -> int:
        """Return how many messages there are."""

    def message_at(self, index: int) -> Message:
        """Make the message at `index`, 0 being the oldest."""

    def index_of(self, message_id: str) -> int | None:
        """Return where the message of that id is, or None when it is not of this past."""


class NoPast:
    """The past of a chat in which nothing was said before the world began."""

    def __len__(self) -> int:
        """Return 0."""
        return 0

    def message_at(self, index: int) -> Message:
        """Refuse: there is nothing to make."""
        raise IndexError(index)

    def index_of(self, message_id: str) -> int | None:
        """Return None: no id is of this past."""
        del message_id
        return None


class History:
    """The messages of one chat in order of time, oldest first."""

    def __init__(self, backstory: Backstory | None = None) -> None:
        """Begin with `backstory`, whose messages are made again at every look until one is changed."""
        self._backstory = backstory or NoPast()
        self._made_count = len(self._backstory)
        self._changed: dict[int, Message] = {}
        self._arrived: deque[Message] = deque()
        self._forgotten_count = 0
        self._serial_by_id: dict[str, int] = {}
        self._removed: list[int] = []

    def __len__(self) -> int:
        """Return how many messages are left."""
        return self._made_count + len(self._arrived) - len(self._removed)

    def append(self, message: Message) -> None:
        """Add the newest message."""
        self._serial_by_id[message.id] = self._forgotten_count + len(self._arrived)
        self._arrived.append(message)

    def forget_oldest_arrival(self) -> None:
        """Forget for good the oldest message that was appended; the past before it stays."""
        message = self._arrived.popleft()
        del self._serial_by_id[message.id]
        self._forgotten_count += 1
        first = self._made_count
        self._removed = [at if at < first else at - 1 for at in self._removed if at != first]

    def find(self, message_id: str) -> Message | None:
        """Return the message to read or change, or None when it is unknown or was removed."""
        position = self._position(message_id)
        return None if position is None else self._keep(position)

    def remove(self, message_id: str) -> None:
        """Forget a message; unknown ones are ignored."""
        position = self._position(message_id)
        if position is not None:
            insort(self._removed, position)

    def arrived(self) -> list[Message]:
        """Return what was said since the world began, oldest first, without the past before it."""
        gone = set(self._removed)
        told = enumerate(self._arrived, self._made_count)
        return [message for position, message in told if position not in gone]

    def oldest_first(self, offset: int, limit: int) -> list[Message]:
        """Return up to `limit` messages from the `offset`th oldest on."""
        last = min(len(self), offset + limit)
        return [self._look(self._nth(rank)) for rank in range(offset, last)]

    def newest_first(self, offset: int, limit: int) -> list[Message]:
        """Return up to `limit` messages from the `offset`th newest backward."""
        total = len(self)
        return [self._look(self._nth(total - 1 - i)) for i in range(offset, min(total, offset + limit))]

    def _position(self, message_id: str) -> int | None:
        serial = self._serial_by_id.get(message_id)
        if serial is not None:
            position: int | None = self._made_count + serial - self._forgotten_count
        else:
            position = self._backstory.index_of(message_id)
        if position is None:
            return None
        place = bisect_left(self._removed, position)
        was_removed = place < len(self._removed) and self._removed[place] == position
        return None if was_removed else position

    def _nth(self, rank: int) -> int:
        """Return the position of the `rank`th message that was not removed."""
        position = rank
        for gap in self._removed:
            if gap > position:
                break
            position += 1
        return position

    def _look(self, position: int) -> Message:
        if position >= self._made_count:
            return self._arrived[position - self._made_count]
        changed = self._changed.get(position)
        if changed is not None:
            return changed
        return self._backstory.message_at(position)

    def _keep(self, position: int) -> Message:
        message = self._look(position)
        if position < self._made_count:
            self._changed[position] = message
        return message
