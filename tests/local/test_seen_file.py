from datetime import UTC, datetime
from pathlib import Path

import pytest

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import ChatId
from linqdesk.domain.seen import SeenMark
from linqdesk.local.seen_file import SeenFile

ANA, BEN = ChatId("ana"), ChatId("ben")
AT = datetime(2026, 3, 1, 12, 30, 5, 123456, tzinfo=UTC)
MARKS = {ANA: SeenMark((AT, "m1")), BEN: SeenMark(None, is_unread=True)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "read" / "seen.sqlite3"


def test_marks_are_kept_per_account(path: Path) -> None:
    file = SeenFile(path)
    file.save("one", MARKS)
    file.save("two", {ANA: SeenMark((AT, "m2"))})
    assert SeenFile(path).load("one") == MARKS
    assert SeenFile(path).load("two") == {ANA: SeenMark((AT, "m2"))}
    assert SeenFile(path).load("three") == {}


def test_the_newest_mark_of_a_chat_counts(path: Path) -> None:
    file = SeenFile(path)
    file.save("one", MARKS)
    file.save("one", {BEN: SeenMark((AT, "m9"))})
    assert file.load("one")[BEN] == SeenMark((AT, "m9"))


def test_a_forgotten_account_leaves_no_trace(path: Path) -> None:
    file = SeenFile(path)
    file.forget("one")
    file.save("one", MARKS)
    file.save("two", MARKS)
    file.forget("one")
    assert file.load("one") == {}
    assert file.load("two") == MARKS
    file.forget("two")
    assert b"ana" not in path.read_bytes()


def test_only_the_owner_may_read_it(path: Path) -> None:
    SeenFile(path).save("one", MARKS)
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_damaged_file_starts_anew(path: Path) -> None:
    file = SeenFile(path)
    file.save("one", MARKS)
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(LocalFaultError):
        file.save("one", MARKS)
    assert file.load("one") == {}
    file.save("one", MARKS)
    assert file.load("one") == MARKS


def test_a_time_that_means_nothing_is_passed_over(path: Path) -> None:
    import sqlite3
    from contextlib import closing

    file = SeenFile(path)
    file.save("one", MARKS)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE seen SET sent_at = 'yesterday' WHERE chat_id = 'ana'")
    assert file.load("one") == {BEN: MARKS[BEN]}


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "read").write_text("a file stands where the folder should")
    with pytest.raises(LocalFaultError):
        SeenFile(tmp_path / "read" / "seen.sqlite3").load("one")
