"""What one reading from the top of a thread has found so far: whether to read on, and in which order."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from statistics import median_low

from linqdesk.domain.ids import MessageId
from linqdesk.domain.page import MessagePage

_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: the cursor that asks for it, and the last message of the page before it."""

    cursor: str | None = None
    beside: MessageId | None = None


TOP = Place()


def place_after(page: MessagePage) -> Place | None:
    """Return where the page after this one begins, None where there is none."""
    if page.next_cursor is None:
        return None
    # What a page tells twice stands where it is told first.
    ids = [None, *dict.fromkeys(message.id for message in page.messages)]
    return Place(page.next_cursor, ids[-1])


def is_newest_first(page: MessagePage, *, otherwise: bool) -> bool:
    """Tell which way the server's list runs; a page that does not tell leaves it as it was known."""
    falls, rises = _steps(page)
    return otherwise if falls == rises else falls > rises


class Walk:
    """A reading from the top that goes on until it meets what an earlier one brought.

    Times of arrival tell the order, for a message that was recovered late was sent long before it
    arrived (linq-api.md 5, reconciled_at).
    """

    def __init__(self, first: MessagePage, known: frozenset[MessageId] | None) -> None:
        """Begin with the first page; `known` is what the last complete reading brought, None for none."""
        self.read = _ids(first)
        self._known = known
        self._first_middle = _middle(first)
        self._is_newest_first = not first.messages or _falls(first)

    @property
    def begins_with_oldest(self) -> bool:
        """Whether the first page, which is not the last one, looks as if the oldest came first."""
        return not self._is_newest_first

    @property
    def is_done(self) -> bool:
        """Whether nothing newer can be missing; a first reading ends with the first messages."""
        is_met = bool(self.read if self._known is None else self._known & self.read)
        return is_met and self._is_newest_first

    def finds_newer(self, page: MessagePage) -> bool:
        """Tell whether a later page shows that the oldest come first."""
        return not self._is_newest_first and _middle(page) > self._first_middle

    def take(self, page: MessagePage) -> None:
        """Add a page."""
        self.read |= _ids(page)
        self._is_newest_first = self._is_newest_first or _middle(page) < self._first_middle


def _ids(page: MessagePage) -> frozenset[MessageId]:
    return frozenset(message.id for message in page.messages)


def _falls(page: MessagePage) -> bool:
    """Tell whether most messages of a page arrived before the one that stands above them."""
    falls, rises = _steps(page)
    return falls > rises


def _steps(page: MessagePage) -> tuple[int, int]:
    """Return how often a message arrived before the one above it, and how often after it."""
    arrivals = list({message.id: message.created_at for message in page.messages}.values())
    falls = sum(former > later for former, later in pairwise(arrivals))
    rises = sum(former < later for former, later in pairwise(arrivals))
    return falls, rises


def _middle(page: MessagePage) -> datetime:
    """Return when a page's middle message arrived, the beginning of time for an empty page."""
    return median_low([message.created_at for message in page.messages] or [_LONG_AGO])
