"""Asks for a chat: to go to it, or to put a message into it."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from linqdesk.domain.ids import ChatId
from linqdesk.store.view import CacheView
from linqdesk.ui.chat_list.chat_list_panel import ChatListView
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.theme import FontSize, Theme

_WIDTH_PX, _HEIGHT_PX = 400, 480


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a chat is asked for, in the words of the dialog."""

    name: str
    title: str
    words: str


FORWARD = Purpose("forward_to", "Forward to", "The text goes into that chat's draft. Nothing is sent yet.")
SWITCH = Purpose("quick_switcher", "Quick switcher", "Type a name, a number or words; Enter opens the chat.")


class ChatPicker(QDialog):
    """Lists the chats, those that match first; nothing is sent by choosing one."""

    chosen = Signal(object)

    def __init__(self, purpose: Purpose, cache: CacheView, theme: Theme, parent: QWidget) -> None:
        """Show all chats."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName(purpose.name)
        self.setAccessibleName(purpose.title)
        self.setWindowTitle(purpose.title)
        self.setFixedSize(_WIDTH_PX, _HEIGHT_PX)
        heading = PlainLabel(self, FontSize.HEADER, QFont.Weight.DemiBold)
        heading.setText(purpose.title)
        words = PlainLabel(self, FontSize.PREVIEW, is_secondary=True)
        words.setWordWrap(True)
        words.setText(purpose.words)
        self.field = QLineEdit(self)
        self.field.setObjectName(f"{purpose.name}_search")
        self.field.setAccessibleName(f"{purpose.title}: search chats")
        self.field.setPlaceholderText("Search chats")
        self.list = ChatListView(cache, theme, self)
        self.list.setObjectName(f"{purpose.name}_chats")
        self.list.setAccessibleName(f"{purpose.title}: chats")
        self.list.chats.hold_still(is_still=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 18, 0, 12)
        column.setSpacing(10)
        top = QVBoxLayout()
        top.setContentsMargins(20, 0, 20, 0)
        top.setSpacing(8)
        for each in (heading, words, self.field):
            top.addWidget(each)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        self.field.textChanged.connect(self._on_search_changed)
        self.field.installEventFilter(self)
        self.list.chat_chosen.connect(self._choose)
        self._on_search_changed("")
        self.field.setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk the list and choose from it while the field has the keyboard."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        row = self.list.currentIndex().row()
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                by = 1 if event.key() == Qt.Key.Key_Down else -1
                last = self.list.chats.rowCount() - 1
                self._go_to(max(0, min(last, row + by)))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if 0 <= row < self.list.chats.rowCount():
                    self._choose(self.list.chats.chat_at(row))
            case _:
                return False
        return True

    def _on_search_changed(self, text: str) -> None:
        self.list.chats.set_search(text)
        self._go_to(0)

    def _go_to(self, row: int) -> None:
        if 0 <= row < self.list.chats.rowCount():
            self.list.mark_open(self.list.chats.chat_at(row))

    def _choose(self, chat_id: ChatId) -> None:
        self.accept()
        self.chosen.emit(chat_id)
