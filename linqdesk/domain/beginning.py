"""A chat that the agent begins: from which line, with whom, and how it stands until Linq knows it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from linqdesk.domain.chat import Chat, ChatHandle, MemberStatus
from linqdesk.domain.ids import ChatId, Handle
from linqdesk.domain.service import Service

# Under this id stands the draft of the chat that the agent has not begun yet: there is one at a time.
UNBEGUN = ChatId("unbegun")


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new chat is to be; `group_name` is asked for once the group is there."""

    line: Handle
    to: tuple[Handle, ...]
    group_name: str | None = None

    @property
    def is_group(self) -> bool:
        """Whether it goes to several people."""
        return len(self.to) > 1


def provisional_chat(beginning: Beginning, chat_id: ChatId, now: datetime) -> Chat:
    """Return the chat that stands in the list until Linq has made its own.

    Args:
        beginning: what is asked for.
        chat_id: an id of our own, which Linq does not know.
        now: aware.
    """
    me = ChatHandle("me", beginning.line, Service.UNKNOWN, is_me=True)
    others = (ChatHandle(each, each, Service.UNKNOWN) for each in beginning.to)
    return Chat(
        chat_id,
        created_at=now,
        updated_at=now,
        display_name=beginning.group_name,
        handles=(me, *others),
        is_group=beginning.is_group,
        is_provisional=True,
    )


def beginning_of(chat: Chat) -> Beginning | None:
    """Return what a provisional chat is to be, None for one that Linq knows."""
    if not chat.is_provisional or chat.line is None:
        return None
    name = chat.own_name if chat.is_group else None
    return Beginning(chat.line, tuple(each.handle for each in chat.others), name)


def is_between(chat: Chat, line: Handle, people: Collection[Handle]) -> bool:
    """Tell whether a chat runs over a line with exactly these people in it now."""
    gone = (MemberStatus.LEFT, MemberStatus.REMOVED)
    present = {each.handle for each in chat.others if each.status not in gone}
    return chat.line == line and present == set(people)


def is_reused(chat: Chat) -> bool:
    """Tell whether Linq sends a new chat with the same line and people into this one.

    Named groups, and those whose members changed, are left out (linq-api.md 2.1, Chat reuse rule).
    """
    if not chat.is_group:
        return True
    return chat.own_name is None and all(each.status is MemberStatus.ACTIVE for each in chat.handles)


def awaits(provisional: Chat, chat: Chat) -> bool:
    """Tell whether a chat is the one that a provisional chat waits to become.

    By the rule of reuse a message to the same people over the same line goes into it anyway.
    """
    people = {each.handle for each in provisional.others}
    is_theirs = provisional.line is not None and is_between(chat, provisional.line, people)
    return is_theirs and not chat.is_provisional and is_reused(chat)


def existing_chat(chats: Iterable[Chat], line: Handle, people: Collection[Handle]) -> Chat | None:
    """Return the chat that stands already between a line and exactly these people, None where none does.

    One that Linq would reuse goes before a group that it would not.
    """
    found = [chat for chat in chats if is_between(chat, line, people)]
    return next((chat for chat in found if is_reused(chat)), found[0] if found else None)
