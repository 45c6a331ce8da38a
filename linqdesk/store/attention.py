"""What of a thread nobody has looked at and who waits for an answer: pure over the newest rows."""

from dataclasses import dataclass
from datetime import datetime

from linqdesk.domain.ids import RowKey
from linqdesk.domain.message import Message
from linqdesk.domain.ordering import MessageSortKey
from linqdesk.domain.seen import SeenKey
from linqdesk.domain.system_event import SystemEvent
from linqdesk.store.thread import Thread

# Beyond this many a count says "many"; scanning stays cheap in a thread that nobody ever answered.
_SCAN_LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class Attention:
    """How many inbound messages are unread, and since when the customer waits."""

    unread_count: int = 0
    waiting_since: datetime | None = None


def attention(thread: Thread, seen: SeenKey | None) -> Attention:
    """Look at the inbound messages after our last own one.

    Args:
        thread: what is loaded.
        seen: the newest message that an agent has seen here, None where nobody looked.
    """
    unread_count = 0
    waiting_since = None
    seen_key = thread.key_of_seen(seen)
    for scanned, (sort_key, row) in enumerate(thread.newest_first()):
        content = row.content
        if isinstance(content, SystemEvent):
            continue
        if not isinstance(content, Message) or content.is_from_me or scanned >= _SCAN_LIMIT:
            break
        waiting_since = sort_key[0]
        unread_count += _is_unread(content, sort_key, seen_key)
    return Attention(unread_count, waiting_since)


def newest_inbound(thread: Thread) -> Message | None:
    """Return what a customer said last, None where that is not among the newest thousand rows."""
    newest = (row.content for _, (_, row) in zip(range(_SCAN_LIMIT), thread.newest_first(), strict=False))
    return next((each for each in newest if isinstance(each, Message) and not each.is_from_me), None)


def first_unread(
    thread: Thread, seen: SeenKey | None, newest_at_opening: MessageSortKey | None
) -> RowKey | None:
    """Return where the unread bar stands: over the first unread message that was there at opening."""
    first, seen_key = None, thread.key_of_seen(seen)
    for scanned, (sort_key, row) in enumerate(thread.newest_first()):
        if newest_at_opening is not None and sort_key > newest_at_opening:
            continue
        content = row.content
        if isinstance(content, SystemEvent):
            continue
        if not isinstance(content, Message) or content.is_from_me or scanned >= _SCAN_LIMIT:
            break
        if _is_unread(content, sort_key, seen_key):
            first = row.key
    return first


def _is_unread(message: Message, sort_key: MessageSortKey, seen: MessageSortKey | None) -> bool:
    return not message.is_read and (seen is None or sort_key > seen)
