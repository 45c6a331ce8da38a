"""What leads from a message to another part of the window: answering, threads, other chats, days, words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCharFormat

from linqdesk.domain.message import Message, ReplyTo
from linqdesk.domain.outgoing import OutgoingText
from linqdesk.ui.names import chat_title, isolated

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from linqdesk.domain.ids import ChatId
    from linqdesk.domain.outgoing import Content
    from linqdesk.domain.outgoing_files import FileSource
    from linqdesk.store.view import CacheView, ThreadRow
    from linqdesk.ui.theme import Theme
    from linqdesk.ui.windows.chat_area import ChatArea


class Errands(QObject):
    """Carries what one page of the window wishes to another; dialogs are made when they are needed."""

    def __init__(
        self,
        window: QWidget,
        area: ChatArea,
        cache: CacheView,
        theme: Theme,
        open_chat: Callable[[ChatId], None],
    ) -> None:
        """Work for a window.

        Args:
            window: over which dialogs open.
            area: the open chat.
            cache: what the window reads.
            theme: what dialogs wear.
            open_chat: opens another chat.
        """
        super().__init__(window)
        self._window = window
        self._area = area
        self._cache = cache
        self._open_chat = open_chat
        self.theme = theme

    def answer(self, message: Message, part_index: int) -> None:
        """Let the composer answer a part of a message of the open chat."""
        if message.chat_id == self._area.chat_id:
            composer = self._area.composer
            composer.set_reply_to(ReplyTo(message.id, part_index))
            composer.edit.setFocus()

    def edit(self, row: ThreadRow, part_index: int) -> None:
        """Let the composer change a text that was sent in the open chat."""
        if isinstance(row.content, Message) and row.content.chat_id == self._area.chat_id:
            composer = self._area.composer
            composer.edit_mode.begin(row, part_index)
            composer.edit.setFocus()

    def go_back(self) -> None:
        """Go back to where the last jump within the thread began."""
        if self._area.chat_id is not None:
            self._area.build().desk.jumps.go_back()

    def find(self) -> None:
        """Ask for words to find in the open chat."""
        if self._area.chat_id is not None:
            self._area.build().find_bar.open()

    def ask_for_day(self) -> None:
        """Ask for a day of the open chat to go to."""
        from linqdesk.ui.acts.date_dialog import DateDialog
        from linqdesk.ui.models.grouping import said_at

        view = self._area.messages
        if self._area.chat_id is None or not view.messages.rowCount():
            return
        dialog = DateDialog(said_at(view.messages.row_at(view.arrangement.top)), self._window)
        dialog.chosen.connect(self._area.build().desk.jumps.to_time)
        dialog.open()

    def switch(self) -> None:
        """Ask for a chat to go to."""
        from linqdesk.ui.acts.chat_picker import SWITCH, ChatPicker

        picker = ChatPicker(SWITCH, self._cache, self.theme, self._window)
        picker.chosen.connect(self._open_chat)
        picker.open()

    def forward(self, message: Message) -> None:
        """Ask to whom a message goes on."""
        from linqdesk.domain.resending import forwarded
        from linqdesk.ui.acts.chat_picker import FORWARD, ChatPicker
        from linqdesk.ui.models.message_words import preview

        content = forwarded(message)
        if content is not None:
            picker = ChatPicker(FORWARD, self._cache, self.theme, self._window)
            picker.chosen.connect(lambda chat_id: self._forward_to(chat_id, content, preview(message)))
            picker.open()

    def put_files(self, chat_id: ChatId, sources: tuple[FileSource, ...]) -> None:
        """Put files into the draft of a chat, which is opened so that one sees where they went."""
        self._open_chat(chat_id)
        self._area.composer.take_files(sources)

    def _forward_to(self, chat_id: ChatId, content: Content, words: str) -> None:
        """Put words into the chat's draft; files stay with Linq and are sent on when that is confirmed."""
        self._open_chat(chat_id)
        texts = [part for part in content.parts if isinstance(part, OutgoingText)]
        if len(texts) == len(content.parts):
            for text in texts:
                self._put_into_draft(text)
            return
        from linqdesk.ui.panels.question_dialog import QuestionDialog

        summary = self._cache.summary(chat_id)
        name = chat_title(summary.chat, self._cache) if summary is not None else "this chat"
        answers = [("Send", lambda: self._area.build().desk.direct.send(chat_id, content, _nothing))]
        dialog = QuestionDialog(self._window, f"Forward to {isolated(name)}?", [words], answers)
        dialog.setObjectName("forward_question")
        dialog.open()

    def _put_into_draft(self, text: OutgoingText) -> None:
        """Write a text behind what stands in the composer, as it looks."""
        from linqdesk.ui.composer.decorated_document import format_of

        edit = self._area.composer.edit
        cursor = edit.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        cursor.insertText("\n" if edit.toPlainText().strip() else "", QTextCharFormat())
        start = cursor.position()
        cursor.insertText(text.value, QTextCharFormat())
        edit.setTextCursor(cursor)
        for each in text.decorations:
            cursor.setPosition(start + each.start)
            cursor.setPosition(start + each.end, cursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(format_of(each))
        edit.setFocus()


def _nothing(_is_safe: object) -> None:
    """Leave everything as it is: the bubble is there, or the reason was said."""
