"""The Qt application: its end is a wish that the program grants when nothing can be lost."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QApplication
from typing_extensions import override


class DeskApplication(QApplication):
    """A Qt application that passes the wish to quit on instead of ending its loop under our tasks."""

    quit_wished = Signal()

    @override
    def event(self, event: QEvent) -> bool:
        """Turn the system's wish to quit into a signal."""
        if event.type() == QEvent.Type.Quit:
            self.quit_wished.emit()
            return True
        return super().event(event)
