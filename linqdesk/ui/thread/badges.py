"""Where the reactions of a part stand: circles on its top corner, away from the tail. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from linqdesk.domain.message import Reaction
from linqdesk.ui.models.reaction_groups import STICKER, ReactionGroup, grouped, is_sticker
from linqdesk.ui.thread.metrics import Style
from linqdesk.ui.thread.targets import Place, ReactionTarget

BADGE_PX, STICKER_PX = 24, 48
KINDS_SHOWN, STICKERS_SHOWN = 3, 3
# How far badges reach out beside their part and down into it, and how far over each other: by their rings.
OUT_PX, DOWN_PX, OVERLAP_PX = 10, 10, 2
_FIGURE_PX = 8


@dataclass(frozen=True, slots=True)
class Badge:
    """One badge: of a kind, of a sticker, or with neither of the number of kinds that have no room."""

    box: QRectF
    part_index: int
    group: ReactionGroup | None = None
    sticker: Reaction | None = None
    hidden: int = 0

    @property
    def place(self) -> Place:
        """Where the badge can be hit."""
        kind = self.group.kind if self.group is not None else None
        if self.sticker is not None:
            kind = STICKER
        return Place(ReactionTarget(self.part_index, kind), (self.box,))


def rise(reactions: Sequence[Reaction], style: Style) -> float:
    """Return how much higher than its part a part's badges reach, in pixels."""
    if not reactions:
        return 0.0
    tallest = STICKER_PX if any(map(is_sticker, reactions)) else BADGE_PX * style.zoom
    return round(tallest) - DOWN_PX


def badges(
    reactions: Sequence[Reaction], part_index: int, box: QRectF, style: Style, *, is_own: bool
) -> tuple[Badge, ...]:
    """Return the badges of a part that stands in a box, from left to right."""
    if not reactions:
        return ()
    size = round(BADGE_PX * style.zoom)
    bottom = box.top() + DOWN_PX
    made: list[tuple[float, float, ReactionGroup | None, Reaction | None, int]] = [
        (STICKER_PX, STICKER_PX, None, each, 0)
        for each in [one for one in reactions if is_sticker(one)][:STICKERS_SHOWN]
    ]
    groups = grouped(reactions)
    made += [(_width(group, size), size, group, None, 0) for group in groups[:KINDS_SHOWN]]
    hidden = len(groups) - KINDS_SHOWN
    if hidden > 0:
        made.append((size + _FIGURE_PX * style.zoom * (len(str(hidden)) - 0.5), size, None, None, hidden))
    lefts = _lefts([each[0] for each in made], box, style, is_own=is_own)
    return tuple(
        Badge(QRectF(left, bottom - height, width, height), part_index, group, sticker, count)
        for left, (width, height, group, sticker, count) in zip(lefts, made, strict=True)
    )


def _width(group: ReactionGroup, size: float) -> float:
    return (
        size if group.count == 1 else size + _FIGURE_PX * (size / BADGE_PX) * (len(str(group.count)) + 0.25)
    )


def _lefts(widths: list[float], box: QRectF, style: Style, *, is_own: bool) -> list[float]:
    """Line the badges up from the corner inward; where the part is too narrow they reach over it."""
    total = sum(widths) - OVERLAP_PX * (len(widths) - 1)
    low, high = style.column
    if is_own:
        start = min(box.left() - OUT_PX, box.right() - total)
    else:
        start = max(box.right() + OUT_PX - total, box.left())
    start = max(low - OUT_PX, min(start, high + OUT_PX - total))
    lefts = []
    for width in widths:
        lefts.append(start)
        start += width - OVERLAP_PX
    return lefts
