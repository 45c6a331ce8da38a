"""The rows of one thread: sorted, found by bisection, merged without a duplicate."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from linqdesk.domain.ids import Handle, LocalId, MessageId, RowKey
from linqdesk.domain.message import Message
from linqdesk.domain.ordering import Listing, MessageSortKey, message_instant, message_sort_key
from linqdesk.domain.outgoing import OutgoingMessage, OutgoingState
from linqdesk.domain.seen import SeenKey
from linqdesk.domain.system_event import SystemEvent
from linqdesk.domain.wishes import Wish
from linqdesk.store.merging import merge_message
from linqdesk.store.pending import Pending
from linqdesk.store.ranking import Parked, Ranking
from linqdesk.store.sorted_rows import KeyedRow, SortedRows
from linqdesk.store.view import ThreadRow

_NO_ORDER = Listing()
# Marks as seen, in a key that is kept on disk, everything of its instant.
_AFTER_IDS = "\uffff"
# At the same instant what happened to the group comes first, and what is not sent yet last.
_EVENT_RANK, _UNSENT_RANK = -math.inf, math.inf


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
        self._rows = SortedRows()
        self._row_key_of: dict[MessageId, RowKey] = {}
        self._sequence_of: dict[RowKey, int] = {}
        self._outgoing: dict[LocalId, OutgoingState] = {}
        self._parked: dict[MessageId, Parked] = {}
        self._ranking = Ranking(self._rows, self._row_key_of, self._sequence_of, self._parked)
        self._made = 0
        self._early_events: dict[RowKey, SystemEvent] = {}
        self._is_whole = False
        self._pending = Pending()

    def __len__(self) -> int:
        return len(self._rows)

    def rows(self) -> list[ThreadRow]:
        """Return all rows, oldest first: a copy."""
        return self._rows.all()

    def newest_first(self) -> Iterator[KeyedRow]:
        """Iterate over the rows backward with their sort keys."""
        return self._rows.newest_first()

    def newest_said(self) -> Message | OutgoingMessage | None:
        """Return what was said last, None where nothing was."""
        contents = (row.content for _, row in self._rows.newest_first())
        return next((content for content in contents if not isinstance(content, SystemEvent)), None)

    def newest_key(self) -> MessageSortKey | None:
        """Return the last row's sort key, None for an empty thread."""
        return self._rows.newest_key()

    def seen_key(self) -> SeenKey | None:
        """Return what tells the last row from all others in any run, None for an empty thread."""
        newest = self.newest_key()
        return None if newest is None else (newest[0], newest[2])

    def key_of_seen(self, seen: SeenKey | None) -> MessageSortKey | None:
        """Return the sort key of what was seen last: of its row, else of its place by time and id."""
        if seen is None:
            return None
        instant, name = seen
        row_key = self._row_key_of.get(MessageId(name))
        known = None if row_key is None else self._rows.sort_key(row_key)
        return known or (instant, _UNSENT_RANK if name.startswith(_AFTER_IDS) else 0.0, name)

    def position(self, key: RowKey) -> int | None:
        """Return a row's index, None where it is gone."""
        return self._rows.position(key)

    def row(self, key: RowKey) -> ThreadRow | None:
        """Return a row, None where it is gone."""
        return self._rows.row(key)

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

    def merge(self, messages: Iterable[Message], sequence: int, listing: Listing = _NO_ORDER) -> RowChanges:
        """Merge what a page told; `sequence` grows with each question asked of the API."""
        changes = RowChanges()
        page = list(messages)
        if all(self._stands(each, sequence) for each in page):
            # So it is with nearly all that a poll tells.
            return changes
        new: list[tuple[MessageSortKey, Message]] = []
        awaits_echo = self._awaits_echo()
        told = {each.id: self._believed(each, sequence) for each in page}
        ranks = self._ranking.ranks(told.values(), sequence, listing)
        for message in told.values():
            key, rank = self._row_key_of.get(message.id), ranks[message.id]
            if key is not None:
                self._merge_known(key, message, sequence, rank, changes)
            elif awaits_echo and message.is_from_me:
                self._parked[message.id] = Parked(message, sequence, rank)
            else:
                new.append((message_sort_key(message, rank), message))
        self._insert_all(sorted(new, key=lambda pair: pair[0]), sequence, changes)
        self._place_events(changes)
        return changes

    def take_events(self, events: Iterable[SystemEvent]) -> RowChanges:
        """Take system events; those from before the oldest loaded message wait until it is loaded."""
        changes = RowChanges()
        for event in events:
            if event.key not in self._rows:
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
        sort_key = (at, _UNSENT_RANK, f"{_AFTER_IDS}{self._made:08d}")
        self._rows.insert(sort_key, ThreadRow(key, outgoing))
        return RowChanges(inserted=[key])

    def update(self, outgoing: OutgoingMessage) -> RowChanges:
        """Take the new state of a send; one that is gone is left gone."""
        key = RowKey(outgoing.local_id)
        at, row = self.position(key), self.row(key)
        if outgoing.local_id not in self._outgoing or at is None or row is None or row.content == outgoing:
            return RowChanges()
        self._outgoing[outgoing.local_id] = outgoing.state
        self._rows.put(at, ThreadRow(key, outgoing, row.revision + 1))
        changes = RowChanges(updated=[key])
        self._release_if_settled(changes)
        return changes

    def confirm(self, local_id: LocalId, message: Message, sequence: int) -> RowChanges:
        """Turn the row of a send into the server's message, in place."""
        changes = RowChanges()
        key = RowKey(local_id)
        twin = self._row_key_of.get(message.id)
        rank = None
        if twin is not None and twin != key:
            rank = self._ranking.placed(message_instant(message)).get(message.id)
            told = self.row(twin)
            if told is not None and isinstance(told.content, Message):
                message = merge_message(message, told.content, is_late=False)
            self._delete(twin, changes)
        parked = self._parked.pop(message.id, None)
        if parked is not None:
            message = merge_message(message, parked.message, is_late=False)
            rank = parked.rank if parked.instant == message_instant(message) else None
        if self._outgoing.pop(local_id, None) is None:
            return changes
        self._row_key_of[message.id] = key
        self._sequence_of[key] = sequence
        self._replace(key, message, self._rank(message, sequence) if rank is None else rank, changes)
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
        row = None if key is None else self.row(key)
        if row is None or row.is_deleted is is_deleted:
            return RowChanges()
        return self._show(replace(row, is_deleted=is_deleted))

    def wish(self, message_id: MessageId, wish: Wish, me: Handle) -> RowChanges:
        """Show a message as the agent wants it until Linq tells that it is so."""
        key, message = self._row_key_of.get(message_id), self.message(message_id)
        if key is None or message is None:
            return RowChanges()
        return self._show_wished(key, self._pending.add(key, message, wish, me), is_pending=True)

    def drop_wish(self, message_id: MessageId, wish: Wish) -> RowChanges:
        """Show a message without what the agent wanted of it."""
        key = self._row_key_of.get(message_id)
        shown = None if key is None else self._pending.drop(key, wish)
        if key is None or shown is None:
            return RowChanges()
        return self._show_wished(key, shown, is_pending=bool(self._pending.of(key)))

    def wishes(self, message_id: MessageId) -> list[Wish]:
        """Return what the agent wants of a message and Linq has not told of yet."""
        key = self._row_key_of.get(message_id)
        return [] if key is None else self._pending.of(key)

    def _show_wished(self, key: RowKey, message: Message, *, is_pending: bool) -> RowChanges:
        row = self.row(key)
        return (
            RowChanges() if row is None else self._show(replace(row, content=message, is_pending=is_pending))
        )

    def _show(self, row: ThreadRow) -> RowChanges:
        at = self.position(row.key)
        if at is None:
            return RowChanges()
        self._rows.put(at, replace(row, revision=row.revision + 1))
        return RowChanges(updated=[row.key])

    def release_parked(self) -> RowChanges:
        """Show the own messages that were held back."""
        changes = RowChanges()
        held = sorted(self._parked.values(), key=lambda each: message_sort_key(each.message, each.rank))
        self._parked.clear()
        for each in held:
            sort_key = message_sort_key(each.message, each.rank)
            self._insert_all([(sort_key, each.message)], each.sequence, changes)
        return changes

    def _place_events(self, changes: RowChanges) -> None:
        """Insert the events for which their place is loaded."""
        if not self._early_events or not (self._rows or self._is_whole):
            return
        oldest = next(
            (key for key, row in self._rows.oldest_first() if isinstance(row.content, Message)), None
        )
        for key, event in sorted(self._early_events.items(), key=lambda pair: pair[1].created_at):
            sort_key = (event.created_at, _EVENT_RANK, key)
            if self._is_whole or (oldest is not None and sort_key > oldest):
                del self._early_events[key]
                self._rows.insert(sort_key, ThreadRow(key, event))
                changes.inserted.append(key)

    def _awaits_echo(self) -> bool:
        waiting = (OutgoingState.SENDING, OutgoingState.UNCONFIRMED)
        return any(state in waiting for state in self._outgoing.values())

    def _release_if_settled(self, changes: RowChanges) -> None:
        if self._parked and not self._awaits_echo():
            changes.inserted += self.release_parked().inserted

    def _stands(self, news: Message, sequence: int) -> bool:
        """Tell whether a message stands as it is told, no wish over it, and note that it was asked about."""
        key = self._row_key_of.get(news.id)
        row = None if key is None else self.row(key)
        if key is None or row is None or row.is_pending or row.content != news:
            return False
        self._sequence_of[key] = max(sequence, self._sequence_of.get(key, 0))
        return True

    def _believed(self, news: Message, sequence: int) -> Message:
        """Return what to believe of a message after news of it."""
        key = self._row_key_of.get(news.id)
        row = None if key is None else self.row(key)
        if key is None or row is None or not isinstance(row.content, Message):
            return news
        is_late = sequence < self._sequence_of.get(key, 0)
        return merge_message(self._pending.truth(key, row.content), news, is_late=is_late)

    def _merge_known(
        self, key: RowKey, believed: Message, sequence: int, rank: float, changes: RowChanges
    ) -> None:
        row = self.row(key)
        if row is None or not isinstance(row.content, Message):
            return
        self._sequence_of[key] = max(sequence, self._sequence_of.get(key, 0))
        if believed != self._pending.truth(key, row.content):
            self._replace(key, believed, rank, changes)

    def _rank(self, message: Message, sequence: int) -> float:
        return self._ranking.ranks((message,), sequence, _NO_ORDER)[message.id]

    def _replace(self, key: RowKey, message: Message, rank: float, changes: RowChanges) -> None:
        at, row, old_sort_key = self.position(key), self.row(key), self._rows.sort_key(key)
        if at is None or row is None:
            return
        known = self._pending.truth(key, row.content) if isinstance(row.content, Message) else None
        row = _with_news(row, known, message, self._pending.take(key, message))
        sort_key = message_sort_key(message, rank)
        changes.updated.append(key)
        if sort_key == old_sort_key:
            self._rows.put(at, row)
            return
        self._keep_after(at, sort_key)
        self._rows.pop(at)
        if self._rows.insert(sort_key, row) != at:
            changes.moved.append(key)

    def _keep_after(self, at: int, sort_key: MessageSortKey) -> None:
        """Give sends that stand below a row a later key than that row is about to get."""
        for local_id in self._outgoing:
            below = self.position(RowKey(local_id))
            now = self._rows.sort_key(RowKey(local_id))
            if below is not None and below > at and now is not None and now < sort_key:
                _, row = self._rows.pop(below)
                self._rows.insert((sort_key[0], *now[1:]), row)

    def _insert_all(
        self, new: list[tuple[MessageSortKey, Message]], sequence: int, changes: RowChanges
    ) -> None:
        """Insert sorted messages."""
        rows = [(sort_key, ThreadRow(RowKey(message.id), message)) for sort_key, message in new]
        self._rows.insert_all(rows)
        for (_, row), (_, message) in zip(rows, new, strict=True):
            self._row_key_of[message.id] = row.key
            self._sequence_of[row.key] = sequence
            changes.inserted.append(row.key)

    def _delete(self, key: RowKey, changes: RowChanges) -> None:
        at = self.position(key)
        if at is None:
            return
        _, row = self._rows.pop(at)
        self._sequence_of.pop(key, None)
        self._pending.forget(key)
        if isinstance(row.content, Message):
            self._row_key_of.pop(row.content.id, None)
        changes.removed.append(key)
