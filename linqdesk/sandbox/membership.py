"""Who comes into a group and who goes."""

from typing import Literal

from linqdesk.sandbox.chat import Chat
from linqdesk.sandbox.world import World


def join(world: World, chat: Chat, handle: str) -> None:
    """Make somebody an active member; who was one before takes the old place again."""
    if chat.member_with(handle) is not None:
        return
    now = world.clock.now()
    former = next((member for member in chat.members if member.handle == handle), None)
    if former is None:
        world.add_member(chat, handle, now)
    else:
        former.status, former.joined_at, former.left_at = "active", now, None
        chat.has_left = chat.has_left and not former.is_me
    _note_change(world, chat)


def part(world: World, chat: Chat, handle: str, how: Literal["left", "removed"]) -> None:
    """Let an active member go; he stays listed with his status (DOC:6280)."""
    member = chat.member_with(handle)
    if member is None:
        return
    member.status, member.left_at = how, world.clock.now()
    if member.is_me:
        chat.has_left = True
    _note_change(world, chat)


def _note_change(world: World, chat: Chat) -> None:
    chat.keeps_membership = False
    chat.updated_at = world.clock.now()
