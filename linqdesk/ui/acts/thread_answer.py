"""Where one answers within a chain of replies: some lines, kept until they are sent."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from linqdesk.domain.composing import content_of
from linqdesk.domain.ids import ChatId
from linqdesk.domain.message import ReplyTo
from linqdesk.domain.outgoing import Content, Draft
from linqdesk.domain.rules import check_content
from linqdesk.store.view import CacheView
from linqdesk.ui.commands import Commands
from linqdesk.ui.composer.decorated_document import decorations_of, fill, text_of
from linqdesk.ui.composer.message_edit import MIN_PX, MessageEdit
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.style import restyle
from linqdesk.ui.theme import GUTTER_PX, FontSize, Theme

_KEEP_AFTER_MS = 700
_NAME = "Answer in this thread"


class ThreadAnswer(QWidget):
    """A field with its button; what stands in it is kept on disk as the draft of its chain.

    `submitted` carries the Content of an answer that may be sent.
    """

    submitted = Signal(object)

    def __init__(self, cache: CacheView, commands: Commands, theme: Theme, parent: QWidget) -> None:
        """Start without a chain."""
        super().__init__(parent)
        self._cache = cache
        self._commands = commands
        self._chat_id: ChatId | None = None
        self._root: ReplyTo | None = None
        self._is_sending = False
        self._frame = QFrame(self)
        self._frame.setObjectName("editor_frame")
        self.edit = MessageEdit(theme, self._frame)
        self.edit.setObjectName("thread_answer")
        self.edit.setAccessibleName(_NAME)
        self.edit.setPlaceholderText(_NAME)
        self.send = QPushButton("Send", self)
        self.send.setObjectName("send_answer")
        self.send.setAccessibleName("Send answer")
        self.send.setAutoDefault(False)
        # As high as a field of one line, whose foot it shares.
        self.send.setMinimumHeight(MIN_PX)
        restyle(self.send, primary=True)
        self._says = PlainLabel(self, FontSize.META, is_secondary=True)
        self._says.setWordWrap(True)
        self.edit.show_document(self.edit.new_document())
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(_KEEP_AFTER_MS)
        self._saving.timeout.connect(self.keep)
        self._lay_out()
        self.edit.textChanged.connect(self._on_changed)
        self.edit.focus_changed.connect(self._on_focus_changed)
        self.edit.submitted.connect(self._submit)
        self.send.clicked.connect(self._submit)

    def _lay_out(self) -> None:
        inside = QHBoxLayout(self._frame)
        inside.setContentsMargins(10, 0, 10, 0)
        inside.addWidget(self.edit)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._frame, 1)
        row.addWidget(self.send, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER_PX, 8, GUTTER_PX, 12)
        column.setSpacing(6)
        column.addWidget(self._says)
        column.addLayout(row)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self.edit.theme = theme
        self.edit.viewport().update()

    def text(self) -> str:
        """Return what stands in the field."""
        return text_of(self.edit.document())

    def show_chain(self, chat_id: ChatId, root: ReplyTo | None) -> None:
        """Turn to another chain; what was being written stays with its own."""
        self.keep()
        self._chat_id, self._root = chat_id, root
        self._is_sending = False
        self._put(self._kept())

    def find_root(self, root: ReplyTo | None) -> None:
        """Take note of where the chain really begins; what is being written goes along."""
        if root == self._root or self._chat_id is None:
            return
        draft = self._draft()
        if not draft.is_empty:
            self._keep_as(None)
        self._root = root
        if draft.is_empty:
            self._put(self._kept())
        else:
            self.keep()

    def leave(self) -> None:
        """Belong to no chain."""
        self.keep()
        self._chat_id = self._root = None
        self._put(None)

    def keep(self) -> None:
        """Keep what stands here for this chain."""
        self._saving.stop()
        if self._chat_id is not None and not self._is_sending:
            draft = self._draft()
            self._keep_as(None if draft.is_empty else draft)

    def take_back(self, content: Content) -> None:
        """Put words that were not sent before what stands here."""
        has_text = bool(self.text())
        cursor = self.edit.textCursor()
        cursor.setPosition(0)
        cursor.insertText(f"{content.text}\n" if has_text else content.text)
        self.edit.setFocus()

    def sent(self, content: Content, *, is_safe: bool) -> None:
        """Hear what became of a submitted answer: what is safe goes from the field, all else stays."""
        if content.reply_to != self._root:
            return
        self._is_sending = False
        if is_safe and content_of(self._draft()).text == content.text:
            self.edit.clear()
        self.keep()
        self._refresh()

    def _put(self, draft: Draft | None) -> None:
        document = self.edit.document()
        self.edit.clear()
        if draft is not None:
            fill(document, draft.text, draft.decorations)
        document.clearUndoRedoStacks()
        self.edit.moveCursor(QTextCursor.MoveOperation.End)
        self._saving.stop()
        self._refresh()

    def _draft(self) -> Draft:
        document = self.edit.document()
        return Draft(text_of(document), decorations=decorations_of(document))

    def _content(self) -> Content:
        content = content_of(self._draft())
        return Content(content.parts, reply_to=self._root)

    def _key(self) -> ChatId | None:
        """Return under which name the draft is kept; no chat of Linq's has such an id."""
        if self._chat_id is None or self._root is None:
            return None
        return ChatId(f"{self._chat_id}/thread/{self._root.message_id}")

    def _kept(self) -> Draft | None:
        key = self._key()
        return self._cache.draft(key) if key is not None else None

    def _keep_as(self, draft: Draft | None) -> None:
        key = self._key()
        if key is not None and draft != self._cache.draft(key):
            self._commands.sending.keep_draft(key, draft)

    def _on_changed(self) -> None:
        if not self._saving.isActive():
            self._saving.start()
        self._refresh()

    def _on_focus_changed(self) -> None:
        restyle(self._frame, focused=self.edit.hasFocus())
        if not self.edit.hasFocus():
            self.keep()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what stands here: the panel or the window closes."""
        super().hideEvent(event)
        self.keep()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Keep what stands here while another window is used."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.keep()

    def _refresh(self) -> None:
        obstacle = self._obstacle()
        self._says.setText(obstacle)
        self._says.setVisible(bool(obstacle))
        self.send.setEnabled(not obstacle and not self._is_sending and bool(self.text().strip()))

    def _obstacle(self) -> str:
        summary = self._cache.summary(self._chat_id) if self._chat_id is not None else None
        if summary is not None and summary.lock is not None:
            return summary.lock.words
        found = check_content(self._content()) if self.text().strip() else ()
        return found[0].words if found else ""

    def _submit(self) -> None:
        self._refresh()
        if self.send.isEnabled():
            self._is_sending = True
            self.send.setEnabled(False)
            self.submitted.emit(self._content())
