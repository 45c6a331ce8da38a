"""Notices that somebody types in the field, and that they stop."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

# A menu over the field is no reason to think that the agent went away.
_STILL_THERE = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)


class TypingWatch(QObject):
    """Watches a field from outside; its text is not looked at."""

    typed = Signal()
    left = Signal()

    def __init__(self, field: QWidget) -> None:
        """Begin to watch."""
        super().__init__(field)
        field.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at what the field hears, and let it pass."""
        match event:
            case QKeyEvent() if event.type() is QEvent.Type.KeyPress:
                if event.text() and event.text().isprintable():
                    self.typed.emit()
            case QInputMethodEvent():
                if event.preeditString() or event.commitString():
                    self.typed.emit()
            case QFocusEvent() if event.type() is QEvent.Type.FocusOut:
                if event.reason() not in _STILL_THERE:
                    self.left.emit()
            case _:
                pass
        return False
