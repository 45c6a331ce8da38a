"""Settings: how the window looks, and what customers see of the agent."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from linqdesk.local.settings import MAX_ZOOM, MIN_ZOOM, Settings
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.preferences import Preferences
from linqdesk.ui.settings.choice import Choice
from linqdesk.ui.settings.request_choice import RequestChoice
from linqdesk.ui.theme import FontSize

_STEP = 0.1
_THEMES = {
    "system": ("As the system", ""),
    "light": ("Light", ""),
    "dark": ("Dark", ""),
    "high-contrast": ("High contrast", "Black and white, with outlines; every service by its name."),
}


_TYPING = {
    "shown": ("Show", "Where it can be seen: in chats with one person over iMessage."),
    "hidden": ("Hide", ""),
}
_READ = {
    "answer": ("When you answer", "A look at a chat tells the customer nothing."),
    "open": ("When you open the chat", ""),
    "hand": ("Only when you press Mark as read", ""),
}


class GeneralPage(QWidget):
    """Theme, size of the text, and what customers see of the agent."""

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        """Show what holds now."""
        super().__init__(parent)
        self._preferences = preferences
        self._theme = Choice("theme", "Colours", _THEMES, self)
        self._theme.chosen.connect(self._on_theme_chosen)
        self._typing = Choice("typing_indicator", "That somebody types", _TYPING, self)
        self._typing.chosen.connect(self._on_typing_chosen)
        self._read = Choice("read_when", "The customer sees Read", _READ, self)
        self._read.chosen.connect(self._on_read_chosen)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(20)
        self.column.addWidget(self._theme)
        self.column.addWidget(self._size())
        self.column.addWidget(self._typing)
        self.column.addWidget(self._read)
        self.column.addWidget(RequestChoice(preferences, self))
        self.column.addStretch()
        preferences.changed.connect(self._show)
        self._show(preferences.current)

    def _size(self) -> QWidget:
        whole = QWidget(self)
        title = PlainLabel(whole, FontSize.BODY, QFont.Weight.DemiBold)
        title.setText("Size of text")
        self._percent = PlainLabel(whole, FontSize.BODY)
        self._percent.setObjectName("zoom_percent")
        self._percent.setFixedWidth(52)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._smaller = self._button("zoom_smaller", "\N{MINUS SIGN}", "Smaller text", -_STEP)
        self._larger = self._button("zoom_larger", "+", "Larger text", _STEP)
        keys = PlainLabel(whole, FontSize.META, is_secondary=True)
        keys.setText("In the window: Ctrl++, Ctrl+- and Ctrl+0.")
        row = QHBoxLayout()
        row.setSpacing(8)
        for each in (self._smaller, self._percent, self._larger):
            row.addWidget(each)
        row.addStretch()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(title)
        column.addLayout(row)
        column.addWidget(keys)
        return whole

    def _button(self, name: str, sign: str, spoken: str, step: float) -> QPushButton:
        button = QPushButton(sign, self)
        button.setObjectName(name)
        button.setAccessibleName(spoken)
        button.setFixedWidth(44)
        button.clicked.connect(lambda: self._on_step(step))
        return button

    def _show(self, settings: Settings) -> None:
        self._theme.show_answer(settings.theme)
        self._typing.show_answer("shown" if settings.typing_indicator else "hidden")
        self._read.show_answer(settings.read_when)
        self._percent.setText(f"{settings.zoom:.0%}")
        self._smaller.setEnabled(settings.zoom > MIN_ZOOM)
        self._larger.setEnabled(settings.zoom < MAX_ZOOM)

    def _on_theme_chosen(self, theme: str) -> None:
        self._preferences.set(replace(self._preferences.current, theme=theme))

    def _on_typing_chosen(self, answer: str) -> None:
        self._preferences.set(replace(self._preferences.current, typing_indicator=answer == "shown"))

    def _on_read_chosen(self, answer: str) -> None:
        self._preferences.set(replace(self._preferences.current, read_when=answer))

    def _on_step(self, step: float) -> None:
        settings = self._preferences.current
        zoom = round(max(MIN_ZOOM, min(MAX_ZOOM, settings.zoom + step)), 1)
        self._preferences.set(replace(settings, zoom=zoom))
