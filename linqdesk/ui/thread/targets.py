"""What the pointer and the keyboard can reach within a row."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from linqdesk.domain.message import ReplyTo

# What a shaking hand can hit.
LEAST_PX = 28


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """A link, in a text or on a card."""

    url: str
    part_index: int


@dataclass(frozen=True, slots=True)
class PictureTarget:
    """A picture, which opens in the viewer."""

    part_index: int


@dataclass(frozen=True, slots=True)
class VideoTarget:
    """A video."""

    part_index: int


@dataclass(frozen=True, slots=True)
class AudioTarget:
    """A voice memo or another sound."""

    part_index: int


@dataclass(frozen=True, slots=True)
class FileTarget:
    """A file, which can be saved."""

    part_index: int


@dataclass(frozen=True, slots=True)
class QuoteTarget:
    """The quote over a reply, which leads to what is answered."""

    reply_to: ReplyTo


@dataclass(frozen=True, slots=True)
class ReactionTarget:
    """The badge of one kind of reaction: `kind` is its word or emoji, None for those that have no room."""

    part_index: int
    kind: str | None


@dataclass(frozen=True, slots=True)
class EffectTarget:
    """The badge that plays an effect again."""


@dataclass(frozen=True, slots=True)
class MoreTarget:
    """The rest of a long message."""


Target = (
    LinkTarget
    | PictureTarget
    | VideoTarget
    | AudioTarget
    | FileTarget
    | QuoteTarget
    | ReactionTarget
    | EffectTarget
    | MoreTarget
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a target is: several boxes for a link that runs over lines, relative to the row."""

    target: Target
    boxes: tuple[QRectF, ...]

    def contains(self, point: QPointF) -> bool:
        """Tell whether a point is on the target; small ones reach further than they look."""
        return any(self._reach(box).contains(point) for box in self.boxes)

    def _reach(self, box: QRectF) -> QRectF:
        if isinstance(self.target, LinkTarget):
            # The lines above and below it may hold links of their own.
            return box
        x_px, y_px = (max(0.0, (LEAST_PX - side) / 2) for side in (box.width(), box.height()))
        return box.adjusted(-x_px, -y_px, x_px, y_px)
