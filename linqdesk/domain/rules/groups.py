"""How a group may change: its name, its icon, its members."""

from collections.abc import Iterator

from linqdesk.domain.chat import Chat, ChatHandle, MemberStatus
from linqdesk.domain.rules.addresses import is_fetchable, is_handle
from linqdesk.domain.rules.people import HANDLE_WORDS
from linqdesk.domain.rules.violation import Violation
from linqdesk.domain.service import Service

MIN_MEMBERS = 3
MIN_MEMBERS_TO_LEAVE = 4


def check_rename(chat: Chat) -> tuple[Violation, ...]:
    """Check that a chat can have another name or icon: a group that we did not leave (S4; code 1006)."""
    return tuple(_group(chat, "renamed"))


def check_group_icon(url: str) -> tuple[Violation, ...]:
    """Check that an icon is an https address (linq-api.md 2.1); whether it is a picture the server tells."""
    if is_fetchable(url):
        return ()
    words = "The icon of a group is the web address of a picture and begins with https://."
    return (Violation("group_icon_https", words),)


def check_add_participant(
    chat: Chat, handle: str, *, handle_service: Service | None = None
) -> tuple[Violation, ...]:
    """Check that somebody can join a chat (S4, Add a participant; linq-api.md 2.1).

    Args:
        chat: a group of 3 or more with us among them, on iMessage, which we did not leave.
        handle: an E.164 number or an e-mail address that is not in the group.
        handle_service: what a capability check found, None where nobody asked.
    """
    found = [*_group(chat, "changed"), *_imessage(chat, "Members can be added to iMessage groups only.")]
    count = len(_active(chat))
    if chat.is_group and count < MIN_MEMBERS:
        words = f"Adding needs {MIN_MEMBERS} active members, you included; this group has {count}."
        found.append(Violation("group_size", words))
    if not is_handle(handle):
        found.append(Violation("participant_handle", f"This is no handle. {HANDLE_WORDS}"))
    if any(member.handle == handle for member in _active(chat)):
        found.append(Violation("participant_known", "This person is in the group already."))
    known = (None, Service.UNKNOWN)
    if handle_service not in known and chat.service not in known and handle_service is not chat.service:
        words = (
            f"This person cannot join this {chat.service} group. Start a new group with everybody instead."
        )
        found.append(Violation("participant_service", words))
    return tuple(found)


def check_remove_participant(chat: Chat, handle: str) -> tuple[Violation, ...]:
    """Check that somebody can be removed: 3 must stay, you included, and you leave instead.

    Sources: S4 (Remove a participant), linq-api.md 2.1.
    """
    found = list(_group(chat, "changed"))
    member = next((each for each in _active(chat) if each.handle == handle), None)
    if member is None:
        found.append(Violation("participant_unknown", "This person is not in the group."))
    elif member.is_me:
        found.append(Violation("participant_self", "You cannot remove your own line: leave the group."))
    staying = len(_active(chat)) - 1
    if chat.is_group and staying < MIN_MEMBERS:
        words = f"Remove needs {MIN_MEMBERS} left, you included; this would leave {max(staying, 0)}."
        found.append(Violation("group_size", words))
    return tuple(found)


def check_leave(chat: Chat) -> tuple[Violation, ...]:
    """Check that a group can be left: iMessage, 4 or more active members, us included (S4, Leave a group)."""
    found = [*_group(chat, "left"), *_imessage(chat, "Only iMessage groups can be left.")]
    count = len(_active(chat))
    if chat.is_group and count < MIN_MEMBERS_TO_LEAVE:
        words = f"Leave needs {MIN_MEMBERS_TO_LEAVE} active members, you included; this group has {count}."
        found.append(Violation("group_size", words))
    return tuple(found)


def left_chat(chat: Chat) -> Iterator[Violation]:
    """Check that our line is still in a chat: after leaving every act gives 409 (S4, Leave a group)."""
    gone = (MemberStatus.LEFT, MemberStatus.REMOVED)
    if any(member.is_me and member.status in gone for member in chat.handles):
        yield Violation("chat_left", "Your line is no longer in this chat, so nothing can be done in it.")


def _group(chat: Chat, act: str) -> Iterator[Violation]:
    if not chat.is_group:
        yield Violation("group_only", f"Only groups can be {act}; this is a chat with one person.")
    yield from left_chat(chat)


def _imessage(chat: Chat, words: str) -> Iterator[Violation]:
    """Check the service where Linq names it; where it does not, the server decides."""
    if chat.service in {Service.SMS, Service.RCS}:
        yield Violation("imessage_only", words)


def _active(chat: Chat) -> list[ChatHandle]:
    gone = (MemberStatus.LEFT, MemberStatus.REMOVED)
    return [member for member in chat.handles if member.status not in gone]
