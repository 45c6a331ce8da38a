"""Typing into a long text full of decorations: from the key to the painted glyph."""

import asyncio
import time

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from linqdesk.app import Desk
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.outgoing import Draft
from linqdesk.domain.rules.decorations import check_decorations
from tests.bench.figures import report
from tests.bench.program import PaintWatch, run_desk, sandbox, until

_CHARACTERS, _DECORATIONS, _KEYS = 5_000, 60, 300
_KINDS = ("bold", "italic", "underline", "strikethrough", "shake", "bloom")


def _decorations() -> tuple[Decoration, ...]:
    step = _CHARACTERS // _DECORATIONS
    made = []
    for number in range(_DECORATIONS):
        kind, start = _KINDS[number % len(_KINDS)], number * step + 5
        is_style = number % len(_KINDS) < 4
        made.append(
            Decoration(
                start, start + 30, style=kind if is_style else None, animation=None if is_style else kind
            )
        )
    return tuple(made)


def _text(*, has_lines: bool) -> str:
    words = "some words about an order " * 200
    text = words[:_CHARACTERS]
    if not has_lines:
        return text
    return "\n".join(text[at : at + 61] for at in range(0, len(text), 62))[:_CHARACTERS]


async def _type(desk: Desk, name: str, position: int, *, has_lines: bool) -> None:
    chat_id = desk.cache.chat_ids()[2 if has_lines else 3]
    text, decorations = _text(has_lines=has_lines), _decorations()
    assert not check_decorations(text, decorations)
    composer = desk.window.area.composer
    if desk.window.open_chat_id != chat_id:
        desk.cache.set_draft(chat_id, Draft(text, position, decorations))
        desk.window.open_chat(chat_id)
        await until(lambda: desk.window.is_settled)
    assert len(composer.draft().decorations) >= _DECORATIONS
    editor = composer.edit
    editor.setFocus()
    cursor = editor.textCursor()
    cursor.setPosition(position)
    editor.setTextCursor(cursor)
    watch = PaintWatch(editor.viewport())
    times, busy = [], []
    for number in range(_KEYS):
        await asyncio.sleep(0.02)
        began, began_working = watch.arm(), time.thread_time()
        _press(editor, "abcdefghij klmnop"[number % 17])
        times.append((await watch.painted() - began) * 1_000)
        busy.append((time.thread_time() - began_working) * 1_000)
    what = f"key press to painted glyph, 5,000 characters, 60 decorations, {name}"
    report(what, times, "ms", "p95 <= 8")
    # On a machine that does other things too, this alone can be compared.
    report(f"{what}, processor time", busy, "ms", "p95 <= 8")


def _press(target: QWidget, letter: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, Qt.Key(ord(letter.upper())), Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(target, event)


async def _scenario(desk: Desk) -> None:
    await until(lambda: bool(desk.cache.chat_ids()) and desk.session.is_settled)
    await _type(desk, "one paragraph, at its end", _CHARACTERS, has_lines=False)
    await _type(desk, "one paragraph, in its middle", _CHARACTERS // 2, has_lines=False)
    await _type(desk, "81 lines, in the middle", _CHARACTERS // 2, has_lines=True)


def main() -> None:
    with sandbox() as base_url:
        run_desk(base_url, _scenario)


if __name__ == "__main__":
    main()
