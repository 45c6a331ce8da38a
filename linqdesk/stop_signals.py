"""The system's wish that the program ends: SIGTERM and SIGINT."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING

from PySide6.QtCore import QSocketNotifier

if TYPE_CHECKING:
    from collections.abc import Callable

_WATCHED = True


class StopSignals:
    """Ends the run on SIGTERM and SIGINT, which Qt's loop alone would not notice."""

    def __init__(self, stop: Callable[[], None]) -> None:
        """Call `stop` at the first of them and at each further one."""
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.settimeout(0)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(lambda: self._reader.recv(16))
        signal.set_wakeup_fd(self._writer.fileno())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop())

    def close(self) -> None:
        """Stop watching."""
        self._notifier.setEnabled(not _WATCHED)
        signal.set_wakeup_fd(-1)
        self._reader.close()
        self._writer.close()
