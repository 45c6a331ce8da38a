"""What a reader sees of the cache: the only type of it that the window receives."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Protocol

from linqdesk.domain.blocking import BlockList
from linqdesk.domain.chat import Chat, Line
from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import AttachmentId, ChatId, Handle, MessageId, RowKey
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import Draft, OutgoingMessage
from linqdesk.domain.send_gate import Lock
from linqdesk.domain.system_event import SystemEvent
from linqdesk.store.changes import Change
from linqdesk.store.media import MediaFile
from linqdesk.store.pending_groups import PendingChange
from linqdesk.store.subscription import Subscription
from linqdesk.store.uploads import UploadView


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """One row of a thread.

    The key stays the same when Linq confirms what was sent from here; `revision` grows with each
    change of the row, so a layout is cached by the pair. `is_edited` tells that its text changed after
    it was first seen, for Linq keeps no mark of it (linq-api.md 2.2), `edit_count` how often;
    `is_deleted` that we deleted it from Linq's records; `is_pending` that `content` shows what the agent
    asked for and Linq has not told of yet.
    """

    key: RowKey
    content: Message | OutgoingMessage | SystemEvent
    revision: int = 0
    is_edited: bool = False
    is_deleted: bool = False
    edit_count: int = 0
    is_pending: bool = False


@dataclass(frozen=True, slots=True)
class ChatSummary:
    """What the chat list shows of a chat.

    `newest` is None while no message is loaded. `unread_count` counts inbound messages after our last
    one that nobody has looked at. `waiting_since` is when the customer wrote first after our last
    answer, None where it is the customer's turn. `failed_count` counts sends that wait for the agent's
    decision, `sending_count` those under way. `lock` tells why nothing may be sent, None where it may.
    `changes` of a group were asked for and Linq has not told of them yet, the oldest first.
    """

    chat: Chat
    newest: Message | OutgoingMessage | None = None
    unread_count: int = 0
    waiting_since: datetime | None = None
    failed_count: int = 0
    sending_count: int = 0
    draft: Draft | None = None
    lock: Lock | None = None
    changes: tuple[PendingChange, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """How far back one thread is loaded."""

    is_loading: bool = False
    has_older: bool = True
    fault: LinqDeskError | None = None
    first_unread: RowKey | None = None


class ConnectionState(Enum):
    """How the program stands with the API."""

    CONNECTING = auto()
    ONLINE = auto()
    OFFLINE = auto()
    RATE_LIMITED = auto()
    SERVER_TROUBLE = auto()
    SIGNED_OUT = auto()


@dataclass(frozen=True, slots=True)
class Connection:
    """The state of the connection.

    `synced_at` is when the chat list was last read, `retry_at` when it is read next after a fault.
    """

    state: ConnectionState = ConnectionState.CONNECTING
    fault: LinqDeskError | None = None
    synced_at: datetime | None = None
    retry_at: datetime | None = None


class CacheView(Protocol):
    """The cache as its readers see it; every call is synchronous and cheap."""

    @property
    def connection(self) -> Connection:
        """How the program stands with the API."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """Our phone numbers, empty until they are known."""

    @property
    def blocks(self) -> BlockList | None:
        """Whom our account has blocked, None while or where that cannot be known."""

    @property
    def uploads(self) -> UploadView:
        """How far the files that we send have come."""

    def chat_ids(self) -> Sequence[ChatId]:
        """Return every chat, the one with the newest message first."""

    def summary(self, chat_id: ChatId) -> ChatSummary | None:
        """Return what the chat list shows of a chat, None for an unknown one."""

    def draft(self, chat_id: ChatId) -> Draft | None:
        """Return what stands unsent for a chat, known or not, None for nothing."""

    def draft_count(self) -> int:
        """Return how many drafts there are, those for chats that are not known included."""

    def rows(self, chat_id: ChatId) -> Sequence[ThreadRow]:
        """Return the loaded thread, oldest first: a copy that later changes leave alone."""

    def row(self, chat_id: ChatId, key: RowKey) -> ThreadRow | None:
        """Return one row of a thread, None where it is gone."""

    def position(self, chat_id: ChatId, key: RowKey) -> int | None:
        """Return the row's index in `rows`, None where it is gone; logarithmic in the thread's length."""

    def message(self, chat_id: ChatId, message_id: MessageId) -> Message | None:
        """Return a loaded message, None for an unknown one."""

    def unsent(self) -> Sequence[OutgoingMessage]:
        """Return everything that was sent from here and is not confirmed, that of one chat in order."""

    def history(self, chat_id: ChatId) -> History:
        """Return how far back a thread is loaded."""

    def name_of(self, handle: Handle) -> str | None:
        """Return the name under which a handle is known, ours, or the direct chat's; None for nobody."""

    def media(self, attachment_id: AttachmentId) -> MediaFile:
        """Return how far an attachment's file has come; WAITING where nobody asked for it."""

    def subscribe(self, listener: Callable[[Change], None]) -> Subscription:
        """Call the listener with every later change, in order; closing the subscription ends it."""
