import os
import sys
from pathlib import Path
from random import Random

import pytest

from linqdesk.domain.outgoing import Draft, OutgoingState
from linqdesk.local.journal import JournalFile
from linqdesk.local.journal_rescue import copy_path
from tests.faults.figures import note
from tests.local.unsent import ACCOUNT, ANA, unsent

OFFSETS = 200 if os.environ.get("LINQDESK_SOAK") == "full" else 20


def fill(path: Path, count: int = 40) -> None:
    """Keep messages in a file, the copy of which has them all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with JournalFile(path) as journal:
        journal.add(ACCOUNT, [unsent(number, f"{number} " + "x" * 900) for number in range(count)])
        journal.save_draft(ACCOUNT, ANA, Draft("half a thought"))
    copy_path(path).unlink()
    with JournalFile(path):
        pass


def spoil(path: Path, at: int, size: int = 64) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(bytes(byte ^ 0x5A for byte in path.read_bytes()[at : at + size]))


def test_a_journal_damaged_anywhere_gives_back_all_that_its_copy_has(tmp_path: Path) -> None:
    seed = int(os.environ.get("LINQDESK_SEED", "8"))
    sys.stderr.write(f"seed {seed}\n")
    chance = Random(seed)
    for number in range(OFFSETS):
        path = tmp_path / str(number) / "journal.sqlite3"
        fill(path)
        size = path.stat().st_size
        at = chance.randrange(size)
        if chance.random() < 0.5:
            spoil(path, at)
        else:
            os.truncate(path, at)
        with JournalFile(path) as journal:
            found = {each.local_id for each in journal.load(ACCOUNT).messages}
        assert found == {unsent(each).local_id for each in range(40)}, f"seed {seed}, offset {at} of {size}"
    note(
        "journal damaged (bits, cuts)",
        f"{OFFSETS} offsets: opened each time, all 40 unsent messages of the copy there; seed {seed}",
    )


@pytest.mark.timeout(60)
def test_a_journal_whose_rows_lead_in_a_circle_is_read_to_an_end(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    fill(path)
    # Cut here, a row's page is read as one that comes before it.
    os.truncate(path, 78_362)
    with JournalFile(path) as journal:
        assert journal.rescue is not None
        assert len(journal.load(ACCOUNT).messages) == 40


def test_a_damaged_journal_without_a_copy_gives_back_what_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    fill(path)
    copy_path(path).unlink()
    spoil(path, 9 * 4_096, 4_096)
    with JournalFile(path) as journal:
        rescue = journal.rescue
        messages = journal.load(ACCOUNT).messages
    assert rescue is not None
    assert 20 <= len(messages) < 40
    numbers = [int(each.text.split()[0]) for each in messages]
    assert numbers == sorted(numbers)
    assert f"{len(messages)} unsent messages" in rescue.words
    assert rescue.set_aside.exists()


def test_what_only_the_copy_has_is_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    fill(path)
    path.write_bytes(b"no database at all" * 1_000)
    with JournalFile(path) as journal:
        kept = journal.load(ACCOUNT)
    assert {each.state for each in kept.messages} == {OutgoingState.FAILED}
    assert "copy" in str(kept.messages[0].failure)
    assert kept.drafts == ((ANA, Draft("half a thought")),)


def test_a_sound_journal_is_not_rescued(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    fill(path)
    with JournalFile(path) as journal:
        assert journal.rescue is None
