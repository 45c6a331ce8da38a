"""What the program costs while nobody does anything: polling goes on, a chat is open."""

import asyncio
import time

import psutil

from linqdesk.app import Desk
from tests.bench.figures import report
from tests.bench.program import run_desk, sandbox, until

_SLICE_S, _SLICES = 10.0, 6


async def _scenario(desk: Desk) -> None:
    await until(lambda: desk.cache.chat_ids() and desk.session.is_settled)
    desk.window.open_chat(desk.cache.chat_ids()[3])
    desk.window.activateWindow()
    await asyncio.sleep(3)
    shares = []
    process = psutil.Process()
    for _ in range(_SLICES):
        began, before = time.monotonic(), process.cpu_times()
        await asyncio.sleep(_SLICE_S)
        after = process.cpu_times()
        spent = after.user + after.system - before.user - before.system
        shares.append(100 * spent / (time.monotonic() - began))
    report("CPU at rest, focused, polling every 2 s", shares, "% of a core", "<= 0.5")


def main() -> None:
    with sandbox() as base_url:
        run_desk(base_url, _scenario)


if __name__ == "__main__":
    main()
