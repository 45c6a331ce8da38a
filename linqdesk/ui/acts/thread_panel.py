"""A chain of replies beside the chat, in which one can answer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import Content
from linqdesk.store.view import CacheView
from linqdesk.ui.acts.message_desk import MessageDesk
from linqdesk.ui.acts.reply_chain import ReplyChain
from linqdesk.ui.acts.thread_answer import ThreadAnswer
from linqdesk.ui.commands import Commands
from linqdesk.ui.effects.frame_clock import FrameClock
from linqdesk.ui.icons import themed_icon
from linqdesk.ui.panels.chat_header import HEIGHT_PX, WORDS_PX
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.panels.toast import Toast
from linqdesk.ui.text_size import wear_height
from linqdesk.ui.theme import GUTTER_PX, FontSize, Theme
from linqdesk.ui.thread.thread_view import ThreadView
from linqdesk.ui.wording import fault_sentence

_LOCKED = "This customer has opted out of messages."


class ThreadPanel(QWidget):
    """Shows the whole chain of one message; what is written here answers its first message."""

    closed = Signal()

    def __init__(
        self, cache: CacheView, commands: Commands, theme: Theme, parent: QWidget, clock: FrameClock
    ) -> None:
        """Start without a chain."""
        super().__init__(parent)
        self._cache = cache
        self._commands = commands
        self._message: Message | None = None
        self.chain = ReplyChain(cache)
        self.destroyed.connect(self.chain.close)
        self.messages = ThreadView(self.chain, theme, self, clock)
        self.messages.setObjectName("thread_messages")
        self.messages.setAccessibleName("Messages of the thread")
        self.toast = Toast(self.messages)
        self.desk = MessageDesk(self.messages, self.chain, commands, theme, self.toast)
        self.answer = ThreadAnswer(cache, commands, theme, self)
        self._close = QToolButton(self)
        self._lay_out()
        self.set_theme(theme)
        self.answer.submitted.connect(self._on_submitted)
        # The chain ends its announcements with itself.
        self.chain.subscribe(lambda _change: self.answer.find_root(self.chain.root))
        self._close.clicked.connect(self.closed)
        # Whatever is answered here belongs to the one thread.
        self.desk.reply_wished.connect(lambda *_: self.answer.edit.setFocus())
        self.desk.rescue.edit_wished.connect(self.answer.take_back)

    def _lay_out(self) -> None:
        self.setObjectName("thread_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = QWidget(self)
        head.setObjectName("thread_panel_head")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        wear_height(head, HEIGHT_PX, WORDS_PX)
        title = PlainLabel(head, FontSize.HEADER, QFont.Weight.DemiBold)
        title.setText("Thread")
        self._close.setObjectName("close_thread")
        self._close.setAccessibleName("Close thread")
        self._close.setToolTip("Close thread (Esc)")
        self._close.setFixedSize(32, 32)
        top = QHBoxLayout(head)
        top.setContentsMargins(GUTTER_PX, 0, GUTTER_PX - 4, 0)
        top.addWidget(title, 1)
        top.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.messages, 1)
        column.addWidget(self.answer)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._close.setIcon(themed_icon("x", theme.text_secondary))
        self.messages.set_theme(theme)
        self.answer.set_theme(theme)
        self.desk.set_theme(theme)

    def show_thread(self, message: Message) -> None:
        """Show the chain of a message: what is loaded at once, the rest when it is fetched."""
        self._message = message
        self.chain.follow(message)
        self.messages.show_chat(message.chat_id)
        self.answer.show_chain(message.chat_id, self.chain.root)
        self._commands.acts.fetch_chain(
            message.id, lambda messages, error: self._on_fetched(message, messages, error)
        )

    def leave(self) -> None:
        """Show nothing; what was being written is kept for this chain."""
        self.answer.leave()
        self._message = None
        self.chain.follow(None)
        self.messages.show_chat(None)

    def _on_fetched(
        self, message: Message, messages: tuple[Message, ...], error: LinqDeskError | None
    ) -> None:
        if message is not self._message:
            return
        self.chain.add(messages)
        if error is not None:
            self.toast.say(f"The whole thread could not be loaded. {fault_sentence(error)}")

    def _on_submitted(self, content: Content) -> None:
        """Send what is written as an answer to the chain's first message."""
        message = self._message
        if message is not None:
            self.desk.direct.send(
                message.chat_id, content, lambda is_safe: self.answer.sent(content, is_safe=is_safe)
            )
