"""Settings: how many requests a second looking for news may cost."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from linqdesk.local.settings import Settings
from linqdesk.ui.preferences import Preferences
from linqdesk.ui.settings.choice import Choice

_ANSWERS = {
    "once": ("Once a second on average", "Where several desks share one account."),
    "twice": ("Twice a second on average", ""),
    "five": ("Five times a second on average", "Where many chats move at once and Linq allows it."),
}
_RATES = {"once": 1.0, "twice": 2.0, "five": 5.0}


class RequestChoice(Choice):
    """Keeps what is chosen; what is sent never waits for it."""

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        """Show what holds now; a rate that was set by hand is none of these."""
        super().__init__("requests_per_s", "How often Linq is asked for news", _ANSWERS, parent)
        self._preferences = preferences
        self.chosen.connect(self._on_chosen)
        preferences.changed.connect(self._show)
        self._show(preferences.current)

    def _show(self, settings: Settings) -> None:
        answers = (answer for answer, rate in _RATES.items() if rate == settings.requests_per_s)
        self.show_answer(next(answers, ""))

    def _on_chosen(self, answer: str) -> None:
        self._preferences.set(replace(self._preferences.current, requests_per_s=_RATES[answer]))
