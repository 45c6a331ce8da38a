"""Opens the dialog that begins a chat, and the chat that comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from linqdesk.domain.ids import ChatId, Handle
    from linqdesk.store.view import CacheView
    from linqdesk.ui.commands import Commands
    from linqdesk.ui.new_chat.new_chat_dialog import NewChatDialog
    from linqdesk.ui.theme import Theme
    from linqdesk.ui.windows.chat_area import ChatArea


class NewChatDesk(QObject):
    """Keeps the dialog, so that what is written in it outlives its closing."""

    chat_wanted = Signal(object)

    def __init__(
        self, cache: CacheView, commands: Commands, theme: Theme, area: ChatArea, window: QWidget
    ) -> None:
        """Make nothing yet; the dialog writes and records as `area` does."""
        super().__init__(window)
        self._cache = cache
        self._commands = commands
        self._theme = theme
        self._area = area
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
        from linqdesk.ui.panels.question_dialog import QuestionDialog

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

    def dialog(self) -> NewChatDialog:
        """Return the dialog, which is made when it is first needed."""
        if self._dialog is None:
            # Not imported before the first picture of the window, which does not need it.
            from linqdesk.ui.new_chat.new_chat_dialog import NewChatDialog

            made = NewChatDialog(self._cache, self._commands, self._theme, self._area.ways, self._window)
            made.begun.connect(self._on_chat_wanted)
            made.existing_wanted.connect(self._on_chat_wanted)
            self._let_record(made)
            self._dialog = made
        return self._dialog

    def _let_record(self, dialog: NewChatDialog) -> None:
        """Share the recorder: one voice memo is recorded at a time, for whichever chat."""
        from linqdesk.ui.recorder.studio import Studio

        memos = self._area.build().memos
        first = dialog.record_in(Studio(memos.recorder, memos.playback, memos.name_of), self._theme)
        first.settings_wanted.connect(memos.settings_wanted)
        memos.new_chat_wanted.connect(self.begin)
        memos.placing.put_unbegun = first.put

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
