"""How much memory the program holds: at the start, and with 2,000 chats of which 50 were opened."""

import psutil

from linqdesk.app import Desk
from tests.bench.figures import report
from tests.bench.program import run_desk, sandbox, until


def _held_mb() -> float:
    return float(psutil.Process().memory_full_info().pss) / 1_000_000


async def _scenario(desk: Desk) -> None:
    await until(lambda: desk.cache.chat_ids() and desk.session.is_settled)
    report("proportional set size after the start", [_held_mb()], "MB", "<= 140")
    await until(lambda: len(desk.cache.chat_ids()) == 2_000 and desk.session.is_settled)
    for chat_id in desk.cache.chat_ids()[:50]:
        desk.window.open_chat(chat_id)
        await until(lambda: desk.window.is_settled)
    report("proportional set size with 2,000 chats, 50 opened", [_held_mb()], "MB", "<= 220")


def main() -> None:
    with sandbox("--chats", "2000", "--messages", "75", "--seed", "1") as base_url:
        run_desk(base_url, _scenario)


if __name__ == "__main__":
    main()
