"""A message in plain words: for screen readers, previews and the clipboard."""

from linqdesk.domain.decorations import Decoration
from linqdesk.domain.message import LinkPart, MediaPart, Message, Part, Reaction, TextPart, UnknownPart
from linqdesk.domain.outgoing import (
    OutgoingLink,
    OutgoingMedia,
    OutgoingMessage,
    OutgoingPart,
    OutgoingText,
)
from linqdesk.store.view import CacheView, ThreadRow
from linqdesk.ui.models.grouping import is_own, said_at
from linqdesk.ui.names import person_name, plain_name
from linqdesk.ui.wording import clock_time, fault_reason

_STYLED = {"bold": "bold", "italic": "italic", "underline": "underlined", "strikethrough": "struck through"}
_PREVIEW_LIMIT = 200


def media_word(mime_type: str) -> str:
    """Return "Photo", "Video", "Audio" or "File"."""
    kind = mime_type.partition("/")[0]
    return {"image": "Photo", "video": "Video", "audio": "Audio"}.get(kind, "File")


def part_words(part: Part | OutgoingPart) -> str:
    """Return what a part says, or what it is."""
    match part:
        case TextPart() | OutgoingText():
            return part.value
        case LinkPart() | OutgoingLink():
            return part.value
        case MediaPart():
            name = plain_name(part.filename)
            return f"{media_word(part.mime_type)} {name}" if name else media_word(part.mime_type)
        case OutgoingMedia():
            return "File"
        case UnknownPart():
            return f"Something that this version cannot show ({plain_name(part.kind)})"


def whole_text(content: Message | OutgoingMessage) -> str:
    """Return all parts, one a line; a message without parts says so."""
    parts = content.parts if isinstance(content, Message) else content.content.parts
    return "\n".join(part_words(part) for part in parts) or "Empty message"


def preview(content: Message | OutgoingMessage) -> str:
    """Return one line that stands for a message."""
    return " ".join(whole_text(content)[:_PREVIEW_LIMIT].split())


def spoken(row: ThreadRow, cache: CacheView) -> str:
    """Return a row as a screen reader says it: who, when, what, and how far it came."""
    content = row.content
    words = [f"{sender_name(row, cache)}, {clock_time(said_at(row))}: {_spoken_parts(content)}"]
    if isinstance(content, Message):
        if content.effect is not None:
            words.append(f"{content.effect.name.replace('_', ' ')} effect")
        if content.is_from_me:
            words.append(content.delivery.value)
    else:
        words.append(_spoken_state(content))
    return ", ".join(words)


def description(row: ThreadRow) -> str:
    """Return what else there is to know of a row."""
    content = row.content
    if isinstance(content, Message) and content.service is not None:
        return f"over {content.service}"
    return ""


def sender_name(row: ThreadRow, cache: CacheView) -> str:
    """Return who wrote a row; "You" for our own."""
    if is_own(row):
        return "You"
    sender = row.content.sender if isinstance(row.content, Message) else None
    return person_name(sender, cache) if sender is not None else "Somebody"


def _spoken_parts(content: Message | OutgoingMessage) -> str:
    if isinstance(content, OutgoingMessage):
        return whole_text(content)
    return ", ".join(_spoken_part(part) for part in content.parts) or "Empty message"


def _spoken_part(part: Part) -> str:
    words = part_words(part)
    if isinstance(part, TextPart):
        marks = [_spoken_mark(part.value, mark) for mark in part.decorations]
        words = ", ".join([words, *marks])
    elif isinstance(part, MediaPart):
        words = words[:1].lower() + words[1:]
    elif isinstance(part, LinkPart):
        words = f"link {words}"
    if part.reactions:
        words = f"{words}, reactions: {', '.join(_spoken_reaction(each) for each in part.reactions)}"
    return words


def _spoken_reaction(reaction: Reaction) -> str:
    who = "you" if reaction.is_me else plain_name(reaction.handle)
    return f"{reaction.custom_emoji or reaction.kind} from {who}"


def _spoken_mark(text: str, mark: Decoration) -> str:
    units = text.encode("utf-16-le", "replace")
    covered = units[mark.start * 2 : mark.end * 2].decode("utf-16-le", "replace")
    name = mark.style or mark.animation or ""
    return f"{_STYLED.get(name, name)} '{covered}'"


def _spoken_state(outgoing: OutgoingMessage) -> str:
    if outgoing.failure is None:
        return "sending"
    state = "not delivered" if outgoing.state == "failed" else "not sent yet"
    return f"{state}, {fault_reason(outgoing.failure)}"
