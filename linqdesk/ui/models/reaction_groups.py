"""Reactions of one part, gathered by kind. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from linqdesk.domain.message import Reaction
from linqdesk.ui.names import plain_name

TAPBACK_EMOJI = {
    "love": "❤️",
    "like": "👍",
    "dislike": "👎",
    "laugh": "😂",
    "emphasize": "‼️",
    "question": "❓",
}
_MAX_EMOJI = 16
STICKER = "sticker"


@dataclass(frozen=True, slots=True)
class ReactionGroup:
    """All reactions of one kind: `kind` is the API's word or the custom emoji, `emoji` what is drawn.

    `is_pending` tells that ours is among them and Linq has not told of it yet.
    """

    kind: str
    emoji: str
    count: int
    is_mine: bool
    reactions: tuple[Reaction, ...]
    is_pending: bool = False


def grouped(reactions: Iterable[Reaction]) -> tuple[ReactionGroup, ...]:
    """Return the kinds in the order in which they came; stickers are no kind."""
    by_kind: dict[str, list[Reaction]] = {}
    for reaction in reactions:
        if not is_sticker(reaction):
            by_kind.setdefault(_kind_of(reaction), []).append(reaction)
    return tuple(
        ReactionGroup(
            kind=kind,
            emoji=TAPBACK_EMOJI.get(kind) or (plain_name(kind)[:_MAX_EMOJI] if each[0].custom_emoji else "…"),
            count=len(each),
            is_mine=any(one.is_me for one in each),
            reactions=tuple(each),
            is_pending=any(one.is_pending for one in each),
        )
        for kind, each in by_kind.items()
    )


def is_sticker(reaction: Reaction) -> bool:
    """Tell whether a reaction is a picture."""
    return reaction.kind == STICKER


def _kind_of(reaction: Reaction) -> str:
    return reaction.custom_emoji or reaction.kind
