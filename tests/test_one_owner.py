import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from linqdesk.domain.errors import LocalFaultError
from linqdesk.one_owner import Ownership
from tests.faults.figures import IS_FULL, note

STARTS = 50 if IS_FULL else 4
OWNER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from linqdesk.one_owner import Ownership
application = QCoreApplication([])
ownership = Ownership(Path(sys.argv[1]))
print("yes" if ownership.take() else "no", flush=True)
sys.stdin.read()
"""


def start(folder: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", OWNER, str(folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def answer(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.fixture
def owner(qtbot: QtBot, tmp_path: Path) -> Iterator[Ownership]:
    del qtbot
    ownership = Ownership(tmp_path)
    assert ownership.take()
    yield ownership
    ownership.release()


def test_a_second_start_does_not_own_and_raises_the_first(
    owner: Ownership, qtbot: QtBot, tmp_path: Path
) -> None:
    raised: list[bool] = []
    owner.when_raised(lambda: raised.append(True))
    second = start(tmp_path)
    try:
        qtbot.waitUntil(lambda: bool(raised), timeout=20_000)
        assert answer(second) == "no"
    finally:
        second.communicate()


def test_the_lock_of_a_killed_program_is_taken_over(qtbot: QtBot, tmp_path: Path) -> None:
    del qtbot
    killed = start(tmp_path)
    assert answer(killed) == "yes"
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    ownership = Ownership(tmp_path)
    assert ownership.take()
    ownership.release()


@pytest.mark.parametrize("said", [b"", b"rais", b"raise!", b"RAISE", b"raise" * 100, b"\0" * 64])
def test_the_socket_understands_nothing_but_raise(owner: Ownership, qtbot: QtBot, said: bytes) -> None:
    raised: list[bool] = []
    owner.when_raised(lambda: raised.append(True))
    for each in (said, b"raise"):
        say(owner, qtbot, each)
    assert raised == [True]


def say(owner: Ownership, qtbot: QtBot, words: bytes) -> None:
    """Say something to the owner, and wait until it has hung up."""
    socket = QLocalSocket()
    socket.connectToServer(owner.address)
    assert socket.waitForConnected(1_000)
    socket.write(words)
    socket.flush()
    if words:
        qtbot.waitUntil(lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState)


def test_of_many_starts_one_owns(tmp_path: Path) -> None:
    processes = [start(tmp_path) for _ in range(STARTS)]
    answers = [answer(each) for each in processes]
    for each in processes:
        each.communicate()
    assert sorted(answers) == ["no"] * (STARTS - 1) + ["yes"]
    note(f"{STARTS} starts at once on one folder", "exactly one owner")


def test_a_folder_that_cannot_be_made_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    del qtbot
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(LocalFaultError):
        Ownership(tmp_path / "file")
