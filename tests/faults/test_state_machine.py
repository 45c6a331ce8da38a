"""Outbox, server and pollers as a state machine: whatever happens, nothing is lost, doubled or disordered."""

import gc
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from typing_extensions import override

from linqdesk.domain.ids import ChatId
from linqdesk.sandbox.options import SandboxOptions
from tests.faults.desk import Desk
from tests.faults.figures import IS_FULL, note, the_seed
from tests.faults.inside import READ_FAULTS, WRITE_FAULTS

EXAMPLES, STEPS = (500, 50) if IS_FULL else (25, 40)
# In small the same ways are gone every time: what a new one finds is for `make soak` to tell.
SMALL_SEED = None if IS_FULL else 8
OPTIONS = SandboxOptions(chats=5, messages=1, seed=3)
SPANS_S = (0.3, 2.0, 9.0, 45.0)
SLEEPS_S = (40.0, 3_600.0, 46_800.0)
SETTINGS_S = (-90_000.0, -120.0, 120.0, 90_000.0)

# Hundreds of journals are made, each of which waits for its disk: in memory where the system has a place.
SHARED_MEMORY = Path("/dev", "shm")
FOLDERS = SHARED_MEMORY if SHARED_MEMORY.is_dir() else None

which = st.integers(0, 2)
written = st.lists(st.sampled_from(("texts", "texts", "files", "voice memos")), min_size=1, max_size=3)
_tried: Counter[str] = Counter()


def is_alive(machine: "Sending") -> bool:
    return machine.desk.is_alive


@dataclass(frozen=True, slots=True)
class _Known:
    """What this computer says of a chat's messages at one moment."""

    accepted: set[int]
    kept: set[int]
    waiting: set[int]
    sent: set[int]


class Sending(RuleBasedStateMachine):
    """An agent who writes, a network that fails, a program that is killed."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path(tempfile.mkdtemp(dir=FOLDERS))
        self.desk = Desk(self._folder, OPTIONS)
        self._makers = {"texts": self.desk.text, "files": self.desk.file, "voice memos": self.desk.memo}

    # What the agent does.

    @precondition(is_alive)
    @rule(chat=which, kinds=written)
    def write(self, chat: int, kinds: list[str]) -> None:
        for kind in kinds:
            self.desk.write(self.desk.chats[chat], self._makers[kind])
            _tried[kind] += 1

    @precondition(is_alive)
    @rule(chat=which, kinds=written, seconds=st.sampled_from(SPANS_S))
    def write_and_wait(self, chat: int, kinds: list[str], seconds: float) -> None:
        self.write(chat, kinds)
        self.desk.run(seconds)

    @precondition(is_alive)
    @rule(chat=which, kinds=written, count=st.integers(0, 60))
    def write_and_die(self, chat: int, kinds: list[str], count: int) -> None:
        self.write(chat, kinds)
        self.kill(count)

    @precondition(is_alive)
    @rule(chat=which)
    def open_chat(self, chat: int) -> None:
        self.desk.open_chat(self.desk.chats[chat])

    @precondition(is_alive)
    @rule(at=st.integers(0, 9))
    def discard(self, at: int) -> None:
        unsent = self.desk.unsent()
        if unsent:
            self.desk.discard(unsent[at % len(unsent)])

    @precondition(is_alive)
    @rule()
    def decide(self) -> None:
        self.desk.decide()

    @precondition(is_alive)
    @rule()
    def sign_in(self) -> None:
        self.desk.sign_in()

    # What happens to him.

    @rule(faults=st.lists(st.sampled_from(WRITE_FAULTS), min_size=1, max_size=4))
    def spoil_writes(self, faults: list[str]) -> None:
        self.desk.wire.writes.extend(faults)
        _tried["faults"] += len(faults)

    @rule(faults=st.lists(st.sampled_from(READ_FAULTS), min_size=1, max_size=4))
    def spoil_reads(self, faults: list[str]) -> None:
        self.desk.wire.reads.extend(faults)
        _tried["faults"] += len(faults)

    @rule(is_offline=st.booleans())
    def lose_or_find_the_network(self, is_offline: bool) -> None:
        self.desk.wire.is_offline = is_offline

    @precondition(is_alive)
    @rule(is_full=st.booleans())
    def fill_or_clear_the_disk(self, is_full: bool) -> None:
        self.desk.journal.is_full = is_full

    @rule(chat=which, die=st.integers(0, 9))
    def opt_out(self, chat: int, die: int) -> None:
        if die == 0:
            self.desk.opt_out(self.desk.chats[chat])

    # Time.

    @rule(seconds=st.sampled_from(SPANS_S))
    def wait(self, seconds: float) -> None:
        self.desk.run(seconds)

    @rule(count=st.integers(1, 60))
    def step(self, count: int) -> None:
        self.desk.step(count)

    @rule(seconds=st.sampled_from(SLEEPS_S))
    def sleep(self, seconds: float) -> None:
        self.desk.clock.sleep(seconds)

    @rule(seconds=st.sampled_from(SETTINGS_S))
    def set_the_clock(self, seconds: float) -> None:
        self.desk.clock.set_by_s = seconds

    @precondition(is_alive)
    @rule(count=st.integers(0, 60))
    def kill(self, count: int) -> None:
        self.desk.step(count)
        self.desk.kill()
        _tried["kills"] += 1

    @precondition(lambda machine: not is_alive(machine))
    @rule()
    def restart(self) -> None:
        self.desk.start()

    # What must hold after each of these.

    @invariant()
    def all_is_in_its_place(self) -> None:
        # Before Linq is asked: while it answers a message may get there and leave the journal.
        known = self._known() if self.desk.is_alive else {}
        there = self.desk.on_the_server()
        for chat in self.desk.chats:
            assert len(there[chat]) == len(set(there[chat])), f"twice: {there[chat]}"
            # What was discarded on a full disk comes back after a crash, when others may have gone before it.
            wanted = [each for each in there[chat] if each not in self.desk.given_up]
            assert wanted == sorted(wanted), f"out of order: {wanted}"
        for chat, each in known.items():
            owed = each.accepted - set(there[chat]) - self.desk.given_up
            assert owed <= each.kept, f"lost: {owed}"
            assert owed <= each.waiting, f"not shown: {owed}"
            assert each.sent <= set(there[chat]), f"shown as sent: {each.sent - set(there[chat])}"
        assert self.desk.failures == []

    def _known(self) -> dict[ChatId, "_Known"]:
        desk, kept = self.desk, self.desk.kept()
        return {
            chat: _Known(
                set(desk.accepted[chat]), kept, desk.shown_as_waiting(chat), set(desk.shown_as_sent(chat))
            )
            for chat in desk.chats
        }

    @override
    def teardown(self) -> None:
        try:
            assert self.desk.drain(), f"does not get sent: {self.desk.unsent()}"
            self.all_is_in_its_place()
        finally:
            self.desk.close()
            shutil.rmtree(self._folder)


# Who is killed closes nothing.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.timeout(0 if IS_FULL else 120)
def test_no_way_through_outbox_server_and_pollers_loses_doubles_or_disorders_a_message() -> None:
    number = the_seed(SMALL_SEED)
    run_state_machine_as_test(
        seed(number)(Sending),
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            # Explaining traces every line and takes most of the time.
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )
    # What the killed left behind goes here, and not when pytest ends.
    gc.collect()
    told = ", ".join(f"{count} {what}" for what, count in sorted(_tried.items()))
    note(
        "state machine of outbox, server and pollers",
        f"{EXAMPLES} x {STEPS} steps ({told}); 0 lost, 0 twice, 0 out of order, 0 untrue; seed {number}",
    )
