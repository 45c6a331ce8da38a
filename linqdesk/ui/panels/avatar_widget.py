"""An avatar as a widget."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from linqdesk.domain.chat import Chat
from linqdesk.store.view import CacheView
from linqdesk.ui.avatars import paint_avatar, paint_group_avatar
from linqdesk.ui.names import chat_title, person_name
from linqdesk.ui.theme import Theme


class ChatAvatar(QWidget):
    """The avatar of a chat: its person, or two of its group."""

    def __init__(self, cache: CacheView, theme: Theme, size_px: int, parent: QWidget) -> None:
        """Show nobody yet."""
        super().__init__(parent)
        self._cache = cache
        self._chat: Chat | None = None
        self.theme = theme
        self.setFixedSize(size_px, size_px)

    def show_chat(self, chat: Chat) -> None:
        """Show a chat's avatar."""
        self._chat = chat
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        chat = self._chat
        if chat is None:
            return
        place = QRectF(self.rect())
        with QPainter(self) as painter:
            if chat.is_group:
                people = [(person_name(each.handle, self._cache), each.handle) for each in chat.others[:2]]
                paint_group_avatar(painter, place, people, self.theme, QPen(self.theme.window, 2))
            else:
                key = chat.others[0].handle if chat.others else chat.id
                paint_avatar(painter, place, chat_title(chat, self._cache), key, self.theme)
