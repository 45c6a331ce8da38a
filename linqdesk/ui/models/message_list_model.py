"""The open thread as rows of a Qt model."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from typing_extensions import override

from linqdesk.domain.ids import ChatId, RowKey
from linqdesk.domain.message import Message
from linqdesk.domain.system_event import SystemEvent
from linqdesk.store.changes import Change, ChatAdopted, HistoryChanged, MessagesChanged
from linqdesk.store.view import CacheView, ThreadRow
from linqdesk.ui.models.event_words import event_words
from linqdesk.ui.models.grouping import belong_together, is_own, needs_heading, said_at
from linqdesk.ui.models.ladder import is_still_sending, ladder, seconds_until_late, sent_again
from linqdesk.ui.models.message_words import row_text
from linqdesk.ui.models.quotes import Quote, quote_of
from linqdesk.ui.models.remedies import NONE, Remedy, remedies
from linqdesk.ui.models.roles import MessageRole
from linqdesk.ui.models.row_context import RowContext
from linqdesk.ui.models.spoken_words import description, spoken

_NOWHERE = QModelIndex()
_KEPT_CONTEXTS = 1_000


class MessageListModel(QAbstractListModel):
    """Rows of one thread, oldest first.

    What stands around a row is worked out from its two neighbours when it is asked for: to do it for
    100,000 rows at once would cost more than opening the thread may take.
    """

    def __init__(self, cache: CacheView, parent: QObject | None = None) -> None:
        """Start without a thread."""
        super().__init__(parent)
        self._cache = cache
        self._chat_id: ChatId | None = None
        self._rows: list[ThreadRow] = []
        self._status: dict[RowKey, str] = {}
        self._again: frozenset[RowKey] = frozenset()
        self._unread: RowKey | None = None
        # What stands around the rows that are on screen is asked for many times a frame.
        self._contexts: dict[int, RowContext] = {}
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self._refresh_ladder)
        # Held, or the connection to its method would go with it.
        self._subscription = cache.subscribe(self._on_cache_changed)
        # Without this the next change would reach a model whose C++ half is gone.
        self.destroyed.connect(self._subscription.close)

    @property
    def chat_id(self) -> ChatId | None:
        """Whose thread it is."""
        return self._chat_id

    def show_chat(self, chat_id: ChatId | None) -> None:
        """Hold another thread."""
        self.beginResetModel()
        self._contexts.clear()
        self._chat_id = chat_id
        self._rows = list(self._cache.rows(chat_id)) if chat_id is not None else []
        self._unread = self._cache.history(chat_id).first_unread if chat_id is not None else None
        self._status = self._ladder()
        self.endResetModel()

    def row_at(self, position: int) -> ThreadRow:
        """Return the row at a position that exists."""
        return self._rows[position]

    def position_of(self, key: RowKey) -> int | None:
        """Return where a row stands, None where it is gone."""
        return None if self._chat_id is None else self._cache.position(self._chat_id, key)

    def context_at(self, position: int) -> RowContext:
        """Return what stands around a row."""
        known = self._contexts.get(position)
        if known is None:
            if len(self._contexts) >= _KEPT_CONTEXTS:
                self._contexts.clear()
            known = self._contexts[position] = self._context(position)
        return known

    def _context(self, position: int) -> RowContext:
        row = self._rows[position]
        before = self._rows[position - 1] if position else None
        after = self._rows[position + 1] if position + 1 < len(self._rows) else None
        return RowContext(
            heading_at=said_at(row) if needs_heading(before, row) else None,
            is_group_first=not belong_together(before, row),
            is_group_last=not belong_together(row, after),
            has_unread_bar=row.key == self._unread,
            status=self._status.get(row.key),
            quote=self._quote(row),
            event=event_words(row.content, self._cache) if isinstance(row.content, SystemEvent) else None,
            remedies=self._remedies(row),
        )

    def _remedies(self, row: ThreadRow) -> frozenset[Remedy]:
        if row.key not in self._status or self._chat_id is None:
            return NONE
        summary = self._cache.summary(self._chat_id)
        chat = summary.chat if summary is not None else None
        is_late = is_still_sending(row.content, datetime.now(UTC))
        return remedies(row, chat, is_sent_again=row.key in self._again, is_late=is_late)

    def _quote(self, row: ThreadRow) -> Quote | None:
        if self._chat_id is None or row.is_deleted or not isinstance(row.content, Message):
            return None
        return quote_of(row.content, self._chat_id, self._cache)

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return the number of messages."""
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return what a row holds for a role."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row_text(row, self._cache)
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(row, self._cache, self._quote(row))
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return description(row)
            case MessageRole.ROW:
                return row
            case _:
                return None

    def _on_cache_changed(self, change: Change) -> None:
        # Quotes and events name people and other messages, so that any change may reach any row.
        self._contexts.clear()
        match change:
            case ChatAdopted() if change.local_id == self._chat_id:
                self._adopt(change.chat_id)
            case MessagesChanged() if change.chat_id == self._chat_id:
                self._apply(change)
            case HistoryChanged() if change.chat_id == self._chat_id:
                self._move_unread_bar(self._cache.history(change.chat_id).first_unread)
            case _:
                return

    def _adopt(self, chat_id: ChatId) -> None:
        """Go on with a thread under another id; where other rows have joined it, begin anew."""
        if [row.key for row in self._cache.rows(chat_id)] == [row.key for row in self._rows]:
            self._chat_id = chat_id
        else:
            self.show_chat(chat_id)

    def _apply(self, change: MessagesChanged) -> None:
        self._take_out({*change.removed, *change.moved})
        self._put_in([*change.inserted, *change.moved])
        for key in change.updated:
            self._replace(key)
        self._refresh_ladder()

    def _take_out(self, keys: set[RowKey]) -> None:
        if not keys:
            return
        for position in range(len(self._rows) - 1, -1, -1):
            if self._rows[position].key in keys:
                self.beginRemoveRows(_NOWHERE, position, position)
                del self._rows[position]
                self._contexts.clear()
                self.endRemoveRows()

    def _put_in(self, keys: Sequence[RowKey]) -> None:
        """Insert each contiguous run at once, at the positions that the cache has for them."""
        placed = sorted((position, key) for key in keys if (position := self.position_of(key)) is not None)
        start = 0
        while start < len(placed):
            end = start + 1
            while end < len(placed) and placed[end][0] == placed[end - 1][0] + 1:
                end += 1
            first = placed[start][0]
            rows = [row for _, key in placed[start:end] if (row := self._row(key)) is not None]
            self.beginInsertRows(_NOWHERE, first, first + len(rows) - 1)
            self._rows[first:first] = rows
            self._contexts.clear()
            self.endInsertRows()
            start = end

    def _replace(self, key: RowKey) -> None:
        position, row = self.position_of(key), self._row(key)
        if position is not None and row is not None:
            self._rows[position] = row
            self._contexts.clear()
            self._announce(position)

    def _row(self, key: RowKey) -> ThreadRow | None:
        return None if self._chat_id is None else self._cache.row(self._chat_id, key)

    def _announce(self, position: int) -> None:
        index = self.index(position)
        self.dataChanged.emit(index, index, [])

    def _ladder(self) -> dict[RowKey, str]:
        now = datetime.now(UTC)
        wait_s = seconds_until_late(reversed(self._rows), now)
        if wait_s is not None:
            self._late.start(round(wait_s * 1_000) + 50)
        self._again = sent_again(reversed(self._rows))
        return ladder(reversed(self._rows), now, self._again)

    def _refresh_ladder(self) -> None:
        was, self._status = self._status, self._ladder()
        self._contexts.clear()
        for key in was.keys() | self._status.keys():
            if was.get(key) != self._status.get(key):
                position = self.position_of(key)
                if position is not None:
                    self._announce(position)

    def _move_unread_bar(self, key: RowKey | None) -> None:
        was, self._unread = self._unread, key
        self._contexts.clear()
        if was == key:
            return
        for each in (was, key):
            position = self.position_of(each) if each is not None else None
            if position is not None:
                self._announce(position)


def unread_words(messages: MessageListModel, first: RowKey | None) -> str:
    """Return what the unread bar says: how many messages follow it up to our next one."""
    position = messages.position_of(first) if first is not None else None
    if position is None:
        return ""
    rows = map(messages.row_at, range(position, messages.rowCount()))
    unread = takewhile(lambda row: not is_own(row), rows)
    count = sum(isinstance(row.content, Message) for row in unread)
    return f"{count} new message{'s' if count > 1 else ''}"
