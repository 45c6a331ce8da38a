"""Opens the dialog that begins a chat, and the chat that comes of it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from linqdesk.domain.ids import ChatId, Handle
from linqdesk.store.view import CacheView
from linqdesk.ui.commands import Commands
from linqdesk.ui.panels.question_dialog import QuestionDialog
from linqdesk.ui.theme import Theme
from linqdesk.ui.writing.ways import WritingWays

if TYPE_CHECKING:
    from linqdesk.ui.new_chat.new_chat_dialog import NewChatDialog


class NewChatDesk(QObject):
    """Keeps the dialog, so that what is written in it outlives its closing."""

    chat_wanted = Signal(object)

    def __init__(
        self, cache: CacheView, commands: Commands, theme: Theme, ways: WritingWays, window: QWidget
    ) -> None:
        """Make nothing yet."""
        super().__init__(window)
        self._cache = cache
        self._commands = commands
        self._theme = theme
        self._ways = ways
        self._window = window
        self._dialog: NewChatDialog | None = None

    def begin(self) -> None:
        """Show the dialog."""
        self.dialog().begin()

    def begin_with(self, handles: tuple[Handle, ...]) -> None:
        """Show the dialog with these recipients; what stands there for others stays unless cleared."""
        dialog = self.dialog()
        if dialog.is_empty or set(dialog.handles) == set(handles):
            self._begin_anew(handles)
            return
        words = ("The dialog still holds what you began to write to somebody else.",)
        answers = [("Clear it", lambda: self._begin_anew(handles)), ("Show it", dialog.begin)]
        QuestionDialog(self._window, "Begin another new chat?", words, answers).open()

    def add(self, handles: tuple[Handle, ...]) -> None:
        """Show the dialog with these people among its recipients."""
        self.dialog().begin()
        self.dialog().put(handles)

    def _begin_anew(self, handles: tuple[Handle, ...]) -> None:
        dialog = self.dialog()
        if set(dialog.handles) != set(handles):
            dialog.clear()
            dialog.put(handles)
        dialog.begin()

    def dialog(self) -> "NewChatDialog":
        """Return the dialog, which is made when it is first needed."""
        if self._dialog is None:
            # Not imported before the first picture of the window, which does not need it.
            from linqdesk.ui.new_chat.new_chat_dialog import NewChatDialog

            self._dialog = NewChatDialog(self._cache, self._commands, self._theme, self._ways, self._window)
            self._dialog.begun.connect(self._on_chat_wanted)
            self._dialog.existing_wanted.connect(self._on_chat_wanted)
        return self._dialog

    def keep(self) -> None:
        """Keep what stands in the dialog at once."""
        if self._dialog is not None:
            self._dialog.keep()

    def close(self) -> None:
        """Keep what stands in the dialog, and close it with its window."""
        if self._dialog is not None:
            self._dialog.hide()

    def _on_chat_wanted(self, chat_id: ChatId) -> None:
        """Give the window its keyboard back before its chat is opened."""
        self._window.activateWindow()
        self.chat_wanted.emit(chat_id)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        if self._dialog is not None:
            self._dialog.set_theme(theme)
