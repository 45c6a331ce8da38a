"""What is secret is told nowhere while everything goes wrong: the token, what was said, signed addresses."""

import logging
from pathlib import Path

import psutil
import pytest
from PySide6.QtWidgets import QApplication

from linqdesk.local.log_files import start_log
from linqdesk.local.paths import find_paths
from linqdesk.sandbox.world import SANDBOX_TOKEN
from linqdesk.services.pace import Pace
from tests.faults.day import Day, Hour, Trouble
from tests.faults.day_customers import EVERY_MESSAGE
from tests.faults.day_desk import EVERY_ANSWER
from tests.faults.figures import IS_FULL, note, the_seed

_FULL = [
    Hour(20, happens=Trouble.SPOILT),
    Hour(20, happens=Trouble.OFFLINE),
    Hour(20, happens=Trouble.SPOILT),
]
_HOURS = _FULL if IS_FULL else [Hour(2, Pace.MINIMISED, 120, Trouble.SPOILT)]
# Uploads go to signed addresses.
_SIGNATURE = "Signature="
_SECRETS = (SANDBOX_TOKEN, EVERY_MESSAGE, EVERY_ANSWER, _SIGNATURE)
_MARK = "debugging is written down"


def _files_with(folder: Path, secret: str) -> list[str]:
    files = [each for each in folder.rglob("*") if each.is_file()]
    return [each.name for each in files if secret.encode() in each.read_bytes()]


@pytest.mark.timeout(0 if IS_FULL else 300)
def test_a_troubled_day_tells_no_secret(
    qapp: QApplication, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    paths = find_paths(tmp_path / "data")
    level, stop = logging.getLogger().level, start_log(paths, "debug")
    day = Day(qapp, paths.data_dir, the_seed(8), chats=12)
    try:
        told = day.live(_HOURS)
        logging.getLogger("linqdesk").debug(_MARK)
    finally:
        day.close()
        stop()
        logging.getLogger().setLevel(level)
    said = "".join(capfd.readouterr())
    process = psutil.Process()
    said += " ".join([*process.cmdline(), *process.environ().values()])
    assert told.sent > 0
    assert _files_with(paths.data_dir, _MARK) == [paths.log_file.name]
    assert not {each: found for each in _SECRETS if (found := _files_with(paths.data_dir, each))}
    assert not [each for each in _SECRETS if each in said]
    note(
        "secrets: token, texts both ways, signed addresses",
        "0 hits in log at DEBUG, files, stdout, stderr, arguments and environment after "
        f"{len(_HOURS)} hours of trouble, {told.written} messages in, {told.sent} out",
    )
