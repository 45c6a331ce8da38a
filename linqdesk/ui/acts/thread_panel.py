"""A chain of replies beside the chat, in which one can answer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from linqdesk.domain.chat import HealthStatus
from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import Content, OutgoingText
from linqdesk.domain.rules import check_content
from linqdesk.store.view import CacheView
from linqdesk.ui.acts.message_desk import MessageDesk
from linqdesk.ui.acts.reply_chain import ReplyChain
from linqdesk.ui.commands import Commands
from linqdesk.ui.effects.frame_clock import FrameClock
from linqdesk.ui.icons import themed_icon
from linqdesk.ui.panels.chat_header import HEIGHT_PX
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.panels.toast import Toast
from linqdesk.ui.style import restyle
from linqdesk.ui.theme import GUTTER_PX, FontSize, Theme
from linqdesk.ui.thread.thread_view import ThreadView
from linqdesk.ui.wording import fault_sentence

if TYPE_CHECKING:
    from linqdesk.domain.ids import MessageId

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
        self._unsent: dict[MessageId, str] = {}
        self.chain = ReplyChain(cache)
        self.destroyed.connect(self.chain.close)
        self.messages = ThreadView(self.chain, theme, self, clock)
        self.messages.setObjectName("thread_messages")
        self.messages.setAccessibleName("Messages of the thread")
        self.toast = Toast(self.messages)
        self.desk = MessageDesk(self.messages, self.chain, commands, theme, self.toast)
        self.field = QLineEdit(self)
        self.send = QPushButton("Send", self)
        self._close = QToolButton(self)
        self._says = PlainLabel(self, FontSize.META, is_secondary=True)
        self._lay_out()
        self.set_theme(theme)
        self.field.textChanged.connect(self._refresh)
        self.field.returnPressed.connect(self._answer)
        self.send.clicked.connect(self._answer)
        self._close.clicked.connect(self.closed)
        # Whatever is answered here belongs to the one thread.
        self.desk.reply_wished.connect(lambda *_: self.field.setFocus())

    def _lay_out(self) -> None:
        self.setObjectName("thread_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = QWidget(self)
        head.setObjectName("thread_panel_head")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head.setFixedHeight(HEIGHT_PX)
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
        self.field.setObjectName("thread_answer")
        self.field.setAccessibleName("Answer in this thread")
        self.field.setPlaceholderText("Answer in this thread")
        self.send.setObjectName("send_answer")
        self.send.setAccessibleName("Send answer")
        self.send.setAutoDefault(False)
        restyle(self.send, primary=True)
        self._says.setWordWrap(True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.field, 1)
        foot.addWidget(self.send)
        below = QVBoxLayout()
        below.setContentsMargins(GUTTER_PX, 8, GUTTER_PX, 12)
        below.setSpacing(6)
        below.addWidget(self._says)
        below.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.messages, 1)
        column.addLayout(below)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._close.setIcon(themed_icon("x", theme.text_secondary))
        self.messages.set_theme(theme)
        self.desk.set_theme(theme)

    def show_thread(self, message: Message) -> None:
        """Show the chain of a message: what is loaded at once, the rest when it is fetched."""
        self._keep()
        self._message = message
        self.chain.follow(message)
        self.messages.show_chat(message.chat_id)
        self.field.setText(self._unsent.get(message.id, ""))
        self._refresh()
        self._commands.acts.fetch_chain(
            message.id, lambda messages, error: self._on_fetched(message, messages, error)
        )

    def leave(self) -> None:
        """Show nothing; what was being written is kept for this chain."""
        self._keep()
        self._message = None
        self.chain.follow(None)
        self.messages.show_chat(None)

    def _keep(self) -> None:
        if self._message is not None:
            self._unsent[self._message.id] = self.field.text()

    def _on_fetched(
        self, message: Message, messages: tuple[Message, ...], error: LinqDeskError | None
    ) -> None:
        if message is not self._message:
            return
        self.chain.add(messages)
        if error is not None:
            self.toast.say(f"The whole thread could not be loaded. {fault_sentence(error)}")

    def _content(self) -> Content:
        return Content((OutgoingText(self.field.text().strip()),), reply_to=self.chain.root)

    def _refresh(self) -> None:
        """Say what stands against sending."""
        obstacle = self._obstacle()
        self._says.setText(obstacle)
        self._says.setVisible(bool(obstacle))
        self.send.setEnabled(not obstacle and bool(self.field.text().strip()))

    def _obstacle(self) -> str:
        summary = self._cache.summary(self._message.chat_id) if self._message is not None else None
        health = summary.chat.health if summary is not None else None
        if health is not None and health.status is HealthStatus.OPTED_OUT:
            return _LOCKED
        found = check_content(self._content()) if self.field.text().strip() else ()
        return found[0].words if found else ""

    def _answer(self) -> None:
        """Send what is written as an answer to the chain's first message."""
        message, text = self._message, self.field.text()
        if message is not None and self.send.isEnabled():
            self.send.setEnabled(False)
            self._commands.sending.send(
                message.chat_id, self._content(), lambda error: self._on_sent(message, text, error)
            )

    def _on_sent(self, message: Message, text: str, error: LinqDeskError | None) -> None:
        if error is not None:
            self.toast.say(f"This could not be kept for sending. {fault_sentence(error)}")
        elif message is self._message:
            if self.field.text() == text:
                self.field.clear()
        else:
            self._unsent.pop(message.id, None)
        self._refresh()
