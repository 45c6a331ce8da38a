"""An avatar as a widget."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from linqdesk.domain.chat import Chat
from linqdesk.store.view import CacheView
from linqdesk.ui.avatars import paint_avatar, paint_group_avatar, paint_icon
from linqdesk.ui.media.web_pixmaps import WebPixmaps
from linqdesk.ui.names import chat_title, person_name
from linqdesk.ui.theme import Theme


class ChatAvatar(QWidget):
    """The avatar of a chat: its person, its group's icon, or two of its group."""

    def __init__(self, cache: CacheView, theme: Theme, size_px: int, parent: QWidget) -> None:
        """Show nobody yet."""
        super().__init__(parent)
        self._cache = cache
        self._chat: Chat | None = None
        self.theme = theme
        self._icons: WebPixmaps | None = None
        self.setFixedSize(size_px, size_px)

    def see_icons(self, icons: WebPixmaps) -> None:
        """Show groups by their icons."""
        self._icons = icons
        icons.changed.connect(self.update)

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
        icon = self._icons.icon(chat, self.devicePixelRatioF()) if self._icons is not None else None
        with QPainter(self) as painter:
            if icon is not None:
                paint_icon(painter, place, icon, self.theme)
            elif chat.is_group:
                people = [(person_name(each.handle, self._cache), each.handle) for each in chat.others[:2]]
                paint_group_avatar(painter, place, people, self.theme, QPen(self.theme.window, 2))
            else:
                key = chat.others[0].handle if chat.others else chat.id
                paint_avatar(painter, place, chat_title(chat, self._cache), key, self.theme)
