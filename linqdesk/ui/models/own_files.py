"""Messages with files as they look before Linq has them: like those that it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linqdesk.domain.delivery import Delivery
from linqdesk.domain.ids import MessageId
from linqdesk.domain.message import MediaPart, Message, TextPart
from linqdesk.domain.outgoing_files import OutgoingFile, OutgoingVoiceMemo, own_attachment_id
from linqdesk.domain.system_event import SystemEvent

if TYPE_CHECKING:
    from linqdesk.domain.message import Part
    from linqdesk.domain.outgoing import OutgoingMessage, OutgoingPart


def shown_part(part: Part | OutgoingPart) -> Part | OutgoingPart:
    """Return a file of ours as the media part that it becomes, any other part as it is."""
    file = part.file if isinstance(part, OutgoingVoiceMemo) else part
    if not isinstance(file, OutgoingFile):
        return part
    return MediaPart(own_attachment_id(file.key), file.name, file.media_type, file.size_bytes, None)


def media_message(content: Message | OutgoingMessage | SystemEvent) -> Message | None:
    """Return whom to ask about the files of a row: its message, or one like it; None where there is none.

    What is no file has no place in the one that is made up; it keeps the indexes of the parts.
    """
    if isinstance(content, Message):
        return content
    if isinstance(content, SystemEvent) or not content.content.files:
        return None
    return Message(
        id=MessageId(content.local_id),
        chat_id=content.chat_id,
        created_at=content.created_at,
        updated_at=content.created_at,
        is_from_me=True,
        sender=content.line,
        parts=tuple(_stand_in(part) for part in content.content.parts),
        delivery=Delivery.PENDING,
    )


def _stand_in(part: OutgoingPart) -> Part:
    shown = shown_part(part)
    return shown if isinstance(shown, MediaPart) else TextPart("")
