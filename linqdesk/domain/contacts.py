"""What this desk knows of people beside what Linq tells: names, notes, and when a card was shared."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from linqdesk.domain.ids import ChatId, Handle

MAX_NAME = 100
MAX_NOTE = 4_000

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Contact:
    """What the desk calls somebody, and what it noted down; empty where it did not."""

    name: str = ""
    note: str = ""


NOBODY = Contact()


@dataclass(frozen=True, slots=True)
class ContactBook:
    """Contacts by handle; notes of groups and the times when our contact card was shared by chat."""

    contacts: Mapping[Handle, Contact] = field(default_factory=dict)
    chat_notes: Mapping[ChatId, str] = field(default_factory=dict)
    shared_at: Mapping[ChatId, datetime] = field(default_factory=dict)

    def names(self) -> dict[Handle, str]:
        """Return everybody's name, of those who have one."""
        return {handle: each.name for handle, each in self.contacts.items() if each.name}

    def with_contact(self, handle: Handle, contact: Contact) -> "ContactBook":
        """Return the book with somebody's entry; an empty one is none."""
        cut = Contact(" ".join(contact.name.split())[:MAX_NAME], contact.note.strip()[:MAX_NOTE])
        return replace(self, contacts=_with(self.contacts, handle, cut, is_kept=cut != NOBODY))

    def with_chat_note(self, chat_id: ChatId, note: str) -> "ContactBook":
        """Return the book with the note of a group; an empty one is none."""
        cut = note.strip()[:MAX_NOTE]
        return replace(self, chat_notes=_with(self.chat_notes, chat_id, cut, is_kept=bool(cut)))

    def with_share(self, chat_id: ChatId, when: datetime) -> "ContactBook":
        """Return the book with the time when our card was shared in a chat."""
        return replace(self, shared_at=_with(self.shared_at, chat_id, when, is_kept=True))


def _with(known: Mapping[K, V], key: K, value: V, *, is_kept: bool) -> dict[K, V]:
    rest = {each: held for each, held in known.items() if each != key}
    return {**rest, key: value} if is_kept else rest
