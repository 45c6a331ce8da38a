"""From a drag's coming in to the painted lanes: the first drag of a run, later ones, and with sounds."""

import asyncio
import time

from PySide6.QtCore import QPoint

from linqdesk.app import Desk
from tests.bench.figures import report
from tests.bench.program import PaintWatch, run_desk, sandbox, until
from tests.bench.worlds import rich_message
from tests.ui.drop.drags import Drag, files_data

_ROUNDS, _MESSAGES, _FILES = 40, 3_000, 100
_REACH = "max <= 50"


def _names(kind: str) -> list[str]:
    # None of them exists: nothing may be looked at before it is dropped.
    return [f"/nowhere/at all/{number:03d}.{kind}" for number in range(_FILES)]


class _Hand:
    """Drags over the open chat's thread, again and again."""

    def __init__(self, desk: Desk) -> None:
        page = desk.window.area.build()
        self._over = page.messages.viewport()
        self._lanes = page.drops.lanes
        self._watch = PaintWatch(self._lanes)

    async def come_in(self, names: list[str]) -> tuple[float, float]:
        """Drag files in; returns after how many milliseconds their lanes were painted.

        The second figure is what the UI's own thread worked for it, which a busy machine does not stretch.
        """
        drag = Drag(self._over, files_data(names))
        own = time.thread_time()
        began = self._watch.arm()
        assert drag.enter(QPoint(80, 200))
        took_ms = (await self._watch.painted() - began) * 1_000
        self._drag = drag
        return took_ms, (time.thread_time() - own) * 1_000

    async def cross(self) -> float:
        """Go from one lane to the other; returns after how many milliseconds that was painted."""
        began = self._watch.arm()
        self._drag.move(QPoint(self._over.width() - 80, 200))
        return (await self._watch.painted() - began) * 1_000

    async def go(self) -> float:
        """Go out again; returns for how many milliseconds the loop was held up by that."""
        began = time.perf_counter()
        self._drag.leave()
        await asyncio.sleep(0)
        await asyncio.sleep(0.02)
        return (time.perf_counter() - began) * 1_000 - 20


async def _scenario(desk: Desk) -> None:
    await until(lambda: desk.cache.chat_ids() and desk.session.is_settled)
    chat_id = desk.cache.chat_ids()[0]
    many = [rich_message(chat_id, number) for number in range(_MESSAGES)]
    desk.cache.merge_messages(chat_id, many, desk.cache.next_sequence())
    desk.window.open_chat(chat_id)
    await until(lambda: desk.window.is_settled)
    # The program prepares itself after its start, as it does while an agent reads.
    await asyncio.sleep(2)
    hand = _Hand(desk)
    await _first(hand, "jpg", "first lane of the run")
    await _first(hand, "m4a", "first two lanes of the run")
    await _again(hand, "jpg", "one lane")
    await _again(hand, "m4a", "two lanes")


async def _first(hand: _Hand, kind: str, words: str) -> None:
    took_ms, own_ms = await hand.come_in(_names(kind))
    report(f"drag comes in: {words} painted", [took_ms], "ms", _REACH)
    report(f"drag comes in: {words}, the UI thread's own time", [own_ms], "ms", _REACH)
    await hand.go()


async def _again(hand: _Hand, kind: str, words: str) -> None:
    coming, working, crossing, going = [], [], [], []
    for _ in range(_ROUNDS):
        took_ms, own_ms = await hand.come_in(_names(kind))
        coming.append(took_ms)
        working.append(own_ms)
        if kind == "m4a":
            crossing.append(await hand.cross())
        going.append(await hand.go())
    report(f"drag of {_FILES} files comes in: {words} painted", coming, "ms", _REACH)
    report(f"drag of {_FILES} files comes in: {words}, the UI thread's own time", working, "ms", _REACH)
    if crossing:
        report("drag goes to the other lane: painted", crossing, "ms", _REACH)
    report(f"drag goes out, {words}: the loop is held up", going, "ms", _REACH)


def main() -> None:
    with sandbox() as base_url:
        run_desk(base_url, _scenario)


if __name__ == "__main__":
    main()
