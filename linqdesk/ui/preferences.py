"""What the agent prefers, in one place that tells everybody of a change."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from linqdesk.local.settings import Settings


class Preferences(QObject):
    """The settings as they are now; whoever changes one replaces them all.

    `changed` carries the new settings. Nothing is written to disk here: the program does that.
    """

    changed = Signal(object)

    def __init__(self, settings: Settings | None = None, parent: QObject | None = None) -> None:
        """Start with what was read, or with the usual."""
        super().__init__(parent)
        self._current = settings or Settings()

    @property
    def current(self) -> Settings:
        """The settings."""
        return self._current

    def set(self, settings: Settings) -> None:
        """Take other settings; the same ones change nothing."""
        if settings != self._current:
            self._current = settings
            self.changed.emit(settings)
