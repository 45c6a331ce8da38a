"""How changes of groups are put into words."""

from datetime import datetime

from linqdesk.domain.chat import ChatHandle, MemberStatus
from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.group_changes import (
    AddMember,
    ChangeIcon,
    ChangeNotSeenError,
    GroupChange,
    LeaveGroup,
    RemoveMember,
    RenameGroup,
)
from linqdesk.domain.ids import Handle
from linqdesk.store.view import CacheView
from linqdesk.ui.names import format_handle, isolated, person_name, plain_name
from linqdesk.ui.wording import day_words, fault_sentence

GONE_WORDS = {MemberStatus.LEFT: "left", MemberStatus.REMOVED: "removed"}


def pending_words(change: GroupChange) -> str:
    """Return what is under way, for the line below the group's buttons; members say theirs in their rows."""
    match change:
        case RenameGroup(name):
            return f"Renaming to “{plain_name(name)}”…"
        case ChangeIcon():
            return "Changing the icon…"
        case LeaveGroup():
            return "Leaving the group…"
        case AddMember() | RemoveMember():
            return ""


def failure_title(change: GroupChange, cache: CacheView) -> str:
    """Return what did not come about, as a sentence."""
    match change:
        case AddMember(handle):
            return f"{full_name(handle, cache)} was not added."
        case RemoveMember(handle):
            return f"{full_name(handle, cache)} was not removed."
        case RenameGroup(name):
            return f"The group was not renamed to “{plain_name(name)}”."
        case ChangeIcon():
            return "The icon was not changed."
        case LeaveGroup():
            return "You have not left the group."


def failure_reason(error: LinqDeskError) -> str:
    """Return why not, as a sentence."""
    if not isinstance(error, ChangeNotSeenError):
        return fault_sentence(error)
    if isinstance(error.change, ChangeIcon):
        return "Linq accepted it, but shows no other icon: nobody here can tell whether it will still come."
    return "Linq accepted it, but the group is still as it was. It may be tried again."


def full_name(handle: str, cache: CacheView) -> str:
    """Return a name with its handle beside it, or the handle alone."""
    written = format_handle(handle)
    name = person_name(Handle(handle), cache)
    return written if name == written else f"{isolated(name)} ({written})"


def when_words(member: ChatHandle, change: GroupChange | None, now: datetime) -> str:
    """Return since when somebody is there, when they went, or what is under way."""
    match change:
        case AddMember():
            return "joining…"
        case RemoveMember():
            return "being removed…"
        case LeaveGroup() if member.is_me:
            return "leaving…"
        case _:
            pass
    gone = GONE_WORDS.get(member.status)
    if gone is not None:
        return f"{gone} {_day(member.left_at, now)}" if member.left_at is not None else gone
    return f"since {_day(member.joined_at, now)}" if member.joined_at is not None else ""


def _day(when: datetime, now: datetime) -> str:
    words = day_words(when, now)
    return words.lower() if words in {"Today", "Yesterday"} else words.partition(" ")[2]
