"""What becomes of a message when Linq tells of it again: pure."""

from dataclasses import replace

from linqdesk.domain.delivery import merge_delivery
from linqdesk.domain.message import Message


def merge_message(known: Message, news: Message, *, is_late: bool) -> Message:
    """Return what to believe after `news`.

    The newest `updated_at` wins; of equal ones the answer to the later question, so a slow old answer
    (`is_late`) changes nothing. Delivery goes forward only and what is read stays read.
    """
    if news is known or news == known:
        # So it is with nearly all that a poll tells.
        return known
    is_newer = news.updated_at > known.updated_at or (news.updated_at == known.updated_at and not is_late)
    base, other = (news, known) if is_newer else (known, news)
    return replace(
        base,
        delivery=merge_delivery(known.delivery, news.delivery),
        is_read=known.is_read or news.is_read,
        sent_at=base.sent_at or other.sent_at,
        delivered_at=base.delivered_at or other.delivered_at,
        read_at=base.read_at or other.read_at,
    )
