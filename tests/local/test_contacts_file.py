import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from linqdesk.domain.contacts import MAX_NAME, MAX_NOTE, Contact, ContactBook
from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import ChatId, Handle
from linqdesk.local.contacts_file import load_contacts, save_contacts

ANA = Handle("+14155550134")
BOOK = (
    ContactBook()
    .with_contact(ANA, Contact("Ana \n Ruiz ", "Likes tea.\nTwo dogs. "))
    .with_chat_note(ChatId("g"), "Every Saturday")
    .with_share(ChatId("g"), datetime(2026, 3, 1, tzinfo=UTC))
)


def test_a_book_comes_back_as_it_was_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    file = tmp_path / "data" / "contacts.json"
    assert load_contacts(file) == ContactBook()
    save_contacts(file, BOOK)
    assert load_contacts(file) == BOOK
    assert BOOK.contacts[ANA] == Contact("Ana Ruiz", "Likes tea.\nTwo dogs.")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [each.name for each in file.parent.iterdir()] == ["contacts.json"]


def test_what_is_empty_is_forgotten_and_what_is_long_is_cut() -> None:
    assert BOOK.with_contact(ANA, Contact(" ", "")).contacts == {}
    assert BOOK.with_chat_note(ChatId("g"), " ").chat_notes == {}
    long = BOOK.with_contact(ANA, Contact("n" * 999, "x" * 9_999)).contacts[ANA]
    assert (len(long.name), len(long.note)) == (MAX_NAME, MAX_NOTE)


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_file_is_set_aside_and_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "contacts.json"
    file.write_bytes(content)
    with pytest.raises(LocalFaultError, match=r"now contacts\.broken\.json"):
        load_contacts(file)
    assert (tmp_path / "contacts.broken.json").read_bytes() == content


def test_what_makes_no_sense_in_the_file_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "contacts.json"
    file.write_text(
        '{"contacts": {"+1415": 5, "+1416": {"name": 7}}, "chat_notes": [], "shared_at": '
        '{"a": "soon", "b": 5, "c": "2026-03-01T12:00:00"}}'
    )
    assert load_contacts(file) == ContactBook({Handle("+1416"): Contact()})
    file.write_text("[]")
    assert load_contacts(file) == ContactBook()


def test_a_file_that_cannot_be_read_or_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "contacts.json").mkdir()
    with pytest.raises(LocalFaultError, match="could not be read"):
        load_contacts(tmp_path / "contacts.json")
    with pytest.raises(LocalFaultError, match="could not be saved"):
        save_contacts(tmp_path / "contacts.json", BOOK)
    giant = tmp_path / "giant.json"
    with giant.open("wb") as opened:
        opened.truncate(50_000_001)
    with pytest.raises(LocalFaultError, match="too large"):
        load_contacts(giant)
