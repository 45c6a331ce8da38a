"""The frame that dialogs about people share: a title, some words, fields, and two buttons."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.style import restyle
from linqdesk.ui.theme import FontSize

_WIDTH_PX = 460


class FormDialog(QDialog):
    """Opened with `open()`, gone when it is closed; `agreed` says that its button was pressed."""

    agreed = Signal()

    def __init__(self, title: str, words: Sequence[str], agree: str, parent: QWidget) -> None:
        """Build the frame.

        Args:
            title: what it is about; its accessible name.
            words: paragraphs below the title, plain text.
            agree: what the button says that does it.
            parent: over which it opens.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName(title.lower().replace(" ", "_"))
        self.setAccessibleName(title)
        self.setWindowTitle(title)
        heading = PlainLabel(self, FontSize.HEADER, QFont.Weight.DemiBold)
        heading.setText(title)
        self.fields = QVBoxLayout()
        self.fields.setSpacing(8)
        self.below = QHBoxLayout()
        self.says = PlainLabel(self, FontSize.META)
        self.says.setObjectName("form_says")
        self.says.setWordWrap(True)
        self.says.hide()
        self.agree = self._button(agree)
        restyle(self.agree, primary=True)
        self.cancel = self._button("Cancel")
        self._lay_out(heading, words)
        self.agree.clicked.connect(self.agreed)
        self.cancel.clicked.connect(self.reject)

    def _lay_out(self, heading: PlainLabel, words: Sequence[str]) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.agree)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        heading.setFixedWidth(_WIDTH_PX - 48)
        column.addWidget(heading)
        for paragraph in words:
            label = PlainLabel(self, FontSize.PREVIEW, is_secondary=True)
            label.setText(paragraph)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addLayout(self.fields)
        column.addWidget(self.says)
        column.addLayout(self.below)
        column.addSpacing(6)
        column.addLayout(buttons)

    def _button(self, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(f"form_{words.lower().replace(' ', '_').rstrip('…')}")
        button.setAccessibleName(words.rstrip("…"))
        button.setAutoDefault(False)
        return button

    def label(self, words: str) -> None:
        """Put a caption over the next field."""
        caption = PlainLabel(self, FontSize.META, QFont.Weight.DemiBold, is_secondary=True)
        caption.setText(words)
        self.fields.addWidget(caption)

    def say(self, words: str, *, is_bad: bool = True) -> None:
        """Say what is wrong, or what is to be known; nothing where the words are empty."""
        self.says.setText(words)
        self.says.setAccessibleName(words)
        restyle(self.says, danger=is_bad, secondary=not is_bad)
        self.says.setVisible(bool(words))
