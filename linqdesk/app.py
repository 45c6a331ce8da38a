"""Builds every object by hand; owns start-up and shutdown."""

import asyncio
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication
import qasync  # after PySide6, which it would otherwise have to guess
from typing_extensions import override

from linqdesk.arguments import WindowOptions
from linqdesk.domain.errors import LinqDeskError
from linqdesk.local.environment import Environment, read_environment

if TYPE_CHECKING:
    from linqdesk.sandbox.server import SandboxServer


class DeskApplication(QApplication):
    """A Qt application that hands the wish to quit over instead of ending its loop under our tasks."""

    quit_wished = Signal()

    @override
    def event(self, event: QEvent) -> bool:
        """Turn the system's wish to quit into a signal."""
        if event.type() == QEvent.Type.Quit:
            self.quit_wished.emit()
            return True
        return super().event(event)
