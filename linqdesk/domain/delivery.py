"""The order of delivery states and the merge that never goes backward."""

from enum import StrEnum
from typing import Self

from linqdesk.domain.service import Service


class Delivery(StrEnum):
    """How far a message has come, by the API's word; a word added later reads as UNKNOWN."""

    UNKNOWN = "unknown"
    PENDING = "pending"
    QUEUED = "queued"
    SENT = "sent"
    RECEIVED = "received"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"

    @classmethod
    def from_word(cls, word: str | None) -> Self:
        """Return the state that a word names in any case, UNKNOWN for every other word."""
        wanted = (word or "").casefold()
        return next((each for each in cls if each == wanted), cls("unknown"))


_ORDER = (
    Delivery.UNKNOWN,
    Delivery.PENDING,
    Delivery.QUEUED,
    Delivery.SENT,
    Delivery.RECEIVED,
    Delivery.DELIVERED,
    Delivery.READ,
)


def merge_delivery(known: Delivery, news: Delivery) -> Delivery:
    """Return the later of two states.

    A failure replaces anything but a delivery, and only a delivery replaces a failure: error 4001
    may be followed by a late delivery of the same message (linq-api.md 3.1).
    """
    arrived = (Delivery.DELIVERED, Delivery.READ)
    if known is Delivery.FAILED:
        return news if news in arrived else known
    if news is Delivery.FAILED:
        return known if known in arrived else news
    return max(known, news, key=_ORDER.index)


def last_knowable(service: Service | None, *, is_group: bool) -> Delivery:
    """Return the last state that a chat can ever report for a message that goes well.

    SMS and every group end at SENT (Linq's capability matrix and its group chat guide).
    """
    if is_group or service is Service.SMS:
        return Delivery.SENT
    return Delivery.READ
