"""The rows of one thread: sorted, found by bisection, merged without a duplicate."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from linqdesk.domain.ids import Handle, LocalId, MessageId, RowKey
from linqdesk.domain.message import Message
from linqdesk.domain.ordering import MessageSortKey, message_sort_key
from linqdesk.domain.outgoing import OutgoingMessage, OutgoingState
from linqdesk.domain.system_event import SystemEvent
from linqdesk.domain.wishes import Wish
from linqdesk.store.merging import merge_message
from linqdesk.store.pending import Pending
from linqdesk.store.view import ThreadRow

_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)
# Sorts after every id that Linq makes.
_AFTER_IDS = "\uffff"


@dataclass(slots=True)
class RowChanges:
    """What one merge did to the rows, by row key."""

    inserted: list[RowKey] = field(default_factory=list)
    updated: list[RowKey] = field(default_factory=list)
    removed: list[RowKey] = field(default_factory=list)
    moved: list[RowKey] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.inserted or self.updated or self.removed or self.moved)


def _with_news(row: ThreadRow, known: Message | None, news: Message, shown: Message) -> ThreadRow:
    """Return a row with what Linq tells of it now; another text at a later time is an edit."""
    is_edit = (
        known is not None
        and bool(known.text)
        and known.text != news.text
        and news.updated_at > known.updated_at
    )
    return replace(
        row,
        content=shown,
        revision=row.revision + 1,
        is_edited=row.is_edited or is_edit,
        edit_count=row.edit_count + is_edit,
        is_pending=shown != news,
    )


class Thread:
    """The loaded messages of one chat and what was sent from here and is not confirmed."""

    def __init__(self) -> None:
        """Start empty."""
        self._rows: list[ThreadRow] = []
        self._sort_keys: list[MessageSortKey] = []
        self._sort_key_of: dict[RowKey, MessageSortKey] = {}
        self._row_key_of: dict[MessageId, RowKey] = {}
        self._sequence_of: dict[RowKey, int] = {}
        self._outgoing: dict[LocalId, OutgoingState] = {}
        self._parked: dict[MessageId, tuple[Message, int]] = {}
        self._made = 0
        self._early_events: dict[RowKey, SystemEvent] = {}
        self._is_whole = False
        self._pending = Pending()

    def __len__(self) -> int:
        return len(self._rows)

    def rows(self) -> list[ThreadRow]:
        """Return all rows, oldest first: a copy."""
        return self._rows.copy()

    def newest_first(self) -> Iterator[tuple[MessageSortKey, ThreadRow]]:
        """Iterate over the rows backward with their sort keys."""
        return zip(reversed(self._sort_keys), reversed(self._rows), strict=True)

    def newest_said(self) -> Message | OutgoingMessage | None:
        """Return what was said last, None where nothing was."""
        contents = (row.content for row in reversed(self._rows))
        return next((content for content in contents if not isinstance(content, SystemEvent)), None)

    def newest_key(self) -> MessageSortKey | None:
        """Return the last row's sort key, None for an empty thread."""
        return self._sort_keys[-1] if self._sort_keys else None

    def position(self, key: RowKey) -> int | None:
        """Return a row's index, None where it is gone."""
        sort_key = self._sort_key_of.get(key)
        return None if sort_key is None else bisect_left(self._sort_keys, sort_key)

    def row(self, key: RowKey) -> ThreadRow | None:
        """Return a row, None where it is gone."""
        at = self.position(key)
        return None if at is None else self._rows[at]

    def message(self, message_id: MessageId) -> Message | None:
        """Return a loaded message, None for an unknown one."""
        key = self._row_key_of.get(message_id)
        row = None if key is None else self.row(key)
        return row.content if row is not None and isinstance(row.content, Message) else None

    def outgoing(self) -> list[OutgoingMessage]:
        """Return what was sent from here and is not confirmed, oldest first."""
        rows = (self.row(RowKey(local_id)) for local_id in self._outgoing)
        return [row.content for row in rows if row is not None and isinstance(row.content, OutgoingMessage)]

    @property
    def failed_count(self) -> int:
        """How many sends failed and wait for the agent's decision."""
        return sum(state is OutgoingState.FAILED for state in self._outgoing.values())

    @property
    def sending_count(self) -> int:
        """How many sends are under way or wait for the server."""
        return len(self._outgoing) - self.failed_count

    @property
    def has_parked(self) -> bool:
        """Whether own messages are held back until the answer to a send tells whose they are."""
        return bool(self._parked)

    def merge(self, messages: Iterable[Message], sequence: int) -> RowChanges:
        """Merge what a page told; `sequence` grows with each question asked of the API."""
        changes = RowChanges()
        new: list[tuple[MessageSortKey, Message]] = []
        awaits_echo = self._awaits_echo()
        for message in {each.id: each for each in messages}.values():
            key = self._row_key_of.get(message.id)
            if key is not None:
                self._merge_known(key, message, sequence, changes)
            elif awaits_echo and message.is_from_me:
                self._parked[message.id] = (message, sequence)
            else:
                new.append((message_sort_key(message), message))
        self._insert_all(sorted(new, key=lambda pair: pair[0]), sequence, changes)
        self._place_events(changes)
        return changes

    def take_events(self, events: Iterable[SystemEvent]) -> RowChanges:
        """Take system events; those from before the oldest loaded message wait until it is loaded."""
        changes = RowChanges()
        for event in events:
            if event.key not in self._sort_key_of:
                self._early_events[event.key] = event
        self._place_events(changes)
        return changes

    def mark_whole(self) -> RowChanges:
        """Note that there are no older messages: what came before the oldest one is shown too."""
        changes = RowChanges()
        self._is_whole = True
        self._place_events(changes)
        return changes

    def add(self, outgoing: OutgoingMessage) -> RowChanges:
        """Append what the agent just sent, after everything that is loaded."""
        self._made += 1
        newest = self.newest_key()
        # One that was kept from the run before stands where it was written until more is loaded.
        at = newest[0] if newest is not None else outgoing.created_at
        key = RowKey(outgoing.local_id)
        self._outgoing[outgoing.local_id] = outgoing.state
        self._insert(len(self._rows), (at, f"{_AFTER_IDS}{self._made:08d}"), ThreadRow(key, outgoing))
        return RowChanges(inserted=[key])

    def update(self, outgoing: OutgoingMessage) -> RowChanges:
        """Take the new state of a send; one that is gone is left gone."""
        key = RowKey(outgoing.local_id)
        at = self.position(key)
        if outgoing.local_id not in self._outgoing or at is None or self._rows[at].content == outgoing:
            return RowChanges()
        self._outgoing[outgoing.local_id] = outgoing.state
        self._rows[at] = ThreadRow(key, outgoing, self._rows[at].revision + 1)
        changes = RowChanges(updated=[key])
        self._release_if_settled(changes)
        return changes

    def confirm(self, local_id: LocalId, message: Message, sequence: int) -> RowChanges:
        """Turn the row of a send into the server's message, in place."""
        changes = RowChanges()
        key = RowKey(local_id)
        twin = self._row_key_of.get(message.id)
        if twin is not None and twin != key:
            told = self.row(twin)
            if told is not None and isinstance(told.content, Message):
                message = merge_message(message, told.content, is_late=False)
            self._delete(twin, changes)
        parked = self._parked.pop(message.id, None)
        if parked is not None:
            message = merge_message(message, parked[0], is_late=False)
        if self._outgoing.pop(local_id, None) is None:
            return changes
        self._row_key_of[message.id] = key
        self._sequence_of[key] = sequence
        self._replace(key, message, changes)
        self._release_if_settled(changes)
        return changes

    def remove(self, local_id: LocalId) -> RowChanges:
        """Drop the row of a send."""
        changes = RowChanges()
        if self._outgoing.pop(local_id, None) is not None:
            self._delete(RowKey(local_id), changes)
            self._release_if_settled(changes)
        return changes

    def mark_deleted(self, message_id: MessageId, *, is_deleted: bool) -> RowChanges:
        """Show that a message was deleted from Linq's records, or that it was not after all."""
        key = self._row_key_of.get(message_id)
        at = None if key is None else self.position(key)
        if key is None or at is None or self._rows[at].is_deleted is is_deleted:
            return RowChanges()
        self._rows[at] = replace(self._rows[at], is_deleted=is_deleted, revision=self._rows[at].revision + 1)
        return RowChanges(updated=[key])

    def wish(self, message_id: MessageId, wish: Wish, me: Handle) -> RowChanges:
        """Show a message as the agent wants it until Linq tells that it is so."""
        key, message = self._row_key_of.get(message_id), self.message(message_id)
        if key is None or message is None:
            return RowChanges()
        return self._show(key, self._pending.add(key, message, wish, me), is_pending=True)

    def drop_wish(self, message_id: MessageId, wish: Wish) -> RowChanges:
        """Show a message without what the agent wanted of it."""
        key = self._row_key_of.get(message_id)
        shown = None if key is None else self._pending.drop(key, wish)
        if key is None or shown is None:
            return RowChanges()
        return self._show(key, shown, is_pending=bool(self._pending.of(key)))

    def wishes(self, message_id: MessageId) -> list[Wish]:
        """Return what the agent wants of a message and Linq has not told of yet."""
        key = self._row_key_of.get(message_id)
        return [] if key is None else self._pending.of(key)

    def _show(self, key: RowKey, message: Message, *, is_pending: bool) -> RowChanges:
        at = self.position(key)
        if at is None:
            return RowChanges()
        row = self._rows[at]
        self._rows[at] = replace(row, content=message, revision=row.revision + 1, is_pending=is_pending)
        return RowChanges(updated=[key])

    def release_parked(self) -> RowChanges:
        """Show the own messages that were held back."""
        changes = RowChanges()
        parked, self._parked = self._parked, {}
        for message, sequence in sorted(parked.values(), key=lambda pair: message_sort_key(pair[0])):
            self._insert_all([(message_sort_key(message), message)], sequence, changes)
        return changes

    def _place_events(self, changes: RowChanges) -> None:
        """Insert the events for which their place is loaded."""
        if not self._early_events or not (self._rows or self._is_whole):
            return
        oldest = next((key for key, row in self._oldest_first() if isinstance(row.content, Message)), None)
        for key, event in sorted(self._early_events.items(), key=lambda pair: pair[1].created_at):
            sort_key = (event.created_at, key)
            if self._is_whole or (oldest is not None and sort_key > oldest):
                del self._early_events[key]
                self._insert(bisect_left(self._sort_keys, sort_key), sort_key, ThreadRow(key, event))
                changes.inserted.append(key)

    def _oldest_first(self) -> Iterator[tuple[MessageSortKey, ThreadRow]]:
        return zip(self._sort_keys, self._rows, strict=True)

    def _awaits_echo(self) -> bool:
        waiting = (OutgoingState.SENDING, OutgoingState.UNCONFIRMED)
        return any(state in waiting for state in self._outgoing.values())

    def _release_if_settled(self, changes: RowChanges) -> None:
        if self._parked and not self._awaits_echo():
            changes.inserted += self.release_parked().inserted

    def _merge_known(self, key: RowKey, news: Message, sequence: int, changes: RowChanges) -> None:
        row = self.row(key)
        if row is None or not isinstance(row.content, Message):
            return
        asked = self._sequence_of.get(key, 0)
        known = self._pending.truth(key, row.content)
        merged = merge_message(known, news, is_late=sequence < asked)
        self._sequence_of[key] = max(sequence, asked)
        if merged != known:
            self._replace(key, merged, changes)

    def _replace(self, key: RowKey, message: Message, changes: RowChanges) -> None:
        at = self.position(key)
        if at is None:
            return
        row = self._rows[at]
        known = self._pending.truth(key, row.content) if isinstance(row.content, Message) else None
        row = _with_news(row, known, message, self._pending.take(key, message))
        old_sort_key, sort_key = self._sort_keys[at], message_sort_key(message)
        changes.updated.append(key)
        if sort_key == old_sort_key:
            self._rows[at] = row
            return
        self._keep_after(at, sort_key)
        del self._rows[at], self._sort_keys[at]
        now_at = bisect_left(self._sort_keys, sort_key)
        self._insert(now_at, sort_key, row)
        if now_at != at:
            changes.moved.append(key)

    def _keep_after(self, at: int, sort_key: MessageSortKey) -> None:
        """Give sends that stand below a row a later key than that row is about to get."""
        for local_id in self._outgoing:
            below = self.position(RowKey(local_id))
            if below is not None and below > at and self._sort_keys[below] < sort_key:
                row = self._rows.pop(below)
                later = (sort_key[0], self._sort_keys.pop(below)[1])
                self._insert(bisect_left(self._sort_keys, later), later, row)

    def _insert_all(
        self, new: list[tuple[MessageSortKey, Message]], sequence: int, changes: RowChanges
    ) -> None:
        """Insert sorted messages, each run that falls into one gap at once."""
        start = 0
        while start < len(new):
            at = bisect_left(self._sort_keys, new[start][0])
            end = start + 1
            while end < len(new) and (at == len(self._sort_keys) or new[end][0] < self._sort_keys[at]):
                end += 1
            run = [(sort_key, ThreadRow(RowKey(message.id), message)) for sort_key, message in new[start:end]]
            self._sort_keys[at:at] = [sort_key for sort_key, _ in run]
            self._rows[at:at] = [row for _, row in run]
            for (sort_key, row), (_, message) in zip(run, new[start:end], strict=True):
                self._sort_key_of[row.key] = sort_key
                self._row_key_of[message.id] = row.key
                self._sequence_of[row.key] = sequence
                changes.inserted.append(row.key)
            start = end

    def _insert(self, at: int, sort_key: MessageSortKey, row: ThreadRow) -> None:
        self._sort_keys.insert(at, sort_key)
        self._rows.insert(at, row)
        self._sort_key_of[row.key] = sort_key

    def _delete(self, key: RowKey, changes: RowChanges) -> None:
        at = self.position(key)
        if at is None:
            return
        row = self._rows.pop(at)
        del self._sort_keys[at], self._sort_key_of[key]
        self._sequence_of.pop(key, None)
        self._pending.forget(key)
        if isinstance(row.content, Message):
            self._row_key_of.pop(row.content.id, None)
        changes.removed.append(key)
