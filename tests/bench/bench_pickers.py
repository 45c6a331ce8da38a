"""How long the pickers take from the key press to their first picture: the first time and later ones."""

import asyncio
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from linqdesk.app import Desk
from tests.bench.figures import report
from tests.bench.program import run_desk, sandbox, until

_TIMES = 12


async def _opening(
    open_it: Callable[[], None], made: Callable[[], QWidget], close: Callable[[], None]
) -> float:
    """Measure one opening in milliseconds, the making of the picker included where it is the first."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    open_it()
    # Painting at once is what the next turn of the loop would do.
    made().repaint()
    took = (loop.time() - began) * 1_000
    close()
    await asyncio.sleep(0.05)
    return took


async def _scenario(desk: Desk) -> None:
    await until(lambda: len(desk.cache.chat_ids()) > 0 and desk.session.is_settled)
    desk.window.open_chat(desk.cache.chat_ids()[0])
    await until(lambda: desk.window.is_settled)
    page = desk.window.area.build()
    pickers: list[tuple[str, Callable[[], None], Callable[[], QWidget]]] = [
        ("emoji picker", page.emoji.toggle_picker, lambda: page.emoji.picker),
        ("effects picker", page.effects.toggle_picker, lambda: page.effects.picker),
    ]
    for name, toggle, made in pickers:
        times = [await _opening(toggle, made, toggle) for _ in range(_TIMES)]
        report(f"{name}: key to picture, the first time", times[:1], "ms", "<= 100")
        report(f"{name}: key to picture, later", times[1:], "ms", "<= 100")


def main() -> None:
    with sandbox("--chats", "20", "--messages", "20", "--seed", "1") as base_url:
        run_desk(base_url, _scenario)


if __name__ == "__main__":
    main()
