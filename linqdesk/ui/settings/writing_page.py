"""Settings: which key sends, and whether spelling is checked."""

from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from linqdesk.local.settings import Settings
from linqdesk.ui.preferences import Preferences
from linqdesk.ui.settings.choice import Choice

_SEND_KEYS = {
    "enter": ("Enter", "Shift+Enter breaks the line."),
    "ctrl-enter": ("Ctrl+Enter", "Enter breaks the line."),
}
_SPELLING = {
    "on": (
        "Checked",
        "By the dictionaries of your system; where it has none for your language, nothing is underlined.",
    ),
    "off": ("Not checked", ""),
}


class WritingPage(QWidget):
    """How messages are written."""

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        """Show what holds now."""
        super().__init__(parent)
        self._preferences = preferences
        self._send_key = Choice("send_key", "Send with", _SEND_KEYS, self)
        self._spelling = Choice("spelling", "Spelling", _SPELLING, self)
        self._send_key.chosen.connect(self._on_send_key_chosen)
        self._spelling.chosen.connect(self._on_spelling_chosen)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(20)
        self.column.addWidget(self._send_key)
        self.column.addWidget(self._spelling)
        self.column.addStretch()
        preferences.changed.connect(self._show)
        self._show(preferences.current)

    def _show(self, settings: Settings) -> None:
        self._send_key.show_answer(settings.send_key)
        self._spelling.show_answer(settings.spelling)

    def _on_send_key_chosen(self, key: str) -> None:
        self._preferences.set(replace(self._preferences.current, send_key=key))

    def _on_spelling_chosen(self, choice: str) -> None:
        self._preferences.set(replace(self._preferences.current, spelling=choice))
