"""A message in plain words: for previews, quotes and the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linqdesk.domain.message import LinkPart, MediaPart, Message, TextPart, UnknownPart
from linqdesk.domain.outgoing import (
    OutgoingLink,
    OutgoingMedia,
    OutgoingMessage,
    OutgoingText,
)
from linqdesk.domain.outgoing_files import OutgoingFile, OutgoingVoiceMemo
from linqdesk.domain.system_event import SystemEvent
from linqdesk.ui.models.event_words import event_words
from linqdesk.ui.models.media_words import media_kind
from linqdesk.ui.models.own_files import shown_part
from linqdesk.ui.models.unknown_words import unknown_words
from linqdesk.ui.names import number_unlike, person_name, plain_name, without_controls

if TYPE_CHECKING:
    from linqdesk.domain.message import Effect, Part
    from linqdesk.domain.outgoing import (
        OutgoingPart,
    )
    from linqdesk.store.view import CacheView, ThreadRow

_PREVIEW_LIMIT = 200
EMPTY, DELETED = "Empty message", "Deleted from Linq's records"


def part_words(part: Part | OutgoingPart) -> str:
    """Return what a part says, or what it is."""
    match part:
        case TextPart() | OutgoingText() | LinkPart() | OutgoingLink():
            return part.value
        case MediaPart():
            return _file_words(part.mime_type, part.filename)
        case OutgoingFile():
            return _file_words(part.media_type, part.name)
        case OutgoingVoiceMemo():
            return "Voice memo"
        case OutgoingMedia():
            return "File"
        case UnknownPart():
            words = unknown_words(part)
            return f"{words.title} ({words.detail})"


def _file_words(media_type: str, filename: str) -> str:
    word = media_kind(media_type, filename).value
    name = plain_name(filename)
    return f"{word} {name}" if name else word


def parts_of(content: Message | OutgoingMessage | SystemEvent) -> tuple[Part | OutgoingPart, ...]:
    """Return the parts of a message, none for a system event."""
    match content:
        case Message():
            return content.parts
        case OutgoingMessage():
            return tuple(map(shown_part, content.content.parts))
        case SystemEvent():
            return ()


def effect_of(content: Message | OutgoingMessage | SystemEvent) -> Effect | None:
    """Return the effect with which a message was or is to be sent."""
    match content:
        case Message():
            return content.effect
        case OutgoingMessage():
            return content.content.effect
        case SystemEvent():
            return None


def whole_text(content: Message | OutgoingMessage) -> str:
    """Return all parts, one a line; a message without parts says so."""
    return "\n".join(map(part_words, parts_of(content))) or EMPTY


def standing_note(row: ThreadRow) -> str | None:
    """Return what stands for a row that says nothing or is deleted, None for any other."""
    if isinstance(row.content, SystemEvent):
        return None
    if row.is_deleted:
        return DELETED
    return None if any(map(part_words, parts_of(row.content))) else EMPTY


def row_text(row: ThreadRow, cache: CacheView) -> str:
    """Return a row's text as it is shown and copied."""
    if isinstance(row.content, SystemEvent):
        return event_words(row.content, cache)
    return standing_note(row) or whole_text(row.content)


def preview(content: Message | OutgoingMessage) -> str:
    """Return one line that stands for a message, and reorders nothing that stands beside it."""
    return " ".join(without_controls(whole_text(content)[:_PREVIEW_LIMIT]).split())


def sender_name(row: ThreadRow, cache: CacheView) -> str:
    """Return who wrote a row; "You" for our own, nobody for a system event."""
    if isinstance(row.content, SystemEvent):
        return ""
    return author(row.content, cache) if isinstance(row.content, Message) else "You"


def sender_number(row: ThreadRow, name: str) -> str:
    """Return the number that belongs beside the name of who wrote a row, empty where there is none."""
    sender = row.content.sender if isinstance(row.content, Message) else None
    return number_unlike(sender, name) if sender is not None else ""


def author(message: Message, cache: CacheView) -> str:
    """Return who wrote a message; "You" for our own."""
    if message.is_from_me:
        return "You"
    return person_name(message.sender, cache) if message.sender is not None else "Somebody"
