"""A question with a few answers, one of which is chosen."""

import re
from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.text_size import wear_font
from linqdesk.ui.theme import FontSize
from linqdesk.ui.toggles import on_turned_to, show_turned_to

_INDENT_PX = 26


class Choice(QWidget):
    """A title over radio buttons; `chosen` carries the key of the answer that the agent chose."""

    chosen = Signal(str)

    def __init__(
        self, name: str, title: str, answers: Mapping[str, tuple[str, str]], parent: QWidget
    ) -> None:
        """Lay the answers out.

        Args:
            name: in snake_case, for the object's name and its buttons'.
            title: what is asked.
            answers: for each key the words of the answer and what it means, empty where that is plain.
            parent: the page.
        """
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        heading = PlainLabel(self, FontSize.BODY, QFont.Weight.DemiBold)
        heading.setText(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(heading)
        self._group = QButtonGroup(self)
        self._keys = list(answers)
        for number, (key, (words, meaning)) in enumerate(answers.items()):
            button = self._button(f"{name}_{re.sub('[^a-z]', '_', key)}", f"{title}: {words}", words)
            self._group.addButton(button, number)
            column.addWidget(button)
            if meaning:
                button.setAccessibleDescription(meaning)
                column.addWidget(self._meaning(meaning))
        on_turned_to(self._group, self._on_turned_to)

    def show_answer(self, key: str) -> None:
        """Show which answer holds; nothing is told."""
        if key in self._keys:
            show_turned_to(self._group, self._keys.index(key))

    def _button(self, name: str, spoken: str, words: str) -> QRadioButton:
        button = QRadioButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(spoken)
        wear_font(button, FontSize.BODY)
        button.setMinimumHeight(28)
        return button

    def _meaning(self, words: str) -> PlainLabel:
        label = PlainLabel(self, FontSize.META, is_secondary=True)
        label.setText(words)
        label.setWordWrap(True)
        label.setContentsMargins(_INDENT_PX, 0, 0, 4)
        return label

    def _on_turned_to(self, number: int) -> None:
        self.chosen.emit(self._keys[number])
