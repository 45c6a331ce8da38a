"""A message as a screen reader says it."""

from collections.abc import Sequence

from linqdesk.domain.decorations import Decoration
from linqdesk.domain.links import find_links
from linqdesk.domain.message import LinkPart, MediaPart, Message, Part, Reaction, TextPart
from linqdesk.domain.outgoing import OutgoingLink, OutgoingMedia, OutgoingMessage, OutgoingPart, OutgoingText
from linqdesk.domain.outgoing_files import OutgoingFile, OutgoingVoiceMemo
from linqdesk.domain.system_event import SystemEvent
from linqdesk.store.media import MediaState
from linqdesk.store.view import CacheView, ThreadRow
from linqdesk.ui.models.effect_words import effect_name
from linqdesk.ui.models.event_words import event_words
from linqdesk.ui.models.grouping import said_at
from linqdesk.ui.models.message_words import effect_of, part_words, parts_of, sender_name, standing_note
from linqdesk.ui.models.quotes import Quote
from linqdesk.ui.models.reaction_groups import grouped, is_sticker
from linqdesk.ui.models.upload_words import upload_words
from linqdesk.ui.names import person_name, plain_name
from linqdesk.ui.wording import clock_time, fault_reason

_STYLED = {"bold": "bold", "italic": "italic", "underline": "underlined", "strikethrough": "struck through"}
# Enough of an endless message to decide whether to read on.
_MAX_SPOKEN, _MAX_PARTS, _MAX_MARKS, _MAX_KINDS, _MAX_PEOPLE = 10_000, 24, 24, 12, 3
_MAX_KIND = 32
_FILES = (MediaPart, OutgoingMedia, OutgoingFile, OutgoingVoiceMemo)
_FILE_STATES = {
    MediaState.GONE: " (no longer available)",
    MediaState.FAILED: " (could not be loaded)",
    MediaState.TOO_LARGE: " (large, not loaded)",
}


def spoken(row: ThreadRow, cache: CacheView, quote: Quote | None = None) -> str:
    """Return a row as a screen reader says it: who, when, what, and how far it came.

    The order is that of the contract: texts with their marks, the effect, everything else, what is
    answered, reactions, delivery.
    """
    content = row.content
    if isinstance(content, SystemEvent):
        return f"{event_words(content, cache)}, {clock_time(said_at(row))}"
    who = f"{sender_name(row, cache)}, {clock_time(said_at(row))}: "
    note = standing_note(row)
    if note is not None:
        return who + note
    words = _spoken_texts(content)
    effect = effect_of(content)
    if effect is not None:
        words.append(f"{effect_name(effect)} effect")
    words += _spoken_files(content, cache)
    if quote is not None:
        words.append(
            f"in reply to {quote.sender}: {quote.words}" if quote.sender else "in reply to a message"
        )
    if row.is_edited:
        words.append("edited")
    if isinstance(content, Message):
        words += spoken_reactions(content, cache)
        words += [content.delivery.value] if content.is_from_me else []
    else:
        words.append(_spoken_state(content))
    return who + ", ".join(words)


def description(row: ThreadRow) -> str:
    """Return what else there is to know of a row."""
    content = row.content
    if not isinstance(content, Message):
        return ""
    service = f"over {content.service}" if content.service is not None else ""
    return ", ".join(filter(None, (service, _openable_words(content))))


def _openable_words(message: Message) -> str:
    """Return how what is in a message can be opened, nothing where there is nothing to open."""
    has_links = any(
        isinstance(part, LinkPart) or (isinstance(part, TextPart) and find_links(part.value[:_MAX_SPOKEN]))
        for part in message.parts
    )
    has_files = any(isinstance(part, MediaPart) for part in message.parts)
    if not has_links and not has_files:
        return ""
    what = "links and files" if has_links and has_files else "links" if has_links else "files"
    return f"its {what} are in its menu, Shift+F10"


def spoken_reactions(message: Message, cache: CacheView) -> list[str]:
    """Return one phrase for all reactions to a message, none where there are none."""
    groups = [group for part in message.parts for group in grouped(part.reactions)]
    said = [
        f"{kind_words(group.kind)} from {people_words(group.reactions, cache)}"
        + (" (not confirmed yet)" if group.is_pending else "")
        for group in groups[:_MAX_KINDS]
    ]
    if len(groups) > _MAX_KINDS:
        said.append(f"{len(groups) - _MAX_KINDS} more kinds")
    stickers = [one for part in message.parts for one in part.reactions if is_sticker(one)]
    if stickers:
        said.append(f"sticker from {people_words(stickers, cache)}")
    return [f"reactions: {', '.join(said)}"] if said else []


def people_words(reactions: Sequence[Reaction], cache: CacheView) -> str:
    """Return who reacted, "you" first: three by name, the rest by number."""
    mine = any(each.is_me for each in reactions)
    others = [each for each in reactions if not each.is_me]
    names = ["you"] if mine else []
    names += [person_name(each.handle, cache) for each in others[: _MAX_PEOPLE - len(names)]]
    rest = len(reactions) - len(names)
    if rest > 0:
        names.append(f"{rest} other{'s' if rest > 1 else ''}")
    return " and ".join(names) if len(names) < _MAX_PEOPLE else f"{', '.join(names[:-1])} and {names[-1]}"


def _spoken_texts(content: Message | OutgoingMessage) -> list[str]:
    parts = parts_of(content)
    words = []
    for part in parts[:_MAX_PARTS]:
        if isinstance(part, TextPart | OutgoingText):
            words.append(part.value[:_MAX_SPOKEN])
            words += [_spoken_mark(part.value, mark) for mark in part.decorations[:_MAX_MARKS]]
    return words


def _spoken_files(content: Message | OutgoingMessage, cache: CacheView) -> list[str]:
    parts = parts_of(content)
    words = [
        _spoken_other(part, cache)
        for part in parts[:_MAX_PARTS]
        if not isinstance(part, TextPart | OutgoingText)
    ]
    if len(parts) > _MAX_PARTS:
        words.append(f"{len(parts) - _MAX_PARTS} more parts")
    return words


def _spoken_other(part: Part | OutgoingPart, cache: CacheView) -> str:
    words = part_words(part)
    if isinstance(part, MediaPart):
        words += _FILE_STATES.get(cache.media(part.attachment_id).state, "")
        upload = upload_words(part.attachment_id, cache)
        words += f" ({upload})" if upload else ""
    if isinstance(part, LinkPart | OutgoingLink):
        return f"link {words}"
    return words[:1].lower() + words[1:] if isinstance(part, _FILES) else words


def kind_words(kind: str) -> str:
    """Return a reaction's kind or emoji as a word."""
    return plain_name(kind)[:_MAX_KIND] or "reaction"


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
