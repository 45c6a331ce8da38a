"""Damage to the journal's write-ahead log, which SQLite itself passes over in silence."""

import shutil
import sys
from pathlib import Path
from random import Random

from linqdesk.domain.outgoing import OutgoingState
from linqdesk.local.journal import JournalFile
from tests.faults.figures import IS_FULL, note, the_seed
from tests.local.unsent import ACCOUNT, unsent

OFFSETS = 200 if IS_FULL else 25
WRITTEN, SENT = 30, 10


def killed(folder: Path) -> Path:
    """Return a journal as a kill leaves it: all of its messages in the log, the first ten sent since."""
    live = folder / "live" / "journal.sqlite3"
    with JournalFile(live) as journal:
        for number in range(WRITTEN):
            journal.add(ACCOUNT, [unsent(number, f"{number} " + "x" * 500)])
        for number in range(SENT):
            journal.remove(unsent(number).local_id)
        left = folder / "left"
        shutil.copytree(live.parent, left)
    return left / live.name


def log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def spoil(log: Path, chance: Random) -> str:
    raw = bytearray(log.read_bytes())
    at = chance.randrange(len(raw))
    kind = chance.choice(("flip", "zero", "cut"))
    if kind == "flip":
        raw[at] ^= 1 << chance.randrange(8)
    elif kind == "zero":
        page = at - at % 4_096
        raw[page : page + 4_096] = bytes(len(raw[page : page + 4_096]))
    else:
        del raw[at:]
    log.write_bytes(raw)
    return f"{kind} at {at} of {len(raw)}"


def test_a_log_damaged_anywhere_opens_and_sends_nothing_unasked_that_may_have_gone(tmp_path: Path) -> None:
    seed = the_seed()
    chance = Random(seed)
    path = killed(tmp_path)
    kept = {unsent(number).local_id for number in range(WRITTEN)}
    sent = {unsent(number).local_id for number in range(SENT)}
    told = asked = 0
    for _ in range(OFFSETS):
        shutil.rmtree(tmp_path / "try", ignore_errors=True)
        attempt = shutil.copytree(path.parent, tmp_path / "try") / path.name
        what = spoil(log_of(attempt), chance)
        with JournalFile(attempt) as journal:
            messages = journal.load(ACCOUNT).messages
            rescue = journal.rescue
        assert {each.local_id for each in messages} <= kept, f"seed {seed}, {what}"
        if rescue is None:
            # Cut short, or hit in its very last frame: an earlier state, each message under its own key.
            assert "cut" in what or len(messages) <= WRITTEN - SENT + 1, f"seed {seed}, {what}"
            continue
        told += 1
        back = [each for each in messages if each.local_id in sent]
        assert all(each.state is OutgoingState.FAILED for each in back), f"seed {seed}, {what}"
        asked += len(back)
    sys.stderr.write(f"told {told} times\n")
    assert told > OFFSETS / 3
    note(
        "journal's log damaged (bits, pages, cuts)",
        f"{OFFSETS} offsets: opened each time, damage told {told} times, {asked} sent messages came back "
        f"and all were asked about; seed {seed}",
    )


def test_a_log_that_a_kill_left_is_sound(tmp_path: Path) -> None:
    path = killed(tmp_path)
    with log_of(path).open("ab") as log:
        log.write(b"half a frame")
    with JournalFile(path) as journal:
        assert journal.rescue is None
        assert len(journal.load(ACCOUNT).messages) == WRITTEN - SENT


def test_what_comes_out_of_a_damaged_log_is_asked_about(tmp_path: Path) -> None:
    path = killed(tmp_path)
    with log_of(path).open("r+b") as log:
        log.seek(log_of(path).stat().st_size // 2)
        log.write(b"?")
    with JournalFile(path) as journal:
        messages = journal.load(ACCOUNT).messages
        assert journal.rescue is not None
    assert messages
    assert all("damaged" in str(each.failure) for each in messages)
