"""Waits until the window was painted for the first time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class FirstPicture(QObject):
    """Watches a window that is about to be shown."""

    def __init__(self, window: QWidget) -> None:
        """Watch from now on."""
        super().__init__(window)
        self._painted = asyncio.Event()
        self._window = window
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of the first painting; what the loop calls next comes after all of it."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            asyncio.get_running_loop().call_soon(self._painted.set)
        return False

    async def seen(self, limit_s: float = 1.0) -> None:
        """Return after the first painting, or after this long: a window that opens minimised has none."""
        try:
            async with asyncio.timeout(limit_s):
                await self._painted.wait()
        except TimeoutError:
            self._window.removeEventFilter(self)
