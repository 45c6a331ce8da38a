"""What decides over a message of ours besides its words: the service that carries it, a memo's file."""

from collections.abc import Sequence

from linqdesk.sandbox.chat import Chat
from linqdesk.sandbox.media_types import VOICE_MEMO_TYPES
from linqdesk.sandbox.model import MediaPart, Part, Person, Service
from linqdesk.sandbox.refusals import RefusalError

VOICE_MEMO_BYTES = 10_000_000


def service_for(wish: Service | None, chat: Chat, people: Sequence[Person]) -> Service | None:
    """Return what carries a message, None where nothing may (linq-api.md 2.3).

    No wish leaves it to the chat; iMessage has no fallback; RCS and SMS alike mean RCS where it is
    possible, else SMS.
    """
    if wish is None:
        return chat.service
    if wish == "iMessage":
        can_all = chat.service == "iMessage" or all(each.service == "iMessage" for each in people)
        return "iMessage" if can_all else None
    return "SMS" if chat.service == "SMS" or any(each.service == "SMS" for each in people) else "RCS"


def check_voice_memo(part: Part) -> None:
    """Refuse what is no voice memo (linq-api.md 2.1).

    Raises:
        RefusalError: 400/5004 its type is none of the seven, 413/5001 it is over `VOICE_MEMO_BYTES`.
    """
    if not isinstance(part, MediaPart) or part.mime_type not in VOICE_MEMO_TYPES:
        raise RefusalError(5004)
    if part.size_bytes > VOICE_MEMO_BYTES:
        raise RefusalError(5001, "A voice memo has at most 10 MB", status=413)
