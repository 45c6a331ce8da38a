import os
import resource
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import FileKey
from linqdesk.domain.outgoing import Content, Draft, OutgoingState
from linqdesk.domain.outgoing_files import DraftFile, OutgoingVoiceMemo
from linqdesk.local.journal import JournalFile
from linqdesk.local.journal_rescue import copy_path, seal
from tests.domain.files import a_file
from tests.local.unsent import ACCOUNT, ANA, unsent


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "unsent" / "journal.sqlite3"


@pytest.fixture
def journal(path: Path) -> Iterator[JournalFile]:
    with JournalFile(path) as opened:
        yield opened


def kept(path: Path) -> list[str]:
    with JournalFile(path) as journal:
        return [each.text for each in journal.load(ACCOUNT).messages]


def test_messages_come_back_in_order_and_as_they_stood_last(path: Path) -> None:
    with JournalFile(path) as journal:
        journal.add(ACCOUNT, [unsent(3), unsent(1)])
        journal.add(ACCOUNT, [unsent(2)])
        journal.update([replace(unsent(1), state=OutgoingState.SENDING, attempts=1)])
    with JournalFile(path) as journal:
        messages = journal.load(ACCOUNT).messages
    assert [each.text for each in messages] == ["message 3", "message 1", "message 2"]
    assert [each.state for each in messages] == ["queued", "sending", "queued"]


def test_what_was_sent_is_forgotten_and_does_not_come_back(path: Path) -> None:
    with JournalFile(path) as journal:
        journal.add(ACCOUNT, [unsent(1, "a secret of the customer"), unsent(2)])
        journal.remove(unsent(1).local_id, [replace(unsent(2), attempts=5)])
        journal.update([unsent(1)])
        assert [each.attempts for each in journal.load(ACCOUNT).messages] == [5]
    assert b"a secret of the customer" not in path.read_bytes()


def test_messages_are_kept_all_or_none(journal: JournalFile) -> None:
    journal.add(ACCOUNT, [unsent(1)])
    with pytest.raises(LocalFaultError):
        journal.add(ACCOUNT, [unsent(2), unsent(1)])
    assert [each.text for each in journal.load(ACCOUNT).messages] == ["message 1"]


def test_accounts_do_not_see_each_other(journal: JournalFile) -> None:
    journal.add(ACCOUNT, [unsent(1)])
    journal.save_draft(ACCOUNT, ANA, Draft("hm"))
    assert journal.load("another") == type(journal.load("another"))()
    journal.forget_account(ACCOUNT)
    assert journal.load(ACCOUNT).messages == ()
    assert journal.load(ACCOUNT).drafts == ()


def test_a_draft_is_kept_until_it_is_empty_or_sent(journal: JournalFile) -> None:
    journal.save_draft(ACCOUNT, ANA, Draft("Dear"))
    journal.save_draft(ACCOUNT, ANA, Draft("Dear Ana", cursor=8))
    assert journal.load(ACCOUNT).drafts == ((ANA, Draft("Dear Ana", cursor=8)),)
    journal.add(ACCOUNT, [unsent(1, "Dear Ana")])
    assert journal.load(ACCOUNT).drafts == ()
    journal.save_draft(ACCOUNT, ANA, Draft("more"))
    journal.save_draft(ACCOUNT, ANA, None)
    assert journal.load(ACCOUNT).drafts == ()


def test_only_its_owner_may_read_it(path: Path, journal: JournalFile) -> None:
    journal.add(ACCOUNT, [unsent(1)])
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()} == {0o600}


@contextmanager
def no_room_beyond(size_bytes: int) -> Iterator[None]:
    """Let no file grow further, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_refuses_with_words_and_keeps_what_was_there(journal: JournalFile) -> None:
    journal.add(ACCOUNT, [unsent(1)])
    with no_room_beyond(1), pytest.raises(LocalFaultError, match="cannot be kept safe"):
        journal.add(ACCOUNT, [unsent(2)])
    assert [each.text for each in journal.load(ACCOUNT).messages] == ["message 1"]
    journal.add(ACCOUNT, [unsent(3)])
    assert [each.text for each in journal.load(ACCOUNT).messages] == ["message 1", "message 3"]


def test_what_could_not_be_removed_goes_with_the_next_change(journal: JournalFile) -> None:
    journal.add(ACCOUNT, [unsent(1), unsent(2)])
    with no_room_beyond(1), pytest.raises(LocalFaultError):
        journal.remove(unsent(1).local_id)
    journal.update([unsent(2)])
    assert [each.text for each in journal.load(ACCOUNT).messages] == ["message 2"]


def test_a_newer_schema_is_refused_and_left_alone(path: Path) -> None:
    with JournalFile(path) as journal:
        journal.add(ACCOUNT, [unsent(1)])
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 2")
    with pytest.raises(LocalFaultError, match="newer version"):
        JournalFile(path)
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 1")
    assert kept(path) == ["message 1"]


def test_a_second_process_is_refused(path: Path, journal: JournalFile) -> None:
    journal.add(ACCOUNT, [unsent(1)])
    with pytest.raises(LocalFaultError):
        JournalFile(path)


def test_what_this_version_cannot_read_stays_and_is_counted(path: Path) -> None:
    with JournalFile(path) as journal:
        journal.add(ACCOUNT, [unsent(1), unsent(2)])
        journal.save_draft(ACCOUNT, ANA, Draft("hm"))
    with closing(sqlite3.connect(path)) as database, database:
        database.create_function("seal", 3, seal)
        database.execute(
            "UPDATE unsent SET body = '{}', seal = seal(local_id, account, '{}') WHERE position = 1"
        )
        database.execute("UPDATE drafts SET body = '{}', seal = seal(account, chat_id, '{}')")
    with JournalFile(path) as journal:
        loaded = journal.load(ACCOUNT)
    assert [each.text for each in loaded.messages] == ["message 2"]
    assert loaded.unreadable_count == 2


def test_a_closed_journal_says_that_it_cannot_keep(path: Path) -> None:
    journal = JournalFile(path)
    journal.close()
    with pytest.raises(LocalFaultError):
        journal.add(ACCOUNT, [unsent(1)])


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "unsent").write_text("a file where the folder should be")
    with pytest.raises(LocalFaultError):
        JournalFile(tmp_path / "unsent" / "journal.sqlite3")


def test_a_copy_is_made_at_once_and_again_after_a_day(path: Path) -> None:
    with JournalFile(path) as journal:
        journal.add(ACCOUNT, [unsent(1)])
        day_old = copy_path(path).stat().st_mtime - 25 * 3_600
        os.utime(copy_path(path), (day_old, day_old))
        journal.add(ACCOUNT, [unsent(2)])
        assert copy_path(path).stat().st_mtime > day_old
    assert kept(copy_path(path)) == ["message 1", "message 2"]


def test_every_file_that_something_needs_is_mentioned_whoever_it_belongs_to(tmp_path: Path) -> None:
    keys = [FileKey(f"{number:032x}.png") for number in range(3)]
    files = [replace(a_file(), key=key) for key in keys]
    with JournalFile(tmp_path / "journal.sqlite3") as journal:
        journal.add(ACCOUNT, [replace(unsent(1), content=Content((files[0],)))])
        journal.add(
            "https://other.test", [replace(unsent(2), content=Content((OutgoingVoiceMemo(files[1]),)))]
        )
        journal.save_draft(ACCOUNT, ANA, Draft("", tray=(DraftFile(files[2]),)))
        assert journal.mentions() == frozenset(keys)
