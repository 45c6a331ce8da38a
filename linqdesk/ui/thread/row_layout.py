"""The places within one row: what stands where, what is hit, and where in its text a point is."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from linqdesk.ui.models.row_context import RowContext
from linqdesk.ui.thread.badges import Badge
from linqdesk.ui.thread.pieces import PicturesPiece, Piece, TextPiece
from linqdesk.ui.thread.targets import Place, Target


@dataclass(slots=True)
class RowLayout:
    """The places within one row, relative to its top left corner.

    `bubble` encloses all pieces. `places` are what the pointer and the keyboard can reach, in the order of
    the keyboard: the quote, the parts, their reactions, what stands below.
    """

    height_px: float
    is_own: bool
    context: RowContext
    bubble: QRectF
    pieces: tuple[Piece, ...] = ()
    badges: tuple[Badge, ...] = ()
    places: tuple[Place, ...] = ()
    heading: QRectF | None = None
    unread_bar: QRectF | None = None
    name: QRectF | None = None
    avatar: QRectF | None = None
    quote: QRectF | None = None
    edited: QRectF | None = None
    effect: QRectF | None = None
    status: QRectF | None = None
    buttons: QRectF | None = None
    more: QRectF | None = None

    def hit(self, point: QPointF) -> Target | None:
        """Return what is at a point; what comes later lies on top."""
        return next((place.target for place in reversed(self.places) if place.contains(point)), None)

    def place_of(self, target: Target) -> Place | None:
        """Return where a target is, None where the row has none such."""
        return next((place for place in self.places if place.target == target), None)

    def position_at(self, point: QPointF) -> int:
        """Return the place in the row's text that is nearest to a point, in UTF-16 code units."""
        if not self.pieces:
            return 0
        piece = min(self.pieces, key=lambda each: _distance(each.box, point.y()))
        if isinstance(piece, TextPiece):
            return piece.extent.start + piece.block.position_at(point - piece.text_at)
        if isinstance(piece, PicturesPiece):
            cell = min(piece.cells, key=lambda each: (each.box.center() - point).manhattanLength())
            return cell.extent.end if point.x() > cell.box.center().x() else cell.extent.start
        return piece.extent.end if point.x() > piece.box.center().x() else piece.extent.start

    def word_at(self, position: int) -> tuple[int, int]:
        """Return the range of the word around a position; a piece that is no text is one word."""
        for piece in self.pieces:
            extent = piece.extent
            if extent.start <= position <= extent.end:
                if not isinstance(piece, TextPiece):
                    return extent.start, extent.end
                start, end = piece.block.word_at(position - extent.start)
                return start + extent.start, end + extent.start
        return position, position


def _distance(box: QRectF, y_px: float) -> float:
    return max(box.top() - y_px, 0.0, y_px - box.bottom())
