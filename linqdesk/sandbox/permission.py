"""What the API checks before it takes something for a chat."""

from collections.abc import Sequence

from linqdesk.sandbox.chat import Chat
from linqdesk.sandbox.limits import MESSAGES_OF_PAIR
from linqdesk.sandbox.refusals import RefusalError
from linqdesk.sandbox.world import World


def require_open(world: World, chat: Chat) -> None:
    """Pass if the account's line is in the chat.

    Raises:
        RefusalError: 409/2013 the line left it, 409/2009 it is still being created.
    """
    if chat.has_left:
        raise RefusalError(2013)
    if chat.ready_at is not None and world.clock.now() < chat.ready_at:
        raise RefusalError(2009)


def require_line(world: World, number: str) -> None:
    """Pass if the line may send.

    Raises:
        RefusalError: 403/2027, it is temporarily ineligible.
    """
    if number in world.ineligible_lines:
        raise RefusalError(2027)


def require_first_word(world: World, number: str) -> None:
    """Pass if the line may write to people who have not written to it (linq-api.md 3.1).

    Raises:
        RefusalError: 403/2008, it is shared with other accounts.
    """
    if number in world.shared_lines:
        raise RefusalError(2008)


def require_recipients(world: World, handles: Sequence[str], *, overrides_opt_out: bool = False) -> None:
    """Pass if these people may be written to; nobody is protected in a group (PY, chat health).

    Raises:
        RefusalError: 403/2026 blocked, 403/2024 opted out.
    """
    if len(handles) != 1:
        return
    person = world.person_with(handles[0])
    if person.handle in world.blocked_handles:
        raise RefusalError(2026)
    if person.is_opted_out and not overrides_opt_out:
        raise RefusalError(2024)


def require_pace(world: World, line: str, handles: Sequence[str]) -> None:
    """Pass if this pair has not had 30 messages within the last 60 s.

    Raises:
        RefusalError: 429/1007.
    """
    world.limits.require(MESSAGES_OF_PAIR, _pair(line, handles))


def require_admission(world: World, chat: Chat, *, overrides_opt_out: bool = False) -> None:
    """Pass if a message of ours may go into the chat now.

    Raises:
        RefusalError: 403/2024, 2026 or 2027, 409/2009 or 2013, 429/1007.
    """
    handles = [member.handle for member in chat.others()]
    require_open(world, chat)
    require_line(world, chat.line)
    if not chat.is_group:
        require_recipients(world, handles, overrides_opt_out=overrides_opt_out)
    require_pace(world, chat.line, handles)


def count_message(world: World, chat: Chat) -> None:
    """Count a message that was admitted."""
    world.limits.take(MESSAGES_OF_PAIR, _pair(chat.line, [member.handle for member in chat.others()]))


def _pair(line: str, handles: Sequence[str]) -> str:
    return " ".join([line, *sorted(handles)])
