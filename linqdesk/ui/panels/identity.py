"""Who a chat is with: avatar, name, number, and what can be done with the number."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from linqdesk.domain.chat import Chat
from linqdesk.domain.group_changes import GONE, has_left
from linqdesk.domain.rules.addresses import is_phone_number
from linqdesk.store.view import CacheView
from linqdesk.ui.icon_button import IconButton
from linqdesk.ui.models.chat_words import service_name
from linqdesk.ui.names import chat_title, format_handle
from linqdesk.ui.panels.avatar_widget import ChatAvatar
from linqdesk.ui.panels.labels import ElidedLabel, PlainLabel
from linqdesk.ui.panels.wishes import PanelWishes
from linqdesk.ui.theme import FontSize, Theme

_AVATAR_PX, _BUTTON_PX = 72, 28


class Identity(QWidget):
    """The head of the details."""

    def __init__(self, cache: CacheView, wishes: PanelWishes, theme: Theme, parent: QWidget) -> None:
        """Start without a chat."""
        super().__init__(parent)
        self._cache = cache
        self._handle = ""
        self.avatar = ChatAvatar(cache, theme, _AVATAR_PX, self)
        self._name = PlainLabel(self, FontSize.HEADER, QFont.Weight.DemiBold)
        self._number = ElidedLabel(self, FontSize.PREVIEW, is_secondary=True)
        self.copy = IconButton("copy", "Copy number", self, _BUTTON_PX)
        self.call = IconButton("phone", "Call", self, _BUTTON_PX)
        self._left = QFrame(self)
        self._left.setObjectName("gate_strip")
        self._left_words = PlainLabel(self._left, FontSize.PREVIEW)
        self._left_words.setObjectName("left_words")
        self._left_words.setWordWrap(True)
        QVBoxLayout(self._left).addWidget(self._left_words)
        self._lay_out()
        self.copy.clicked.connect(lambda: wishes.copy_wanted.emit(self._handle))
        self.call.clicked.connect(lambda: wishes.call_wanted.emit(self._handle))

    def _lay_out(self) -> None:
        self._name.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._name.setWordWrap(True)
        number = QHBoxLayout()
        number.setSpacing(2)
        number.addStretch()
        for each in (self._number, self.copy, self.call):
            number.addWidget(each)
        number.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(6)
        column.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._name)
        column.addLayout(number)
        column.addWidget(self._left)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self.avatar.theme = theme
        self.copy.wear(theme)
        self.call.wear(theme)

    def show_chat(self, chat: Chat) -> None:
        """Show whose chat it is, and that we are no longer in it where that is so."""
        self.avatar.show_chat(chat)
        self._name.setText(chat_title(chat, self._cache))
        self._handle = "" if chat.is_group or not chat.others else chat.others[0].handle
        count = sum(each.status not in GONE for each in chat.handles)
        number = format_handle(self._handle) if self._handle else f"{count} people"
        self._number.setText(f"{number} · {service_name(chat.service)}")
        self.copy.setVisible(bool(self._handle))
        self.call.setVisible(is_phone_number(self._handle))
        self._left_words.setText(
            "Your line is no longer in this group. What was said stays here to read; nothing can be sent or"
            " changed."
        )
        self._left.setVisible(has_left(chat))
