"""A line of ours as a row: its mark, its number, and its reputation in words."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from linqdesk.domain.chat import Line
from linqdesk.ui.names import format_handle
from linqdesk.ui.panels.labels import ElidedLabel, PlainLabel
from linqdesk.ui.rail.line_mark import LineMark
from linqdesk.ui.rail.line_words import REPUTATION_ADVICE, line_facts, spoken_line
from linqdesk.ui.theme import FontSize, Theme


class LineRow(QWidget):
    """Says what a line is and how it stands."""

    def __init__(self, line: Line, theme: Theme, parent: QWidget) -> None:
        """Show a line."""
        super().__init__(parent)
        self.setObjectName("line_row")
        self.setAccessibleName(spoken_line(line))
        self.setAccessibleDescription(REPUTATION_ADVICE[line.reputation])
        number = PlainLabel(self, FontSize.BODY, QFont.Weight.DemiBold)
        number.setText(format_handle(line.phone_number))
        facts = ElidedLabel(self, FontSize.META, is_secondary=True)
        facts.setText(f"{line_facts(line)} · {REPUTATION_ADVICE[line.reputation]}")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(number)
        words.addWidget(facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(10)
        row.addWidget(LineMark(line, theme, self))
        row.addLayout(words, 1)
