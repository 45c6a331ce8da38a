"""The state of the imaginary Linq: its lines, its people, its chats, and where to find them."""

import random
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from linqdesk.sandbox.attachments import Attachments
from linqdesk.sandbox.blocklist import Blocklist
from linqdesk.sandbox.bounds import Bounds
from linqdesk.sandbox.chat import Chat
from linqdesk.sandbox.clock import Agenda, Clock
from linqdesk.sandbox.history import Backstory, History
from linqdesk.sandbox.ids import IdSource
from linqdesk.sandbox.ledger import Ledger
from linqdesk.sandbox.limits import Limits
from linqdesk.sandbox.model import Line, Member, Message, Person, Service
from linqdesk.sandbox.refusals import RefusalError
from linqdesk.sandbox.variants import Variants

if TYPE_CHECKING:
    from linqdesk.sandbox.contact_cards import ContactCard

SANDBOX_TOKEN = "sandbox-token"


@dataclass(frozen=True, slots=True)
class SentKey:
    """What an idempotency key led to."""

    chat_id: str
    message_id: str


@dataclass(slots=True)
class Rules:
    """How this world behaves, as chosen at its start."""

    variants: Variants = field(default_factory=Variants)
    is_newest_first: bool = True
    do_customers_answer: bool = True
    creation_s: float = 0
    """How long a chat stays "being created" after its first message."""
    bounds: Bounds = field(default_factory=Bounds)


