"""What can be reached in a row, from top to bottom, and where each is."""

from collections.abc import Iterator

from linqdesk.ui.thread.pieces import (
    AudioPiece,
    FilePiece,
    LinkPiece,
    PicturesPiece,
    Piece,
    TextPiece,
    VideoPiece,
)
from linqdesk.ui.thread.row_layout import RowLayout
from linqdesk.ui.thread.targets import (
    AudioTarget,
    EffectTarget,
    FileTarget,
    LinkTarget,
    MoreTarget,
    PictureTarget,
    Place,
    QuoteTarget,
    Target,
    VideoTarget,
)


def places_of(layout: RowLayout) -> tuple[Place, ...]:
    """Return the places of a row whose geometry is complete."""
    return tuple(_places(layout))


def _places(layout: RowLayout) -> Iterator[Place]:
    if layout.quote is not None and layout.context.quote is not None:
        yield Place(QuoteTarget(layout.context.quote.reply_to), (layout.quote,))
    for piece in layout.pieces:
        yield from _places_in(piece)
    for badge in layout.badges:
        yield badge.place
    if layout.more is not None:
        yield Place(MoreTarget(), (layout.more,))
    if layout.effect is not None:
        yield Place(EffectTarget(), (layout.effect,))


def _places_in(piece: Piece) -> Iterator[Place]:
    match piece:
        case TextPiece():
            for link in piece.links:
                boxes = piece.block.boxes_of(link.start, link.end)
                address = LinkTarget(link.url, piece.extent.part_index)
                yield Place(address, tuple(box.translated(piece.text_at) for box in boxes))
        case PicturesPiece():
            for cell in piece.cells:
                yield Place(PictureTarget(cell.extent.part_index), (cell.box,))
        case _:
            target = _only_target(piece)
            if target is not None:
                yield Place(target, (piece.box,))


def _only_target(piece: Piece) -> Target | None:
    """Return what a piece is that can only be reached as a whole."""
    index = piece.extent.part_index
    match piece:
        case VideoPiece():
            return VideoTarget(index)
        case AudioPiece():
            return AudioTarget(index)
        case FilePiece() if piece.part is not None:
            return FileTarget(index)
        case LinkPiece():
            return LinkTarget(piece.address.url, index)
        case _:
            return None
