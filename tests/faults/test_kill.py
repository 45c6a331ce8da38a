"""Kill -9 at random moments: nothing lost, nothing sent twice, order kept."""

from dataclasses import replace
from pathlib import Path

import pytest

from linqdesk.sandbox.server import SandboxServer
from tests.faults.drafts import NOTHING, DraftJudge
from tests.faults.figures import IS_FULL, note, the_seed
from tests.faults.killing import ENGINE, FILES_ALONE, WINDOW, Killer
from tests.faults.recordings import RecordingJudge
from tests.faults.seeded_bugs import BUGS
from tests.faults.window_bugs import WINDOW_BUGS
from tests.faults.worlds import kill_in_worlds, options

KILLS, KILLS_OF_A_WORLD = (1_000, 100) if IS_FULL else (14, 7)
WINDOW_KILLS, KILLS_OF_A_WINDOW = (100, 25) if IS_FULL else (3, 3)
# In a quick run the window writes less before each kill.
WINDOW_PROGRAM = WINDOW if IS_FULL else replace(WINDOW, messages=2, sends=1, patience_s=4.0)
KILLS_TO_CATCH_A_BUG = 150
LANES = {"mixed": ENGINE, "files and voice memos": FILES_ALONE, "window": WINDOW}
BUGS_IN_LANES = [(bug, lane) for bug in BUGS for lane in LANES if lane != "window"]
BUGS_IN_LANES += [(bug, "window") for bug in WINDOW_BUGS]
CAUGHT_IN_CI = [("new-key", "mixed"), ("late-journal", "files and voice memos")]


@pytest.mark.timeout(0 if IS_FULL else 300)
def test_what_was_accepted_arrives_once_and_in_order_however_often_the_program_is_killed(
    tmp_path: Path,
) -> None:
    seed = the_seed()
    tolls = kill_in_worlds(tmp_path, seed, KILLS, ENGINE, KILLS_OF_A_WORLD)
    assert tolls.accepted > KILLS
    note(
        "kill -9 of the headless engine, a third of bad answers",
        f"{KILLS} kills in {tolls.took_s / 60:.0f} min, {tolls.accepted} accepted, {tolls.received} "
        f"received; 0 lost, 0 twice, 0 out of order; seed {seed}",
    )


@pytest.mark.timeout(0 if IS_FULL else 300)
def test_what_stood_in_the_window_arrives_once_and_in_order_and_drafts_are_there_after_a_kill(
    tmp_path: Path,
) -> None:
    seed = the_seed()
    tolls = kill_in_worlds(tmp_path, seed, WINDOW_KILLS, WINDOW_PROGRAM, KILLS_OF_A_WINDOW)
    assert tolls.compared or not IS_FULL
    note(
        "kill -9 of the whole window, a third of bad answers",
        f"{WINDOW_KILLS} kills in {tolls.took_s / 60:.0f} min, {tolls.accepted} accepted, "
        f"{tolls.recorded} recordings, {tolls.received} received; 0 lost, 0 twice, 0 out of order; "
        f"{tolls.compared} fields compared, none over 1 s behind; "
        f"chats are shown {tolls.start_s:.1f} s after a start; seed {seed}",
    )


@pytest.mark.parametrize(
    ("found", "is_right"), [("", True), ("ab", True), ("abc", True), ("a", False), ("abcd", False)]
)
def test_a_field_may_be_a_second_behind_and_no_more(found: str, *, is_right: bool) -> None:
    judge = DraftJudge()
    for at_s, state in ((1.0, "a"), (3.0, "ab"), (4.5, "abc"), (4.6, "")):
        judge.typed("ana", at_s, state)
    judge.killed(5.0)
    judge.found("ana", 6.0, found)
    assert (judge.wrong == []) == is_right


@pytest.mark.parametrize(
    ("found", "back", "gone"), [("hello", {"hello"}, set()), (NOTHING, set(), {"hello"})]
)
def test_what_was_entered_is_either_in_the_field_or_sent(found: str, back: set[str], gone: set[str]) -> None:
    judge = DraftJudge()
    judge.typed("ana", 1.0, "hello")
    judge.entered("ana", "hello")
    judge.killed(3.0)
    judge.found("ana", 4.0, found)
    assert (judge.wrong, judge.back["ana"], judge.gone["ana"]) == ([], back, gone)


@pytest.mark.parametrize(("found", "is_right"), [("hello", False), (NOTHING, True)])
def test_what_was_accepted_is_not_in_its_field_again(found: str, *, is_right: bool) -> None:
    judge = DraftJudge()
    judge.typed("ana", 4.8, "hello")
    judge.entered("ana", "hello")
    judge.kept("ana")
    judge.killed(5.0)
    judge.found("ana", 6.0, found)
    assert (judge.wrong == []) == is_right


@pytest.mark.parametrize(
    ("heard", "received", "is_lost", "is_twice", "is_wrong"),
    [
        (["pressed ana", "recorded ana 9"], [9], False, False, False),
        (["pressed ana", "recorded ana 9"], [], True, False, False),
        (["pressed ana", "recorded ana 9"], [9, 9], False, True, False),
        (["pressed ana", "recorded ana 9"], [9, 8], False, True, False),
        (["pressed ana", "recorded ana 9", "memos ana 1"], [9], False, False, True),
        (["pressed ana", "memos ana 1"], [], False, False, False),
        (["pressed ana"], [9], False, False, False),
    ],
)
def test_a_recording_arrives_once_or_is_in_its_field(
    heard: list[str], received: list[int], *, is_lost: bool, is_twice: bool, is_wrong: bool
) -> None:
    judge = RecordingJudge()
    for line in heard:
        word, *rest = line.split()
        judge.hear(word, rest)
    found = judge.lost("ana", received), judge.twice("ana", received), judge.wrong
    assert tuple(map(bool, found)) == (is_lost, is_twice, is_wrong)


@pytest.mark.timeout(0 if IS_FULL else 300)
@pytest.mark.parametrize(("bug", "lane"), BUGS_IN_LANES if IS_FULL else CAUGHT_IN_CI)
def test_a_bug_that_was_put_in_is_caught(bug: str, lane: str, tmp_path: Path) -> None:
    seed = the_seed()
    with (
        SandboxServer(options(seed)) as sandbox,
        Killer(sandbox, tmp_path, seed, bug, LANES[lane]) as killer,
    ):
        while killer.kills < KILLS_TO_CATCH_A_BUG:
            killer.kill(5)
            if bug != "eager-judge":
                killer.drain()
            verdict = killer.judge()
            if not verdict.is_clean:
                found = f"caught within {killer.kills} kills ({verdict.in_short}); seed {seed}"
                note(f"seeded bug `{bug}`, {lane}", found)
                return
    pytest.fail(f"{(BUGS | WINDOW_BUGS)[bug]}: not caught within {killer.kills} kills, seed {seed}")
