"""What the pointer and the keyboard can reach within a row."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from linqdesk.domain.message import ReplyTo


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
        """Tell whether a point is on the target."""
        return any(box.contains(point) for box in self.boxes)
