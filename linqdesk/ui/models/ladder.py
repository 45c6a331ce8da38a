"""The words under our messages: how far each has come. Pure."""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import islice

from linqdesk.domain.delivery import Delivery
from linqdesk.domain.ids import RowKey
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import Content, OutgoingMessage, OutgoingState
from linqdesk.domain.resending import content_of_row, says_the_same
from linqdesk.domain.service import Service
from linqdesk.domain.system_event import SystemEvent
from linqdesk.store.view import ThreadRow
from linqdesk.ui.models.grouping import is_own
from linqdesk.ui.wording import clock_time, fault_reason

_SCAN_LIMIT = 200
STILL_SENDING_S = 5.0

_WORDS = {
    Delivery.PENDING: "○ Sending…",
    Delivery.QUEUED: "○ Sending…",
    Delivery.SENT: "✓ Sent",
    Delivery.RECEIVED: "✓ Sent",
    Delivery.DELIVERED: "✓✓ Delivered",
    Delivery.READ: "✓✓ Read",
    Delivery.FAILED: "Not delivered",
}

_SENT_AGAIN = "Not delivered · sent again"


def status_words(content: Message | OutgoingMessage, now: datetime) -> str | None:
    """Return the words for one message of ours; None where Linq says nothing that we know."""
    if isinstance(content, OutgoingMessage):
        return _outgoing_words(content, now)
    words = _WORDS.get(content.delivery)
    if words is None:
        return None
    if content.delivery is Delivery.FAILED:
        return f"{words} – {failed_reason(content)}"
    if content.delivery is Delivery.READ and content.read_at is not None:
        words = f"{words} {clock_time(content.read_at)}"
    if has_fallen_back(content):
        words = f"{words} · asked iMessage, went as {content.service}"
    return words


def failed_reason(message: Message) -> str:
    """Return why Linq could not deliver a message, as far as that can be known.

    Only webhooks carry the reason, GET tells none (linq-api.md 6).
    """
    if message.preferred_service is Service.IMESSAGE:
        return "only iMessage was asked for, and it did not get through"
    return "Linq does not say why"


def sent_again(newest_first: Iterable[ThreadRow]) -> frozenset[RowKey]:
    """Return which messages that Linq could not deliver stand once more further down."""
    found: set[RowKey] = set()
    newer: list[Content] = []
    for row in islice(newest_first, _SCAN_LIMIT):
        content = row.content
        if not is_own(row) or isinstance(content, SystemEvent):
            continue
        said = content_of_row(content)
        if said is None:
            continue
        is_failed = isinstance(content, Message) and content.delivery is Delivery.FAILED
        if is_failed and any(says_the_same(said, each) for each in newer):
            found.add(row.key)
        newer.append(said)
    return frozenset(found)


def has_fallen_back(message: Message) -> bool:
    """Tell whether iMessage was wanted and another service carried the message."""
    wanted, used = message.preferred_service, message.service
    return wanted is Service.IMESSAGE and used in {Service.SMS, Service.RCS}


def _fallback_words(content: Message | OutgoingMessage) -> str:
    if isinstance(content, Message) and has_fallen_back(content):
        return f"Asked iMessage, went as {content.service}"
    return ""


def _outgoing_words(outgoing: OutgoingMessage, now: datetime) -> str:
    if outgoing.state is OutgoingState.FAILED:
        reason = f" – {fault_reason(outgoing.failure)}" if outgoing.failure is not None else ""
        return f"Not delivered{reason}"
    if outgoing.failure is not None:
        return f"Not sent yet – {fault_reason(outgoing.failure)}"
    return "○ Still sending…" if is_still_sending(outgoing, now) else "○ Sending…"


def is_still_sending(content: Message | OutgoingMessage | SystemEvent, now: datetime) -> bool:
    """Tell whether a message of ours has been on its way for so long that it is worth a word."""
    if not isinstance(content, OutgoingMessage):
        return False
    return (now - content.created_at).total_seconds() >= STILL_SENDING_S


def seconds_until_late(newest_first: Iterable[ThreadRow], now: datetime) -> float | None:
    """Return when the words of a send under way change next, None where they do not."""
    for scanned, row in enumerate(newest_first):
        if scanned >= _SCAN_LIMIT:
            break
        if isinstance(row.content, OutgoingMessage) and row.content.failure is None:
            left_s = STILL_SENDING_S - (now - row.content.created_at).total_seconds()
            return left_s if left_s > 0 else None
    return None


def needs_decision(row: ThreadRow) -> bool:
    """Tell whether the agent may decide about a send: it failed, or it waits for the server."""
    content = row.content
    return isinstance(content, OutgoingMessage) and content.failure is not None


def ladder(
    newest_first: Iterable[ThreadRow], now: datetime, again: Collection[RowKey] = ()
) -> dict[RowKey, str]:
    """Return the words under each row that shows some.

    Under the newest message that reached each state, under everything that failed or still waits, and under
    the last of each run of messages that went over another service than was asked for. What stands `again`
    further down says so.
    """
    words: dict[RowKey, str] = {}
    reached: set[str] = set()
    has_fallen_back_below = False
    for row in islice(newest_first, _SCAN_LIMIT):
        if not is_own(row) or isinstance(row.content, SystemEvent):
            continue
        fallback = _fallback_words(row.content)
        if fallback and not has_fallen_back_below:
            words[row.key] = fallback
        has_fallen_back_below = bool(fallback)
        state = row.content.delivery if isinstance(row.content, Message) else row.content.state
        is_failed = state in {Delivery.FAILED, OutgoingState.FAILED}
        if "read" in reached and not is_failed:
            continue
        said = (
            f"{_WORDS[Delivery.FAILED]} · sent again" if row.key in again else status_words(row.content, now)
        )
        if said is None or (state in reached and not is_failed):
            continue
        if _is_passed(state, reached) and not needs_decision(row):
            continue
        reached.add(state)
        words[row.key] = said
    return words


def _is_passed(state: str, reached: set[str]) -> bool:
    """Tell whether a newer message came further already, so the words would say less than is known."""
    order = ("sending", "pending", "queued", "sent", "received", "delivered", "read")
    if state not in order:
        return False
    return any(other in order and order.index(other) > order.index(state) for other in reached)
