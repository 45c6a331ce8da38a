"""Clocks that are set, summer time, and a computer that sleeps in the midst of its requests."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from linqdesk.domain.ids import RowKey
from linqdesk.sandbox.options import SandboxOptions
from linqdesk.sandbox.server import SandboxServer
from linqdesk.store.view import ThreadRow
from linqdesk.ui.models.grouping import needs_heading
from linqdesk.ui.wording import time_heading
from tests.faults.desk import Desk
from tests.faults.figures import IS_FULL, note, the_seed
from tests.faults.killing import Killer
from tests.store.messages import a_message

# Who is killed closes nothing.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

DAY_S = 86_400.0
# The longer ones outlast what the server lets a connection lie idle.
SLEEPS_S = (0.3, 0.3, 0.3, 6.0, 6.0) if IS_FULL else (0.3, 0.3)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path, SandboxOptions(chats=5, messages=3, seed=3))
    yield made
    made.close()


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A place that puts its clocks forward on 29 March 2026 and back on 25 October."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/Berlin")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize("set_by_s", [DAY_S, -DAY_S])
@pytest.mark.parametrize("is_killed", [False, True])
def test_a_clock_that_is_set_meanwhile_loses_and_repeats_nothing(
    desk: Desk, set_by_s: float, *, is_killed: bool
) -> None:
    chat = desk.chats[0]
    desk.run(5)
    desk.open_chat(chat)
    desk.wire.writes.extend(["after", "500"])
    for made in (desk.text, desk.file, desk.memo, desk.text):
        desk.write(chat, made)
    desk.run(0.2)
    desk.clock.set_by_s = set_by_s
    if is_killed:
        desk.kill()
        desk.start()
        desk.open_chat(chat)
    desk.write(chat, desk.text)
    desk.run(120)
    assert desk.unsent() == []
    assert desk.on_the_server()[chat] == [1, 2, 3, 4, 5]
    # Here several are sent at the same instant.
    assert sorted(desk.shown_as_sent(chat)) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("set_by_s", [DAY_S, -DAY_S])
def test_by_whatever_clock_a_new_message_stands_last_and_what_arrives_is_seen(
    desk: Desk, set_by_s: float
) -> None:
    chat = desk.chats[0]
    desk.clock.set_by_s = set_by_s
    desk.run(10)
    desk.open_chat(chat)
    desk.run(10)
    desk.wire.is_offline = True
    desk.write(chat, desk.text)
    desk.run(1)
    *known, last = [row.content for row in desk.cache.rows(chat)]
    assert len(known) == 3
    assert [last] == desk.unsent()
    desk.wire.is_offline = False
    desk.run(120)
    assert desk.on_the_server()[chat] == [1]


def said(when: datetime) -> ThreadRow:
    return ThreadRow(RowKey("row"), replace(a_message("m", 0), created_at=when, sent_at=when))


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize(
    ("before", "words"),
    [
        # 01:50, ten minutes before the clocks go forward to 03:00; 02:50, ten before they go back to 02:00.
        (datetime(2026, 3, 29, 0, 50, tzinfo=UTC), ("Today 01:50", "Today 03:10")),
        (datetime(2026, 10, 25, 0, 50, tzinfo=UTC), ("Today 02:50", "Today 02:10")),
    ],
)
def test_when_summer_time_begins_or_ends_twenty_minutes_are_twenty_minutes(
    before: datetime, words: tuple[str, str]
) -> None:
    after = before + timedelta(minutes=20)
    assert not needs_heading(said(before), said(after))
    assert needs_heading(said(before), said(before + timedelta(minutes=31)))
    assert (time_heading(before, after), time_heading(after, after)) == words


@pytest.mark.timeout(0 if IS_FULL else 300)
def test_a_sleep_in_the_midst_of_requests_whose_lines_are_cut_loses_and_repeats_nothing(
    tmp_path: Path,
) -> None:
    seed = the_seed()
    options = SandboxOptions(chats=12, messages=2, seed=seed, speed="fast")
    with SandboxServer(options) as sandbox, Killer(sandbox, tmp_path, seed) as killer:
        killer.let_sleep(SLEEPS_S)
        verdict = killer.judge()
    assert verdict.is_clean, f"seed {seed}: {verdict}"
    assert verdict.accepted == verdict.received > 0
    note(
        "stopped (SIGSTOP) in the midst of requests whose lines the server cuts",
        f"{len(SLEEPS_S)} times for up to {max(SLEEPS_S):g} s, {verdict.accepted} accepted; 0 lost, 0 twice, "
        f"0 out of order; seed {seed}",
    )
