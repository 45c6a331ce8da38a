"""Finds out by reading whether a message arrived whose answer never came."""

from datetime import timedelta

from linqdesk.domain.message import LinkPart, MediaPart, Message, Part, TextPart
from linqdesk.domain.outgoing import OutgoingLink, OutgoingMedia, OutgoingMessage, OutgoingPart, OutgoingText
from linqdesk.domain.outgoing_files import OutgoingFile, OutgoingVoiceMemo
from linqdesk.services.ports import Client

_MAX_PAGES = 20
# This computer's clock and Linq's may differ by so much.
_SKEW = timedelta(minutes=10)


async def find_sent(client: Client, outgoing: OutgoingMessage) -> Message | None:
    """Return the message of a chat that a send has become, None where there is none or it is not certain.

    Two messages that say the same leave it uncertain; 2,000 messages are looked through.

    Raises:
        LinqDeskError: the chat cannot be read now.
    """
    if outgoing.begins is not None:
        return None
    found: dict[str, Message] = {}
    cursor: str | None = None
    for _ in range(_MAX_PAGES):
        page = await client.list_messages(outgoing.chat_id, cursor=cursor, limit=100)
        found.update({each.id: each for each in page.messages if _may_be(each, outgoing)})
        cursor = page.next_cursor
        if cursor is None:
            break
    return next(iter(found.values())) if len(found) == 1 else None


def _may_be(message: Message, outgoing: OutgoingMessage) -> bool:
    if not message.is_from_me or message.created_at < outgoing.created_at - _SKEW:
        return False
    if message.reply_to != outgoing.content.reply_to or message.effect != outgoing.content.effect:
        return False
    parts = outgoing.content.parts
    pairs = zip(message.parts, parts, strict=False)
    return len(message.parts) == len(parts) and all(_says(theirs, ours) for theirs, ours in pairs)


def _says(theirs: Part, ours: OutgoingPart) -> bool:
    match ours:
        case OutgoingText():
            return isinstance(theirs, TextPart) and theirs.value == ours.value
        case OutgoingLink():
            return isinstance(theirs, LinkPart) and theirs.value == ours.value
        case OutgoingMedia() | OutgoingFile():
            return isinstance(theirs, MediaPart) and ours.attachment_id in {None, theirs.attachment_id}
        case OutgoingVoiceMemo(file=file):
            return isinstance(theirs, MediaPart) and file.attachment_id in {None, theirs.attachment_id}
