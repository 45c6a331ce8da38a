"""Emoji in rows of nine under headings, as a table that any view can show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from linqdesk.domain.emoji import Emoji

COLUMNS = 9
_Index = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()


@dataclass(frozen=True, slots=True)
class Section:
    """Emoji under a heading."""

    heading: str
    emoji: Sequence[Emoji]


@dataclass(frozen=True, slots=True)
class _Row:
    heading: str
    emoji: tuple[Emoji, ...] = ()


class EmojiTableModel(QAbstractTableModel):
    """A heading stands in the first cell of a row of its own; cells without an emoji are disabled."""

    def __init__(self, parent: QObject) -> None:
        """Start empty."""
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._tone = 0

    def show_sections(self, sections: Sequence[Section], tone: int) -> None:
        """Show other emoji, in a skin tone of 0 to 5; sections without any are left out."""
        self.beginResetModel()
        self._tone = tone
        self._rows = []
        for section in sections:
            if section.emoji:
                self._rows.append(_Row(section.heading))
            for start in range(0, len(section.emoji), COLUMNS):
                self._rows.append(_Row("", tuple(section.emoji[start : start + COLUMNS])))
        self.endResetModel()

    def headings(self) -> list[tuple[int, str]]:
        """Return the rows that are headings, with their words."""
        return [(number, row.heading) for number, row in enumerate(self._rows) if row.heading]

    def count_in(self, row: int) -> int:
        """Return how many emoji stand in a row; none in a heading."""
        return len(self._rows[row].emoji)

    def emoji_at(self, index: _Index) -> Emoji | None:
        """Return the emoji of a cell, None where there is none."""
        if not index.isValid():
            return None
        row = self._rows[index.row()].emoji
        return row[index.column()] if index.column() < len(row) else None

    def text_of(self, emoji: Emoji) -> str:
        """Return an emoji in the tone that is shown."""
        return emoji.in_tone(self._tone)

    @override
    def rowCount(self, parent: _Index = _NOTHING) -> int:
        """Count rows, headings among them."""
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index = _NOTHING) -> int:
        """Count columns."""
        return 0 if parent.isValid() else COLUMNS

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let emoji be chosen, and nothing else."""
        if self.emoji_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the emoji itself, or what it is called."""
        emoji = self.emoji_at(index)
        if emoji is None:
            is_heading = index.isValid() and index.column() == 0
            return self._rows[index.row()].heading if is_heading and role == _DISPLAY else None
        if role == _DISPLAY:
            return self.text_of(emoji)
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return f"{emoji.label} :{emoji.names[0]}:" if role == Qt.ItemDataRole.ToolTipRole else emoji.label
        return None


_DISPLAY = Qt.ItemDataRole.DisplayRole
