"""All that the cache keeps of one chat."""

from dataclasses import dataclass, field

from linqdesk.domain.chat import Chat
from linqdesk.domain.ordering import MessageSortKey
from linqdesk.domain.outgoing import Draft
from linqdesk.domain.seen import SeenKey
from linqdesk.store.pending_groups import PendingGroup
from linqdesk.store.thread import Thread
from linqdesk.store.view import ChatSummary, History


@dataclass(slots=True)
class Entry:
    """A chat with its thread, what the list shows of it, and how far an agent has looked.

    `asked_at` is the number of the question whose answer told of the chat last;
    `is_end_unknown` while a thread is read from its oldest end and its newest messages are still to come.
    """

    chat: Chat
    summary: ChatSummary
    thread: Thread = field(default_factory=Thread)
    history: History = field(default_factory=History)
    draft: Draft | None = None
    changes: PendingGroup = field(default_factory=PendingGroup)
    asked_at: int = 0
    is_end_unknown: bool = False
    seen: SeenKey | None = None
    is_marked_unread: bool = False
    is_open: bool = False
    seen_before_opening: SeenKey | None = None
    newest_at_opening: MessageSortKey | None = None
