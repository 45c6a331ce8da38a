"""What the agent asked for and Linq has not told of yet, over what Linq did tell."""

from dataclasses import dataclass, field

from linqdesk.domain.ids import Handle, RowKey
from linqdesk.domain.message import Message
from linqdesk.domain.wishes import Wish, is_granted, with_wish


@dataclass(slots=True)
class _Pending:
    """One message as Linq tells it, and what is wished for it, the oldest wish first."""

    truth: Message
    wishes: list[tuple[Wish, Handle]] = field(default_factory=list)

    def shown(self) -> Message:
        message = self.truth
        for wish, me in self.wishes:
            message = with_wish(message, wish, me)
        return message


class Pending:
    """The wishes of one thread, by row."""

    def __init__(self) -> None:
        """Start without a wish."""
        self._pending: dict[RowKey, _Pending] = {}

    def truth(self, key: RowKey, shown: Message) -> Message:
        """Return a row's message as Linq tells it."""
        pending = self._pending.get(key)
        return shown if pending is None else pending.truth

    def add(self, key: RowKey, shown: Message, wish: Wish, me: Handle) -> Message:
        """Wish something for a row's message; returns what to show."""
        pending = self._pending.setdefault(key, _Pending(shown))
        pending.wishes.append((wish, me))
        return pending.shown()

    def drop(self, key: RowKey, wish: Wish) -> Message | None:
        """Give a wish up; returns what to show, None where nothing was wished."""
        pending = self._pending.get(key)
        if pending is None or wish not in self.of(key):
            return None
        del pending.wishes[self.of(key).index(wish)]
        return self._settled(key, pending)

    def forget(self, key: RowKey) -> None:
        """Let a row's wishes go with the row."""
        self._pending.pop(key, None)

    def take(self, key: RowKey, truth: Message) -> Message:
        """Take what Linq tells now; wishes that came true go, in their order; returns what to show."""
        pending = self._pending.get(key)
        if pending is None:
            return truth
        pending.truth = truth
        while pending.wishes and is_granted(truth, pending.wishes[0][0]):
            del pending.wishes[0]
        return self._settled(key, pending)

    def of(self, key: RowKey) -> list[Wish]:
        """Return what is wished for a row, the oldest wish first."""
        pending = self._pending.get(key)
        return [] if pending is None else [wish for wish, _ in pending.wishes]

    def _settled(self, key: RowKey, pending: _Pending) -> Message:
        if not pending.wishes:
            del self._pending[key]
        return pending.shown()
