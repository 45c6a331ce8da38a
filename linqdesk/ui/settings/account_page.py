"""Settings: which account this is, where its token is kept, and the way out."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from linqdesk.store.view import CacheView
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.panels.question_dialog import QuestionDialog
from linqdesk.ui.theme import FontSize

_STAYS = "Your settings, your canned replies and the names and notes that you wrote stay."


class AccountPage(QWidget):
    """Tells where the token is, and signs out once that was asked for twice."""

    sign_out_wanted = Signal()

    def __init__(self, cache: CacheView, place: Callable[[], str], parent: QWidget) -> None:
        """Show the account.

        Args:
            cache: what the window reads.
            place: tells in words where the token is kept.
            parent: the dialog.
        """
        super().__init__(parent)
        self._cache = cache
        self._place = place
        title = PlainLabel(self, FontSize.BODY, QFont.Weight.DemiBold)
        title.setText("Token")
        self._words = self._paragraph("token_place")
        leave = PlainLabel(self, FontSize.BODY, QFont.Weight.DemiBold)
        leave.setText("Sign out")
        what = self._paragraph("sign_out_words")
        what.setText(f"Forgets the token, and deletes what this computer keeps of your customers. {_STAYS}")
        self._button = QPushButton("Sign out…", self)
        self._button.setObjectName("sign_out")
        self._button.setAccessibleName("Sign out")
        self._button.setAutoDefault(False)
        self._button.clicked.connect(self._ask)
        row = QHBoxLayout()
        row.addWidget(self._button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(self._words)
        column.addSpacing(12)
        column.addWidget(leave)
        column.addWidget(what)
        column.addLayout(row)
        column.addStretch()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Say where the token is now."""
        super().showEvent(event)
        self._words.setText(self._place())

    def _paragraph(self, name: str) -> PlainLabel:
        label = PlainLabel(self, FontSize.BODY, is_secondary=True)
        label.setObjectName(name)
        label.setWordWrap(True)
        return label

    def _ask(self) -> None:
        words = [loss_words(self._cache), _STAYS]
        answers = [("Sign out", self.sign_out_wanted.emit)]
        question = QuestionDialog(self, "Sign out?", words, answers, stay="Stay signed in")
        question.setObjectName("sign_out_question")
        question.open()


def loss_words(cache: CacheView) -> str:
    """Return what signing out loses: "Deletes 2 messages that are not sent and a draft, for good"."""
    unsent, drafts = len(cache.unsent()), cache.draft_count()
    lost = []
    if unsent:
        lost.append("a message that is not sent" if unsent == 1 else f"{unsent} messages that are not sent")
    if drafts:
        lost.append("a draft" if drafts == 1 else f"{drafts} drafts")
    if not lost:
        return "Nothing is unsent. The token and the customers' files on this computer are deleted."
    return f"Deletes {' and '.join(lost)}, for good."
