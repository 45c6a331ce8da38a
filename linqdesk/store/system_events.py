"""Finds the system events of a group in what Linq tells of it: pure.

Linq has no list of them (linq-api.md 6). Comings and goings stand in the handles; a new name or icon is seen
only as a difference between two answers, so those that happened while nobody looked are not known.
"""

from collections.abc import Iterator
from datetime import timedelta

from linqdesk.domain.chat import Chat, ChatHandle, MemberStatus
from linqdesk.domain.group_changes import icon_path
from linqdesk.domain.system_event import SystemEvent, SystemEventKind

# Those with whom a group began join it some moments after it was made.
_BEGINNING = timedelta(minutes=1)


def system_events(known: Chat | None, news: Chat) -> tuple[SystemEvent, ...]:
    """Return the events that an answer tells of, those of earlier answers among them.

    Args:
        known: the chat as it was told before, None at first.
        news: the chat as it is told now.
    """
    if not news.is_group:
        return ()
    before = {each.handle: each for each in known.handles} if known is not None else None
    events = [
        event
        for each in news.handles
        for event in _events_of(each, news, before.get(each.handle) if before is not None else each)
    ]
    if known is not None:
        events += _changes(known, news)
    return tuple(events)


def _events_of(member: ChatHandle, chat: Chat, before: ChatHandle | None) -> Iterator[SystemEvent]:
    """Yield how a member came and went; `before` is None where it was not there in the last answer."""
    joined_at = member.joined_at or (chat.updated_at if before is None else None)
    if joined_at is not None and joined_at - chat.created_at > _BEGINNING:
        yield SystemEvent(chat.id, SystemEventKind.JOINED, joined_at, member.handle, member.is_me)
    gone = (MemberStatus.LEFT, MemberStatus.REMOVED)
    has_just_gone = member.status in gone and before is not None and before.status not in gone
    left_at = member.left_at or (chat.updated_at if has_just_gone else None)
    if left_at is not None:
        is_removed = member.status is MemberStatus.REMOVED
        kind = SystemEventKind.REMOVED if is_removed else SystemEventKind.LEFT
        yield SystemEvent(chat.id, kind, left_at, member.handle, member.is_me)


def _changes(known: Chat, news: Chat) -> Iterator[SystemEvent]:
    name = news.own_name
    if name != known.own_name:
        yield SystemEvent(news.id, SystemEventKind.RENAMED, news.updated_at, name=name)
    if icon_path(news.group_icon_url) != icon_path(known.group_icon_url):
        yield SystemEvent(news.id, SystemEventKind.ICON_CHANGED, news.updated_at)
