"""Kills in several worlds side by side, each with a server, a folder and a program of its own."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from linqdesk.sandbox.options import SandboxOptions
from linqdesk.sandbox.server import SandboxServer
from tests.faults.killing import Killer, Program, Verdict

# A world mostly waits: for pauses between attempts, for the disk, for the next letter.
WORLDS_AT_ONCE = 5
# Where a few kills came before anything was accepted, there are more, but not without end.
_MOST_MORE = 20


@dataclass(frozen=True, slots=True)
class World:
    """What is killed how often, from which seed."""

    folder: Path
    seed: int
    kills: int
    program: Program


@dataclass(frozen=True, slots=True)
class Toll:
    """What a world came to; all was clean."""

    verdict: Verdict
    compared: int
    recorded: int
    starts_s: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Tolls:
    """What all worlds came to."""

    each: tuple[Toll, ...]
    took_s: float

    @property
    def accepted(self) -> int:
        return sum(toll.verdict.accepted for toll in self.each)

    @property
    def received(self) -> int:
        return sum(toll.verdict.received for toll in self.each)

    @property
    def compared(self) -> int:
        """How many fields were compared with what had been typed."""
        return sum(toll.compared for toll in self.each)

    @property
    def recorded(self) -> int:
        """How many recordings were to be sent."""
        return sum(toll.recorded for toll in self.each)

    @property
    def start_s(self) -> float:
        """How long a start takes in the middle of all."""
        return median(start_s for toll in self.each for start_s in toll.starts_s)


def options(seed: int) -> SandboxOptions:
    return SandboxOptions(chats=6, messages=2, seed=seed, speed="fast")


def kill_in_worlds(folder: Path, seed: int, kills: int, program: Program, kills_each: int) -> Tolls:
    """Kill a program so often in as many worlds as that takes; each world must be clean."""
    began_at_s = time.monotonic()
    worlds = [
        World(folder / str(number), seed + number, min(kills_each, kills - first), program)
        for number, first in enumerate(range(0, kills, kills_each))
    ]
    with ThreadPoolExecutor(WORLDS_AT_ONCE) as pool:
        running = [pool.submit(_kill_in, world) for world in worlds]
        try:
            tolls = tuple(each.result() for each in running)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    return Tolls(tolls, time.monotonic() - began_at_s)


def _kill_in(world: World) -> Toll:
    world.folder.mkdir(parents=True)
    with (
        SandboxServer(options(world.seed)) as sandbox,
        Killer(sandbox, world.folder, world.seed, program=world.program) as killer,
    ):
        killer.kill(world.kills)
        for _ in range(_MOST_MORE):
            if not killer.has_accepted:
                killer.kill(1)
        killer.drain()
        verdict = killer.judge()
    sys.stderr.write(f"{killer.kills} kills from LINQDESK_SEED={world.seed}: {verdict}\n")
    assert verdict.is_clean, f"seed {world.seed}: {verdict}"
    assert verdict.accepted > 0
    return Toll(verdict, killer.drafts.compared, killer.recordings.pressed_count, tuple(killer.starts_s))
