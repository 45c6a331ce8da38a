from pathlib import Path

import pytest

from linqdesk.domain.chat import Line
from linqdesk.domain.contacts import Contact, ContactBook
from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import ChatId, Handle
from linqdesk.local.contacts_file import load_contacts, save_contacts
from linqdesk.services.address_book import AddressBook, ImportReport
from linqdesk.services.task_scope import TaskScope
from linqdesk.store.cache import Cache
from tests.journeys.outside import until
from tests.store.messages import ANA, LINE, a_chat

CARDS = """BEGIN:VCARD
VERSION:3.0
FN:Ana from the card
TEL:{ana}
TEL:(415) 555-0199
EMAIL:Ana@Example.com
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Nobody at all
TEL:12
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:
TEL:+14155550177
END:VCARD
"""


@pytest.fixture
def cache() -> Cache:
    made = Cache()
    made.merge_chats([a_chat()])
    made.set_lines((Line("l", LINE),))
    return made


@pytest.fixture
def book(cache: Cache, tmp_path: Path) -> AddressBook:
    made = AddressBook(cache, TaskScope("test"))
    made.keep_in(tmp_path / "contacts.json")
    return made


def ana(cache: Cache) -> Handle:
    summary = cache.summary(ANA)
    assert summary is not None
    return summary.chat.others[0].handle


async def test_names_are_there_after_a_restart(cache: Cache, book: AddressBook, tmp_path: Path) -> None:
    who = ana(cache)
    assert cache.name_of(who) == "Ana Ruiz"
    book.take(book.book.with_contact(who, Contact("Ana, bakery")))
    book.take(book.book.with_chat_note(ChatId("g"), "x"))
    assert cache.name_of(who) == "Ana, bakery"
    await until(lambda: book.is_idle, "the book is kept")
    fresh = Cache()
    again = AddressBook(fresh, TaskScope("test"))
    again.keep_in(tmp_path / "contacts.json")
    await again.load()
    assert again.book == book.book
    assert fresh.name_of(who) == "Ana, bakery"
    book.take(book.book.with_contact(who, Contact()))
    assert cache.name_of(who) == "Ana Ruiz"


async def test_a_damaged_file_is_told_and_the_book_begins_anew(book: AddressBook, tmp_path: Path) -> None:
    (tmp_path / "contacts.json").write_text("{")
    await book.load()
    assert isinstance(book.fault, LocalFaultError)
    assert book.book == ContactBook()
    book.take(book.book.with_chat_note(ChatId("g"), "x"))
    await until(lambda: book.is_idle, "the book is kept")
    assert book.fault is None
    assert load_contacts(tmp_path / "contacts.json") == book.book


async def test_a_disk_that_takes_nothing_is_told_and_nothing_is_lost(
    book: AddressBook, tmp_path: Path
) -> None:
    (tmp_path / "contacts.json").mkdir()
    book.take(book.book.with_chat_note(ChatId("g"), "x"))
    await until(lambda: book.is_idle, "the book is kept")
    assert book.fault is not None
    (tmp_path / "contacts.json").rmdir()
    book.take(book.book.with_chat_note(ChatId("h"), "y"))
    await until(lambda: book.is_idle, "the book is kept")
    assert load_contacts(tmp_path / "contacts.json").chat_notes == {"g": "x", "h": "y"}


async def test_what_is_loaded_once_is_not_read_again(cache: Cache, tmp_path: Path) -> None:
    book = AddressBook(cache, TaskScope("test"))
    await book.load()
    save_contacts(tmp_path / "c.json", ContactBook({}, {ChatId("g"): "x"}))
    book.keep_in(tmp_path / "c.json")
    await book.load()
    book.take(book.book.with_chat_note(ChatId("h"), "y"))
    await book.load()
    assert set(book.book.chat_notes) == {"g", "h"}
    await until(lambda: book.is_idle, "the book is kept")


async def test_an_import_names_people_and_leaves_the_desks_own_names(
    cache: Cache, book: AddressBook, tmp_path: Path
) -> None:
    who = ana(cache)
    book.take(book.book.with_contact(who, Contact("Our Ana", "tea")))
    file = tmp_path / "people.vcf"
    file.write_text(CARDS.format(ana=who))
    assert await book.take_vcards(file) == ImportReport(named_count=2, kept_count=1, useless_count=2)
    assert cache.name_of(who) == "Our Ana"
    assert cache.name_of(Handle("+14155550199")) == "Ana from the card"
    assert cache.name_of(Handle("ana@example.com")) == "Ana from the card"
    await until(lambda: book.is_idle, "the book is kept")
    with pytest.raises(LocalFaultError):
        await book.take_vcards(tmp_path / "nowhere.vcf")
