"""The chats as rows of a Qt model, in an order that can be held still."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    Qt,
    QTimer,
    Signal,
)
from typing_extensions import override

from linqdesk.store.changes import ChatAdopted, ChatsChanged
from linqdesk.ui.models.roles import ChatRole
from linqdesk.ui.names import chat_title

if TYPE_CHECKING:
    from PySide6.QtCore import (
        QObject,
        QPersistentModelIndex,
    )

    from linqdesk.domain.ids import ChatId, Handle
    from linqdesk.store.changes import Change
    from linqdesk.store.view import CacheView, ChatSummary

_NOWHERE = QModelIndex()
# Arrivals come in bursts: sorting once for all of a burst keeps typing smooth.
_SORT_AFTER_MS = 120


class ChatListModel(QAbstractListModel):
    """Chats of the chosen lines that match the search, the one with the newest message first.

    While it is held still rows keep their places and only their contents change; `waiting_changed`
    tells how many chats would move up.
    """

    waiting_changed = Signal(int)

    def __init__(self, cache: CacheView, parent: QObject | None = None) -> None:
        """Hold what the cache has now."""
        super().__init__(parent)
        self._cache = cache
        self._search = ""
        self._lines: frozenset[Handle] = frozenset()
        self._is_still = False
        self._waiting: set[ChatId] = set()
        self._ids: list[ChatId] = self._wanted()
        self._row_of = {chat_id: row for row, chat_id in enumerate(self._ids)}
        self._sorting = QTimer(self)
        self._sorting.setSingleShot(True)
        self._sorting.setInterval(_SORT_AFTER_MS)
        self._sorting.timeout.connect(self._sort)
        self._subscription = cache.subscribe(self._on_cache_changed)
        self.destroyed.connect(self._subscription.close)

    @property
    def search(self) -> str:
        """What is searched for, empty for everything."""
        return self._search

    def set_search(self, text: str) -> None:
        """Show only the chats that match."""
        if text.strip() != self._search:
            self._search = text.strip()
            self.beginResetModel()
            self._take(self._wanted())
            self.endResetModel()

    @property
    def lines(self) -> frozenset[Handle]:
        """The lines whose chats are shown, none for all."""
        return self._lines

    def set_lines(self, lines: frozenset[Handle]) -> None:
        """Show only the chats of these lines, all of them where there are none."""
        if lines != self._lines:
            self._lines = lines
            self.beginResetModel()
            self._take(self._wanted())
            self.endResetModel()

    def hold_still(self, *, is_still: bool) -> None:
        """Keep the order as it is, or let it follow the cache again."""
        self._is_still = is_still
        if not is_still:
            self._sort()

    def apply_waiting(self) -> None:
        """Sort now although the order is held still: the agent asked for it."""
        self._reorder()

    def chat_at(self, row: int) -> ChatId:
        """Return the chat of a row that exists."""
        return self._ids[row]

    def row_of(self, chat_id: ChatId) -> int | None:
        """Return where a chat stands, None where it is not shown."""
        return self._row_of.get(chat_id)

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return the number of chats shown."""
        return 0 if parent.isValid() else len(self._ids)

    @override
    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return what a row holds for a role."""
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        summary = self._cache.summary(self._ids[index.row()])
        if summary is None:
            return None
        return self._value(summary, role)

    def _value(self, summary: ChatSummary, role: int) -> Any:
        from linqdesk.ui.models.chat_words import spoken_chat
        from linqdesk.ui.tooltips import plain_tip

        match role:
            case ChatRole.SUMMARY:
                return summary
            case ChatRole.TITLE | Qt.ItemDataRole.DisplayRole:
                return chat_title(summary.chat, self._cache)
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken_chat(summary, self._cache, datetime.now(UTC))
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(spoken_chat(summary, self._cache, datetime.now(UTC)))
            case _:
                return None

    def _on_cache_changed(self, change: Change) -> None:
        if isinstance(change, ChatAdopted):
            self._adopt(change)
        if not isinstance(change, ChatsChanged):
            return
        for chat_id in change.removed:
            self._take_out(chat_id)
        for chat_id in change.updated:
            row = self._row_of.get(chat_id)
            if row is not None:
                index = self.index(row)
                self.dataChanged.emit(index, index, [])
        self._waiting.update(change.inserted, change.updated)
        if not self._ids:
            self._sort()
        elif not self._sorting.isActive():
            self._sorting.start()

    def _adopt(self, change: ChatAdopted) -> None:
        """Let a row go on under another id; one that stands already takes its place."""
        row = self._row_of.get(change.local_id)
        if row is None:
            return
        if change.chat_id in self._row_of:
            self._take_out(change.local_id)
            return
        self._ids[row] = change.chat_id
        self._take(self._ids)
        index = self.index(row)
        self.dataChanged.emit(index, index, [])
        self._waiting.add(change.chat_id)
        self._sorting.start()

    def _take_out(self, chat_id: ChatId) -> None:
        """Remove a chat that is gone, although the order is held still."""
        row = self._row_of.get(chat_id)
        if row is not None:
            self.beginRemoveRows(_NOWHERE, row, row)
            self._take([each for each in self._ids if each != chat_id])
            self.endRemoveRows()

    def _sort(self) -> None:
        if not self._is_still or not self._ids:
            self._reorder()
            return
        wanted = {chat_id: place for place, chat_id in enumerate(self._wanted())}
        count = sum(
            chat_id in wanted and wanted[chat_id] < self._row_of.get(chat_id, len(self._ids))
            for chat_id in self._waiting
        )
        self.waiting_changed.emit(count)

    def _reorder(self) -> None:
        wanted = self._wanted()
        self._waiting.clear()
        self.waiting_changed.emit(0)
        if wanted == self._ids:
            return
        if len(wanted) != len(self._ids):
            self.beginResetModel()
            self._take(wanted)
            self.endResetModel()
            return
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        ids = [self._ids[index.row()] for index in kept]
        self._take(wanted)
        rows = [self._row_of.get(chat_id) for chat_id in ids]
        self.changePersistentIndexList(
            kept, [QModelIndex() if row is None else self.index(row) for row in rows]
        )
        self.layoutChanged.emit()

    def _take(self, ids: list[ChatId]) -> None:
        self._ids = ids
        self._row_of = {chat_id: row for row, chat_id in enumerate(ids)}

    def _wanted(self) -> list[ChatId]:
        ids = self._cache.chat_ids()
        if not self._search and not self._lines:
            return list(ids)
        from linqdesk.ui.models.chat_words import searchable

        wanted = self._search.casefold()
        summaries = ((chat_id, self._cache.summary(chat_id)) for chat_id in ids)
        return [
            chat_id
            for chat_id, summary in summaries
            if summary is not None
            and (not self._lines or summary.chat.line in self._lines)
            and (not wanted or wanted in searchable(summary, self._cache))
        ]
