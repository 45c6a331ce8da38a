"""Begins a chat: to whom, from which line, and with which words."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from linqdesk.domain.beginning import Beginning
from linqdesk.domain.chat import Chat
from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import ChatId, Handle
from linqdesk.domain.opening import Opening, opening
from linqdesk.store.changes import Change, ChatsChanged, LinesChanged
from linqdesk.store.view import CacheView
from linqdesk.ui.commands import Commands
from linqdesk.ui.composer.decorated_document import decorations_of, text_of
from linqdesk.ui.composer.message_edit import MessageEdit
from linqdesk.ui.names import chat_title, format_handle
from linqdesk.ui.new_chat.line_choice import LineChoice
from linqdesk.ui.new_chat.notices import ExistingNotice, LinkNotice
from linqdesk.ui.new_chat.recipients import Recipients
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.style import restyle
from linqdesk.ui.theme import FontSize, Theme, font
from linqdesk.ui.wording import fault_sentence

_WIDTH_PX, _MIN_HEIGHT_PX, _FIELD_PX, _LABEL_PX = 560, 380, 96, 56
_MAX_NAME_LETTERS = 100


class NewChatDialog(QDialog):
    """Keeps what stands in it until it is sent, or cleared by the agent; opened with `begin`.

    `begun` carries the chat to which the first message went, `existing_wanted` the one to open instead.
    """

    begun = Signal(object)
    existing_wanted = Signal(object)

    def __init__(self, cache: CacheView, commands: Commands, theme: Theme, parent: QWidget) -> None:
        """Start empty."""
        super().__init__(parent)
        self._cache = cache
        self._commands = commands
        self._is_sending = False
        self.setObjectName("new_chat")
        self.setAccessibleName("New chat")
        self.setWindowTitle("New chat")
        self._make(theme)
        self._lay_out()
        self._connect()
        self._take_cache()

    def _make(self, theme: Theme) -> None:
        self._line = LineChoice(self)
        self._to = Recipients(self._cache, self._commands, theme, self)
        self._name = QLineEdit(self)
        self._name.setObjectName("group_name")
        self._name.setAccessibleName("Group name")
        self._name.setPlaceholderText("Group name (optional)")
        self._name.setFont(font(FontSize.PREVIEW))
        self._name.setMaxLength(_MAX_NAME_LETTERS)
        self._existing = ExistingNotice(self)
        self._frame = QFrame(self)
        self._frame.setObjectName("editor_frame")
        self._edit = MessageEdit(theme, self._frame)
        self._edit.setObjectName("first_message")
        self._edit.setAccessibleName("First message")
        self._edit.setPlaceholderText("First message")
        self._edit.show_document(self._edit.new_document())
        self._link = LinkNotice(self)
        self._says = PlainLabel(self, FontSize.META)
        self._says.setObjectName("new_chat_says")
        self._says.setWordWrap(True)
        restyle(self._says, danger=True)
        self._says.hide()
        self._clear = self._button("Clear", "clear_new_chat", "Clear everything")
        self._cancel = self._button("Cancel", "cancel_new_chat", "Cancel, and keep what is written here")
        self._send = self._button("Send", "send_first_message", "Send the first message")
        restyle(self._send, primary=True)

    def _button(self, words: str, name: str, spoken: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(spoken)
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        title = PlainLabel(self, FontSize.TITLE, QFont.Weight.DemiBold)
        title.setText("New chat")
        inside = QHBoxLayout(self._frame)
        inside.setContentsMargins(10, 0, 10, 0)
        inside.addWidget(self._edit, 0, Qt.AlignmentFlag.AlignTop)
        self._frame.setMinimumHeight(_FIELD_PX)
        # A click under the last line is meant for the text.
        self._frame.setFocusProxy(self._edit)
        self._frame.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._name_row = self._row("Name", self._name)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._clear)
        buttons.addStretch()
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._send)
        column = QVBoxLayout()
        column.setSpacing(12)
        for each in (title, self._row("From", self._line), self._row("To", self._to), self._name_row):
            each.setFixedWidth(_WIDTH_PX - 48)
            column.addWidget(each)
        for each in (self._existing, self._frame, self._link, self._says):
            column.addWidget(each)
        column.addStretch(1)
        column.addSpacing(4)
        column.addLayout(buttons)
        # High enough for the known people, higher where it has to be.
        strut = QWidget(self)
        strut.setFixedSize(0, _MIN_HEIGHT_PX)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(24, 20, 24, 20)
        whole.setSpacing(0)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        whole.addWidget(strut)
        whole.addLayout(column)

    def _row(self, words: str, field: QWidget) -> QWidget:
        whole = QWidget(self)
        label = PlainLabel(whole, FontSize.PREVIEW, is_secondary=True)
        label.setText(words)
        label.setFixedSize(_LABEL_PX, 32)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(field, 1)
        return whole

    def _connect(self) -> None:
        self._to.changed.connect(self._on_people_changed)
        self._to.left.connect(self._edit.setFocus)
        self._line.changed.connect(self._on_line_changed)
        self._name.textChanged.connect(self._refresh)
        self._name.returnPressed.connect(self._edit.setFocus)
        self._edit.textChanged.connect(self._refresh)
        self._edit.submitted.connect(self._submit)
        self._edit.focus_changed.connect(self._on_focus_changed)
        self._link.changed.connect(self._refresh)
        self._existing.opened.connect(self._on_existing_opened)
        self._clear.clicked.connect(self.clear)
        self._cancel.clicked.connect(self.reject)
        self._send.clicked.connect(self._submit)
        subscription = self._cache.subscribe(self._on_cache_changed)
        self.destroyed.connect(subscription.close)

    def begin(self) -> None:
        """Show the dialog with what stands in it."""
        self._take_cache()
        self.open()
        (self._edit if self._to.people else self._to).setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._to.set_theme(theme)
        self._edit.theme = theme

    def clear(self) -> None:
        """Forget everything that stands in it, and begin anew."""
        self._forget()
        self._to.setFocus()

    def _forget(self) -> None:
        self._name.clear()
        self._edit.show_document(self._edit.new_document())
        self._link.reset()
        self._line.forget()
        self._to.clear()
        self._refresh()

    # What follows from what stands in it.

    def _opening(self) -> Opening | None:
        """Return what would be sent, None while no line is known."""
        line = self._line.line
        if line is None:
            return None
        document = self._edit.document()
        return opening(
            Beginning(line, self._to.handles),
            text_of(document),
            decorations_of(document),
            self._chats(),
            holds_links=self._link.is_held,
        )

    def _chats(self) -> Iterator[Chat]:
        summaries = (self._cache.summary(chat_id) for chat_id in self._cache.chat_ids())
        return (each.chat for each in summaries if each is not None)

    def _refresh(self) -> None:
        found = self._opening()
        if found is None:
            self._send.setEnabled(False)
            return
        self._name_row.setVisible(len(self._to.handles) > 1 and not found.is_reply)
        self._existing.say(self._existing_words(found))
        self._link.refresh(found)
        is_empty = not text_of(self._edit.document()).strip()
        self._say_fault(found, is_empty=is_empty)
        self._send.setText("Send both" if len(found.contents) > 1 else "Send")
        self._send.setEnabled(found.can_send and not self._to.has_rest and not self._is_sending)
        self._clear.setEnabled(bool(self._to.people or self._to.has_rest or not is_empty))

    def _existing_words(self, found: Opening) -> str:
        chat = found.existing
        if chat is None:
            return ""
        title, line = chat_title(chat, self._cache), format_handle(chat.line or "")
        if found.is_reply:
            return f"You have a chat with {title} from {line} already: what you send goes there."
        return f"The group {title} has exactly these people already. Sending begins another group."

    def _say_fault(self, found: Opening, *, is_empty: bool) -> None:
        """Say what is wrong with the message; a link too early is told with its remedy."""
        said = [each.words for each in found.message_faults if each.rule != "first_message_link"]
        words = said[0] if said and not is_empty else ""
        self._says.setText(words)
        self._says.setVisible(bool(words))

    def _on_people_changed(self) -> None:
        self._line.suggest(self._usual_line())
        self._refresh()

    def _on_line_changed(self) -> None:
        self._to.set_line(self._line.line)
        self._refresh()

    def _usual_line(self) -> Handle | None:
        """Return the line over which there is a chat with the first recipient, the newest one first."""
        first = next(iter(self._to.handles), None)
        direct = (chat for chat in self._chats() if not chat.is_group)
        return next((chat.line for chat in direct if [each.handle for each in chat.others] == [first]), None)

    # Sending.

    def _submit(self) -> None:
        if not self._to.commit():
            self._to.setFocus()
            return
        found, line = self._opening(), self._line.line
        if found is None or line is None or not found.can_send or self._is_sending:
            return
        self._is_sending = True
        self._send.setEnabled(False)
        if found.is_reply and found.existing is not None:
            chat_id = found.existing.id
            self._commands.sending.send(
                chat_id, found.contents[0], lambda error: self._on_taken(chat_id, error)
            )
            return
        name = self._name.text().strip() if len(self._to.handles) > 1 else ""
        beginning = Beginning(line, self._to.handles, name or None)
        self._commands.sending.begin_chat(
            beginning, found.contents[0], self._on_taken, held=found.contents[1:]
        )

    def _on_taken(self, chat_id: ChatId | None, error: LinqDeskError | None) -> None:
        """Clear what is safe in the outbox, and go to its chat."""
        self._is_sending = False
        if error is not None:
            self._refresh()
            self._says.setText(f"This could not be kept for sending. {fault_sentence(error)}")
            self._says.show()
            return
        self.accept()
        self._forget()
        self.begun.emit(chat_id)

    def _on_existing_opened(self) -> None:
        found = self._opening()
        if found is not None and found.existing is not None:
            super().reject()
            self.existing_wanted.emit(found.existing.id)

    # What happens around it.

    def _on_focus_changed(self) -> None:
        restyle(self._frame, focused=self._edit.hasFocus())

    def _on_cache_changed(self, change: Change) -> None:
        if isinstance(change, LinesChanged) or (isinstance(change, ChatsChanged) and change.inserted):
            self._take_cache()

    def _take_cache(self) -> None:
        self._to.learn_people()
        self._line.show_lines(self._cache.lines)
        self._line.suggest(self._usual_line())
        self._to.set_line(self._line.line)
        self._refresh()

    @override
    def reject(self) -> None:
        """Close the list of known people first, then the dialog; what is written stays."""
        if self._to.is_suggesting:
            self._to.hide_suggestions()
        else:
            super().reject()
