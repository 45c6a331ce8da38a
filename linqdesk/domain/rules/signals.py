"""What may be done to a message that is there, and when typing shows."""

import unicodedata
from datetime import datetime, timedelta

from linqdesk.domain.chat import Chat
from linqdesk.domain.decorations import utf16_length
from linqdesk.domain.message import Message, TextPart
from linqdesk.domain.rules.content import MAX_TEXT
from linqdesk.domain.rules.groups import left_chat
from linqdesk.domain.rules.violation import Violation
from linqdesk.domain.service import Service

TAPBACKS = ("love", "like", "dislike", "laugh", "emphasize", "question")
MAX_EDITS = 5
EDIT_TIME = timedelta(minutes=15)
TYPING_TIME = timedelta(minutes=5)

# Pictures that this Python's tables do not know yet lie in these planes too.
_FIRST_PICTURE, _FIRST_IDEOGRAPH = "\U0001f000", "\U00020000"
# They make a picture of a digit, a sign or a letter.
_PICTURE_MARKS = "\ufe0f\u20e3"


def check_reaction(
    kind: str, custom_emoji: str | None = None, *, part_index: int = 0
) -> tuple[Violation, ...]:
    """Check a reaction: one of the six tapbacks, or `custom` with an emoji.

    Sources: S4 (ReactionType), linq-api.md 2.2 (`custom_emoji` if custom).
    """
    found: list[Violation] = []
    if kind == "custom":
        if custom_emoji is None or not _is_emoji(custom_emoji):
            found.append(Violation("reaction_emoji", "Choose an emoji to react with."))
    elif kind not in TAPBACKS:
        words = f"There is no such reaction. Linq knows these: {', '.join(TAPBACKS)}, or any emoji."
        found.append(Violation("reaction_kind", words))
    elif custom_emoji is not None:
        words = "A reaction is one of the six tapbacks or an emoji, not both."
        found.append(Violation("reaction_emoji", words))
    return (*found, *_part_index(part_index))


def check_edit(text: str, *, part_index: int = 0) -> tuple[Violation, ...]:
    """Check an edited text: 1 to 10,000 characters in UTF-16 code units (linq-api.md 2.2)."""
    length = utf16_length(text)
    if 1 <= length <= MAX_TEXT:
        return _part_index(part_index)
    words = f"A text has 1 to {MAX_TEXT:,} characters; this one has {length:,} (an emoji counts 2 or more)."
    found = Violation("text_length", words if length else "A text cannot be empty.", part_index)
    return (found, *_part_index(part_index))


def check_editable(
    message: Message, part_index: int, *, now: datetime, edit_count: int = 0
) -> tuple[Violation, ...]:
    """Check whether a text can still be edited (linq-api.md 2.2 and 3.2).

    Args:
        message: one of ours that went by iMessage; where Linq names no service the server decides.
        part_index: of a text part.
        now: aware; at most 15 minutes after the message was sent.
        edit_count: how often it was edited from here, at most 4: the fifth is the last.
    """
    found: list[Violation] = []
    if not message.is_from_me:
        found.append(Violation("edit_own", "Only your own messages can be edited."))
    if not 0 <= part_index < len(message.parts) or not isinstance(message.parts[part_index], TextPart):
        found.append(Violation("edit_text", "Only texts can be edited.", part_index))
    if message.service in {Service.SMS, Service.RCS}:
        found.append(Violation("edit_imessage", "Only messages that went by iMessage can be edited."))
    if now - (message.sent_at or message.created_at) > EDIT_TIME:
        words = "A message can be edited for 15 minutes after it was sent; that time is over."
        found.append(Violation("edit_time", words))
    if edit_count >= MAX_EDITS:
        words = f"A message can be edited {MAX_EDITS} times; this one has been."
        found.append(Violation("edit_count", words))
    return tuple(found)


def check_typing(chat: Chat, last_message_at: datetime | None, *, now: datetime) -> tuple[Violation, ...]:
    """Check whether the other side would see that somebody types (S4, Start typing indicator).

    Linq accepts it where nobody sees it, but for a chat that was left: what this returns else is a
    reason to save the request. Groups are left to the server, for the sources disagree (linq-api.md 2.1).

    Args:
        chat: on iMessage; RCS and SMS show no typing.
        last_message_at: when something was last sent or received in it, aware; None for never.
        now: aware; at most 5 minutes after that.
    """
    found = list(left_chat(chat))
    if chat.service in {Service.SMS, Service.RCS}:
        found.append(Violation("typing_imessage", "Typing shows on iMessage only."))
    if last_message_at is None or now - last_message_at > TYPING_TIME:
        words = "Typing shows within 5 minutes of the last message only."
        found.append(Violation("typing_idle", words))
    return tuple(found)


def _part_index(part_index: int) -> tuple[Violation, ...]:
    """Check that parts are counted from 0 (linq-api.md 2.2 and 2.3)."""
    return () if part_index >= 0 else (Violation("part_index", "The parts of a message are counted from 0."),)


def _is_emoji(word: str) -> bool:
    """Tell whether a word is a picture: sources ask for an emoji and do not say how they know one."""
    has_letters = any(
        character.isspace() or (character.isascii() and character.isalpha()) for character in word
    )
    return not has_letters and any(_makes_picture(character) for character in word)


def _makes_picture(character: str) -> bool:
    if character in _PICTURE_MARKS or _FIRST_PICTURE <= character < _FIRST_IDEOGRAPH:
        return True
    return not character.isascii() and unicodedata.category(character) in {"So", "Sm"}
