"""Which laid-out rows show which pictures and videos, and at what size they were laid out."""

from linqdesk.domain.ids import AttachmentId, RowKey
from linqdesk.domain.message import MediaPart
from linqdesk.ui.thread.piece_layout import SizeOf, unknown_size
from linqdesk.ui.thread.pieces import PicturesPiece, Piece, VideoPiece
from linqdesk.ui.thread.row_layout import RowLayout


class PicturedRows:
    """Finds the rows that a picture makes out of date once its size is known."""

    def __init__(self) -> None:
        """Know no row, and no picture's size."""
        self.sources: tuple[SizeOf, ...] = (unknown_size,)
        self._seen: dict[RowKey, tuple[tuple[MediaPart, tuple[int, int] | None], ...]] = {}

    def size_of(self, part: MediaPart) -> tuple[int, int] | None:
        """Return the size of a picture or a video in pixels, None where nobody knows it yet."""
        sizes = (source(part) for source in self.sources)
        return next((size for size in sizes if size is not None), None)

    def note(self, key: RowKey, layout: RowLayout) -> None:
        """Remember with which sizes a row was laid out."""
        parts = [part for piece in layout.pieces for part in _parts_of(piece)]
        if parts:
            self._seen[key] = tuple((part, self.size_of(part)) for part in parts)

    def forget(self, key: RowKey) -> None:
        """Let a row go."""
        self._seen.pop(key, None)

    def clear(self) -> None:
        """Let all rows go."""
        self._seen.clear()

    def outdated(self, attachment_id: AttachmentId) -> list[RowKey]:
        """Return the rows that were laid out with another size of a picture."""
        return [
            key
            for key, seen in self._seen.items()
            if any(part.attachment_id == attachment_id and self.size_of(part) != size for part, size in seen)
        ]


def _parts_of(piece: Piece) -> list[MediaPart]:
    """Return what a piece's own size depends on."""
    match piece:
        case PicturesPiece():
            return [cell.part for cell in piece.cells]
        case VideoPiece():
            return [piece.part]
        case _:
            return []
