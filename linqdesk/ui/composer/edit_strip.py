"""Shows which message is being edited, how long that may go on, and what stands against it."""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from linqdesk.domain.message import Message, TextPart
from linqdesk.domain.rules import Violation, check_edit, check_editable
from linqdesk.domain.rules.signals import EDIT_TIME, MAX_EDITS
from linqdesk.ui.composer.sheets import Editing
from linqdesk.ui.composer.strip import Strip
from linqdesk.ui.theme import Theme

_TICK_MS = 1_000
_LOSES_MARKS = "Bold, effects and the like of the old text go: edits are plain."


def _now() -> datetime:
    return datetime.now(UTC)


class EditStrip(Strip):
    """The clock over the field; it ticks only while it is seen."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Start hidden; `now` is replaced in tests."""
        # Before its base, which hides it at once.
        self._ticking = QTimer()
        super().__init__("edit_strip", "pencil", "Cancel editing", theme, parent)
        self.now = _now
        self._editing: Editing | None = None
        self._ticking.setInterval(_TICK_MS)
        self._ticking.timeout.connect(self.refresh)

    def show_editing(self, editing: Editing | None) -> None:
        """Show an edit, or hide."""
        self._editing = editing
        if editing is None:
            self.hide()
        else:
            self.refresh()

    def obstacles(self, text: str) -> tuple[Violation, ...]:
        """Return what stands against saving a text now."""
        editing = self._editing
        if editing is None:
            return ()
        message, index = editing.message, editing.part_index
        editable = check_editable(message, index, now=self.now(), edit_count=editing.edit_count)
        return (*editable, *check_edit(text, part_index=index))

    def refresh(self) -> None:
        """Say anew how things stand."""
        editing = self._editing
        if editing is None:
            return
        title = f"{edit_words(editing.message, editing.edit_count, self.now())}"
        found = self.obstacles(editing.text().strip())
        if editing.is_saving:
            self.say(title, "Saving…")
        elif editing.complaint or found:
            self.say(title, editing.complaint or found[0].words, is_bad=True)
        else:
            self.say(title, _LOSES_MARKS if _has_marks(editing) else editing.was)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Let the clock run."""
        super().showEvent(event)
        self._ticking.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the clock."""
        super().hideEvent(event)
        self._ticking.stop()


def edit_words(message: Message, edit_count: int, now: datetime) -> str:
    """Return how long and how often a message can still be edited."""
    left = max(timedelta(), EDIT_TIME - (now - (message.sent_at or message.created_at)))
    minutes, seconds = divmod(int(left.total_seconds()), 60)
    number = min(edit_count + 1, MAX_EDITS)
    return f"Editing · {minutes}:{seconds:02d} left · {number} of {MAX_EDITS}"


def _has_marks(editing: Editing) -> bool:
    part = editing.message.parts[editing.part_index]
    return isinstance(part, TextPart) and bool(part.decorations)
