"""Which laid-out rows show which pictures, and at what size they were laid out."""

from typing import TYPE_CHECKING

from linqdesk.domain.ids import AttachmentId, RowKey
from linqdesk.ui.thread.piece_layout import SizeOf, unknown_size
from linqdesk.ui.thread.pieces import PicturesPiece
from linqdesk.ui.thread.row_layout import RowLayout

if TYPE_CHECKING:
    from linqdesk.domain.message import MediaPart


class PicturedRows:
    """Finds the rows that a picture makes out of date once its size is known."""

    def __init__(self) -> None:
        """Know no row, and no picture's size."""
        self.size_of: SizeOf = unknown_size
        self._seen: dict[RowKey, tuple[tuple[MediaPart, tuple[int, int] | None], ...]] = {}

    def note(self, key: RowKey, layout: RowLayout) -> None:
        """Remember with which sizes a row was laid out."""
        pieces = [piece for piece in layout.pieces if isinstance(piece, PicturesPiece)]
        if pieces:
            parts = [cell.part for piece in pieces for cell in piece.cells]
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
