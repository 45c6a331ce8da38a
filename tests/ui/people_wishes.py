"""Takes the place of the services for people and groups: remembers what was asked for."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from linqdesk.domain.contacts import Contact, ContactBook
from linqdesk.domain.errors import LinqDeskError, LocalFaultError
from linqdesk.domain.group_changes import GroupChange
from linqdesk.domain.ids import ChatId, Handle
from linqdesk.services.address_book import ImportReport
from linqdesk.store.cache import Cache

Done = Callable[[LinqDeskError | None], None]


class PeopleWishes:
    """Remembers what was asked about people and groups; names and notes hold at once."""

    contacts_fault: LocalFaultError | None = None

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._book = ContactBook()
        self.changes: list[tuple[ChatId, GroupChange, Path | None, Done]] = []
        self.shares: list[tuple[ChatId, Done]] = []
        self.imports: list[tuple[Path, Callable[[ImportReport | LinqDeskError], None]]] = []

    @property
    def named_count(self) -> int:
        return len(self._book.names())

    def change_group(
        self, chat_id: ChatId, change: GroupChange, done: Done, *, icon: Path | None = None
    ) -> None:
        pending = self._cache.add_group_change(chat_id, change)

        def over(error: LinqDeskError | None) -> None:
            self._cache.drop_group_change(chat_id, pending)
            done(error)

        self.changes.append((chat_id, change, icon, over))

    def share_contact_card(self, chat_id: ChatId, done: Done) -> None:
        self.shares.append((chat_id, done))

    def card_shared_at(self, chat_id: ChatId) -> datetime | None:
        return self._book.shared_at.get(chat_id)

    def note_share(self, chat_id: ChatId, when: datetime) -> None:
        self._book = self._book.with_share(chat_id, when)

    def contact(self, handle: Handle) -> Contact:
        return self._book.contacts.get(handle, Contact())

    def keep_contact(self, handle: Handle, contact: Contact) -> None:
        self._book = self._book.with_contact(handle, contact)
        self._cache.set_names(self._book.names())

    def chat_note(self, chat_id: ChatId) -> str:
        return self._book.chat_notes.get(chat_id, "")

    def keep_chat_note(self, chat_id: ChatId, note: str) -> None:
        self._book = self._book.with_chat_note(chat_id, note)

    def import_contacts(self, file: Path, done: Callable[[ImportReport | LinqDeskError], None]) -> None:
        self.imports.append((file, done))
