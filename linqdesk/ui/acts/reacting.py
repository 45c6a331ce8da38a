"""Adds, changes and takes back our reaction to a part: of each person a part has one at most."""

from collections.abc import Callable

from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.message import Message
from linqdesk.domain.rules.signals import TAPBACKS, check_reaction
from linqdesk.domain.wishes import ReactionWish, own_reaction
from linqdesk.ui.acts.aim import Aim
from linqdesk.ui.acts.obstacles import reaction_obstacle
from linqdesk.ui.commands import Commands
from linqdesk.ui.wording import fault_sentence


def own_kind(message: Message, part_index: int) -> str | None:
    """Return our reaction to a part: a tapback's word or an emoji, None for none."""
    if not 0 <= part_index < len(message.parts):
        return None
    mine = own_reaction(message.parts[part_index])
    return None if mine is None else mine.custom_emoji or mine.kind


class Reacting:
    """Asks for reactions and says what became of those that failed."""

    def __init__(self, commands: Commands, say: Callable[[str], None]) -> None:
        """Ask by commands, and say failures."""
        self._commands = commands
        self._say = say

    def toggle(self, aim: Aim, kind: str) -> None:
        """React with a tapback's word or an emoji, or take exactly that reaction back."""
        obstacle = reaction_obstacle(aim.row) or _fault_of(kind)
        if obstacle is not None:
            self._say(obstacle)
            return
        is_removal = own_kind(aim.message, aim.part_index) == kind
        wish = _wish(aim.part_index, kind, is_removal=is_removal)
        chat_id, message_id = aim.message.chat_id, aim.message.id
        self._commands.acts.change(chat_id, message_id, wish, lambda error: self._on_done(error, wish))

    def _on_done(self, error: LinqDeskError | None, wish: ReactionWish) -> None:
        if error is not None:
            what = "was not taken back" if wish.is_removal else "did not go through"
            self._say(f"The reaction {what}. {fault_sentence(error)}")


def _wish(part_index: int, kind: str, *, is_removal: bool) -> ReactionWish:
    if kind in TAPBACKS:
        return ReactionWish(part_index, kind, is_removal=is_removal)
    return ReactionWish(part_index, "custom", kind, is_removal=is_removal)


def _fault_of(kind: str) -> str | None:
    """Return what is wrong with a reaction, None for one that Linq knows."""
    found = () if kind in TAPBACKS else check_reaction("custom", kind)
    return found[0].words if found else None
