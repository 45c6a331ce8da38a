"""Writes the window as a PNG once nothing in it loads or moves."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from linqdesk.domain.errors import LocalFaultError

SETTLE_LIMIT_S = 30.0
_LOOK_EVERY_S = 0.05
# What has just answered may still ask for more in the same turn: believe it only when it lasts.
_CALM_LOOKS = 6


async def settled(is_settled: Callable[[], bool], limit_s: float = SETTLE_LIMIT_S) -> bool:
    """Wait until the window stays calm; False where it did not within `limit_s` seconds."""
    calm = 0
    for _ in range(round(limit_s / _LOOK_EVERY_S)):
        calm = calm + 1 if is_settled() else 0
        if calm >= _CALM_LOOKS:
            return True
        await asyncio.sleep(_LOOK_EVERY_S)
    return False


def picture(window: QWidget) -> QImage:
    """Return what the window shows, with its open dialogs upon it where they stand."""
    image = window.grab().toImage()
    dialogs = [
        each
        for each in QApplication.topLevelWidgets()
        if each is not window and each.isVisible() and each.parentWidget() is window
    ]
    with QPainter(image) as painter:
        for dialog in dialogs:
            painter.drawPixmap(dialog.mapToGlobal(QPoint()) - window.mapToGlobal(QPoint()), dialog.grab())
    return image


async def save(image: QImage, path: Path) -> None:
    """Write a PNG, off the UI thread.

    Raises:
        LocalFaultError: the file cannot be written.
    """
    if not await asyncio.to_thread(_write, image, path):
        raise LocalFaultError(f"The picture could not be written to {path}.")


def _write(image: QImage, path: Path) -> bool:
    return image.save(str(path), b"PNG")
