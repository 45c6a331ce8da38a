"""How a chat's health moves: silence wears it down, replies mend it, stop words end it (linq-api.md 3.3)."""

import re
from collections.abc import Sequence

from linqdesk.sandbox.chat import Chat
from linqdesk.sandbox.model import Health, Member, Part, TextPart
from linqdesk.sandbox.world import World

# How many messages of ours in a row without a reply; the real figures are not published.
AT_RISK_AFTER, CRITICAL_AFTER = 10, 20
_STOP_WORDS = frozenset({"STOP", "UNSUBSCRIBE", "OPTOUT", "CANCEL", "END", "QUIT"})
_OPT_OUT = re.compile(r"opt[ -]?out", re.IGNORECASE)


def set_health(world: World, chat: Chat, health: Health) -> None:
    """Give a chat another health; the same one changes nothing."""
    if chat.health != health:
        chat.health = health
        chat.health_changed_at = chat.updated_at = world.clock.now()


def note_sent(world: World, chat: Chat) -> None:
    """Count a message of ours."""
    chat.unanswered_count += 1
    if chat.health == "HEALTHY" and chat.unanswered_count >= AT_RISK_AFTER:
        set_health(world, chat, "AT_RISK")
    if chat.health == "AT_RISK" and chat.unanswered_count >= CRITICAL_AFTER:
        set_health(world, chat, "CRITICAL")


def note_received(world: World, chat: Chat, sender: Member, parts: Sequence[Part]) -> None:
    """Take a customer's message as a wish to stop or as a reply."""
    if _is_stop_word(parts):
        if not chat.is_group:
            opt_out(world, sender.handle, chat)
        return
    _opt_in(world, sender.handle)
    chat.unanswered_count = 0
    if chat.health in {"CRITICAL", "AT_RISK"}:
        set_health(world, chat, "AT_RISK" if chat.health == "CRITICAL" else "HEALTHY")


def opt_out(world: World, handle: str, chat: Chat | None = None) -> None:
    """Let a customer refuse messages from every line; only `chat` or his newest direct one is marked."""
    world.person_with(handle).is_opted_out = True
    if chat is None:
        chat = next((each for each in world.chats_by_activity(handle=handle) if not each.is_group), None)
    if chat is not None:
        set_health(world, chat, "OPTED_OUT")


def _opt_in(world: World, handle: str) -> None:
    """Let any ordinary reply, in whichever chat, lift the block."""
    person = world.person_with(handle)
    if not person.is_opted_out:
        return
    person.is_opted_out = False
    for chat in world.chats_by_activity(handle=handle):
        if chat.health == "OPTED_OUT":
            chat.unanswered_count = 0
            set_health(world, chat, "HEALTHY")


def _is_stop_word(parts: Sequence[Part]) -> bool:
    if len(parts) != 1 or not isinstance(parts[0], TextPart):
        return False
    words = parts[0].value.strip()
    return words in _STOP_WORDS or _OPT_OUT.fullmatch(words) is not None
