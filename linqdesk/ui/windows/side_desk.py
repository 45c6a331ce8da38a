"""Opens and closes the right column of the window: details, or one thread of replies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from linqdesk.domain.ids import ChatId, Handle
    from linqdesk.domain.message import Message
    from linqdesk.store.view import CacheView
    from linqdesk.ui.commands import Commands
    from linqdesk.ui.theme import Theme
    from linqdesk.ui.windows.chat_area import ChatArea
    from linqdesk.ui.windows.columns import Columns
    from linqdesk.ui.windows.side_column import SideColumn

_ON = True


class SideDesk(QObject):
    """Makes the column when it is first wanted; it is not imported before the window's first picture."""

    edit_wanted = Signal(object, int)
    forward_wanted = Signal(object)
    shared = Signal()
    chat_wanted = Signal(object)
    new_chat_wanted = Signal(object)

    def __init__(
        self, cache: CacheView, commands: Commands, theme: Theme, area: ChatArea, columns: Columns
    ) -> None:
        """Start closed; `shared` tells that the columns need their room anew."""
        super().__init__(area)
        self._cache = cache
        self._commands = commands
        self._theme = theme
        self._area = area
        self._columns = columns
        self._column: SideColumn | None = None

    @property
    def is_open(self) -> bool:
        """Whether the column is shown."""
        return self._column is not None and self._column.isVisible()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        if self._column is not None:
            self._column.set_theme(theme)

    def refresh(self) -> None:
        """Show the open chat as it is now."""
        chat_id = self._area.chat_id
        summary = self._cache.summary(chat_id) if chat_id is not None else None
        if self._column is not None and summary is not None:
            self._column.show_chat(summary.chat)

    def open_details(self) -> None:
        """Show the details of the open chat."""
        self._made().show_details()
        self._show(shows_details=True)

    def open_thread(self, message: Message) -> None:
        """Show the chain of replies around a message of the open chat, in the place of the details."""
        column = self._made()
        self._show(shows_details=False)
        column.show_thread(message)

    def add_to_group(self, chat_id: ChatId, handles: tuple[Handle, ...]) -> None:
        """Ask whether people are to join a group, whatever chat is open."""
        self._made().people.add_to(chat_id, handles)

    def toggle(self) -> None:
        """Show the details or hide them."""
        if self._column is not None and self._column.isVisible() and not self._column.shows_thread:
            self.close()
        else:
            self.open_details()

    @property
    def column(self) -> QWidget | None:
        """The column while it is open."""
        return self._column if self.is_open else None

    @property
    def keyboard(self) -> QWidget | None:
        """What has the keyboard in the column, nothing where that is closed."""
        column = self._column if self.is_open else None
        if column is None:
            return None
        return column.replies.answer.edit if column.shows_thread and column.replies else column.details

    def keep(self) -> None:
        """Keep at once what is being written in a thread."""
        if self._column is not None and self._column.replies is not None:
            self._column.replies.answer.keep()

    def close(self) -> None:
        """Hide the details, or what stands in their place."""
        if self._column is not None:
            self._column.show_details()
            self._column.hide()
            self._area.header.show_details_open(is_open=not _ON)

    def _show(self, *, shows_details: bool) -> None:
        self._made().show()
        self._area.header.show_details_open(is_open=shows_details)
        self.shared.emit()

    def _made(self) -> SideColumn:
        if self._column is None:
            from linqdesk.ui.windows.side_column import SideColumn

            page = self._area.build()
            self._column = SideColumn(self._cache, self._commands, self._theme, self._columns, page)
            self._column.closed.connect(self.close)
            self._column.edit_wanted.connect(self.edit_wanted)
            self._column.forward_wanted.connect(self.forward_wanted)
            self._column.people.chat_wanted.connect(self.chat_wanted)
            self._column.people.new_chat_wanted.connect(self.new_chat_wanted)
            self._column.details.identity.avatar.see_icons(self._area.icons)
            self._columns.put_side(self._column)
        self.refresh()
        return self._column
