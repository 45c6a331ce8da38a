"""The strip over the thread: who it is, over what it runs, and how well."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from linqdesk.domain.chat import Chat
from linqdesk.store.view import CacheView
from linqdesk.ui.icons import themed_icon
from linqdesk.ui.models.chat_words import service_name
from linqdesk.ui.names import chat_title, format_handle
from linqdesk.ui.panels.avatar_widget import ChatAvatar
from linqdesk.ui.panels.health_chip import HealthChip
from linqdesk.ui.panels.labels import ElidedLabel
from linqdesk.ui.style import restyle
from linqdesk.ui.text_size import wear_height
from linqdesk.ui.theme import GUTTER_PX, FontSize, Theme, grown

HEIGHT_PX, WORDS_PX, _AVATAR_PX, _BUTTON_PX = 56, 34, 36, 32


def header_height_px() -> int:
    """Return how high the strip is with its two lines of words."""
    return grown(HEIGHT_PX, WORDS_PX)


class ChatHeader(QWidget):
    """Says which chat is open."""

    back_wanted = Signal()
    details_wanted = Signal()
    find_wanted = Signal()
    read_wanted = Signal()

    def __init__(self, cache: CacheView, theme: Theme, parent: QWidget) -> None:
        """Start without a chat."""
        super().__init__(parent)
        self._cache = cache
        self._theme = theme
        self.setObjectName("chat_header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        wear_height(self, HEIGHT_PX, WORDS_PX)
        self.back = self._button("Back")
        self.back.hide()
        self.back.clicked.connect(self.back_wanted)
        self.avatar = ChatAvatar(cache, theme, _AVATAR_PX, self)
        self._name = ElidedLabel(self, FontSize.HEADER, QFont.Weight.DemiBold)
        self._line = ElidedLabel(self, FontSize.META, is_secondary=True)
        self._chip = HealthChip(theme, self)
        self.mark_read = self._button("Mark as read")
        self.mark_read.setToolTip("Mark as read: the customer sees Read")
        self.mark_read.hide()
        self.mark_read.clicked.connect(self.read_wanted)
        self.find_button = self._button("Find")
        self.find_button.setToolTip("Find in this chat (Ctrl+F)")
        self.find_button.clicked.connect(self.find_wanted)
        self.details = self._button("Details")
        self.details.clicked.connect(self.details_wanted)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch()
        words.addWidget(self._name)
        words.addWidget(self._line)
        words.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(GUTTER_PX, 0, GUTTER_PX - 4, 0)
        row.setSpacing(10)
        row.addWidget(self.back)
        row.addWidget(self.avatar)
        row.addLayout(words, 1)
        row.addWidget(self._chip)
        row.addWidget(self.mark_read)
        row.addWidget(self.find_button)
        row.addWidget(self.details)

    def show_details_open(self, *, is_open: bool) -> None:
        """Show whether the details stand beside the chat, in colour and in words."""
        restyle(self.details, on=is_open)
        self.details.setToolTip("Hide details" if is_open else "Details")
        self.details.setAccessibleDescription("shown" if is_open else "")

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.avatar.theme = theme
        self._chip.theme = theme
        self._draw_icons()
        self.update()

    def show_chat(self, chat: Chat) -> None:
        """Show whose chat it is."""
        if self.details.icon().isNull():
            self._draw_icons()
        self.avatar.show_chat(chat)
        self._name.setText(chat_title(chat, self._cache))
        self._line.setText(second_line(chat, self._cache))
        summary = self._cache.summary(chat.id)
        self._chip.show_state(chat.health, summary.lock if summary is not None else None)

    def _draw_icons(self) -> None:
        pairs = (
            (self.back, "chevron-left"),
            (self.mark_read, "check-check"),
            (self.find_button, "search"),
            (self.details, "panel-right"),
        )
        for button, icon in pairs:
            button.setIcon(themed_icon(icon, self._theme.text_secondary))

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name.lower().replace(" ", "_"))
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFixedSize(_BUTTON_PX, _BUTTON_PX)
        return button


def second_line(chat: Chat, cache: CacheView) -> str:
    """Return service, number or members, and our line."""
    words = [service_name(chat.service)]
    if chat.is_group:
        words.append(f"{len(chat.others) + 1} people")
    elif chat.others:
        handle = format_handle(chat.others[0].handle)
        if handle != chat_title(chat, cache):
            words.append(handle)
    if chat.line is not None:
        words.append(f"line {format_handle(chat.line)}")
    return " · ".join(words)
