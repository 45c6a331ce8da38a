"""When our line's contact card may be shared in a chat."""

from datetime import datetime, timedelta

from linqdesk.domain.chat import Chat
from linqdesk.domain.rules.groups import left_chat
from linqdesk.domain.rules.violation import Violation
from linqdesk.domain.service import Service

SHARE_EVERY = timedelta(minutes=5)


def check_share_card(
    chat: Chat, *, has_written: bool, last_shared_at: datetime | None, now: datetime
) -> tuple[Violation, ...]:
    """Check that our card can be shared in a chat (linq-api.md 2.1, share_contact_card; 3.2).

    Args:
        chat: one over iMessage; where Linq names no service the server decides.
        has_written: whether a message of ours went into it before, or nobody here can tell.
        last_shared_at: aware; it may be shared again 5 minutes later. None where it was not.
        now: aware.
    """
    found = list(left_chat(chat))
    if chat.service in {Service.SMS, Service.RCS}:
        words = f"Contact cards are shared over iMessage only; this chat goes over {chat.service}."
        found.append(Violation("card_imessage", words))
    if not has_written:
        words = "Send a message first; the contact card can be shared after it."
        found.append(Violation("card_first_message", words))
    if last_shared_at is not None and now - last_shared_at < SHARE_EVERY:
        left = SHARE_EVERY - (now - last_shared_at)
        minutes = max(1, -(-int(left.total_seconds()) // 60))
        words = f"At most once in 5 minutes: again in {minutes} min."
        found.append(Violation("card_pace", words))
    return tuple(found)
