"""The count of what is not sent yet, which opens the list of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from linqdesk.ui.text_size import wear_font
from linqdesk.ui.theme import FontSize

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class OutboxButton(QPushButton):
    """Hidden while everything is sent."""

    def __init__(self, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        wear_font(self, FontSize.META)
        self.setToolTip("Show what is not sent yet (Ctrl+Shift+U)")
        self.hide()

    def say(self, words: list[str]) -> None:
        """Say how many messages wait or failed, nothing where none does."""
        self.setText(" · ".join(words))
        self.setAccessibleName(f"Unsent messages: {', '.join(words)}" if words else "Unsent messages")
        self.setVisible(bool(words))
