"""What happens to errors that nobody expected: a report without content, and the window lives on."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QtMsgType, qInstallMessageHandler

if TYPE_CHECKING:
    import asyncio
    from types import TracebackType

    from PySide6.QtCore import QMessageLogContext

_log = logging.getLogger(__name__)

Told = Callable[[str], None]


class CrashCare:
    """Takes every hook for unexpected errors and gives it back when it is closed."""

    def __init__(self, told: Told) -> None:
        """Take the hooks of Python, of threads and of Qt; `told` hears the report of each error."""
        self._told = told
        self._hooks = (sys.excepthook, threading.excepthook)
        self._qt_handler = qInstallMessageHandler(self._on_qt)
        self._loop: asyncio.AbstractEventLoop | None = None
        sys.excepthook = self._on_python
        threading.excepthook = self._on_thread

    def watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take the hook of a loop too."""
        self._loop = loop
        loop.set_exception_handler(self._on_loop)

    def close(self) -> None:
        """Give all hooks back."""
        sys.excepthook, threading.excepthook = self._hooks
        qInstallMessageHandler(self._qt_handler)
        if self._loop is not None:
            self._loop.set_exception_handler(None)

    def _on_python(
        self, kind: type[BaseException], failure: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._hooks[0](kind, failure, trace)
            return
        self._report(failure.with_traceback(trace), "a slot")

    def _on_thread(self, given: threading.ExceptHookArgs) -> None:
        if given.exc_value is not None:
            self._report(given.exc_value, "a thread")

    def _on_loop(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        del loop
        failure = context.get("exception")
        if isinstance(failure, BaseException):
            self._report(failure, "a task")
        else:
            _log.error("the loop complained")

    def _on_qt(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        """Note where Qt complained; what it says may hold a file's name, so only its category is kept."""
        del message
        if kind in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg}:
            return
        _log.warning("Qt complained (%s, %s)", kind.name, context.category or "default")

    def _report(self, failure: BaseException, where: str) -> None:
        from linqdesk.local.log_files import report_of

        report = report_of(failure)
        _log.error("unexpected in %s: %s", where, report)
        self._told(report)
