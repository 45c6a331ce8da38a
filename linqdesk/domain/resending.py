"""What can be sent anew of a message that was not delivered. Pure."""

import re
from dataclasses import replace

from linqdesk.domain.chat import Chat
from linqdesk.domain.message import LinkPart, MediaPart, Message, Part, TextPart
from linqdesk.domain.outgoing import (
    Content,
    OutgoingLink,
    OutgoingMedia,
    OutgoingMessage,
    OutgoingPart,
    OutgoingText,
)
from linqdesk.domain.service import Service

_PHONE_NUMBER = re.compile(r"\+[0-9]{7,15}")
_TEXT_SERVICES = frozenset({Service.SMS, Service.RCS})


def content_of_message(message: Message) -> Content | None:
    """Return what says the same as a message that Linq knows, None where some part of it cannot be said.

    Files go by the attachment that Linq holds already: an id may be used for any number of sends
    (linq-api.md 4).
    """
    parts = tuple(map(_outgoing, message.parts))
    said = tuple(part for part in parts if part is not None)
    if not said or len(said) < len(parts):
        return None
    return Content(said, message.effect, message.reply_to, message.preferred_service)


def forwarded(message: Message) -> Content | None:
    """Return what of a message goes to somebody else, None where some part of it cannot go.

    Words keep their decorations, files go by their attachment; what it answered and its effect stay behind.
    """
    content = content_of_message(message)
    if content is None:
        return None
    linked = (OutgoingText(part.value) if isinstance(part, OutgoingLink) else part for part in content.parts)
    return Content(tuple(linked))


def content_of_row(content: Message | OutgoingMessage) -> Content | None:
    """Return what a message of ours says, wherever it stands on its way."""
    return content.content if isinstance(content, OutgoingMessage) else content_of_message(content)


def as_sms(content: Content) -> Content:
    """Return the same words for SMS: without what SMS never carries.

    Linq takes RCS where the number has it (protocol selection); effects, decorations, threads and cards
    arrive over neither.
    """
    parts = tuple(map(_plain, content.parts))
    return replace(content, parts=parts, effect=None, reply_to=None, preferred_service=Service.SMS)


def can_go_as_sms(content: Content, chat: Chat, used: Service | None) -> bool:
    """Tell whether it makes sense to send something as SMS that was not delivered.

    Args:
        content: what was to be said.
        chat: where; only a chat with one phone number can be reached by SMS without becoming another one.
        used: the service that carried it, None where none did.
    """
    if chat.is_group or {content.preferred_service, used} & _TEXT_SERVICES:
        return False
    if content.files:
        # Files that were not uploaded yet belong to the message that failed.
        return False
    others = chat.others
    return len(others) == 1 and _PHONE_NUMBER.fullmatch(others[0].handle) is not None


def says_the_same(one: Content, other: Content) -> bool:
    """Tell whether two messages say the same, whatever they look like and which way they go."""
    return tuple(map(_plain, one.parts)) == tuple(map(_plain, other.parts))


def _outgoing(part: Part) -> OutgoingPart | None:
    match part:
        case TextPart():
            return OutgoingText(part.value, part.decorations)
        case MediaPart():
            return OutgoingMedia(part.attachment_id)
        case LinkPart():
            return OutgoingLink(part.value)
        case _:
            return None


def _plain(part: OutgoingPart) -> OutgoingPart:
    match part:
        case OutgoingText() | OutgoingLink():
            return OutgoingText(part.value)
        case _:
            return part
