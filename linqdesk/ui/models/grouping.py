"""What stands around a message because of its neighbours: headings, groups, names. Pure."""

from datetime import datetime, timedelta

from linqdesk.domain.ids import Handle
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import OutgoingMessage
from linqdesk.domain.service import Service
from linqdesk.domain.system_event import SystemEvent
from linqdesk.store.view import ThreadRow

_HEADING_GAP = timedelta(minutes=30)
_GROUP_GAP = timedelta(minutes=5)


def said_at(row: ThreadRow) -> datetime:
    """Return when a message was said, as its thread is ordered."""
    content = row.content
    if isinstance(content, Message):
        return content.sent_at or content.created_at
    return content.created_at


def is_own(row: ThreadRow) -> bool:
    """Tell whether a row is ours."""
    content = row.content
    return isinstance(content, OutgoingMessage) or (isinstance(content, Message) and content.is_from_me)


def needs_heading(previous: ThreadRow | None, row: ThreadRow) -> bool:
    """Tell whether the time is printed above a row: after half an hour, or on a new day."""
    if previous is None:
        return True
    before, now = said_at(previous), said_at(row)
    return now - before > _HEADING_GAP or now.astimezone().date() != before.astimezone().date()


def belong_together(one: ThreadRow | None, other: ThreadRow | None) -> bool:
    """Tell whether two neighbours form one group: same sender and service, close in time, no heading."""
    if one is None or other is None or needs_heading(one, other):
        return False
    if isinstance(one.content, SystemEvent) or isinstance(other.content, SystemEvent):
        return False
    if _sender(one) != _sender(other) or said_at(other) - said_at(one) >= _GROUP_GAP:
        return False
    services = {_service(one), _service(other)} - {None}
    is_reply = isinstance(other.content, Message) and other.content.reply_to is not None
    return len(services) <= 1 and not is_reply


def _sender(row: ThreadRow) -> tuple[bool, Handle | None]:
    if is_own(row) or not isinstance(row.content, Message):
        return True, None
    return False, row.content.sender


def _service(row: ThreadRow) -> Service | None:
    return row.content.service if isinstance(row.content, Message) else None
