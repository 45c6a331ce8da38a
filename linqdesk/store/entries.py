"""What is known of each chat, what the list shows of it and where, and who is told when that changes."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from linqdesk.domain.blocking import BlockList
from linqdesk.domain.ids import ChatId
from linqdesk.domain.message import Message
from linqdesk.domain.ordering import chat_sort_key
from linqdesk.domain.seen import SeenMark
from linqdesk.domain.send_gate import lock_of
from linqdesk.store.attention import attention, first_unread, newest_inbound
from linqdesk.store.changes import Change, ChatsChanged, HistoryChanged, MessagesChanged
from linqdesk.store.chat_order import ChatOrder
from linqdesk.store.entry import Entry
from linqdesk.store.known_names import KnownNames
from linqdesk.store.subscription import Announcer
from linqdesk.store.thread import RowChanges
from linqdesk.store.view import ChatSummary, History


class Entries:
    """The chats by id, in order, with one announcement for each change of what is shown of them."""

    def __init__(self, on_failure: Callable[[Exception], None] | None) -> None:
        """Start empty; `on_failure` hears of listeners that fail."""
        # A chat that began here also stands under the id that it had before Linq knew it.
        self.by_id: dict[ChatId, Entry] = {}
        self.order = ChatOrder()
        self.names = KnownNames()
        self.announcer: Announcer[Change] = Announcer(on_failure)
        self.blocks: BlockList | None = None
        self._seen_before: dict[ChatId, SeenMark] = {}

    def get(self, chat_id: ChatId) -> Entry | None:
        """Return what is known of a chat, None for an unknown one."""
        return self.by_id.get(chat_id)

    def remember_seen(self, marks: Mapping[ChatId, SeenMark]) -> None:
        """Take how far chats were looked at before this run, those that are not known yet included."""
        self._seen_before.update(marks)
        for entry in self.by_id.values():
            self.recall_seen(entry)
            self.announce_summary(entry)

    def recall_seen(self, entry: Entry) -> None:
        """Go on from how far a chat was looked at before this run."""
        mark = self._seen_before.pop(entry.chat.id, None)
        if mark is not None and entry.seen is None:
            entry.seen, entry.is_marked_unread = mark.newest, mark.is_unread

    def take_blocks(self, blocks: BlockList) -> None:
        """Take whom our account has blocked, and tell of the chats that this locks or unlocks."""
        known = self.blocks
        has_news = known is None or known.entries != blocks.entries
        self.blocks = blocks
        changed = (
            chat_id
            for chat_id in self.order.ids()
            if (has_news or self.by_id[chat_id].summary.lock is not None)
            and self.refresh(self.by_id[chat_id])
        )
        updated = tuple(changed)
        if updated:
            self.announcer.emit(ChatsChanged(updated=updated))

    def announce(self, entry: Entry, rows: RowChanges) -> None:
        """Tell of changed rows, and of what the list shows differently for them."""
        if not rows:
            return
        if entry.is_open:
            self.place_unread_bar(entry)
        self.announcer.emit(
            MessagesChanged(
                entry.chat.id,
                inserted=tuple(rows.inserted),
                updated=tuple(rows.updated),
                removed=tuple(rows.removed),
                moved=tuple(rows.moved),
            )
        )
        self.announce_summary(entry)

    def announce_summary(self, entry: Entry) -> None:
        """Tell that the list shows something else of a chat, if it does."""
        if self.refresh(entry):
            self.announcer.emit(ChatsChanged(updated=(entry.chat.id,)))

    def refresh(self, entry: Entry) -> bool:
        """Compute what the list shows of a chat and where; tells whether that changed."""
        if entry.is_end_unknown:
            return self._refresh_but_its_end(entry)
        newest = entry.thread.newest_said()
        state = attention(entry.thread, entry.seen)
        summary = ChatSummary(
            entry.chat,
            newest=newest,
            unread_count=max(state.unread_count, int(entry.is_marked_unread)),
            waiting_since=state.waiting_since,
            failed_count=entry.thread.failed_count,
            sending_count=entry.thread.sending_count,
            draft=entry.draft,
            changes=entry.changes.all(),
            lock=lock_of(entry.chat, newest_inbound(entry.thread), entry.thread.outgoing(), self.blocks),
        )
        newest_at = newest.created_at if newest is not None else None
        if isinstance(newest, Message):
            newest_at = newest.sent_at or newest.created_at
        is_moved = self.order.place(entry.chat.id, chat_sort_key(entry.chat, newest_at))
        is_changed = summary != entry.summary
        entry.summary = summary
        return is_moved or is_changed

    def _refresh_but_its_end(self, entry: Entry) -> bool:
        """Leave a chat where it stands, with the words and counts of before, until its end is read."""
        known = entry.summary
        entry.summary = replace(
            known,
            chat=entry.chat,
            failed_count=entry.thread.failed_count,
            sending_count=entry.thread.sending_count,
            draft=entry.draft,
            changes=entry.changes.all(),
        )
        return entry.summary != known

    def place_unread_bar(self, entry: Entry) -> None:
        """Put the bar over the first unread message, or take it away."""
        bar = first_unread(entry.thread, entry.seen_before_opening, entry.newest_at_opening)
        if bar is not None or entry.history.first_unread is None:
            self.set_history(entry, replace(entry.history, first_unread=bar))

    def set_history(self, entry: Entry, history: History) -> None:
        """Say how far back a thread is loaded."""
        if entry.history != history:
            entry.history = history
            self.announcer.emit(HistoryChanged(entry.chat.id))
            if not history.has_older:
                self.announce(entry, entry.thread.mark_whole())
