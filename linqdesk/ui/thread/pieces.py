"""The pieces that a row is stacked of: one frozen kind for each kind of content."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from linqdesk.domain.links import Link
from linqdesk.domain.message import MediaPart
from linqdesk.ui.models.link_words import Address
from linqdesk.ui.models.media_words import FileFacts
from linqdesk.ui.thread.player_places import FilmPlaces, SoundPlaces
from linqdesk.ui.thread.text_block import TextBlock


@dataclass(frozen=True, slots=True)
class Extent:
    """Which part a piece shows and where that part stands in the row's text, in UTF-16 code units."""

    part_index: int
    start: int
    end: int

    def covered(self, selected: tuple[int, int] | None) -> tuple[int, int] | None:
        """Return what a selection of the row covers here, relative to the part; None for nothing."""
        if selected is None:
            return None
        start, end = max(selected[0], self.start), min(selected[1], self.end)
        return (start - self.start, end - self.start) if start < end else None


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A text in a bubble; emoji alone are large and have none."""

    box: QRectF
    extent: Extent
    block: TextBlock
    text_at: QPointF
    links: tuple[Link, ...] = ()
    is_large: bool = False


@dataclass(frozen=True, slots=True)
class PictureCell:
    """One picture of a grid."""

    box: QRectF
    extent: Extent
    part: MediaPart


@dataclass(frozen=True, slots=True)
class PicturesPiece:
    """Neighbouring pictures; `hidden` of them have no cell of their own."""

    box: QRectF
    cells: tuple[PictureCell, ...]
    hidden: int = 0

    @property
    def extent(self) -> Extent:
        """The parts of all cells."""
        first, last = self.cells[0].extent, self.cells[-1].extent
        return Extent(first.part_index, first.start, last.end)


@dataclass(frozen=True, slots=True)
class VideoPiece:
    """A video: a poster with a play disc, or what plays with its controls."""

    box: QRectF
    extent: Extent
    part: MediaPart
    facts: FileFacts
    player: FilmPlaces


@dataclass(frozen=True, slots=True)
class CardPlaces:
    """The places on a card: an icon, a title over a detail, and where something can be done."""

    icon: QRectF
    title: QRectF
    detail: QRectF
    action: QRectF | None = None

    def moved(self, by: QPointF) -> "CardPlaces":
        """Return the places elsewhere."""
        action = self.action.translated(by) if self.action is not None else None
        return CardPlaces(
            self.icon.translated(by), self.title.translated(by), self.detail.translated(by), action
        )


@dataclass(frozen=True, slots=True)
class AudioPiece:
    """A voice memo or another sound: the box of its player."""

    box: QRectF
    extent: Extent
    part: MediaPart
    facts: FileFacts
    player: SoundPlaces


@dataclass(frozen=True, slots=True)
class FilePiece:
    """A file that can be saved; one of ours that is still being sent has no part."""

    box: QRectF
    extent: Extent
    part: MediaPart | None
    facts: FileFacts
    places: CardPlaces


@dataclass(frozen=True, slots=True)
class LinkPiece:
    """A link as a card, from what the API says of it."""

    box: QRectF
    extent: Extent
    address: Address
    places: CardPlaces


@dataclass(frozen=True, slots=True)
class AppPiece:
    """An app card, an App Clip or a part of a kind that is not known, by its name."""

    box: QRectF
    extent: Extent
    icon: str
    title: str
    detail: str
    places: CardPlaces


@dataclass(frozen=True, slots=True)
class NotePiece:
    """What stands where nothing was said: an empty or a deleted message."""

    box: QRectF
    extent: Extent
    words: str


@dataclass(frozen=True, slots=True)
class EventPiece:
    """A system event: a centred line without a bubble."""

    box: QRectF
    extent: Extent
    words: str


Piece = (
    EventPiece
    | TextPiece
    | PicturesPiece
    | VideoPiece
    | AudioPiece
    | FilePiece
    | LinkPiece
    | AppPiece
    | NotePiece
)
