"""Which text of the thread is selected: within a bubble or over several."""

from dataclasses import dataclass

from linqdesk.domain.ids import RowKey


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the thread: a row and a position in its text, in UTF-16 code units."""

    key: RowKey
    position: int


@dataclass(frozen=True, slots=True)
class Selection:
    """From where the selection began to where it is now; either may come first in the thread."""

    anchor: Spot
    head: Spot

    def range_in(self, row: int, anchor_row: int, head_row: int, length: int) -> tuple[int, int] | None:
        """Return what is selected of one row, None where nothing is.

        Args:
            row: the row that is asked about.
            anchor_row: where the anchor's row stands.
            head_row: where the head's row stands.
            length: of the asked row's text.
        """
        first, last = sorted(((anchor_row, self.anchor.position), (head_row, self.head.position)))
        if not first[0] <= row <= last[0]:
            return None
        start = first[1] if row == first[0] else 0
        end = last[1] if row == last[0] else length
        return (start, end) if start < end else None
