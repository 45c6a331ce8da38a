"""What stands around a message because of its neighbours and of what it answers."""

from dataclasses import dataclass
from datetime import datetime

from linqdesk.ui.models.quotes import Quote
from linqdesk.ui.models.remedies import NONE, Remedy


@dataclass(frozen=True, slots=True)
class RowContext:
    """How a row sits among the others.

    `heading_at` is the time to print above it, `quote` what it answers, `event` the words of a system event,
    `remedies` what can be done about a message that did not arrive.
    """

    heading_at: datetime | None = None
    is_group_first: bool = True
    is_group_last: bool = True
    has_unread_bar: bool = False
    status: str | None = None
    quote: Quote | None = None
    event: str | None = None
    remedies: frozenset[Remedy] = NONE
