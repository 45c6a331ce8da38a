import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.outgoing import Draft
from linqdesk.local.journal import JournalFile
from linqdesk.services.outbox_journal import KeptJournal
from tests.local.unsent import ACCOUNT, ANA, unsent


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


@pytest.fixture
async def journal(path: Path) -> AsyncIterator[KeptJournal]:
    made = KeptJournal(lambda: JournalFile(path))
    made.account = ACCOUNT
    yield made
    await made.close()


async def test_changes_are_made_in_the_order_in_which_they_were_asked_for(journal: KeptJournal) -> None:
    assert await journal.open() is None
    await asyncio.gather(*(journal.add([unsent(number)]) for number in range(20)))
    journal.note_draft(ANA, Draft("first"))
    journal.note_draft(ANA, Draft("then"))
    await journal.update([unsent(3, "changed")])
    await journal.remove(unsent(0).local_id)
    kept = await journal.load()
    texts = [each.text for each in kept.messages]
    assert texts[:4] == ["message 1", "message 2", "changed", "message 4"]
    assert kept.drafts == ((ANA, Draft("then")),)


async def test_what_was_asked_for_is_written_before_it_closes(path: Path) -> None:
    journal = KeptJournal(lambda: JournalFile(path))
    journal.account = ACCOUNT
    journal.note_draft(ANA, Draft("the last word"))
    await journal.close()
    with JournalFile(path) as file:
        assert file.load(ACCOUNT).drafts == ((ANA, Draft("the last word")),)


async def test_a_demo_leaves_nothing(journal: KeptJournal) -> None:
    await journal.add([unsent(1)])
    await journal.forget_account(ACCOUNT)
    assert (await journal.load()).messages == ()


async def test_a_disk_that_refuses_refuses_messages_and_is_noted_for_drafts(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("no folder")
    journal = KeptJournal(lambda: JournalFile(tmp_path / "file" / "journal.sqlite3"))
    with caplog.at_level(logging.WARNING):
        with pytest.raises(LocalFaultError):
            await journal.add([unsent(1)])
        journal.note_draft(ANA, Draft("a secret"))
        await journal.close()
    assert "a draft was not kept" in caplog.text
    assert "a secret" not in caplog.text


@pytest.fixture
def damaged(path: Path) -> Path:
    path.write_bytes(b"no database" * 1_000)
    return path


async def test_a_rescue_is_told(damaged: Path) -> None:
    journal = KeptJournal(lambda: JournalFile(damaged))
    assert "damaged" in (await journal.open() or "")
    await journal.close()
