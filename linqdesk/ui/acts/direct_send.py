"""Sends what the agent chose without the composer, and asks where the gate wants to be asked."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import ChatId
from linqdesk.domain.outgoing import Content
from linqdesk.domain.send_gate import HeldBackError, SendTerms
from linqdesk.store.view import CacheView
from linqdesk.ui.commands import Commands
from linqdesk.ui.composer.gate_strip import held_words
from linqdesk.ui.panels.question_dialog import QuestionDialog
from linqdesk.ui.wording import fault_sentence


class DirectSend(QObject):
    """Puts messages into the outbox; `said` carries why one was not taken.

    What stands in the composer of the chat is another message and is kept.
    """

    said = Signal(str)

    def __init__(self, cache: CacheView, commands: Commands, window: QWidget) -> None:
        """Ask in dialogs over a widget."""
        super().__init__(window)
        self._cache = cache
        self._commands = commands
        self._window = window

    def send(
        self,
        chat_id: ChatId,
        content: Content,
        done: Callable[[bool], None],
        terms: SendTerms | None = None,
    ) -> None:
        """Send a message; `done` hears whether it is safe in the outbox.

        Where the gate asks, `done` hears no, and again once the agent has answered with yes.
        """

        def hear(error: LinqDeskError | None) -> None:
            if error is None:
                self._keep_draft(chat_id)
            done(error is None)
            if isinstance(error, HeldBackError) and error.lock is None:
                words = [held_words(error, datetime.now(UTC))]
                agreed = error.accepted(terms or SendTerms())
                answers = [("Send", lambda: self.send(chat_id, content, done, agreed))]
                QuestionDialog(self._window, "Send it all the same?", words, answers).open()
            elif error is not None:
                self.said.emit(f"This was not sent. {fault_sentence(error)}")

        self._commands.sending.send(chat_id, content, hear, terms=terms)

    def _keep_draft(self, chat_id: ChatId) -> None:
        """Write the chat's draft down again: the journal takes every message for what became of it."""
        summary = self._cache.summary(chat_id)
        if summary is not None and summary.draft is not None:
            self._commands.sending.keep_draft(chat_id, None)
            self._commands.sending.keep_draft(chat_id, summary.draft)
