"""People and groups, as the window deals with them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from linqdesk.domain.contacts import NOBODY, Contact
from linqdesk.domain.errors import (
    LinqDeskError,
    LocalFaultError,
    OfflineError,
    OutcomeUnknownError,
    RateLimitedError,
    ServerFaultError,
    UnexpectedReplyError,
)
from linqdesk.domain.group_changes import GroupChange
from linqdesk.domain.ids import ChatId, Handle
from linqdesk.domain.rules.cards import SHARE_EVERY
from linqdesk.services.address_book import AddressBook, ImportReport
from linqdesk.services.clock import Clock
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.group_acts import GroupActs
from linqdesk.services.ports import Client
from linqdesk.services.task_scope import TaskScope
from linqdesk.services.verbs.telling import told
from linqdesk.store.cache import Cache

Done = Callable[[LinqDeskError | None], None]
Imported = Callable[[ImportReport | LinqDeskError], None]
# The card may be with the customer although no proper answer came.
_UNKNOWN = (OutcomeUnknownError, ServerFaultError, UnexpectedReplyError)


class PeopleVerbs:
    """Changes groups, shares our contact card, and keeps names and notes."""

    def __init__(self, cache: Cache, connectivity: Connectivity, scope: TaskScope, clock: Clock) -> None:
        """Get ready without a client."""
        self._cache = cache
        self._connectivity = connectivity
        self._scope = scope
        self._clock = clock
        self._groups = GroupActs(cache, connectivity, clock)
        self._book = AddressBook(cache, scope)
        self._client: Client | None = None

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return self._groups.is_idle and self._book.is_idle

    def keep_in(self, file: Path) -> None:
        """Keep names and notes in a file; before this they live in memory."""
        self._book.keep_in(file)

    async def load(self) -> None:
        """Read names and notes, once."""
        await self._book.load()

    def use(self, client: Client) -> None:
        """Ask this client from now on."""
        self._client = client
        self._groups.use(client)

    def rest(self) -> None:
        """Ask nobody any more."""
        self._client = None
        self._groups.use(None)

    def change_group(
        self, chat_id: ChatId, change: GroupChange, done: Done, *, icon: Path | None = None
    ) -> None:
        """Ask for a group to be other; `done` hears what became of it."""
        self._scope.start(told(self._groups.carry_out(chat_id, change, icon), done), name="change group")

    def share_contact_card(self, chat_id: ChatId, done: Done) -> None:
        """Share our line's card in a chat; `done` hears whether that went well."""
        self._scope.start(told(self._share(chat_id), done), name="share contact card")

    async def _share(self, chat_id: ChatId) -> None:
        if self._client is None:
            raise OfflineError("Linq is not connected")
        await self._connectivity.allowed()
        try:
            await self._client.share_contact_card(chat_id)
        except RateLimitedError as error:
            # The pace of cards is their own: nothing else need wait for it.
            self._note_share(chat_id, timedelta(seconds=error.retry_after_s) - SHARE_EVERY)
            raise
        except LinqDeskError as error:
            self._connectivity.failed(error)
            if isinstance(error, _UNKNOWN):
                self._note_share(chat_id)
            raise
        self._connectivity.succeeded()
        self._note_share(chat_id)

    def _note_share(self, chat_id: ChatId, ago: timedelta = timedelta()) -> None:
        self._book.take(self._book.book.with_share(chat_id, self._clock.now() + ago))

    def card_shared_at(self, chat_id: ChatId) -> datetime | None:
        """Return when our card was shared in a chat from here, None where it was not."""
        return self._book.book.shared_at.get(chat_id)

    def contact(self, handle: Handle) -> Contact:
        """Return what the desk knows of somebody."""
        return self._book.book.contacts.get(handle, NOBODY)

    def keep_contact(self, handle: Handle, contact: Contact) -> None:
        """Keep what the desk calls somebody and noted down."""
        self._book.take(self._book.book.with_contact(handle, contact))

    def chat_note(self, chat_id: ChatId) -> str:
        """Return what the desk noted down about a group."""
        return self._book.book.chat_notes.get(chat_id, "")

    def keep_chat_note(self, chat_id: ChatId, note: str) -> None:
        """Keep what the desk notes down about a group."""
        self._book.take(self._book.book.with_chat_note(chat_id, note))

    def import_contacts(self, file: Path, done: Imported) -> None:
        """Name people as a vCard file does; `done` hears what came of it."""

        async def take() -> None:
            try:
                report = await self._book.take_vcards(file)
            except LocalFaultError as fault:
                done(fault)
            else:
                done(report)

        self._scope.start(take(), name="import contacts")

    @property
    def contacts_fault(self) -> LocalFaultError | None:
        """Why names and notes could not be read or kept, None where they could."""
        return self._book.fault

    @property
    def named_count(self) -> int:
        """How many people the desk has named."""
        return len(self._book.book.names())
