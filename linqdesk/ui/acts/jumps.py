"""Goes to a message, loaded or not, and back again."""

from collections.abc import Callable, Iterator
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QToolButton
from typing_extensions import override

from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import MessageId, RowKey
from linqdesk.domain.message import Message
from linqdesk.store.view import CacheView, ThreadRow
from linqdesk.ui.acts.flash import Flash
from linqdesk.ui.commands import Commands
from linqdesk.ui.icons import themed_icon
from linqdesk.ui.models.grouping import said_at
from linqdesk.ui.panels.toast import Toast
from linqdesk.ui.text_size import wear_font, wear_height
from linqdesk.ui.theme import FontSize, Theme
from linqdesk.ui.thread.thread_view import ThreadView
from linqdesk.ui.wording import fault_sentence

_MARGIN_PX, _HEIGHT_PX, _MAX_WAYS = 16, 32, 20
_LOOKING = "Looking for the original message…"


class BackPill(QToolButton):
    """The way back to where one jumped from."""

    def __init__(self, view: ThreadView, theme: Theme) -> None:
        """Start hidden."""
        super().__init__(view.viewport())
        self._view = view
        self.setObjectName("back_to_reply")
        self.setAccessibleName("Back to where you were")
        self.setText("Back")
        self.setToolTip("Back to where you were (Alt+Left)")
        wear_font(self, FontSize.PREVIEW)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(16, 16))
        wear_height(self, _HEIGHT_PX)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_theme(theme)
        view.viewport().installEventFilter(self)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self.setIcon(themed_icon("arrow-left", theme.text, 16))

    def offer(self, *, is_offered: bool) -> None:
        """Show the way back, or not."""
        self.setVisible(is_offered)
        if is_offered:
            self._place()
            self.raise_()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the thread."""
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        self.adjustSize()
        area = self._view.viewport().size()
        self.move((area.width() - self.width()) // 2, area.height() - self.height() - _MARGIN_PX)


class Jumps(QObject):
    """Jumps within the open thread and remembers from where."""

    arrived = Signal(object)

    def __init__(
        self, view: ThreadView, cache: CacheView, commands: Commands, theme: Theme, toast: Toast
    ) -> None:
        """Stand still."""
        super().__init__(view)
        self._view = view
        self._cache = cache
        self._acts = commands.acts
        self._toast = toast
        self._ways_back: list[RowKey] = []
        self._wished = 0
        self.is_reduced: Callable[[], bool] = lambda: False
        self.flash = Flash(view, theme, view.effects.clock)
        self.pill = BackPill(view, theme)
        self.pill.clicked.connect(self.go_back)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self.flash.set_theme(theme)
        self.pill.set_theme(theme)

    def forget(self) -> None:
        """Forget the ways back, for another chat is shown; nothing that is still sought is gone to."""
        self._wished += 1
        self._ways_back.clear()
        self.pill.offer(is_offered=False)
        self.flash.stop()

    def to_message(self, message_id: MessageId, start: RowKey | None = None) -> None:
        """Go to a message; `start` is the row to come back to, by default what is on screen."""
        chat_id = self._view.messages.chat_id
        if chat_id is None:
            return
        back = start or self._here()
        if self._cache.message(chat_id, message_id) is not None:
            self._go_to_message(message_id, back)
            return
        self._toast.say(_LOOKING)
        wished = self._begin()
        self._acts.find_message(
            chat_id, message_id, lambda error: self._on_found(wished, message_id, back, error)
        )

    def to_time(self, when: datetime) -> None:
        """Go to the first message from an aware time on, else to the newest one."""
        chat_id = self._view.messages.chat_id
        if chat_id is None:
            return
        back, wished = self._here(), self._begin()
        self._acts.load_back_to(chat_id, when, lambda error: self._on_loaded(wished, when, back, error))

    def to_row(self, key: RowKey, start: RowKey | None = None) -> None:
        """Go to a row that is loaded."""
        position = self._view.messages.position_of(key)
        if position is None:
            return
        if start is not None and start != key:
            self._ways_back = [*self._ways_back[-_MAX_WAYS:], start]
        self._view.setCurrentIndex(self._view.messages.index(position))
        self._view.arrangement.show_row(position, self._view.viewport().height() / 3)
        self._view.scrollTo(self._view.messages.index(position))
        self.pill.offer(is_offered=bool(self._ways_back))
        self.flash.show_at(key, self.is_reduced)
        self.arrived.emit(key)

    def go_back(self) -> None:
        """Go back to where the last jump began."""
        if self._ways_back:
            self.to_row(self._ways_back.pop())
        self.pill.offer(is_offered=bool(self._ways_back))

    def _begin(self) -> int:
        self._wished += 1
        return self._wished

    def _here(self) -> RowKey | None:
        rows = [row for row, _ in self._view.arrangement.visible()]
        return self._view.messages.row_at(rows[len(rows) // 2]).key if rows else None

    def _go_to_message(self, message_id: MessageId, back: RowKey | None) -> None:
        for row in self._rows():
            if isinstance(row.content, Message) and row.content.id == message_id:
                self.to_row(row.key, back)
                return

    def _rows(self) -> Iterator[ThreadRow]:
        messages = self._view.messages
        return map(messages.row_at, range(messages.rowCount()))

    def _on_found(
        self, wished: int, message_id: MessageId, back: RowKey | None, error: LinqDeskError | None
    ) -> None:
        if wished != self._wished:
            return
        self._toast.hush()
        if error is None:
            self._go_to_message(message_id, back)
        else:
            self._toast.say(f"The original message could not be shown. {fault_sentence(error)}")

    def _on_loaded(
        self, wished: int, when: datetime, back: RowKey | None, error: LinqDeskError | None
    ) -> None:
        if wished != self._wished:
            return
        if error is not None:
            self._toast.say(f"Not everything back to that day could be loaded. {fault_sentence(error)}")
        rows = list(self._rows())
        first = next((row for row in rows if said_at(row) >= when), rows[-1] if rows else None)
        if first is not None:
            self.to_row(first.key, back)