class World:
    """Everything that exists; it knows nothing of HTTP."""

    def __init__(self, clock: Clock, seed: int, rules: Rules) -> None:
        self.clock = clock
        self.agenda = Agenda(clock)
        self.rules = rules
        self.random = random.Random(seed)
        self.ids = IdSource(seed)
        self.began_at = clock.now()
        self.lines: list[Line] = []
        self.people: dict[str, Person] = {}
        self.chats: OrderedDict[str, Chat] = OrderedDict()
        """Those in which nothing has been said for the longest time first."""
        self.attachments = Attachments(clock, self.ids)
        self.ledger = Ledger(rules.bounds.receipts)
        self.limits = Limits(clock)
        self.contact_cards: dict[str, ContactCard] = {}
        self.blocked_handles = Blocklist(clock)
        self.ineligible_lines: set[str] = set()
        self.shared_lines: set[str] = set()
        """Lines over which nobody may be written to who has not written first."""
        self.tokens = {SANDBOX_TOKEN}
        self._chat_by_message: dict[str, Chat] = {}
        self._chat_ids_by_handle: dict[str, dict[str, None]] = {}
        self._arrivals: deque[tuple[Chat, str]] = deque()
        self._strangers: deque[str] = deque()
        self._chats_with_past: list[tuple[Backstory, Chat]] = []
        self._sent_keys: OrderedDict[str, SentKey] = OrderedDict()

    # --- lines and people ---

    def add_line(self, number: str, reputation: str = "HEALTHY") -> Line:
        """Give the account one more phone number."""
        line = Line(self.ids.next_uuid(), number, reputation)
        self.lines.append(line)
        return line

    def line_with(self, number: str) -> Line:
        """Return the account's line of that number.

        Raises:
            RefusalError: 403/2006, the number is not the account's.
        """
        for line in self.lines:
            if line.number == number:
                return line
        raise RefusalError(2006)

    def person_with(self, handle: str) -> Person:
        """Return who owns `handle`; a stranger gets a phone whose service his handle decides."""
        person = self.people.get(handle)
        if person is None:
            person = Person(handle, handle, _service_of_stranger(handle))
            self.people[handle] = person
            self._strangers.append(handle)
            if len(self._strangers) > self.rules.bounds.strangers:
                self.people.pop(self._strangers.popleft(), None)
        return person

    # --- chats ---

    def add_chat(
        self,
        line: str,
        handles: list[str],
        *,
        service: Service,
        created_at: datetime,
        past: Backstory | None = None,
    ) -> Chat:
        """Start a conversation between `line` and the people of `handles`."""
        chat = Chat(
            id=self.ids.next_uuid(),
            line=line,
            members=[],
            service=service,
            is_group=len(handles) > 1,
            created_at=created_at,
            updated_at=created_at,
            history=History(past),
        )
        self.chats[chat.id] = chat
        self.add_member(chat, line, created_at, is_me=True)
        for handle in handles:
            self.add_member(chat, handle, created_at)
        if past is not None:
            self._chats_with_past.append((past, chat))
        if len(self.chats) > self.rules.bounds.chats:
            self.forget_chat(next(iter(self.chats.values())))
        return chat

    def forget_chat(self, chat: Chat) -> None:
        """Forget a chat with everything that was said in it."""
        del self.chats[chat.id]
        for member in chat.members:
            ids = self._chat_ids_by_handle.get(member.handle, {})
            ids.pop(chat.id, None)
            if not ids:
                self._chat_ids_by_handle.pop(member.handle, None)
        self._chats_with_past = [(past, each) for past, each in self._chats_with_past if each is not chat]

    def add_member(self, chat: Chat, handle: str, joined_at: datetime, *, is_me: bool = False) -> None:
        """Give the owner of `handle` a place in a chat."""
        chat.members.append(Member(self.ids.next_uuid(), handle, chat.service, is_me, joined_at))
        self._chat_ids_by_handle.setdefault(handle, {})[chat.id] = None

    def chat_with(self, chat_id: str) -> Chat:
        """Return the chat of that id.

        Raises:
            RefusalError: 404/2001, there is none.
        """
        chat = self.chats.get(chat_id)
        if chat is None:
            raise RefusalError(2001)
        return chat

    def chats_by_activity(self, line: str | None = None, handle: str | None = None) -> list[Chat]:
        """Return the chats, most recently updated first, of one line or with one participant if given."""
        ids = self.chats if handle is None else self._chat_ids_by_handle.get(handle, {})
        chosen = [chat for chat in map(self.chats.__getitem__, ids) if line is None or chat.line == line]
        return sorted(chosen, key=lambda chat: (chat.updated_at, chat.id), reverse=True)

    # --- messages ---

    def add_message(self, chat: Chat, message: Message) -> None:
        """Put the newest message into a chat."""
        chat.history.append(message)
        chat.updated_at = max(chat.updated_at, message.created_at)
        self._chat_by_message[message.id] = chat
        if chat.id in self.chats:
            self.chats.move_to_end(chat.id)
        self._arrivals.append((chat, message.id))
        if len(self._arrivals) > self.rules.bounds.messages:
            oldest_chat, oldest_id = self._arrivals.popleft()
            oldest_chat.history.forget_oldest_arrival()
            del self._chat_by_message[oldest_id]

    def find_message(self, message_id: str) -> tuple[Chat, Message] | None:
        """Return the message and its chat, or None when it is unknown or was deleted."""
        chat = self._chat_by_message.get(message_id) or self._chat_whose_past_has(message_id)
        if chat is None or chat.id not in self.chats:
            return None
        message = chat.history.find(message_id)
        return None if message is None else (chat, message)

    def message_with(self, message_id: str) -> tuple[Chat, Message]:
        """Return the message and its chat.

        Raises:
            RefusalError: 404/2002, it is unknown or was deleted.
        """
        found = self.find_message(message_id)
        if found is None:
            raise RefusalError(2002)
        return found

    def touch(self, chat: Chat, message: Message) -> None:
        """Note that a message has changed; whether its chat moves up is a variant."""
        message.updated_at = self.clock.now()
        if self.rules.variants.moves_updated_at:
            chat.updated_at = self.clock.now()

    def _chat_whose_past_has(self, message_id: str) -> Chat | None:
        for past, chat in self._chats_with_past:
            if past.index_of(message_id) is not None:
                return chat
        return None

    # --- idempotency keys ---

    def sent_with(self, key: str) -> SentKey | None:
        """Return what `key` led to earlier, if it was used."""
        return self._sent_keys.get(key)

    def remember_key(self, key: str, sent: SentKey) -> None:
        """Keep what `key` led to; beyond the bound the oldest is forgotten."""
        self._sent_keys[key] = sent
        if len(self._sent_keys) > self.rules.bounds.idempotency_keys:
            self._sent_keys.popitem(last=False)


def _service_of_stranger(handle: str) -> Service:
    """Choose by the handle: SMS for numbers that end in 9, RCS for those in 7 or 8, else iMessage."""
    if handle.endswith("9"):
        return "SMS"
    return "RCS" if handle.endswith(("7", "8")) else "iMessage"
