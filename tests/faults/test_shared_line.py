"""Two programs on one line: what both send stays below Linq's limit of 30 messages a minute to a customer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from linqdesk.sandbox.options import SandboxOptions
from tests.faults.desk import Desk
from tests.faults.figures import note


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path, SandboxOptions(chats=3, messages=1, seed=3))
    yield made
    made.close()


@pytest.mark.parametrize(("theirs", "is_open"), [(20, True), (20, False), (30, False)])
def test_a_colleagues_burst_and_ours_meet_no_limit(desk: Desk, theirs: int, *, is_open: bool) -> None:
    chat = desk.chats[0]
    desk.run(30)
    if is_open:
        desk.open_chat(chat)
        desk.run(5)
    desk.write_elsewhere(chat, theirs)
    # A list that is not open is read every ten seconds at the latest.
    desk.run(3 if is_open else 11)
    for _ in range(20):
        desk.write(chat, desk.text)
    desk.run(130)
    assert desk.on_the_server()[chat] == list(range(1, 21))
    assert desk.wire.limited == 0
    note(f"burst of {theirs} elsewhere, then 20 here, {'open' if is_open else 'not open'}", "0 of 429")


def test_a_burst_in_the_midst_of_ours_is_seen_before_the_minute_is_full(desk: Desk) -> None:
    chat = desk.chats[0]
    desk.run(30)
    for _ in range(10):
        desk.write(chat, desk.text)
        desk.run(1)
    desk.write_elsewhere(chat, 18)
    for _ in range(20):
        desk.write(chat, desk.text)
    desk.run(200)
    assert desk.on_the_server()[chat] == list(range(1, 31))
    assert desk.wire.limited == 0


@pytest.mark.parametrize("set_by_s", [86_400.0, -86_400.0])
def test_a_clock_that_is_wrong_by_a_day_changes_nothing(desk: Desk, set_by_s: float) -> None:
    chat = desk.chats[0]
    desk.kill()
    desk.clock.set_by_s = set_by_s
    desk.start()
    desk.run(5)
    desk.write_elsewhere(chat, 20)
    desk.run(11)
    for _ in range(20):
        desk.write(chat, desk.text)
    desk.run(70)
    assert len(desk.on_the_server()[chat]) == 20
    assert desk.wire.limited == 0
