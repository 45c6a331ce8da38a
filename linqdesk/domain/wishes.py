"""What the agent wants changed about a message that Linq knows: how it looks meanwhile, and when it is so."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from linqdesk.domain.ids import Handle
from linqdesk.domain.message import Message, Part, Reaction, TextPart

STICKER = "sticker"


@dataclass(frozen=True, slots=True)
class ReactionWish:
    """A reaction of ours on a part, to be added or taken back; `custom_emoji` goes with the kind custom."""

    part_index: int
    kind: str
    custom_emoji: str | None = None
    is_removal: bool = False


@dataclass(frozen=True, slots=True)
class EditWish:
    """Another text for a part."""

    part_index: int
    text: str


Wish = ReactionWish | EditWish


def with_wish(message: Message, wish: Wish, me: Handle) -> Message:
    """Return a message as it will be; a part that it does not have changes nothing.

    Args:
        message: as Linq tells it.
        wish: what was asked for.
        me: our line, whose reaction it is.
    """
    if not 0 <= wish.part_index < len(message.parts):
        return message
    parts = list(message.parts)
    parts[wish.part_index] = _changed(parts[wish.part_index], wish, me)
    return replace(message, parts=tuple(parts))


def is_granted(message: Message, wish: Wish) -> bool:
    """Tell whether a message is as it was asked for."""
    if not 0 <= wish.part_index < len(message.parts):
        return False
    part = message.parts[wish.part_index]
    match wish:
        case EditWish():
            return isinstance(part, TextPart) and part.value == wish.text
        case ReactionWish():
            return _has_mine(part, wish) is not wish.is_removal


def own_reaction(part: Part) -> Reaction | None:
    """Return our tapback on a part, None where there is none: of each person a part has one at most."""
    return next(_mine(part), None)


def _changed(part: Part, wish: Wish, me: Handle) -> Part:
    match wish:
        case EditWish():
            # The marks of the old words go with them.
            return replace(part, value=wish.text, decorations=()) if isinstance(part, TextPart) else part
        case ReactionWish():
            return _reacted(part, wish, me)


def _reacted(part: Part, wish: ReactionWish, me: Handle) -> Part:
    """Return a part with our reaction, in the place of our earlier one, or without it."""
    mine = list(_mine(part))
    kept = tuple(each for each in part.reactions if not any(each is one for one in mine))
    if wish.is_removal:
        same = [each for each in mine if not _says(each, wish)]
        return replace(part, reactions=(*kept, *same))
    added = Reaction(me, is_me=True, kind=wish.kind, custom_emoji=wish.custom_emoji, is_pending=True)
    return replace(part, reactions=(*kept, added))


def _has_mine(part: Part, wish: ReactionWish) -> bool:
    return any(_says(each, wish) for each in _mine(part))


def _mine(part: Part) -> Iterator[Reaction]:
    return (each for each in part.reactions if each.is_me and each.kind != STICKER)


def _says(reaction: Reaction, wish: ReactionWish) -> bool:
    return (reaction.kind, reaction.custom_emoji) == (wish.kind, wish.custom_emoji)
