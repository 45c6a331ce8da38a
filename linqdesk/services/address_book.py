"""Names and notes as they are now: read once, written back one version after the other, told to the cache."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from linqdesk.domain.contacts import NOBODY, Contact, ContactBook
from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import Handle
from linqdesk.domain.typed_handle import read_handle
from linqdesk.local.contacts_file import load_contacts, save_contacts
from linqdesk.local.vcard_file import VCard, read_vcards
from linqdesk.services.task_scope import TaskScope
from linqdesk.store.cache import Cache


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of an import: handles that got a name, that kept the desk's, and cards without use."""

    named_count: int
    kept_count: int
    useless_count: int


class AddressBook:
    """Holds the book; the disk is touched in threads only. Without a file it lives in memory."""

    def __init__(self, cache: Cache, scope: TaskScope) -> None:
        """Start with an empty book and no file."""
        self._cache = cache
        self._scope = scope
        self._file: Path | None = None
        self._is_loaded = False
        self._is_saving = False
        self._saved = self.book = ContactBook()
        self.fault: LocalFaultError | None = None

    @property
    def is_idle(self) -> bool:
        """Whether the file holds what the book does."""
        return not self._is_saving

    def keep_in(self, file: Path) -> None:
        """Keep the book in a file; `load` reads it."""
        self._file, self._is_loaded = file, False

    async def load(self) -> None:
        """Read the book, once; `fault` says why that failed."""
        if self._is_loaded or self._file is None:
            return
        self._is_loaded = True
        try:
            told = await asyncio.to_thread(load_contacts, self._file)
        except LocalFaultError as fault:
            self.fault = fault
            return
        self._saved = self.book = told
        self._cache.set_names(told.names())

    def take(self, book: ContactBook) -> None:
        """Hold another version of the book, and keep it."""
        self.book = book
        self._cache.set_names(book.names())
        if self._file is not None and not self._is_saving and book != self._saved:
            self._is_saving = True
            self._scope.start(self._save(self._file), name="save names and notes")

    async def _save(self, file: Path) -> None:
        try:
            while self.book != self._saved:
                book = self.book
                await asyncio.to_thread(save_contacts, file, book)
                self._saved, self.fault = book, None
        except LocalFaultError as fault:
            self.fault = fault
        finally:
            self._is_saving = False

    async def take_vcards(self, file: Path) -> ImportReport:
        """Name people as a vCard file does; names that the desk gave stay.

        Raises:
            LocalFaultError: it cannot be read, or holds no card.
        """
        line = next((each.phone_number for each in self._cache.lines), None)
        names, useless_count = await asyncio.to_thread(_names_in, file, line)
        contacts = dict(self.book.contacts)
        fresh = {handle: name for handle, name in names.items() if not contacts.get(handle, NOBODY).name}
        for handle, name in fresh.items():
            contacts[handle] = Contact(name, contacts.get(handle, NOBODY).note)
        self.take(ContactBook(contacts, self.book.chat_notes, self.book.shared_at))
        return ImportReport(len(fresh), len(names) - len(fresh), useless_count)


def _names_in(file: Path, line: Handle | None) -> tuple[dict[Handle, str], int]:
    """Return the names in a file by handle, and how many of its cards name nobody who can be reached."""
    cards, useless_count = read_vcards(file)
    names: dict[Handle, str] = {}
    for card in cards:
        handles = _handles(card, line)
        useless_count += not handles
        for handle in handles:
            names.setdefault(handle, Contact(card.name).name)
    return names, useless_count


def _handles(card: VCard, line: Handle | None) -> list[Handle]:
    if not card.name:
        return []
    read = (read_handle(address, line).handle for address in card.addresses)
    return [handle for handle in read if handle is not None]
