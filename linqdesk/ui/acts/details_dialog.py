"""The details of one message, all of which can be copied."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from linqdesk.ui.acts.message_facts import Fact, as_text
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.style import restyle
from linqdesk.ui.theme import FontSize

_WIDTH_PX, _MAX_HEIGHT_PX, _VALUE_PX = 480, 520, 300


class DetailsDialog(QDialog):
    """Labels at the left, what they say at the right; the text can be selected by mouse and keys."""

    def __init__(self, facts: tuple[Fact, ...], parent: QWidget) -> None:
        """Show the facts of one message."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("message_details")
        self.setAccessibleName("Message details")
        self.setWindowTitle("Message details")
        self._facts = facts
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(14)
        heading = PlainLabel(self, FontSize.HEADER, QFont.Weight.DemiBold)
        heading.setText("Message details")
        column.addWidget(heading)
        column.addWidget(self._table(), 1)
        column.addLayout(self._buttons())
        self.setFixedWidth(_WIDTH_PX)

    def _table(self) -> QScrollArea:
        inside = QWidget(self)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, fact in enumerate(self._facts):
            label = PlainLabel(inside, FontSize.PREVIEW, is_secondary=True)
            label.setText(fact.label)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._value(fact, inside), row, 1)
        grid.setRowStretch(len(self._facts), 1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumHeight(min(_MAX_HEIGHT_PX, inside.sizeHint().height() + 4))
        return area

    def _value(self, fact: Fact, parent: QWidget) -> PlainLabel:
        value = PlainLabel(parent, FontSize.PREVIEW)
        value.setText(fact.value)
        value.setAccessibleName(f"{fact.label}: {fact.value}")
        value.setWordWrap(True)
        value.setMinimumWidth(_VALUE_PX)
        value.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return value

    def _buttons(self) -> QHBoxLayout:
        copy = QPushButton("Copy all", self)
        copy.setObjectName("copy_details")
        copy.setAccessibleName("Copy all")
        copy.setAutoDefault(False)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(as_text(self._facts)))
        close = QPushButton("Close", self)
        close.setObjectName("close_details")
        close.setAccessibleName("Close")
        restyle(close, primary=True)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addStretch()
        row.addWidget(close)
        return row
