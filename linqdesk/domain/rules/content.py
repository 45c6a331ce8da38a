"""What one message may say."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from linqdesk.domain.decorations import utf16_length
from linqdesk.domain.links import has_url
from linqdesk.domain.message import Effect, ReplyTo
from linqdesk.domain.outgoing import Content, OutgoingLink, OutgoingMedia, OutgoingPart, OutgoingText
from linqdesk.domain.outgoing_files import OutgoingFile, OutgoingVoiceMemo
from linqdesk.domain.rules.addresses import has_scheme
from linqdesk.domain.rules.decorations import check_decorations
from linqdesk.domain.rules.files import check_attachment, check_media_url, check_recording
from linqdesk.domain.rules.violation import Violation
from linqdesk.domain.service import Service

MAX_PARTS = 100
MAX_URL_MEDIA = 40
MAX_TEXT = 10_000
MAX_LINK = 2_048
MAX_KEY = 255

_LINK_SCHEMES = frozenset({"http", "https", "ftp"})
EFFECTS = {
    "screen": frozenset(
        {"confetti", "fireworks", "lasers", "sparkles", "celebration", "hearts", "love", "balloons"}
        | {"happy_birthday", "echo", "spotlight"}
    ),
    "bubble": frozenset({"slam", "loud", "gentle", "invisible"}),
}


def check_content(content: Content, *, is_first_message: bool = False) -> tuple[Violation, ...]:
    """Check all that one message says (linq-api.md 2.3).

    S4 shows an effect on a first message; the documents and the SDK's text, which are newer, allow neither
    effect nor answer where no chat is reused (linq-api.md 2.1). The stricter reading holds here, for it is
    never refused.

    Args:
        content: the message.
        is_first_message: whether it opens a chat by `POST /v3/chats`.
    """
    return (
        *_arrangement(content.parts),
        *(each for index, part in enumerate(content.parts) for each in _part(index, part)),
        *(_first_message(content) if is_first_message else ()),
        *_effect(content.effect),
        *_reply(content.reply_to),
        *_service(content.preferred_service),
    )


def check_idempotency_key(key: str) -> tuple[Violation, ...]:
    """Check that a key has 1 to 255 characters (linq-api.md 1, Idempotency)."""
    if 1 <= utf16_length(key) <= MAX_KEY:
        return ()
    return (Violation("idempotency_key", f"The key of a send has 1 to {MAX_KEY} characters."),)


def _arrangement(parts: tuple[OutgoingPart, ...]) -> Iterator[Violation]:
    """Check how the parts stand together (linq-api.md 2.3; S4, Validation Rules).

    Every URL counts towards the 40, though S4 exempts presigned ones: nothing tells them apart.
    """
    if not 1 <= len(parts) <= MAX_PARTS:
        words = f"A message has 1 to {MAX_PARTS} parts; this one has {len(parts)}."
        yield Violation("part_count", words)
    for index, part in enumerate(parts):
        if isinstance(part, OutgoingLink) and len(parts) > 1:
            words = "A link with a preview is sent alone: send texts and files as messages of their own."
            yield Violation("link_alone", words, index)
            break
    if len(parts) > 1 and any(isinstance(part, OutgoingVoiceMemo) for part in parts):
        yield Violation("voice_memo_alone", "A voice memo is sent alone: it is a message of its own.")
    for index, (before, part) in enumerate(pairwise(parts), 1):
        if isinstance(before, OutgoingText) and isinstance(part, OutgoingText):
            words = "Two texts cannot stand side by side: join them, or put a file between them."
            yield Violation("adjacent_texts", words, index)
    by_url = sum(isinstance(part, OutgoingMedia) and part.url is not None for part in parts)
    if by_url > MAX_URL_MEDIA:
        words = (
            f"A message takes {MAX_URL_MEDIA} files by their web address at most; this one has {by_url}."
            " Upload the others."
        )
        yield Violation("url_media_count", words)


def _part(index: int, part: OutgoingPart) -> Iterator[Violation]:
    match part:
        case OutgoingText():
            yield from _text(index, part)
        case OutgoingMedia():
            yield from _media(index, part)
        case OutgoingLink():
            yield from _link(index, part)
        case OutgoingFile():
            yield from (replace(each, part_index=index) for each in _file(part))
        case OutgoingVoiceMemo(file=file):
            yield from (
                replace(each, part_index=index)
                for each in check_recording(mime_type=file.media_type, size_bytes=file.size_bytes)
            )


def _file(file: OutgoingFile) -> tuple[Violation, ...]:
    return check_attachment(file.name, file.media_type, file.size_bytes)


def _text(index: int, part: OutgoingText) -> Iterator[Violation]:
    """Check a text's length and decorations (linq-api.md 2.3).

    The sources say 10,000 characters and no unit. JSON Schema, from which the number comes, counts
    characters, the ranges of decorations UTF-16 code units; the latter are never fewer and count here.
    """
    length = utf16_length(part.value)
    if not 1 <= length <= MAX_TEXT:
        words = (
            f"A text has 1 to {MAX_TEXT:,} characters; this one has {length:,} (an emoji counts 2 or more)."
        )
        yield Violation("text_length", words if length else "A text cannot be empty.", index)
    yield from check_decorations(part.value, part.decorations, index)


def _media(index: int, part: OutgoingMedia) -> Iterator[Violation]:
    """Check that a file comes in exactly one way, by https (S4, MediaPart)."""
    if bool(part.url) == bool(part.attachment_id):
        words = "A file is either uploaded or named by its web address: exactly one of the two."
        yield Violation("media_source", words, index)
    elif part.url:
        yield from check_media_url(part.url, part_index=index)


def _link(index: int, part: OutgoingLink) -> Iterator[Violation]:
    """Check a link's length and scheme (linq-api.md 2.3; S1, Limitations).

    Characters are counted in UTF-16 code units, as in texts.
    """
    length = utf16_length(part.value)
    if not 1 <= length <= MAX_LINK:
        words = f"A link has 1 to {MAX_LINK:,} characters; this one has {length:,}."
        yield Violation("link_length", words, index)
    elif not has_scheme(part.value, _LINK_SCHEMES):
        words = "A link with a preview must begin with https://, http:// or ftp:// and hold no blank."
        yield Violation("link_scheme", words, index)


def _first_message(content: Content) -> Iterator[Violation]:
    """Check that a new chat opens without a link, bare domains included (S4, First-Message Link).

    And without an effect or an answer (linq-api.md 2.1, Chat reuse rule).
    """
    if content.voice_memo is not None:
        yield Violation("voice_memo_first", "A voice memo cannot begin a chat. Send it once the chat exists.")
    for index, part in enumerate(content.parts):
        if isinstance(part, OutgoingLink) or (isinstance(part, OutgoingText) and has_url(part.value)):
            words = (
                "The first message of a new chat cannot hold a link, and a word such as example.com counts"
                " as one. Send the link once the chat exists."
            )
            yield Violation("first_message_link", words, index)
    if content.effect is not None:
        words = "The first message of a new chat cannot have an effect. Send it with the next one."
        yield Violation("first_message_effect", words)
    if content.reply_to is not None:
        yield Violation("first_message_reply", "The first message of a new chat answers no other message.")


def _effect(effect: Effect | None) -> Iterator[Violation]:
    """Check that an effect's type and name are known and belong together (S4, Message Effects)."""
    if effect is not None and effect.name not in EFFECTS.get(effect.kind, frozenset()):
        known = "; ".join(f"{kind}: {', '.join(sorted(names))}" for kind, names in EFFECTS.items())
        yield Violation("effect", f"There is no such effect. Linq knows these: {known}.")


def _reply(reply: ReplyTo | None) -> Iterator[Violation]:
    """Check that an answer names a message and a part from 0 (S4, ReplyTo; linq-api.md 2.3)."""
    if reply is not None and (not reply.message_id or reply.part_index < 0):
        yield Violation("reply_to", "An answer must name the message and the part that it answers.")


def _service(service: Service | None) -> Iterator[Violation]:
    """Check that the wished service is one of Linq's three (S4, ServiceType)."""
    if service is Service.UNKNOWN:
        yield Violation("preferred_service", "A message goes by iMessage, RCS or SMS.")
