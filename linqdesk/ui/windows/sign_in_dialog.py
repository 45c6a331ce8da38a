"""Asks for the token, shows the lines that it opens, or offers the demo."""

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from linqdesk.domain.chat import Line
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.rail.line_row import LineRow
from linqdesk.ui.style import restyle
from linqdesk.ui.text_size import wear_height
from linqdesk.ui.theme import FOCUS_RING_PX, FontSize, Theme

_ON = True
_WIDTH_PX, _ROW_PX, _SHOWN_ROWS = 440, 46, 5
_ASK = (
    "Paste the token of your Linq Partner account. It is kept in your system's keyring, or where there is "
    "none for this run alone."
)
_TESTING = "Asking Linq which lines this token opens…"


class Step(Enum):
    """How far signing in has come."""

    ASKING = auto()
    TESTING = auto()
    WARNING = auto()
    OPENED = auto()


class SignInDialog(QDialog):
    """The door; opened with `open()`, never with a loop of its own."""

    token_given = Signal(str)
    demo_wanted = Signal()
    given_up = Signal()
    other_accepted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Start with an empty field."""
        super().__init__(parent)
        self.theme = theme
        self.step = Step.ASKING
        self.setObjectName("sign_in")
        self.setAccessibleName("Sign in")
        self.setWindowTitle("Sign in")
        self.setFixedWidth(_WIDTH_PX)
        self._column = QVBoxLayout(self)
        self._title = PlainLabel(self, FontSize.TITLE, QFont.Weight.DemiBold)
        self._title.setObjectName("sign_in_title")
        self._title.setWordWrap(True)
        self._words = self._paragraph("sign_in_words", FontSize.BODY, is_secondary=True)
        self._token = QLineEdit(self)
        self._token.setObjectName("token")
        self._token.setAccessibleName("Token")
        self._token.setPlaceholderText("Token")
        self._token.setEchoMode(QLineEdit.EchoMode.Password)
        self._token.textChanged.connect(self._on_token_changed)
        self._fault = self._paragraph("sign_in_fault", FontSize.PREVIEW)
        restyle(self._fault, danger=True)
        self._lines = QScrollArea(self)
        self._lines.setObjectName("opened_lines")
        self._lines.setAccessibleName("Lines of this token")
        self._lines.setFrameShape(QScrollArea.Shape.NoFrame)
        self._lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lines.setWidgetResizable(_ON)
        self._kept = self._paragraph("token_kept", FontSize.PREVIEW, is_secondary=True)
        self._second = self._button("explore_demo", "Explore the demo")
        self._first = self._button("sign_in_button", "Sign in")
        restyle(self._first, primary=True)
        self._first.setDefault(_ON)
        self._lay_out()
        self.ask(None)

    @property
    def is_untouched(self) -> bool:
        """Whether it asks for a token and nothing is typed yet."""
        return self.step is Step.ASKING and not self._token.text()

    def ask(self, fault: str | None, *, keeps_token: bool = False) -> None:
        """Ask for a token, and say what is wrong with the one before or with the keyring."""
        self._go_to(Step.ASKING, "Sign in to Linq", _ASK)
        if not keeps_token:
            self._token.clear()
        self._say(fault)
        self._label(self._first, "Sign in", "Sign in with this token")
        self._label(self._second, "Explore the demo", "Explore the demo")
        self._on_token_changed(self._token.text())
        self._token.setFocus()

    def wait(self) -> None:
        """Say that the token is being tried."""
        self._go_to(Step.TESTING, "Sign in to Linq", _TESTING)
        self._say(None)
        self._first.setEnabled(not _ON)
        self._label(self._second, "Cancel", "Cancel signing in")
        self._second.setFocus()

    def warn(self, lines: Sequence[Line], words: str) -> None:
        """Ask before another account takes the place of the one that is open."""
        self._go_to(Step.WARNING, "This is another account", words)
        self._show_lines(lines)
        self._label(self._first, "Use this account", "Use this account")
        self._label(self._second, "Back", "Back to the token")
        self._second.setFocus()

    def welcome(self, lines: Sequence[Line], kept: str) -> None:
        """Show what the token opens and where it is kept."""
        count = "one line" if len(lines) == 1 else f"{len(lines)} lines"
        words = f"This token opens {count}." if lines else "This token opens no line yet."
        self._go_to(Step.OPENED, "Signed in", words)
        self._kept.setText(kept)
        self._show_lines(lines)
        self._token.clear()
        self._label(self._first, "Start", "Start with these lines")
        self._first.setFocus()

    @override
    def reject(self) -> None:
        """Close; a token that is being tried is given up."""
        if self.step in {Step.TESTING, Step.WARNING}:
            self.given_up.emit()
        self._token.clear()
        super().reject()

    def _go_to(self, step: Step, title: str, words: str) -> None:
        self.step = step
        self._title.setText(title)
        self._words.setText(words)
        self._token.setVisible(step in {Step.ASKING, Step.TESTING})
        self._token.setReadOnly(step is Step.TESTING)
        self._lines.setVisible(step in {Step.WARNING, Step.OPENED})
        self._kept.setVisible(step is Step.OPENED)
        self._second.setVisible(step is not Step.OPENED)
        self._fault.hide()
        self._first.setEnabled(step is not Step.TESTING)
        self.setAccessibleDescription(f"{title}. {words}")
        self._fit()

    def _fit(self) -> None:
        """Take the height that this step needs."""
        self._column.activate()
        self.setFixedHeight(self._column.totalHeightForWidth(_WIDTH_PX))

    @override
    def event(self, event: QEvent) -> bool:
        """Fit what needs another height, such as text of another size."""
        is_known = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return is_known

    def _show_lines(self, lines: Sequence[Line]) -> None:
        whole = QWidget(self._lines)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(0)
        for line in lines:
            column.addWidget(LineRow(line, self.theme, whole))
        column.addStretch()
        self._lines.setWidget(whole)
        # Its edge is there for the focus, also while it has none.
        wear_height(self._lines, _ROW_PX * max(1, min(_SHOWN_ROWS, len(lines))) + 2 * FOCUS_RING_PX)
        self._lines.setVisible(bool(lines))
        self._fit()

    def _say(self, fault: str | None) -> None:
        self._fault.setVisible(fault is not None)
        self._fault.setText(fault or "")
        self._fit()

    def _paragraph(self, name: str, size: FontSize, *, is_secondary: bool = False) -> PlainLabel:
        label = PlainLabel(self, size, is_secondary=is_secondary)
        label.setObjectName(name)
        label.setWordWrap(True)
        return label

    def _button(self, name: str, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        return button

    def _label(self, button: QPushButton, words: str, spoken: str) -> None:
        button.setText(words)
        button.setAccessibleName(spoken)

    def _lay_out(self) -> None:
        self._first.clicked.connect(self._on_first_clicked)
        self._second.clicked.connect(self._on_second_clicked)
        buttons = QHBoxLayout()
        buttons.addWidget(self._second)
        buttons.addStretch()
        buttons.addWidget(self._first)
        column = self._column
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(12)
        for each in (self._title, self._words, self._token, self._fault, self._lines, self._kept):
            column.addWidget(each)
        column.addSpacing(4)
        column.addLayout(buttons)

    def _on_token_changed(self, text: str) -> None:
        if self.step is Step.ASKING:
            self._first.setEnabled(bool(text.strip()))

    def _on_first_clicked(self) -> None:
        match self.step:
            case Step.ASKING:
                token = self._token.text().strip()
                self.wait()
                self.token_given.emit(token)
            case Step.WARNING:
                self.other_accepted.emit()
            case Step.OPENED:
                self.accept()
            case Step.TESTING:
                return

    def _on_second_clicked(self) -> None:
        match self.step:
            case Step.ASKING:
                self.accept()
                self.demo_wanted.emit()
            case Step.TESTING | Step.WARNING:
                self.given_up.emit()
                self.ask(None, keeps_token=self.step is Step.TESTING)
            case Step.OPENED:
                return
