"""Says in the window that something failed which nobody expected, and shows the report of it."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QObject, Signal

from linqdesk import __version__
from linqdesk.ui.panels.banner import Banner

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

# More than these say nothing new, and a loop of failures must not fill the memory.
_KEPT = 20
_WORDS = "Something went wrong that was not expected. What you write is kept, and LinqDesk goes on."


class CrashDesk(QObject):
    """Keeps the reports of this run; they hold kinds and places of errors, never content."""

    _noted = Signal(str)

    def __init__(self, window: QWidget) -> None:
        """Start with a hidden banner, which the window lays out."""
        super().__init__(window)
        self._window = window
        self._reports: list[str] = []
        self.banner = Banner(window, "crash_banner", can_go=True)
        self.banner.acted.connect(self._open_report)
        self._noted.connect(self._on_noted)

    def note(self, report: str) -> None:
        """Show that something failed; from any thread."""
        self._noted.emit(report)

    def report(self) -> str:
        """Return what may be handed on: versions, and where each failure came from, the newest last."""
        versions = (
            f"LinqDesk {__version__}, Python {platform.python_version()}, "
            f"Qt {QLibraryInfo.version().toString()}, {platform.platform()}"
        )
        return "\n".join([versions, *self._reports])

    def _on_noted(self, report: str) -> None:
        if report not in self._reports:
            self._reports = [*self._reports, report][-_KEPT:]
        self.banner.say(_WORDS, "Open the report")

    def _open_report(self) -> None:
        from linqdesk.ui.windows.crash_report import CrashReport

        CrashReport(self.report(), self._window).open()
