"""What can be done about a message of ours that did not arrive. Pure."""

from enum import StrEnum

from linqdesk.domain.chat import Chat
from linqdesk.domain.delivery import Delivery
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import OutgoingMessage, OutgoingState, OutgoingText
from linqdesk.domain.outgoing_files import OutgoingFile, OutgoingVoiceMemo
from linqdesk.domain.resending import can_go_as_sms, content_of_message
from linqdesk.store.view import ThreadRow


class Remedy(StrEnum):
    """One of the buttons under the message, by its words."""

    WHY = "Why"
    CANCEL = "Cancel upload"
    RETRY = "Retry"
    EDIT = "Edit"
    SMS = "Send as SMS"
    DISCARD = "Discard"


# What the composer can take back.
_WRITTEN_ANEW = (OutgoingText, OutgoingFile, OutgoingVoiceMemo)
NONE: frozenset[Remedy] = frozenset()


def remedies(
    row: ThreadRow, chat: Chat | None, *, is_sent_again: bool, is_late: bool = False
) -> frozenset[Remedy]:
    """Return what can be done; nothing where all is well, or where it was sent again below already.

    An upload can be cancelled once it `is_late`: before, the button would come and go under the pointer.
    """
    match row.content:
        case OutgoingMessage():
            return _of_unsent(row.content, chat, is_late=is_late)
        case Message() if row.content.is_from_me and row.content.delivery is Delivery.FAILED:
            return NONE if is_sent_again or row.is_deleted else _of_failed(row.content, chat)
        case _:
            return NONE


def _of_unsent(outgoing: OutgoingMessage, chat: Chat | None, *, is_late: bool) -> frozenset[Remedy]:
    if outgoing.failure is None:
        return frozenset({Remedy.CANCEL}) if is_late and outgoing.content.missing_files else NONE
    match outgoing.state:
        case OutgoingState.UNCONFIRMED:
            # It may have arrived: only the same key may be sent again.
            return frozenset({Remedy.RETRY})
        case OutgoingState.FAILED:
            found = {Remedy.WHY, Remedy.RETRY, Remedy.DISCARD}
        case _:
            return frozenset({Remedy.RETRY, Remedy.DISCARD})
    if all(isinstance(part, _WRITTEN_ANEW) for part in outgoing.content.parts):
        found.add(Remedy.EDIT)
    if chat is not None and can_go_as_sms(outgoing.content, chat, None):
        found.add(Remedy.SMS)
    return frozenset(found)


def _of_failed(message: Message, chat: Chat | None) -> frozenset[Remedy]:
    content = content_of_message(message)
    found = {Remedy.WHY, Remedy.DISCARD}
    if content is not None:
        found.add(Remedy.RETRY)
        if chat is not None and can_go_as_sms(content, chat, message.service):
            found.add(Remedy.SMS)
    return frozenset(found)
