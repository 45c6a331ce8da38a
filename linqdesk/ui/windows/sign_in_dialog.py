"""Asks for the token, or offers the demo."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.style import restyle
from linqdesk.ui.theme import FontSize

_WIDTH_PX = 420


class SignInDialog(QDialog):
    """The door; opened with `open()`, never with a loop of its own."""

    token_given = Signal(str)
    demo_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Start with an empty field."""
        super().__init__(parent)
        self.setObjectName("sign_in")
        self.setAccessibleName("Sign in")
        self.setWindowTitle("Sign in")
        self.setFixedWidth(_WIDTH_PX)
        title = PlainLabel(self, FontSize.TITLE, QFont.Weight.DemiBold)
        title.setText("Sign in to Linq")
        words = PlainLabel(self, FontSize.BODY, is_secondary=True)
        words.setWordWrap(True)
        words.setText(
            "Paste the token of your Linq Partner account. It is stored in your system keyring only."
        )
        self._token = QLineEdit(self)
        self._token.setObjectName("token")
        self._token.setAccessibleName("Token")
        self._token.setPlaceholderText("Token")
        self._token.setEchoMode(QLineEdit.EchoMode.Password)
        self._fault = PlainLabel(self, FontSize.PREVIEW)
        self._fault.setObjectName("sign_in_fault")
        restyle(self._fault, danger=True)
        self._fault.setWordWrap(True)
        self._fault.hide()
        self._sign_in = QPushButton("Sign in", self)
        self._sign_in.setObjectName("sign_in_button")
        restyle(self._sign_in, primary=True)
        self._sign_in.setAccessibleName("Sign in with this token")
        self._sign_in.setDefault(True)
        self._sign_in.setEnabled(False)
        demo = QPushButton("Explore the demo", self)
        demo.setObjectName("explore_demo")
        demo.setAccessibleName("Explore the demo")
        demo.setAutoDefault(False)
        self._token.textChanged.connect(self._on_token_changed)
        self._sign_in.clicked.connect(self._on_sign_in_clicked)
        demo.clicked.connect(self._on_demo_clicked)
        buttons = QHBoxLayout()
        buttons.addWidget(demo)
        buttons.addStretch()
        buttons.addWidget(self._sign_in)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(12)
        for each in (title, words, self._token, self._fault):
            column.addWidget(each)
        column.addSpacing(4)
        column.addLayout(buttons)

    def say(self, fault: str | None) -> None:
        """Say what is wrong with the token or the keyring."""
        self._fault.setVisible(fault is not None)
        self._fault.setText(fault or "")

    def _on_token_changed(self, text: str) -> None:
        self._sign_in.setEnabled(bool(text.strip()))

    def _on_sign_in_clicked(self) -> None:
        token = self._token.text().strip()
        self._token.clear()
        self.accept()
        self.token_given.emit(token)

    def _on_demo_clicked(self) -> None:
        self.accept()
        self.demo_wanted.emit()
