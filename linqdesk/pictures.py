"""Pictures of the window: one for --screenshot, or several of a short tour."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint
from PySide6.QtGui import QImageWriter, QPainter
from PySide6.QtWidgets import QApplication

from linqdesk.domain.delivery import Delivery
from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.message import Message
from linqdesk.store.view import ConnectionState
from linqdesk.ui.theme import DARK

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from linqdesk.arguments import Screenshot, WindowOptions
    from linqdesk.domain.ids import ChatId
    from linqdesk.services.session import Session
    from linqdesk.store.view import CacheView
    from linqdesk.ui.theme import Theme
    from linqdesk.ui.windows.main_window import MainWindow

SETTLE_LIMIT_S = 30.0
_LOOK_EVERY_S = 0.05
# What has just answered may still ask for more in the same turn: believe it only when it lasts.
_CALM_LOOKS = 6
_ANSWER = "Of course! I have told the driver: your neighbour gets the parcel this afternoon."


@dataclass(frozen=True, slots=True)
class Scene:
    """What a picture is taken of, and what may be done to it."""

    window: MainWindow
    cache: CacheView
    session: Session
    chat_named: Callable[[str], ChatId | None]
    wear: Callable[[Theme], None]


async def draw(scene: Scene, options: WindowOptions) -> None:
    """Write what was asked for.

    Raises:
        LocalFaultError: a file cannot be written, there is no such chat, or a step of the tour fails.
    """
    if options.tour is not None:
        await _Tour(scene, options.tour).walk()
    elif options.screenshot is not None:
        await _draw_one(scene, options, options.screenshot)


async def settled(is_settled: Callable[[], bool], limit_s: float = SETTLE_LIMIT_S) -> bool:
    """Wait until something stays true; False where it did not within `limit_s` seconds."""
    calm = 0
    for _ in range(round(limit_s / _LOOK_EVERY_S)):
        calm = calm + 1 if is_settled() else 0
        if calm >= _CALM_LOOKS:
            return True
        await asyncio.sleep(_LOOK_EVERY_S)
    return False


async def _draw_one(scene: Scene, options: WindowOptions, screenshot: Screenshot) -> None:
    await settled(lambda: _is_calm(scene))
    if options.open_chat is not None:
        chat_id = scene.chat_named(options.open_chat)
        if chat_id is None:
            raise LocalFaultError(f"There is no chat '{options.open_chat}'.")
        scene.window.open_chat(chat_id)
    if options.has_panel:
        scene.window.open_panel()
    await settled(lambda: _is_calm(scene))
    await _save(_picture(scene.window), screenshot.path)


def _is_calm(scene: Scene) -> bool:
    if any(each.isVisible() for each in _dialogs(scene.window)):
        return True
    is_known = scene.cache.connection.state is not ConnectionState.CONNECTING
    return is_known and scene.session.is_settled and scene.window.is_settled


def _dialogs(window: QWidget) -> list[QWidget]:
    return [
        each
        for each in QApplication.topLevelWidgets()
        if each is not window and each.parentWidget() is window
    ]


def _picture(window: QWidget) -> QImage:
    """Return what the window shows, with its open dialogs upon it."""
    image = window.grab().toImage()
    with QPainter(image) as painter:
        for dialog in _dialogs(window):
            if dialog.isVisible():
                place = dialog.mapToGlobal(QPoint()) - window.mapToGlobal(QPoint())
                painter.drawPixmap(place, dialog.grab())
    return image


async def _save(image: QImage, path: Path) -> None:
    if not await asyncio.to_thread(_write, image, path):
        raise LocalFaultError(f"The picture could not be written to {path}.")


def _write(image: QImage, path: Path) -> bool:
    return QImageWriter(str(path), QByteArray(b"png")).write(image)


class _Tour:
    """Reads, answers and hears back in the real window, as an agent would, with a picture of each step."""

    def __init__(self, scene: Scene, folder: Path) -> None:
        self._scene = scene
        self._folder = folder
        self._taken = 0

    async def walk(self) -> None:
        """Take all steps; each is said on standard output."""
        await asyncio.to_thread(self._folder.mkdir, parents=True, exist_ok=True)
        await self._take("the chats of all lines")
        chat_id = self._waiting_chat()
        self._scene.window.open_chat(chat_id)
        await self._take("a customer who waits for an answer")
        known = len(self._scene.cache.rows(chat_id))
        composer = self._scene.window.area.composer
        composer.edit.setPlainText(_ANSWER)
        composer.submit()
        await self._until(lambda: self._is_delivered(chat_id), "the answer did not arrive")
        await self._take("the answer, delivered")
        await self._until(
            lambda: len(self._scene.cache.rows(chat_id)) > known + 1, "the customer did not write back"
        )
        await self._take("what the customer wrote back")
        self._scene.wear(DARK)
        self._scene.window.open_panel()
        await self._take("the same in the dark, with the customer's details")
        sys.stdout.write(f"The pictures are in {self._folder}\n")

    async def _take(self, what: str) -> None:
        await settled(lambda: _is_calm(self._scene))
        self._taken += 1
        path = self._folder / f"{self._taken}.png"
        await _save(_picture(self._scene.window), path)
        sys.stdout.write(f"{path}: {what}\n")

    async def _until(self, happened: Callable[[], bool], otherwise: str) -> None:
        if not await settled(happened):
            raise LocalFaultError(f"The tour stopped: {otherwise} within {SETTLE_LIMIT_S:.0f} s.")

    def _waiting_chat(self) -> ChatId:
        for chat_id in self._scene.cache.chat_ids():
            summary = self._scene.cache.summary(chat_id)
            if summary is not None and summary.waiting_since is not None and not summary.chat.is_group:
                return chat_id
        raise LocalFaultError("The tour stopped: no customer waits for an answer.")

    def _is_delivered(self, chat_id: ChatId) -> bool:
        arrived = (Delivery.SENT, Delivery.DELIVERED, Delivery.READ)
        return any(
            isinstance(row.content, Message)
            and row.content.text == _ANSWER
            and row.content.delivery in arrived[1:]
            for row in self._scene.cache.rows(chat_id)
        )
