"""Changes of a group that were asked for and that Linq has not told of yet, oldest first."""

from dataclasses import dataclass, field

from linqdesk.domain.chat import Chat
from linqdesk.domain.group_changes import GroupChange, is_granted


@dataclass(slots=True, eq=False)
class PendingChange:
    """One wish; two that say the same are still two.

    `before` is the group when its turn came, None before that: what is read until then says nothing of it.
    """

    change: GroupChange
    before: Chat | None = field(default=None, repr=False)


class PendingGroup:
    """The pending changes of one group."""

    def __init__(self) -> None:
        """Start without any."""
        self._pending: list[PendingChange] = []

    def all(self) -> tuple[PendingChange, ...]:
        """Return what is pending, the oldest first."""
        return tuple(self._pending)

    def add(self, change: GroupChange) -> PendingChange:
        """Note a wish; returns what stands for it until it is dropped or has come true."""
        pending = PendingChange(change)
        self._pending.append(pending)
        return pending

    def drop(self, pending: PendingChange) -> None:
        """Give a wish up; does nothing where it has come true already."""
        if pending in self._pending:
            self._pending.remove(pending)

    def settle(self, chat: Chat) -> None:
        """Take what Linq tells of the group: the wish whose turn it is goes where it came true."""
        for pending in self._pending[:1]:
            if pending.before is not None and is_granted(pending.change, pending.before, chat):
                self._pending.remove(pending)
