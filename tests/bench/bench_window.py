"""The whole window with 2,000 chats: switching chats, and typing while messages pour in."""

import asyncio

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from linqdesk.app import Desk
from tests.bench.figures import report
from tests.bench.program import PaintWatch, run_desk, sandbox, until
from tests.bench.worlds import message

_ARRIVALS_PER_S = 20


async def _switch(desk: Desk) -> None:
    chats = desk.cache.chat_ids()[:50]
    for chat_id in chats:
        desk.window.open_chat(chat_id)
        await until(lambda: desk.window.is_settled)
    watch = PaintWatch(desk.window.area.messages.viewport())
    times = []
    for chat_id in chats:
        began = watch.arm()
        desk.window.open_chat(chat_id)
        times.append((await watch.painted() - began) * 1_000)
        await asyncio.sleep(0.05)
    report("switch to a cached chat", times, "ms", "p95 <= 60")


async def _type(desk: Desk) -> None:
    editor = desk.window.area.composer.edit
    editor.setFocus()
    watch = PaintWatch(editor.viewport())
    asking = asyncio.Event()
    pouring = asyncio.gather(_pour(desk, asking))
    times = []
    for number in range(300):
        await asyncio.sleep(0.03)
        began = watch.arm()
        _press(editor, "abcdefghij klmnop"[number % 17])
        times.append((await watch.painted() - began) * 1_000)
    asking.set()
    await pouring
    report("key press to painted glyph, 2,000 chats, 20 arrivals a second", times, "ms", "p95 <= 8")


async def _pour(desk: Desk, stop: asyncio.Event) -> None:
    chats = desk.cache.chat_ids()
    number = 5_000_000
    while not stop.is_set():
        number += 1
        chat_id = chats[number % 400]
        desk.cache.merge_messages(chat_id, [message(chat_id, number)], desk.cache.next_sequence())
        await asyncio.sleep(1 / _ARRIVALS_PER_S)


def _press(target: QWidget, letter: str) -> None:
    key = Qt.Key(ord(letter.upper()))
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(target, event)


async def _scenario(desk: Desk) -> None:
    await until(lambda: len(desk.cache.chat_ids()) == 2_000 and desk.session.is_settled)
    await _switch(desk)
    await _type(desk)


def main() -> None:
    with sandbox("--chats", "2000", "--messages", "75", "--seed", "1") as base_url:
        run_desk(base_url, _scenario)


if __name__ == "__main__":
    main()
