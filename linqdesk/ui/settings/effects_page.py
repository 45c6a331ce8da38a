"""Settings: what moves, and when."""

from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from linqdesk.local.settings import Settings
from linqdesk.ui.preferences import Preferences
from linqdesk.ui.settings.choice import Choice

_AUTOPLAY = {
    "always": ("Always", "When they arrive, and when a chat is opened whose newest message has one."),
    "once": ("Once", "When they arrive in the open chat."),
    "never": ("Never", "Only when you ask for it: by Replay, or by Space on a message."),
}
_MOTION = {
    "follow": ("As the system", ""),
    "on": ("Reduced", "Nothing moves. Effects show a still picture when you ask for them."),
}


class EffectsPage(QWidget):
    """How often effects play by themselves, and whether anything may move at all."""

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        """Show what holds now."""
        super().__init__(parent)
        self._preferences = preferences
        self._autoplay = Choice("autoplay", "Play effects by themselves", _AUTOPLAY, self)
        self._motion = Choice("reduced_motion", "Motion", _MOTION, self)
        self._autoplay.chosen.connect(self._on_autoplay_chosen)
        self._motion.chosen.connect(self._on_motion_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        column.addWidget(self._autoplay)
        column.addWidget(self._motion)
        column.addStretch()
        preferences.changed.connect(self._show)
        self._show(preferences.current)

    def _show(self, settings: Settings) -> None:
        self._autoplay.show_answer(settings.autoplay)
        self._motion.show_answer(settings.reduced_motion)

    def _on_autoplay_chosen(self, autoplay: str) -> None:
        self._preferences.set(replace(self._preferences.current, autoplay=autoplay))

    def _on_motion_chosen(self, motion: str) -> None:
        self._preferences.set(replace(self._preferences.current, reduced_motion=motion))
