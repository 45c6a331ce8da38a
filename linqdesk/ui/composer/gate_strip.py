"""Holds a message that the gate did not let pass, says why and asks."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from linqdesk.domain.message import Message
from linqdesk.domain.send_gate import HeldBackError
from linqdesk.ui.names import isolated
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.theme import RADIUS_CARD_PX, FontSize
from linqdesk.ui.thread.accessibility import announce
from linqdesk.ui.wording import fault_sentence, waiting_words

_MAX_QUOTE = 120
_A_MINUTE_S = 60


def held_words(error: HeldBackError, now: datetime) -> str:
    """Return what the agent is asked; `now` is aware."""
    if error.answer is None:
        return fault_sentence(error)
    return f"Somebody else answered from this line {_ago(error.answer, now)}: {_quoted(error.answer)}"


def _ago(message: Message, now: datetime) -> str:
    seconds = max(0, int((now - (message.sent_at or message.created_at)).total_seconds()))
    if seconds < _A_MINUTE_S:
        return f"{seconds} s ago"
    return f"{waiting_words(message.sent_at or message.created_at, now)} ago"


def _quoted(message: Message) -> str:
    said = " ".join(message.text.split())
    if not said:
        return "a file or something else without words."
    short = said if len(said) <= _MAX_QUOTE else f"{said[:_MAX_QUOTE].rstrip()}…"
    return f"“{isolated(short)}”"


class GateStrip(QFrame):
    """Shown until the agent decides; pressing Send again decides too."""

    accepted = Signal()
    put_off = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.setObjectName("gate_strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = PlainLabel(self, FontSize.PREVIEW)
        self._words.setObjectName("gate_words")
        self._words.setWordWrap(True)
        self.send = self._button("Send anyway", "send_anyway")
        self.look = self._button("Look first", "look_first")
        self.send.clicked.connect(self.accepted)
        self.look.clicked.connect(self.put_off)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        row.addWidget(self.look)
        row.addWidget(self.send)
        column = QVBoxLayout(self)
        column.setContentsMargins(RADIUS_CARD_PX, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self._words)
        column.addLayout(row)
        self.hide()

    def _button(self, label: str, name: str) -> QPushButton:
        button = QPushButton(label, self)
        button.setObjectName(name)
        button.setAccessibleName(label)
        return button

    def ask(self, words: str, *, is_answer: bool) -> None:
        """Say why the message is held, and ask; `is_answer` where there is something to look at first."""
        self.look.setText("Look first" if is_answer else "Not now")
        self.look.setAccessibleName(self.look.text())
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self.show()
        announce(self, words)
