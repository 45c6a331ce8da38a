"""What can be done with a group as a whole, what is under way, and what did not come about."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from linqdesk.domain.chat import Chat
from linqdesk.domain.group_changes import GroupChange, LeaveGroup, expected
from linqdesk.domain.rules import check_leave, check_rename
from linqdesk.ui.panels.card import Card
from linqdesk.ui.panels.group_words import pending_words
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.panels.reasoned_button import ReasonedButton
from linqdesk.ui.panels.wishes import PanelWishes
from linqdesk.ui.theme import FontSize


class GroupCard(Card):
    """Rename, icon and leave, each with its reason where it cannot be."""

    def __init__(self, wishes: PanelWishes, parent: QWidget) -> None:
        """Start without a group."""
        super().__init__("Group", parent)
        self.rename = ReasonedButton("Rename…", "Rename group", self)
        self.icon = ReasonedButton("Change icon…", "Change group icon", self)
        self.leave = ReasonedButton("Leave group…", "Leave group", self, is_danger=True)
        self._pending = PlainLabel(self, FontSize.META, is_secondary=True)
        self._pending.setObjectName("group_pending")
        pair = QWidget(self)
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.rename, 1)
        row.addWidget(self.icon, 1)
        self._reason = PlainLabel(self, FontSize.META, is_secondary=True)
        self._reason.setObjectName("group_reason")
        self.add(pair, self._reason, self._pending, self.leave)
        self.rename.clicked.connect(wishes.rename_wanted)
        self.icon.clicked.connect(wishes.icon_wanted)
        self.leave.clicked.connect(wishes.leave_wanted)

    def show_chat(self, chat: Chat, changes: tuple[GroupChange, ...]) -> None:
        """Judge by what the group is like once all that is under way has come about."""
        self.setVisible(chat.is_group)
        if not chat.is_group:
            return
        after = expected(chat, changes)
        is_leaving = any(isinstance(each, LeaveGroup) for each in changes)
        cannot_rename = check_rename(after)
        cannot_leave = () if is_leaving else check_leave(after)
        for each in (self.rename, self.icon):
            each.judge(cannot_rename)
            each.show_reason(is_shown=False)
        self.leave.judge(cannot_leave)
        # What all three have in common stands there once.
        words = cannot_rename[0].words if cannot_rename and cannot_rename[:1] != cannot_leave[:1] else ""
        self._reason.setText(words)
        self._reason.setVisible(bool(words))
        self.leave.button.setEnabled(self.leave.button.isEnabled() and not is_leaving)
        words = " ".join(filter(None, map(pending_words, changes)))
        self._pending.setText(words)
        self._pending.setAccessibleName(words)
        self._pending.setVisible(bool(words))


class FailureNotice(QFrame):
    """Says what did not come about and why, until it is dismissed."""

    dismissed = Signal()
    details_wanted = Signal(QWidget)

    def __init__(self, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.setObjectName("gate_strip")
        self._words = PlainLabel(self, FontSize.PREVIEW)
        self._words.setObjectName("change_failed")
        self._words.setWordWrap(True)
        self.details = self._button("Details", "Details of what failed")
        self.dismiss = self._button("Dismiss", "Dismiss what failed")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        row.addWidget(self.details)
        row.addWidget(self.dismiss)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self._words)
        column.addLayout(row)
        self.dismiss.clicked.connect(self.dismissed)
        self.details.clicked.connect(lambda: self.details_wanted.emit(self.details))
        self.hide()

    def _button(self, words: str, name: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setProperty("small", "true")
        button.setObjectName(name.lower().replace(" ", "_"))
        button.setAccessibleName(name)
        return button

    def say(self, words: str, *, has_details: bool) -> None:
        """Say this, or nothing."""
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self.details.setVisible(has_details)
        self.setVisible(bool(words))
