"""Where the agent writes to the open chat; a text belongs to the chat in which it was written."""

from collections import OrderedDict

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from linqdesk.domain.chat import HealthStatus
from linqdesk.domain.decorations import utf16_length
from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import ChatId
from linqdesk.domain.outgoing import Content, Draft, OutgoingText
from linqdesk.domain.service import Service
from linqdesk.store.view import CacheView, ChatSummary
from linqdesk.ui.commands import Commands
from linqdesk.ui.composer.message_edit import MessageEdit
from linqdesk.ui.composer.send_button import SendButton
from linqdesk.ui.names import chat_title, format_handle
from linqdesk.ui.style import restyle
from linqdesk.ui.theme import FontSize, Theme, font
from linqdesk.ui.wording import fault_sentence

MAX_CHARACTERS, COUNTED_FROM = 10_000, 9_000
_DRAFT_AFTER_MS = 700
_KEPT_DOCUMENTS = 40
_MARGIN_PX = 12

_PLACEHOLDERS = {Service.RCS: "Text Message · RCS", Service.SMS: "Text Message · SMS"}
_LOCKED = "This customer has opted out of messages, so nothing can be sent here until they write again."


class Composer(QWidget):
    """Editor, send button and what there is to say about them."""

    def __init__(self, cache: CacheView, commands: Commands, theme: Theme, parent: QWidget) -> None:
        """Start without a chat."""
        super().__init__(parent)
        self._cache = cache
        self._commands = commands
        self._theme = theme
        self._chat_id: ChatId | None = None
        self._documents: OrderedDict[ChatId, QTextDocument] = OrderedDict()
        self._sending: set[ChatId] = set()
        self._saving = QTimer(self)
        self._set_up()

    def _set_up(self) -> None:
        self.setObjectName("composer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._frame = QFrame(self)
        self._frame.setObjectName("editor_frame")
        self.edit = MessageEdit(self._frame)
        inside = QHBoxLayout(self._frame)
        inside.setContentsMargins(10, 0, 10, 0)
        inside.addWidget(self.edit)
        self.send_button = SendButton(self._theme, self)
        self._says = QLabel(self)
        self._says.setObjectName("composer_says")
        self._says.setTextFormat(Qt.TextFormat.PlainText)
        self._says.setFont(font(FontSize.META))
        self._says.setWordWrap(True)
        self._says.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._frame, 1)
        row.addWidget(self.send_button, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN_PX + 4, 8, _MARGIN_PX + 4, _MARGIN_PX)
        column.setSpacing(6)
        column.addWidget(self._says)
        column.addLayout(row)
        self._saving.setSingleShot(True)
        self._saving.setInterval(_DRAFT_AFTER_MS)
        self._saving.timeout.connect(self._keep_draft)
        self.edit.submitted.connect(self.submit)
        self.edit.textChanged.connect(self._on_text_changed)
        self.edit.focus_changed.connect(self._on_focus_changed)
        self.send_button.clicked.connect(self.submit)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.refresh()

    def show_chat(self, chat_id: ChatId | None) -> None:
        """Turn to another chat; what was being written stays with its own."""
        if chat_id == self._chat_id:
            return
        self._keep_draft()
        self._chat_id = chat_id
        if chat_id is not None:
            document = self._document_of(chat_id)
            self.edit.show_document(document)
            self._place_cursor(chat_id)
        self.refresh()

    def refresh(self) -> None:
        """Show what may be sent, over which service and to whom."""
        summary = self._summary()
        if summary is None:
            return
        chat = summary.chat
        self.send_button.wear(self._theme, chat.service)
        self.edit.setPlaceholderText(_PLACEHOLDERS.get(chat.service or Service.IMESSAGE, "iMessage"))
        line = f" · from {format_handle(chat.line)}" if chat.line is not None else ""
        self.send_button.setToolTip(f"Send to {chat_title(chat, self._cache)}{line}")
        is_locked = _is_locked(summary)
        self.edit.setReadOnly(is_locked)
        restyle(self._frame, locked=is_locked)
        self._on_text_changed()

    def submit(self) -> None:
        """Send what is written to the chat in which it was written."""
        chat_id, text = self._chat_id, self.edit.toPlainText()
        if chat_id is None or chat_id in self._sending or not self._can_send(text):
            return
        self._sending.add(chat_id)
        content = Content((OutgoingText(text.strip()),))
        self._commands.send(chat_id, content, lambda error: self._on_sent(chat_id, text, error))

    def _on_sent(self, chat_id: ChatId, text: str, error: LinqDeskError | None) -> None:
        """Clear what is safe in the outbox; what was typed since stays."""
        self._sending.discard(chat_id)
        document = self._documents.get(chat_id)
        if error is not None:
            self._say(f"This could not be kept for sending. {fault_sentence(error)}", is_bad=True)
        elif document is not None:
            _remove_beginning(document, text)
            document.clearUndoRedoStacks()
            self._commands.keep_draft(chat_id, _draft_of(document, 0))

    def _document_of(self, chat_id: ChatId) -> QTextDocument:
        document = self._documents.get(chat_id)
        if document is None:
            document = self.edit.new_document()
            summary = self._cache.summary(chat_id)
            if summary is not None and summary.draft is not None:
                document.setPlainText(summary.draft.text)
            self._documents[chat_id] = document
        self._documents.move_to_end(chat_id)
        self._forget_oldest()
        return document

    def _forget_oldest(self) -> None:
        """Bound what is kept; a draft itself is never dropped, for the cache has it."""
        while len(self._documents) > _KEPT_DOCUMENTS:
            oldest = next(iter(self._documents))
            if oldest in self._sending:
                return
            self._documents.pop(oldest).deleteLater()

    def _place_cursor(self, chat_id: ChatId) -> None:
        summary = self._cache.summary(chat_id)
        draft = summary.draft if summary is not None else None
        cursor = self.edit.textCursor()
        wanted = draft.cursor if draft is not None else 0
        cursor.setPosition(min(wanted, self.edit.document().characterCount() - 1))
        self.edit.setTextCursor(cursor)

    def _keep_draft(self) -> None:
        self._saving.stop()
        if self._chat_id is not None and self._chat_id not in self._sending:
            document = self.edit.document()
            self._commands.keep_draft(self._chat_id, _draft_of(document, self.edit.textCursor().position()))

    def _on_text_changed(self) -> None:
        if self._chat_id is None:
            return
        self._saving.start()
        count = self.edit.document().characterCount() - 1
        self.send_button.setEnabled(count > 0 and self._can_send(self.edit.toPlainText()))
        summary = self._summary()
        if summary is not None and _is_locked(summary):
            self._say(_LOCKED, is_bad=False)
        elif count > MAX_CHARACTERS:
            over = count - MAX_CHARACTERS
            self._say(f"{over:,} characters too many: a message has at most {MAX_CHARACTERS:,}.", is_bad=True)
        elif count >= COUNTED_FROM:
            self._say(f"{count:,} of {MAX_CHARACTERS:,} characters", is_bad=False)
        else:
            self._says.hide()

    def _can_send(self, text: str) -> bool:
        summary = self._summary()
        if summary is None or _is_locked(summary):
            return False
        return 0 < len(text.strip()) <= MAX_CHARACTERS

    def _say(self, words: str, *, is_bad: bool) -> None:
        self._says.setText(words)
        restyle(self._says, danger=is_bad, secondary=not is_bad)
        self._says.show()

    def _summary(self) -> ChatSummary | None:
        return self._cache.summary(self._chat_id) if self._chat_id is not None else None

    def _on_focus_changed(self) -> None:
        restyle(self._frame, focused=self.edit.hasFocus())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the text anew."""
        super().resizeEvent(event)
        self.edit.fit()


def _is_locked(summary: ChatSummary) -> bool:
    health = summary.chat.health
    return health is not None and health.status is HealthStatus.OPTED_OUT


def _draft_of(document: QTextDocument, cursor: int) -> Draft | None:
    text = document.toPlainText()
    return Draft(text, cursor) if text.strip() else None


def _remove_beginning(document: QTextDocument, text: str) -> None:
    if not document.toPlainText().startswith(text):
        return
    cursor = QTextCursor(document)
    cursor.setPosition(utf16_length(text), QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
