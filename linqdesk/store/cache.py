"""The in-memory truth: the one writer of what the window shows, on the UI thread only."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import count

from linqdesk.domain.blocking import BlockList
from linqdesk.domain.chat import Chat, Line
from linqdesk.domain.group_changes import GroupChange
from linqdesk.domain.ids import AttachmentId, ChatId, Handle, LocalId, MessageId, RowKey
from linqdesk.domain.message import Message
from linqdesk.domain.ordering import Listing
from linqdesk.domain.outgoing import Draft, OutgoingMessage
from linqdesk.domain.seen import SeenMark
from linqdesk.domain.wishes import Wish
from linqdesk.store.arrivals import Arrivals
from linqdesk.store.attention import newest_inbound
from linqdesk.store.changes import (
    Change,
    ChatsChanged,
    ConnectionChanged,
    LinesChanged,
    MediaChanged,
)
from linqdesk.store.early import Early
from linqdesk.store.entries import Entries
from linqdesk.store.media import MediaFile
from linqdesk.store.pending_groups import PendingChange
from linqdesk.store.subscription import Subscription
from linqdesk.store.uploads import UploadBoard
from linqdesk.store.view import ChatSummary, Connection, History, ThreadRow

_NOT_ASKED_FOR = MediaFile()
_NO_ORDER = Listing()


class Cache:
    """Chats, threads, lines and the state of the connection.

    Each writing call announces at most one change of each kind, and none where nothing changed.
    """

    def __init__(self, on_failure: Callable[[Exception], None] | None = None) -> None:
        """Start empty; `on_failure` hears of listeners that fail."""
        self._entries = Entries(on_failure)
        self._early = Early()
        self._arrivals = Arrivals(self._entries, self._early)
        self._lines: tuple[Line, ...] = ()
        self._connection = Connection()
        self._media: dict[AttachmentId, MediaFile] = {}
        self._sequence = count(1)
        self.uploads = UploadBoard(self._entries.announcer.emit)

    # What readers see (CacheView).

    @property
    def connection(self) -> Connection:
        """How the program stands with the API."""
        return self._connection

    @property
    def lines(self) -> tuple[Line, ...]:
        """Our phone numbers, empty until they are known."""
        return self._lines

    @property
    def blocks(self) -> BlockList | None:
        """Whom our account has blocked, None while or where that cannot be known."""
        return self._entries.blocks

    def chat_ids(self) -> Sequence[ChatId]:
        """Return every chat, the one with the newest message first."""
        return self._entries.order.ids()

    def summary(self, chat_id: ChatId) -> ChatSummary | None:
        """Return what the chat list shows of a chat, None for an unknown one."""
        entry = self._entries.get(chat_id)
        return None if entry is None else entry.summary

    def rows(self, chat_id: ChatId) -> Sequence[ThreadRow]:
        """Return the loaded thread, oldest first: a copy that later changes leave alone."""
        entry = self._entries.get(chat_id)
        return [] if entry is None else entry.thread.rows()

    def row(self, chat_id: ChatId, key: RowKey) -> ThreadRow | None:
        """Return one row of a thread, None where it is gone."""
        entry = self._entries.get(chat_id)
        return None if entry is None else entry.thread.row(key)

    def position(self, chat_id: ChatId, key: RowKey) -> int | None:
        """Return the row's index in `rows`, None where it is gone; logarithmic in the thread's length."""
        entry = self._entries.get(chat_id)
        return None if entry is None else entry.thread.position(key)

    def message(self, chat_id: ChatId, message_id: MessageId) -> Message | None:
        """Return a loaded message, None for an unknown one."""
        entry = self._entries.get(chat_id)
        return None if entry is None else entry.thread.message(message_id)

    def unsent(self) -> Sequence[OutgoingMessage]:
        """Return everything that was sent from here and is not confirmed, that of one chat in order."""
        known = (self._entries.by_id[each].thread.outgoing() for each in self._entries.order.ids())
        return [*(outgoing for lane in known for outgoing in lane), *self._early.sends()]

    def history(self, chat_id: ChatId) -> History:
        """Return how far back a thread is loaded."""
        entry = self._entries.get(chat_id)
        return History() if entry is None else entry.history

    def name_of(self, handle: Handle) -> str | None:
        """Return the name under which a handle is known: ours, or the direct chat's; None for nobody."""
        return self._entries.names.of(handle)

    def media(self, attachment_id: AttachmentId) -> MediaFile:
        """Return how far an attachment's file has come; WAITING where nobody asked for it."""
        return self._media.get(attachment_id, _NOT_ASKED_FOR)

    def subscribe(self, listener: Callable[[Change], None]) -> Subscription:
        """Call the listener with every later change, in order; closing the subscription ends it."""
        return self._entries.announcer.subscribe(listener)

    # What the services ask besides.

    def next_sequence(self) -> int:
        """Return the number of a question about to be asked of the API; later questions get higher ones."""
        return next(self._sequence)

    def outgoing(self, chat_id: ChatId) -> list[OutgoingMessage]:
        """Return what was sent from here and is not confirmed, oldest first."""
        entry = self._entries.get(chat_id)
        return [] if entry is None else entry.thread.outgoing()

    def has_parked(self, chat_id: ChatId) -> bool:
        """Tell whether own messages of a chat are held back until the answer to a send comes."""
        entry = self._entries.get(chat_id)
        return entry is not None and entry.thread.has_parked

    def wishes(self, chat_id: ChatId, message_id: MessageId) -> list[Wish]:
        """Return what the agent wants of a message and Linq has not told of yet, the oldest wish first."""
        entry = self._entries.get(chat_id)
        return [] if entry is None else entry.thread.wishes(message_id)

    def seen_mark(self, chat_id: ChatId) -> SeenMark:
        """Return how far an agent has looked at a chat."""
        entry = self._entries.get(chat_id)
        return SeenMark() if entry is None else SeenMark(entry.seen, entry.is_marked_unread)

    def newest_inbound(self, chat_id: ChatId) -> Message | None:
        """Return what a customer said last in a chat, None where that is not loaded."""
        entry = self._entries.get(chat_id)
        return None if entry is None else newest_inbound(entry.thread)

    # What the services write.

    def merge_chats(self, chats: Iterable[Chat], sequence: int | None = None) -> None:
        """Take what a page of chats told; of a chat told twice the later `updated_at` counts.

        Args:
            chats: in any order.
            sequence: of the question, from `next_sequence`: of equal times the answer to the later question
                counts. None for what is known now.
        """
        self._arrivals.merge(chats, self.next_sequence() if sequence is None else sequence)

    def adopt(self, local_id: ChatId, chat: Chat) -> None:
        """Let a chat that began here become Linq's: in place, or part of the one that is known by its id.

        Does nothing for a chat that Linq knows already.
        """
        self._arrivals.adopt(local_id, chat)

    def drop_chat(self, chat_id: ChatId) -> None:
        """Forget a chat that began here and of which nothing was sent."""
        self._arrivals.drop(chat_id)

    def merge_messages(
        self, chat_id: ChatId, messages: Iterable[Message], sequence: int, listing: Listing = _NO_ORDER
    ) -> None:
        """Take what a page of messages told; pages of an unknown chat are dropped.

        Args:
            chat_id: the chat that was asked about.
            messages: in any order.
            sequence: of the question, from `next_sequence`, so that a slow old answer undoes nothing.
            listing: the server's order of a page, which those of one instant keep; empty where no list told.
        """
        entry = self._entries.get(chat_id)
        if entry is not None:
            self._entries.announce(entry, entry.thread.merge(messages, sequence, listing))

    def add_outgoing(self, outgoing: OutgoingMessage) -> None:
        """Show what the agent just sent; of a chat that no page told of yet, as soon as one does."""
        entry = self._entries.get(outgoing.chat_id)
        if entry is not None:
            self._entries.announce(entry, entry.thread.add(outgoing))
        else:
            self._early.add(outgoing)
            self._entries.announcer.emit(ChatsChanged())

    def update_outgoing(self, outgoing: OutgoingMessage) -> None:
        """Show the new state of a send."""
        entry = self._entries.get(outgoing.chat_id)
        if entry is not None:
            self._entries.announce(entry, entry.thread.update(outgoing))
        else:
            self._early.update(outgoing)
            self._entries.announcer.emit(ChatsChanged())

    def confirm(self, chat_id: ChatId, local_id: LocalId, message: Message) -> None:
        """Turn the row of a send into the server's message; its row key stays the LocalId."""
        entry = self._entries.get(chat_id)
        if entry is not None:
            self._entries.announce(entry, entry.thread.confirm(local_id, message, self.next_sequence()))
        else:
            self._early.remove(chat_id, local_id)
            self._entries.announcer.emit(ChatsChanged())

    def remove_outgoing(self, chat_id: ChatId, local_id: LocalId) -> None:
        """Drop the row of a send."""
        entry = self._entries.get(chat_id)
        if entry is not None:
            self._entries.announce(entry, entry.thread.remove(local_id))
        else:
            self._early.remove(chat_id, local_id)
            self._entries.announcer.emit(ChatsChanged())

    def mark_deleted(self, chat_id: ChatId, message_id: MessageId, *, is_deleted: bool = True) -> None:
        """Note that a message is deleted from Linq's records, or is not after all.

        What Linq told of it before changes nothing.
        """
        entry = self._entries.get(chat_id)
        if entry is not None:
            self._entries.announce(entry, entry.thread.mark_deleted(message_id, is_deleted=is_deleted))

    def add_wish(self, chat_id: ChatId, message_id: MessageId, wish: Wish) -> None:
        """Show a message as the agent wants it, as pending until Linq tells that it is so."""
        entry = self._entries.get(chat_id)
        if entry is not None:
            me = entry.chat.line or Handle("")
            self._entries.announce(entry, entry.thread.wish(message_id, wish, me))

    def drop_wish(self, chat_id: ChatId, message_id: MessageId, wish: Wish) -> None:
        """Show a message without what the agent wanted of it: it will not be so."""
        entry = self._entries.get(chat_id)
        if entry is not None:
            self._entries.announce(entry, entry.thread.drop_wish(message_id, wish))

    def add_group_change(self, chat_id: ChatId, change: GroupChange) -> PendingChange:
        """Show that a known group is to change; returns what stands for the wish."""
        entry = self._entries.by_id[chat_id]
        pending = entry.changes.add(change)
        self._entries.announce_summary(entry)
        return pending

    def drop_group_change(self, chat_id: ChatId, pending: PendingChange) -> None:
        """Show that a change came about or will not; does nothing where Linq has told of it."""
        entry = self._entries.get(chat_id)
        if entry is not None:
            entry.changes.drop(pending)
            self._entries.announce_summary(entry)

    def release_parked(self, chat_id: ChatId) -> None:
        """Show own messages that were held back for the answer to a send."""
        entry = self._entries.get(chat_id)
        if entry is not None:
            self._entries.announce(entry, entry.thread.release_parked())

    def mark_opened(self, chat_id: ChatId) -> None:
        """Note that an agent opened a chat: what was unread gets its bar."""
        entry = self._entries.get(chat_id)
        if entry is None or entry.is_open:
            return
        entry.is_open = True
        entry.seen_before_opening = entry.seen
        entry.newest_at_opening = entry.thread.newest_key()
        self._entries.place_unread_bar(entry)

    def mark_left(self, chat_id: ChatId) -> None:
        """Note that the chat was left: its bar goes."""
        entry = self._entries.get(chat_id)
        if entry is not None and entry.is_open:
            entry.is_open = False
            self._entries.set_history(entry, replace(entry.history, first_unread=None))

    def mark_seen(self, chat_id: ChatId) -> bool:
        """Note that an agent has looked at all that is loaded of a chat; tells whether that is news."""
        entry = self._entries.get(chat_id)
        newest = entry.thread.seen_key() if entry is not None else None
        if entry is None or newest is None or entry.seen == newest:
            return False
        entry.seen = newest
        self._entries.announce_summary(entry)
        return True

    def mark_unread(self, chat_id: ChatId, *, is_unread: bool) -> bool:
        """Let a chat count as unread whatever was seen, or no longer; tells whether that is news."""
        entry = self._entries.get(chat_id)
        if entry is None or entry.is_marked_unread is is_unread:
            return False
        entry.is_marked_unread = is_unread
        self._entries.announce_summary(entry)
        return True

    def remember_seen(self, marks: Mapping[ChatId, SeenMark]) -> None:
        """Take how far chats were looked at before this run."""
        self._entries.remember_seen(marks)

    def draft(self, chat_id: ChatId) -> Draft | None:
        """Return what stands unsent for a chat, known or not, None for nothing."""
        entry = self._entries.get(chat_id)
        return entry.draft if entry is not None else self._early.draft(chat_id)

    def draft_count(self) -> int:
        """Return how many drafts there are, those for chats that are not known included."""
        return self._early.draft_count + sum(each.draft is not None for each in self._entries.by_id.values())

    def set_draft(self, chat_id: ChatId, draft: Draft | None) -> None:
        """Keep what stands in a chat's composer."""
        entry = self._entries.get(chat_id)
        if entry is not None:
            entry.draft = draft
            self._entries.announce_summary(entry)
        else:
            self._early.keep_draft(chat_id, draft)

    def set_history(self, chat_id: ChatId, history: History) -> None:
        """Say how far back a thread is loaded."""
        entry = self._entries.get(chat_id)
        if entry is not None:
            self._entries.set_history(entry, history)

    def note_end_unknown(self, chat_id: ChatId, *, is_unknown: bool) -> None:
        """Say that a thread comes from its oldest end on, or that its newest messages are here too."""
        entry = self._entries.get(chat_id)
        if entry is not None and entry.is_end_unknown is not is_unknown:
            entry.is_end_unknown = is_unknown
            self._entries.announce_summary(entry)

    def set_lines(self, lines: tuple[Line, ...]) -> None:
        """Take our phone numbers."""
        if lines != self._lines:
            self._lines = lines
            self._entries.announcer.emit(LinesChanged())

    def set_blocks(self, blocks: BlockList) -> None:
        """Take whom our account has blocked."""
        self._entries.take_blocks(blocks)

    def set_names(self, names: Mapping[Handle, str]) -> None:
        """Call people as this desk does, whatever their chats say."""
        if self._entries.names.call(names):
            self._entries.announcer.emit(ChatsChanged(updated=tuple(self._entries.order.ids())))

    def set_media(self, attachment_id: AttachmentId, file: MediaFile) -> None:
        """Say how far an attachment's file has come."""
        if file != self.media(attachment_id):
            self._media[attachment_id] = file
            self._entries.announcer.emit(MediaChanged(attachment_id))

    def set_connection(self, connection: Connection) -> None:
        """Say how the program stands with the API."""
        if connection != self._connection:
            self._connection = connection
            self._entries.announcer.emit(ConnectionChanged())
