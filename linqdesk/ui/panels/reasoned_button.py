"""A button that says below itself why it cannot be pressed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from linqdesk.domain.rules import Violation
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.style import restyle
from linqdesk.ui.text_size import wear_font
from linqdesk.ui.theme import FontSize
from linqdesk.ui.tooltips import plain_tip


class ReasonedButton(QWidget):
    """Can be pressed where no rule is in its way; the first that is stands below it."""

    clicked = Signal()

    def __init__(self, words: str, name: str, parent: QWidget, *, is_danger: bool = False) -> None:
        """Start without a reason.

        Args:
            words: what the button says.
            name: its accessible name; its object's name is the same in snake_case.
            parent: where it stands.
            is_danger: whether it does what is hard to undo.
        """
        super().__init__(parent)
        self.button = QPushButton(words, self)
        self.button.setObjectName(name.lower().replace(" ", "_"))
        self.button.setAccessibleName(name)
        self.button.setAutoDefault(False)
        wear_font(self.button, FontSize.PREVIEW)
        restyle(self.button, danger=is_danger)
        self._reason = PlainLabel(self, FontSize.META, is_secondary=True)
        self._reason.setObjectName(f"{self.button.objectName()}_reason")
        self._reason.setWordWrap(True)
        self._reason.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.button)
        column.addWidget(self._reason)
        self.button.clicked.connect(self.clicked)

    @property
    def reason(self) -> str:
        """Why it cannot be pressed, or what else is to be known; empty for nothing."""
        return self._reason.text()

    def judge(self, found: Sequence[Violation], otherwise: str = "") -> None:
        """Be pressable where nothing was found; else say the first; `otherwise` is said where it can be."""
        words = found[0].words if found else otherwise
        self.button.setEnabled(not found)
        self.button.setAccessibleDescription(words)
        self._reason.setText(words)
        self._reason.setVisible(bool(words))

    def show_reason(self, *, is_shown: bool) -> None:
        """Show the reason, or leave it to the tooltip where a neighbour has the same."""
        self.button.setToolTip("" if is_shown else plain_tip(self._reason.text()))
        self._reason.setVisible(is_shown and bool(self._reason.text()))
