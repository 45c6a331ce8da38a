"""What can be done with one member of a chat: a strip of buttons below the row."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from linqdesk.domain.chat import Chat
from linqdesk.domain.rules import check_remove_participant
from linqdesk.domain.rules.addresses import is_phone_number
from linqdesk.ui.icon_button import IconButton
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.panels.member_model import MemberRow
from linqdesk.ui.theme import FontSize, Theme
from linqdesk.ui.tooltips import plain_tip

_BUTTON_PX = 32


class MemberActions(QWidget):
    """Each button is there only where it makes sense; Remove says why where it cannot be pressed."""

    message_wanted = Signal(str)
    call_wanted = Signal(str)
    copy_wanted = Signal(str)
    contact_wanted = Signal(str)
    remove_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Start hidden, about nobody."""
        super().__init__(parent)
        self._handle = ""
        self.setObjectName("member_actions")
        self.message = self._button("message-square-text", "Message", self.message_wanted)
        self.call = self._button("phone", "Call", self.call_wanted)
        self.copy = self._button("copy", "Copy number", self.copy_wanted)
        self.contact = self._button("pencil", "Name and notes", self.contact_wanted)
        self.remove = self._button("user-minus", "Remove participant", self.remove_wanted)
        self._reason = PlainLabel(self, FontSize.META, is_secondary=True)
        self._reason.setObjectName("remove_participant_reason")
        self._reason.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(4)
        for each in self._buttons():
            row.addWidget(each)
        row.addStretch()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._reason)
        self.set_theme(theme)
        self.hide()

    def _buttons(self) -> tuple[IconButton, ...]:
        return self.message, self.call, self.copy, self.contact, self.remove

    def _button(self, icon: str, name: str, wanted: SignalInstance) -> IconButton:
        button = IconButton(icon, name, self, _BUTTON_PX)
        button.clicked.connect(lambda: wanted.emit(self._handle))
        return button

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        for each in self._buttons():
            each.wear(theme)

    @property
    def reason(self) -> str:
        """Why the member cannot be removed, empty where they can or where there is no such button."""
        return self._reason.text()

    def show_member(self, row: MemberRow, chat: Chat, width_px: int) -> int:
        """Be about a member; returns the height that this takes.

        Args:
            row: the member.
            chat: as it is once all that is under way has come about.
            width_px: how wide it may be.
        """
        member = row.member
        self._handle = member.handle
        self.message.setVisible(not member.is_me and chat.is_group)
        self.call.setVisible(not member.is_me and is_phone_number(member.handle))
        self.contact.setVisible(not member.is_me)
        can_go = chat.is_group and not member.is_me and not row.is_gone
        self.remove.setVisible(can_go)
        found = check_remove_participant(chat, member.handle) if can_go and row.change is None else ()
        self.remove.setEnabled(not found and row.change is None)
        words = found[0].words if found else ""
        self.remove.setAccessibleDescription(words)
        self.remove.setToolTip(plain_tip(words or "Remove from the group"))
        self._reason.setText(words)
        self._reason.setVisible(bool(words))
        self.setFixedWidth(width_px)
        column = self._column
        wraps = column.hasHeightForWidth()
        height = column.totalHeightForWidth(width_px) if wraps else column.totalSizeHint().height()
        self.setFixedHeight(height)
        return height
