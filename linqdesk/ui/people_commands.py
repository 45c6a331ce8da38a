"""The verbs with which a window deals with people and groups; every call returns at once."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from linqdesk.domain.contacts import Contact
from linqdesk.domain.errors import LinqDeskError, LocalFaultError
from linqdesk.domain.group_changes import GroupChange
from linqdesk.domain.ids import ChatId, Handle
from linqdesk.services.address_book import ImportReport


class PeopleCommands(Protocol):
    """What the window asks about people and groups."""

    @property
    def contacts_fault(self) -> LocalFaultError | None:
        """Why names and notes could not be read or kept, None where they could."""

    @property
    def named_count(self) -> int:
        """How many people the desk has named."""

    def change_group(
        self,
        chat_id: ChatId,
        change: GroupChange,
        done: Callable[[LinqDeskError | None], None],
        *,
        icon: Path | None = None,
    ) -> None:
        """Ask for a group that is known to be other; `icon` is uploaded first.

        The chat's summary shows the change as pending at once. `done` is called on the UI thread: with None
        once Linq tells that it is so; with the error where it is not, and then nothing is pending any more.
        """

    def share_contact_card(self, chat_id: ChatId, done: Callable[[LinqDeskError | None], None]) -> None:
        """Share our line's contact card in a chat; `done` hears whether that went well."""

    def card_shared_at(self, chat_id: ChatId) -> datetime | None:
        """Return when our card was, or may have been, shared in a chat from here; None where it was not."""

    def contact(self, handle: Handle) -> Contact:
        """Return what the desk knows of somebody; an empty entry for nobody."""

    def keep_contact(self, handle: Handle, contact: Contact) -> None:
        """Keep what the desk calls somebody and noted down; an empty entry is forgotten."""

    def chat_note(self, chat_id: ChatId) -> str:
        """Return what the desk noted down about a group."""

    def keep_chat_note(self, chat_id: ChatId, note: str) -> None:
        """Keep what the desk notes down about a group."""

    def import_contacts(self, file: Path, done: Callable[[ImportReport | LinqDeskError], None]) -> None:
        """Name people as a vCard file does; names that the desk gave stay.

        `done` is called on the UI thread.
        """
