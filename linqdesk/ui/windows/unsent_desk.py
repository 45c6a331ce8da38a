"""Opens the list of unsent messages, does what is wished there, and asks before the program ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from linqdesk.domain.ids import ChatId
    from linqdesk.store.view import CacheView
    from linqdesk.ui.commands import Commands
    from linqdesk.ui.panels.question_dialog import QuestionDialog
    from linqdesk.ui.theme import Theme
    from linqdesk.ui.unsent.unsent_panel import UnsentPanel
    from linqdesk.ui.unsent.unsent_words import UnsentRow
    from linqdesk.ui.windows.chat_area import ChatArea


class UnsentDesk(QObject):
    """Works for a window; the list is made when it is first wanted.

    `chat_wanted` carries the chat that is to be opened.
    """

    chat_wanted = Signal(object)

    def __init__(
        self,
        window: QWidget,
        area: ChatArea,
        cache: CacheView,
        commands: Commands,
        theme: Theme,
    ) -> None:
        """Open nothing yet."""
        super().__init__(window)
        self._window = window
        self._area = area
        self._cache = cache
        self._commands = commands
        self._theme = theme
        self._panel: UnsentPanel | None = None
        self._question: QuestionDialog | None = None
        self._may_end = False
        # Where nothing outlives the program, such as in a demo, there is nothing to promise.
        self.asks_at_end = True

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        if self._panel is not None and isValid(self._panel):
            self._panel.set_theme(theme)

    def open(self) -> None:
        """Show the list, or bring it forward."""
        if self._panel is None or not isValid(self._panel):
            from linqdesk.ui.unsent.unsent_panel import UnsentPanel

            self._panel = UnsentPanel(self._cache, self._theme, self._window)
            self._panel.retried.connect(self._commands.sending.retry)
            self._panel.discarded.connect(self._commands.sending.discard)
            self._panel.edit_wanted.connect(self._edit)
            self._panel.chat_wanted.connect(self._show_chat)
        self._panel.show()
        self._panel.activateWindow()
        self._panel.list.setFocus()

    def may_end(self) -> bool:
        """Tell whether the window may close now; otherwise the agent is asked, whose answer closes it."""
        from linqdesk.ui.panels.question_dialog import QuestionDialog
        from linqdesk.ui.unsent.unsent_words import quit_words

        words = quit_words(self._cache.unsent(), self._cache.connection)
        if self._may_end or not self.asks_at_end or not words:
            return True
        if self._question is None or not isValid(self._question):
            answers = (("Quit", self._end), ("Show them", self.open))
            self._question = QuestionDialog(self._window, "Quit LinqDesk?", words, answers, stay="Stay")
            self._question.setObjectName("quit_question")
            self._question.open()
        return False

    def _end(self) -> None:
        self._may_end = True
        self._window.close()

    def _edit(self, row: UnsentRow) -> None:
        """Put a message back into its chat's text field, where it is kept before it is discarded here."""
        self._show_chat(row.outgoing.chat_id)
        if self._area.chat_id == row.outgoing.chat_id:
            self._area.composer.take_back(row.outgoing.content)
            self._commands.sending.discard(row.outgoing.local_id)

    def _show_chat(self, chat_id: ChatId) -> None:
        self.chat_wanted.emit(chat_id)
        self._window.activateWindow()
