"""Our lines as rows of a Qt model, All first; any of them may be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt, Signal
from typing_extensions import override

from linqdesk.services.sent_today import SentToday
from linqdesk.store.changes import LinesChanged
from linqdesk.ui.names import format_handle
from linqdesk.ui.rail.line_words import REPUTATION_ADVICE, REPUTATION_WORDS, line_facts
from linqdesk.ui.tooltips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QObject, QPersistentModelIndex

    from linqdesk.domain.chat import Line
    from linqdesk.domain.ids import Handle
    from linqdesk.store.changes import Change
    from linqdesk.store.view import CacheView, ChatSummary

_NOWHERE = QModelIndex()
# Linq's advice for one line (linq-api.md 3.2).
DAILY_MESSAGES = 7_000


class LinesModel(QAbstractListModel):
    """Row 0 is all lines together; `chosen_changed` carries the chosen lines, none for all."""

    chosen_changed = Signal(object)

    def __init__(self, cache: CacheView, parent: QObject | None = None) -> None:
        """Hold the lines that are known now, and all of them chosen."""
        super().__init__(parent)
        self._cache = cache
        self._lines: tuple[Line, ...] = ()
        self._unread: dict[Handle, int] = {}
        self._sent = SentToday(cache)
        self.chosen: frozenset[Handle] = frozenset()
        self._wish: frozenset[Handle] = frozenset()
        self._take_lines()
        # Held, or the connection to its method would go with it.
        self._subscription = cache.subscribe(self._on_cache_changed)
        self.destroyed.connect(self._subscription.close)
        self.destroyed.connect(self._sent.close)

    def line_at(self, row: int) -> Line | None:
        """Return the line of a row, None for All."""
        return self._lines[row - 1] if 1 <= row <= len(self._lines) else None

    def unread_at(self, row: int) -> int:
        """Return how many chats are unread on the line of a row, or on all."""
        line = self.line_at(row)
        return sum(self._unread.values()) if line is None else self._unread.get(line.phone_number, 0)

    def is_chosen(self, row: int) -> bool:
        """Tell whether the chats of a row are shown for its own sake."""
        line = self.line_at(row)
        return not self.chosen if line is None else line.phone_number in self.chosen

    def choose(self, row: int) -> None:
        """Show the chats of one line alone, or of all; a line that is alone already gives way to all."""
        line = self.line_at(row)
        wanted = frozenset() if line is None else frozenset({line.phone_number})
        self._choose(frozenset() if wanted == self.chosen else wanted)

    def toggle(self, row: int) -> None:
        """Show the chats of a line besides those of the others, or no longer."""
        line = self.line_at(row)
        self._choose(frozenset() if line is None else self.chosen ^ {line.phone_number})

    def wish(self, lines: Iterable[Handle]) -> None:
        """Choose lines as soon as they are known; those that never are do not count."""
        self._wish = frozenset(lines)
        self._take_lines()

    def count(self, summaries: Iterable[ChatSummary]) -> None:
        """Count the unread chats of every line."""
        unread: dict[Handle, int] = {}
        for summary in summaries:
            line = summary.chat.line
            if summary.unread_count and line is not None:
                unread[line] = unread.get(line, 0) + 1
        if unread != self._unread:
            self._unread = unread
            self._repaint()

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return the number of lines, and one for All."""
        return 0 if parent.isValid() else len(self._lines) + 1

    @override
    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return what a row holds for a role."""
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(index.row())
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._tip(index.row()))
            case Qt.ItemDataRole.DisplayRole:
                line = self.line_at(index.row())
                return "All lines" if line is None else format_handle(line.phone_number)
            case _:
                return None

    def _spoken(self, row: int) -> str:
        line = self.line_at(row)
        words = ["All lines" if line is None else format_handle(line.phone_number)]
        if line is not None:
            words += [f"reputation: {REPUTATION_WORDS[line.reputation]}", self._sent_words(line)]
        unread = self.unread_at(row)
        if unread:
            words.append("1 unread chat" if unread == 1 else f"{unread} unread chats")
        if self.is_chosen(row):
            words.append("shown")
        return ", ".join(words)

    def _tip(self, row: int) -> str:
        line = self.line_at(row)
        if line is None:
            return "The chats of all lines"
        facts = f"{line_facts(line)}. {REPUTATION_ADVICE[line.reputation]}"
        return f"{format_handle(line.phone_number)}\n{facts}\n{self._sent_words(line)}"

    def _sent_words(self, line: Line) -> str:
        return f"{self._sent.count(line.phone_number):,} of {DAILY_MESSAGES:,} sent today as seen here"

    def _choose(self, wanted: frozenset[Handle]) -> None:
        if len(wanted) == len(self._lines):
            wanted = frozenset()
        if wanted != self.chosen:
            self.chosen = wanted
            self._repaint()
            self.chosen_changed.emit(wanted)

    def _on_cache_changed(self, change: Change) -> None:
        if isinstance(change, LinesChanged):
            self._take_lines()

    def _take_lines(self) -> None:
        self.beginResetModel()
        self._lines = self._cache.lines
        self.endResetModel()
        known = {line.phone_number for line in self._lines}
        wanted = self.chosen
        if known:
            wanted, self._wish = wanted or self._wish, frozenset()
        self._choose(wanted & known)

    def _repaint(self) -> None:
        self.dataChanged.emit(self.index(0), self.index(len(self._lines)), [])
