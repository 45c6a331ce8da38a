"""What the state machine found, each as short as it could be made."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from linqdesk.sandbox.options import SandboxOptions
from tests.faults.desk import Desk

# Who is killed closes nothing.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path, SandboxOptions(chats=5, messages=1, seed=3))
    yield made
    made.close()


def test_a_file_discarded_on_a_full_disk_is_whole_when_a_crash_brings_its_message_back(desk: Desk) -> None:
    desk.run(5)
    desk.wire.is_offline = True
    desk.write(desk.chats[0], desk.file)
    desk.run(1)
    desk.journal.is_full = True
    desk.discard(desk.unsent()[0])
    desk.step(60)
    desk.kill()
    assert desk.drain()
    assert desk.on_the_server()[desk.chats[0]] == [1]


def test_a_file_that_a_sign_in_page_took_in_gets_there_in_the_end(desk: Desk) -> None:
    desk.run(5)
    # The slot is given, the bytes go to the sign-in page, and so does what is asked afterwards.
    desk.wire.writes.extend(["none", "portal", "500", "500", "500"])
    desk.write(desk.chats[0], desk.file)
    desk.run(20)
    assert desk.drain(limit_s=3_600)
    assert desk.on_the_server()[desk.chats[0]] == [1]
