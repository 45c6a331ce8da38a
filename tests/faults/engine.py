"""The program without its window, to be killed: goes on with what is unsent and writes messages until then.

One process imports everything and forks a child for each run, which then starts in milliseconds. It reads
one run a line from its input and answers on its output:

    dead                 the run before has ended; the next begins
    run PID              the next has begun
    ready                what an earlier run left is taken up
    kept CHAT TEXT       a message was accepted from the agent: it must arrive
    left NUMBER          fewer messages than ever in this run are unsent
    idle                 nothing is unsent
"""

import asyncio
import gc
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from linqdesk.api.client import LinqClient
from linqdesk.api.transport import Transport
from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import ChatId
from linqdesk.domain.outgoing import Content, OutgoingState, OutgoingText
from linqdesk.domain.outgoing_files import OutgoingVoiceMemo, PastedFile
from linqdesk.domain.send_gate import SendTerms
from linqdesk.local.journal import JournalFile
from linqdesk.local.media_cache import MediaCache
from linqdesk.local.outgoing_files import OutgoingFiles
from linqdesk.services.budget import USUAL_PER_S
from linqdesk.services.keeping import Keeping
from linqdesk.services.outbox_journal import KeptJournal
from linqdesk.services.session import Session
from linqdesk.store.cache import Cache
from tests.faults.seeded_bugs import BuggyJournal, BuggyWire

# As fast as the sandbox's own time runs, so that a minute's pause takes a second.
SPEED = 50.0
# The agent writes as fast as this allows, far faster than anybody can.
MAX_PAUSE_S = 0.02
FILE_WORDS = 20_000
# Imported with the first request, so by each run anew unless its parent has done it.
LATE_MODULES = ("anyio._backends._asyncio", "httpcore", "h11")


class FastClock:
    """A clock by which time runs faster."""

    def monotonic(self) -> float:
        return time.monotonic() * SPEED

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds / SPEED):
                await event.wait()
        except TimeoutError:
            return


@dataclass(frozen=True)
class Run:
    """One life of the engine."""

    number: int
    seed: int
    base_url: str
    token: str
    folder: str
    chats: list[str]
    messages: int
    files: float
    memos: float
    records: bool = False
    bug: str | None = None


def say(*words: str) -> None:
    """Say a line to whoever kills; without a listener there is nothing to live for."""
    try:
        os.write(1, (" ".join(words) + "\n").encode())
    except BrokenPipeError:
        os._exit(1)


async def live(run: Run) -> None:
    chance = random.Random(run.seed)
    kept = KeptJournal(lambda: JournalFile(Path(run.folder) / "journal.sqlite3"))
    kept.account = run.base_url
    journal = BuggyJournal(kept, run.bug)
    files = OutgoingFiles(Path(run.folder) / "files")
    keeping = Keeping(journal, files)
    cache, media = Cache(), MediaCache(Path(run.folder) / "media")
    session = Session(cache, files=media, clock=FastClock(), keeping=keeping)
    # Beyond the burst of a start it looks for news as often as anybody in real time: the server's is real.
    session.set_request_rate(USUAL_PER_S / SPEED)
    await kept.open()
    wanted = await kept.mentions()
    files.sweep(wanted.__contains__)
    await session.sending.restore()
    say("ready")
    transport = Transport(run.base_url, run.token, http_transport=BuggyWire(run.bug))
    await session.open(LinqClient(transport))
    for number in range(run.messages):
        text = f"{run.number}.{number}"
        write(session, ChatId(chance.choice(run.chats)), text, content(run, files, text, chance.random()))
        await asyncio.sleep(chance.random() * MAX_PAUSE_S)
    await see_off(session, cache, kept)


async def see_off(session: Session, cache: Cache, kept: KeptJournal) -> None:
    """Wait until all is sent, in the cache and, where that holds nothing any more, in the journal."""
    forever, clock, least = asyncio.Event(), FastClock(), sys.maxsize
    while unsent := (cache.unsent() or (await kept.load()).messages):
        if len(unsent) < least:
            least = len(unsent)
            say("left", str(least))
        for each in unsent:
            if each.state is OutgoingState.FAILED:
                # The agent is asked whether it is to be sent again, and says yes.
                session.sending.retry(each.local_id)
        await clock.wait(forever, 1)
    say("idle")
    await forever.wait()


def content(run: Run, files: OutgoingFiles, text: str, die: float) -> Content:
    """Return a message that says a text: in words, in a file's name, or in that of a voice memo."""
    if die >= run.files + run.memos:
        return Content((OutgoingText(text),))
    if die >= run.memos:
        return Content((files.take(PastedFile(f"{text}.txt", text.encode() * FILE_WORDS)).file,))
    memo = files.take(PastedFile(f"{text}.amr", b"#!AMR" + text.encode())).file
    return Content((OutgoingVoiceMemo(memo),))


def write(session: Session, chat_id: ChatId, text: str, said: Content) -> None:
    def hear(error: LinqDeskError | None) -> None:
        if error is None:
            say("kept", chat_id, text)

    # Nobody answers here, so that the chats soon count as critical: this agent goes on all the same.
    session.sending.send(chat_id, said, hear, terms=SendTerms(accepts_risk=True, accepts_other_line=True))


def serve(live: Callable[[Run], None], late_modules: Sequence[str]) -> None:
    """Give each run that is told a process of its own, after the one before is dead.

    What a run would import late it finds imported.
    """
    for each in late_modules:
        import_module(each)
    # A run collects no garbage of its parent's, and so copies none of its memory for that.
    gc.collect()
    gc.freeze()
    child: int | None = None
    for line in sys.stdin:
        if child is not None:
            os.waitpid(child, 0)
            say("dead")
        told: dict[str, Any] = json.loads(line)
        child = os.fork()
        if child == 0:
            sys.stdin.close()
            live(Run(**told))
        say("run", str(child))
    if child is not None:
        os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    serve(lambda run: asyncio.run(live(run)), LATE_MODULES)
