"""Kill -9 at random moments: nothing lost, nothing sent twice, order kept."""

import sys
from pathlib import Path

import pytest

from linqdesk.sandbox.options import SandboxOptions
from linqdesk.sandbox.server import SandboxServer
from tests.faults.figures import IS_FULL, note, the_seed
from tests.faults.killing import Killer, Verdict
from tests.faults.seeded_bugs import BUGS

KILLS = 1_000 if IS_FULL else 15
KILLS_OF_A_WORLD = 100
KILLS_TO_CATCH_A_BUG = 150
CAUGHT_IN_CI = ("new-key", "late-journal")


def options(seed: int) -> SandboxOptions:
    return SandboxOptions(chats=12, messages=2, seed=seed, speed="fast")


def kill(folder: Path, seed: int, times: int) -> Verdict:
    folder.mkdir(parents=True)
    with SandboxServer(options(seed)) as sandbox, Killer(sandbox, folder, seed) as killer:
        killer.kill(times)
        killer.drain()
        return killer.judge()


@pytest.mark.timeout(0 if IS_FULL else 120)
def test_what_was_accepted_arrives_once_and_in_order_however_often_the_program_is_killed(
    tmp_path: Path,
) -> None:
    seed = the_seed()
    accepted = received = 0
    for world in range(0, KILLS, KILLS_OF_A_WORLD):
        times = min(KILLS_OF_A_WORLD, KILLS - world)
        verdict = kill(tmp_path / str(world), seed + world, times)
        assert verdict.is_clean, f"seed {seed + world}: {verdict}"
        assert verdict.accepted > times
        sys.stderr.write(f"{world + times} kills: {verdict}\n")
        accepted += verdict.accepted
        received += verdict.received
    note(
        "kill -9 of the headless engine, a third of bad answers",
        f"{KILLS} kills, {accepted} accepted, {received} received; 0 lost, 0 twice, 0 out of order",
    )


@pytest.mark.timeout(0 if IS_FULL else 120)
@pytest.mark.parametrize("bug", BUGS if IS_FULL else CAUGHT_IN_CI)
def test_a_bug_that_was_put_in_is_caught(bug: str, tmp_path: Path) -> None:
    seed = the_seed()
    with SandboxServer(options(seed)) as sandbox, Killer(sandbox, tmp_path, seed, bug) as killer:
        while killer.kills < KILLS_TO_CATCH_A_BUG:
            killer.kill(5)
            if bug != "eager-judge":
                killer.drain()
            verdict = killer.judge()
            if not verdict.is_clean:
                found = f"{len(verdict.lost)} lost, {len(verdict.twice)} twice"
                note(
                    f"seeded bug `{bug}`",
                    f"caught within {killer.kills} kills ({found}, {len(verdict.disordered)} out of order)",
                )
                return
    pytest.fail(f"{BUGS[bug]}: not caught within {killer.kills} kills, seed {seed}")
