"""What an agent wants to be other in a group, and what the group is like once it is: pure."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from linqdesk.domain.chat import Chat, ChatHandle, MemberStatus
from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import Handle
from linqdesk.domain.service import Service

GONE = frozenset({MemberStatus.LEFT, MemberStatus.REMOVED})


@dataclass(frozen=True, slots=True)
class AddMember:
    """Somebody is to join."""

    handle: Handle


@dataclass(frozen=True, slots=True)
class RemoveMember:
    """Somebody is to go."""

    handle: Handle


@dataclass(frozen=True, slots=True)
class RenameGroup:
    """The group is to have another name."""

    name: str


@dataclass(frozen=True, slots=True)
class ChangeIcon:
    """The group is to have another icon: a picture by its https address, or the name of a file."""

    picture: str


@dataclass(frozen=True, slots=True)
class LeaveGroup:
    """Our line is to go."""


GroupChange = AddMember | RemoveMember | RenameGroup | ChangeIcon | LeaveGroup


class ChangeNotSeenError(LinqDeskError):
    """Linq accepted a change of a group, and later answers show the group without it."""

    def __init__(self, change: GroupChange) -> None:
        """Keep what did not come about."""
        super().__init__("accepted, but not seen")
        self.change = change


def is_granted(change: GroupChange, before: Chat, now: Chat) -> bool:
    """Tell whether a group is as it was wished.

    Args:
        change: the wish.
        before: the group when it was wished; an icon has changed where its address is another one.
        now: the group as it is told now.
    """
    match change:
        case AddMember(handle):
            return active_member(now, handle) is not None
        case RemoveMember(handle):
            return active_member(now, handle) is None
        case RenameGroup(name):
            return (now.display_name or "").strip() == name.strip()
        case ChangeIcon(picture):
            path = icon_path(now.group_icon_url)
            return bool(path) and (path != icon_path(before.group_icon_url) or path == icon_path(picture))
        case LeaveGroup():
            return has_left(now)


def expected(chat: Chat, changes: tuple[GroupChange, ...]) -> Chat:
    """Return a group as it is once all changes under way have come about; its icon stays as it is."""
    for change in changes:
        chat = _after(chat, change)
    return chat


def active_member(chat: Chat, handle: str) -> ChatHandle | None:
    """Return who takes part under a handle, None for nobody."""
    return next((each for each in chat.handles if each.handle == handle and each.status not in GONE), None)


def has_left(chat: Chat) -> bool:
    """Tell whether our line is no longer in a chat."""
    return any(each.is_me and each.status in GONE for each in chat.handles)


def left(chat: Chat, when: datetime) -> Chat:
    """Return a chat that our line has left."""
    mine = (
        replace(each, status=MemberStatus.LEFT, left_at=when) if each.is_me else each for each in chat.handles
    )
    return replace(chat, handles=tuple(mine))


def icon_path(url: str | None) -> str:
    """Return what an icon's address says of the icon: its signature changes with every answer."""
    try:
        return urlsplit(url or "").path
    except ValueError:
        return url or ""


def _after(chat: Chat, change: GroupChange) -> Chat:
    match change:
        case AddMember(handle):
            rest = tuple(each for each in chat.handles if each.handle != handle)
            return replace(chat, handles=(*rest, ChatHandle("", handle, chat.service or Service.UNKNOWN)))
        case RemoveMember(handle):
            gone = (
                replace(each, status=MemberStatus.REMOVED) if each.handle == handle else each
                for each in chat.handles
            )
            return replace(chat, handles=tuple(gone))
        case RenameGroup(name):
            return replace(chat, display_name=name)
        case LeaveGroup():
            return left(chat, chat.updated_at)
        case ChangeIcon():
            return chat
