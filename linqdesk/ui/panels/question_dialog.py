"""Asks before what cannot be undone or may be a trap; Enter and Escape leave things as they are."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.theme import FontSize

_WIDTH_PX = 420


class QuestionDialog(QDialog):
    """A question with its reasons; opened with `open()`, and gone when it is answered."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        words: Sequence[str],
        answers: Sequence[tuple[str, Callable[[], object]]],
        stay: str = "Cancel",
    ) -> None:
        """Ask.

        Args:
            parent: over which it opens.
            title: the question.
            words: paragraphs, all of them plain text.
            answers: what the buttons say and what they do, the one that does most harm first.
            stay: the button that does nothing.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        self.setAccessibleDescription("\n".join(words))
        self.setWindowTitle(title)
        self.setFixedWidth(_WIDTH_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        heading = PlainLabel(self, FontSize.HEADER, QFont.Weight.DemiBold)
        heading.setText(title)
        column.addWidget(heading)
        for paragraph in words:
            column.addWidget(self._paragraph(paragraph))
        column.addSpacing(6)
        column.addLayout(self._buttons(answers, stay))

    def press(self, name: str) -> None:
        """Answer as by the button of this name, which must be there."""
        next(each for each in self.findChildren(QPushButton) if each.text() == name).click()

    def _paragraph(self, words: str) -> PlainLabel:
        label = PlainLabel(self, FontSize.BODY)
        label.setText(words)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _buttons(self, answers: Sequence[tuple[str, Callable[[], object]]], stay: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch()
        for name, act in answers:
            button = self._button(name)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, act=act: self._answer(act))
            row.addWidget(button)
        cancel = self._button(stay)
        cancel.setDefault(True)
        cancel.setFocus()
        cancel.clicked.connect(self.reject)
        row.addWidget(cancel)
        return row

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(name, self)
        button.setObjectName(f"answer_{name.lower().replace(' ', '_')}")
        button.setAccessibleName(name)
        return button

    def _answer(self, act: Callable[[], object]) -> None:
        self.accept()
        act()
