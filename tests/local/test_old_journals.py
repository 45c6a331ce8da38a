"""Journals as earlier versions of the program wrote them, each a dump made by that version's code."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from linqdesk.domain.errors import NotAllowedError, OutcomeUnknownError
from linqdesk.domain.message import Effect
from linqdesk.domain.outgoing import Draft, OutgoingLink, OutgoingMessage, OutgoingState
from linqdesk.domain.outgoing_files import DraftFile, DraftText
from linqdesk.domain.service import Service
from linqdesk.local.journal import JournalFile
from linqdesk.local.journal_rescue import SCHEMA
from tests.local.unsent import ACCOUNT, ANA

DUMPS = sorted(Path(__file__).with_name("old_journals").glob("schema_*.sql"))


def opened(dump: Path, folder: Path) -> JournalFile:
    path = folder / "journal.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(dump.read_text("utf-8"))
    return JournalFile(path)


def unsent_of(dump: Path, folder: Path) -> tuple[OutgoingMessage, ...]:
    with opened(dump, folder) as journal:
        assert journal.rescue is None
        kept = journal.load(ACCOUNT)
    assert kept.unreadable_count == 0
    return kept.messages


def test_a_journal_of_every_schema_is_pinned() -> None:
    assert {int(each.name.split("_")[1]) for each in DUMPS} == set(range(1, SCHEMA + 1))


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.stem)
def test_what_an_earlier_version_left_unsent_is_all_there(dump: Path, tmp_path: Path) -> None:
    first, second, third, fourth, *_ = messages = unsent_of(dump, tmp_path)
    assert [each.created_at.minute for each in messages] == list(range(1, len(messages) + 1))
    assert (first.text, second.text, fourth.text) == ("Is it ready? 👍🏽", "second", "hello, new chat")
    assert third.content.parts == (OutgoingLink("https://example.com/bikes"),)
    assert (first.state, first.attempts) == (OutgoingState.UNCONFIRMED, 2)
    assert isinstance(first.failure, OutcomeUnknownError)
    assert second.content.effect == Effect("screen", "confetti")
    assert second.content.preferred_service is Service.SMS
    assert third.state is OutgoingState.FAILED
    assert isinstance(third.failure, NotAllowedError)
    assert third.failure.details.code == 2024
    assert fourth.begins is not None
    assert fourth.begins.group_name == "Riders"


def test_files_that_an_earlier_version_left_unsent_are_there(tmp_path: Path) -> None:
    dump = next(each for each in DUMPS if each.stem == "schema_1_files")
    *_, file, memo = unsent_of(dump, tmp_path)
    assert [each.name for each in file.content.files] == ["offer.pdf"]
    assert memo.content.voice_memo is not None
    assert memo.content.voice_memo.duration_ms == 1_500
    assert memo.state is OutgoingState.UNCONFIRMED


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.stem)
def test_the_draft_of_an_earlier_version_is_there(dump: Path, tmp_path: Path) -> None:
    with opened(dump, tmp_path) as journal:
        ((chat, draft),) = journal.load(ACCOUNT).drafts
    assert chat == ANA
    assert isinstance(draft, Draft)
    assert (draft.text, draft.cursor) == ("half a thought", 4)
    expected = [DraftFile, DraftText] if dump.stem.endswith("files") else []
    assert [type(each) for each in draft.tray] == expected
