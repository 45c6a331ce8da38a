"""A message in plain words: for previews, quotes and the clipboard."""

from linqdesk.domain.message import LinkPart, MediaPart, Message, Part, TextPart, UnknownPart
from linqdesk.domain.outgoing import (
    OutgoingLink,
    OutgoingMedia,
    OutgoingMessage,
    OutgoingPart,
    OutgoingText,
)
from linqdesk.store.view import CacheView, ThreadRow
from linqdesk.ui.models.media_words import media_kind
from linqdesk.ui.models.unknown_words import unknown_words
from linqdesk.ui.names import person_name, plain_name

_PREVIEW_LIMIT = 200
EMPTY, DELETED = "Empty message", "Deleted from Linq's records"


def part_words(part: Part | OutgoingPart) -> str:
    """Return what a part says, or what it is."""
    match part:
        case TextPart() | OutgoingText():
            return part.value
        case LinkPart() | OutgoingLink():
            return part.value
        case MediaPart():
            word = media_kind(part.mime_type, part.filename).value
            name = plain_name(part.filename)
            return f"{word} {name}" if name else word
        case OutgoingMedia():
            return "File"
        case UnknownPart():
            words = unknown_words(part)
            return f"{words.title} ({words.detail})"


def whole_text(content: Message | OutgoingMessage) -> str:
    """Return all parts, one a line; a message without parts says so."""
    parts = content.parts if isinstance(content, Message) else content.content.parts
    return "\n".join(map(part_words, parts)) or EMPTY


def standing_note(row: ThreadRow) -> str | None:
    """Return what stands for a row that says nothing or is deleted, None for any other."""
    content = row.content
    if row.is_deleted:
        return DELETED
    parts = content.parts if isinstance(content, Message) else content.content.parts
    return None if any(map(part_words, parts)) else EMPTY


def row_text(row: ThreadRow) -> str:
    """Return a row's text as it is shown and copied."""
    return standing_note(row) or whole_text(row.content)


def preview(content: Message | OutgoingMessage) -> str:
    """Return one line that stands for a message."""
    return " ".join(whole_text(content)[:_PREVIEW_LIMIT].split())


def sender_name(row: ThreadRow, cache: CacheView) -> str:
    """Return who wrote a row; "You" for our own."""
    return author(row.content, cache) if isinstance(row.content, Message) else "You"


def author(message: Message, cache: CacheView) -> str:
    """Return who wrote a message; "You" for our own."""
    if message.is_from_me:
        return "You"
    return person_name(message.sender, cache) if message.sender is not None else "Somebody"
