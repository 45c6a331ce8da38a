"""One chain of replies as a thread of its own: a view of the cache that holds only its rows."""

from collections.abc import Callable, Iterable, Sequence

from typing_extensions import override

from linqdesk.domain.ids import ChatId, MessageId, RowKey
from linqdesk.domain.message import Message, ReplyTo
from linqdesk.domain.ordering import message_instant
from linqdesk.domain.outgoing import OutgoingMessage
from linqdesk.store.changes import Change, MessagesChanged
from linqdesk.store.subscription import Announcer, Subscription
from linqdesk.store.view import CacheView, History, ThreadRow
from linqdesk.store.view_over import ViewOver

_WHOLE = History(has_older=False)


class ReplyChain(ViewOver):
    """The rows of one chain, oldest first, kept in step with the cache (it is a CacheView itself).

    What the cache has loaded is shown as it is there; what was fetched besides stands between. Chains
    that are broken, or run in a circle, are as long as what can be reached.
    """

    def __init__(self, cache: CacheView) -> None:
        """Start without a chain."""
        super().__init__(cache)
        self._chat_id: ChatId | None = None
        self._start: MessageId | None = None
        self._fetched: dict[MessageId, Message] = {}
        self._rows: list[ThreadRow] = []
        self._at: dict[RowKey, int] = {}
        self._announcer: Announcer[Change] = Announcer()
        self._subscription = cache.subscribe(self._on_changed)

    def close(self, *_ignored: object) -> None:
        """Follow the cache no longer."""
        self._subscription.close()

    def follow(self, message: Message | None) -> None:
        """Hold the chain of a message, None for none; whoever shows it has to be told to read anew."""
        self._chat_id = message.chat_id if message is not None else None
        self._start = message.id if message is not None else None
        self._fetched = {message.id: message} if message is not None else {}
        self._take(self._gathered())

    def add(self, messages: Iterable[Message]) -> None:
        """Take messages of the chain that were fetched besides."""
        self._fetched.update((message.id, message) for message in messages)
        self._refresh()

    @property
    def root(self) -> ReplyTo | None:
        """What an answer within the chain answers: its first message, None where there is no chain."""
        known = (row.content for row in self._rows)
        first = next((content for content in known if isinstance(content, Message)), None)
        return None if first is None else ReplyTo(first.id, 0)

    # What readers see (CacheView).

    @override
    def rows(self, chat_id: ChatId) -> Sequence[ThreadRow]:
        """Return the chain's rows; none of another chat."""
        return list(self._rows) if chat_id == self._chat_id else []

    @override
    def row(self, chat_id: ChatId, key: RowKey) -> ThreadRow | None:
        """Return one row of the chain."""
        at = self.position(chat_id, key)
        return None if at is None else self._rows[at]

    @override
    def position(self, chat_id: ChatId, key: RowKey) -> int | None:
        """Return a row's index in the chain."""
        return self._at.get(key) if chat_id == self._chat_id else None

    @override
    def message(self, chat_id: ChatId, message_id: MessageId) -> Message | None:
        """Return a message that is loaded or was fetched."""
        return self._cache.message(chat_id, message_id) or self._fetched.get(message_id)

    @override
    def history(self, chat_id: ChatId) -> History:
        """Return that there is nothing older to load: a chain is fetched whole."""
        del chat_id
        return _WHOLE

    @override
    def subscribe(self, listener: Callable[[Change], None]) -> Subscription:
        """Call the listener with every later change of the chain, and of everything but threads."""
        return self._announcer.subscribe(listener)

    # Keeping step.

    def _on_changed(self, change: Change) -> None:
        if not isinstance(change, MessagesChanged):
            self._announcer.emit(change)
        elif change.chat_id == self._chat_id:
            self._refresh()

    def _refresh(self) -> None:
        """Say what is different now."""
        before, was_at = {row.key: row for row in self._rows}, self._at
        if self._chat_id is None:
            return
        self._take(self._gathered())
        now = {row.key: row for row in self._rows}
        kept = [key for key in now if key in before]
        is_reordered = sorted(kept, key=was_at.__getitem__) != kept
        change = MessagesChanged(
            self._chat_id,
            inserted=tuple(key for key in now if key not in before),
            updated=tuple(key for key in kept if now[key] != before[key]),
            removed=tuple(key for key in before if key not in now),
            moved=tuple(kept) if is_reordered else (),
        )
        if change != MessagesChanged(self._chat_id):
            self._announcer.emit(change)

    def _take(self, rows: list[ThreadRow]) -> None:
        self._rows = rows
        self._at = {row.key: at for at, row in enumerate(rows)}

    def _gathered(self) -> list[ThreadRow]:
        if self._chat_id is None or self._start is None:
            return []
        loaded = self._cache.rows(self._chat_id)
        rows = {row.content.id: row for row in loaded if isinstance(row.content, Message)}
        for message in self._fetched.values():
            rows.setdefault(message.id, ThreadRow(RowKey(message.id), message))
        ids = _connected(self._start, (row.content for row in rows.values()))
        # Of one instant those stand first that are loaded, in the order of the thread.
        said = sorted(
            (
                (message_instant(content), row)
                for id_, row in rows.items()
                if id_ in ids
                if isinstance(content := row.content, Message)
            ),
            key=lambda pair: pair[0],
        )
        sending = [row for row in loaded if _answers(row, ids)]
        return [row for _, row in said] + sending


def _answers(row: ThreadRow, ids: set[MessageId]) -> bool:
    content = row.content
    if not isinstance(content, OutgoingMessage) or content.content.reply_to is None:
        return False
    return content.content.reply_to.message_id in ids


def _connected(start: MessageId, contents: Iterable[object]) -> set[MessageId]:
    """Return what can be reached from a message over answers, in both directions."""
    neighbours: dict[MessageId, set[MessageId]] = {start: set()}
    for content in contents:
        if isinstance(content, Message) and content.reply_to is not None:
            one, other = content.id, content.reply_to.message_id
            neighbours.setdefault(one, set()).add(other)
            neighbours.setdefault(other, set()).add(one)
    reached, ahead = {start}, [start]
    while ahead:
        for each in neighbours[ahead.pop()] - reached:
            reached.add(each)
            ahead.append(each)
    return reached
