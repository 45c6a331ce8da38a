"""The strip that says in plain words what is wrong and what happens next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.theme import GUTTER_PX, FontSize

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Banner(QFrame):
    """Hidden while all is well."""

    acted = Signal()

    def __init__(self, parent: QWidget, name: str = "banner", *, can_go: bool = False) -> None:
        """Start hidden; where it can go, the agent can dismiss it."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = PlainLabel(self, FontSize.PREVIEW)
        self._words.setObjectName(f"{name}_words")
        self._words.setWordWrap(True)
        self._button = QPushButton(self)
        self._button.setObjectName(f"{name}_action")
        self._button.clicked.connect(self.acted)
        row = QHBoxLayout(self)
        row.setContentsMargins(GUTTER_PX, 6, GUTTER_PX, 6)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        if can_go:
            row.addWidget(self._dismiss(name))
        self.hide()

    def _dismiss(self, name: str) -> QPushButton:
        button = QPushButton("Dismiss", self)
        button.setObjectName(f"{name}_dismiss")
        button.setAccessibleName("Dismiss")
        button.clicked.connect(self.hide)
        return button

    @property
    def words(self) -> str:
        """What it says, empty while it is hidden."""
        return self._words.text() if not self.isHidden() else ""

    def say(self, words: str | None, action: str) -> None:
        """Say what is wrong, with the label of the button that helps; None where nothing is."""
        self.setVisible(words is not None)
        if words is not None:
            self._words.setText(words)
            self._words.setAccessibleName(words)
            self._button.setText(action)
            self._button.setAccessibleName(action)
