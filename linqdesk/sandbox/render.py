"""The API's JSON: the shapes of seed 004 and of linq-python 0.65.0."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, assert_never

from linqdesk.sandbox.attachments import Attachment
from linqdesk.sandbox.chat import Chat
from linqdesk.sandbox.clock import stamp
from linqdesk.sandbox.model import (
    CardPart,
    Line,
    LinkPart,
    MediaPart,
    Member,
    Message,
    Part,
    Reaction,
    Sticker,
    TextPart,
)
from linqdesk.sandbox.variants import Variants

HEALTH_DOCS = "https://docs.linqapp.com/guides/chats/chat-health"
_SCORES = {"HEALTHY": 92, "AT_RISK": 48, "CRITICAL": 17, "OPTED_OUT": 0}

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Renderer:
    """Writes the world's things as JSON under the chosen variants."""

    variants: Variants
    media_url: Callable[[str, str], str]
    """Where an attachment (id, file name) can be fetched now."""

    def chat(self, chat: Chat) -> Json:
        """Return a `Chat`."""
        return {
            "id": chat.id,
            "created_at": stamp(chat.created_at),
            "updated_at": stamp(chat.updated_at),
            "display_name": chat.display_name,
            "group_chat_icon": self._icon(chat),
            "handles": [self.member(member) for member in chat.members],
            **self._health(chat),
            "is_archived": False,
            "is_group": chat.is_group,
            "service": chat.service,
        }

    def _icon(self, chat: Chat) -> str | None:
        """Return where a group's icon is; an uploaded one is signed anew like every file."""
        if isinstance(chat.icon, Attachment):
            return self.media_url(chat.icon.id, chat.icon.filename)
        return chat.icon

    def created_chat(self, chat: Chat, message: Message) -> Json:
        """Return the chat of a create answer, which has no times."""
        return {
            "id": chat.id,
            "display_name": chat.display_name,
            "handles": [self.member(member) for member in chat.members],
            **self._health(chat),
            "is_group": chat.is_group,
            "message": self.sent_message(message),
            "service": chat.service,
        }

    def _health(self, chat: Chat) -> Json:
        changed_at = stamp(chat.health_changed_at or chat.created_at)
        if self.variants.is_health_scored:
            if chat.health == "OPTED_OUT":
                return {"health_score": None}
            reason = chat.health.lower().replace("_", " ")
            score = {"score": _SCORES[chat.health], "reason": reason, "updated_at": changed_at}
            return {"health_score": score}
        anchor = chat.health.lower().replace("_", "-")
        return {
            "health_status": {
                "status": chat.health,
                "doc_url": f"{HEALTH_DOCS}#{anchor}",
                "updated_at": changed_at,
            }
        }

    def member(self, member: Member) -> Json:
        """Return a `ChatHandle`."""
        return {
            "id": member.id,
            "handle": member.handle,
            "joined_at": stamp(member.joined_at),
            "service": member.service,
            "is_me": member.is_me,
            "left_at": _stamp_or_null(member.left_at),
            "status": member.status,
        }

    def message(self, message: Message) -> Json:
        """Return a `Message` as lists and reads show it."""
        return {
            **self.sent_message(message),
            "chat_id": message.chat_id,
            "updated_at": stamp(message.updated_at),
            "is_from_me": message.is_from_me,
            "is_delivered": message.status in {"delivered", "read", "received"},
            "read_at": _stamp_or_null(message.read_at),
            "from": message.sender.handle,
        }

    def sent_message(self, message: Message) -> Json:
        """Return a `SentMessage` as create and send answer it."""
        effect = message.effect
        reply_to = message.reply_to
        return {
            "id": message.id,
            "created_at": stamp(message.created_at),
            "delivery_status": message.status,
            "is_read": message.read_at is not None,
            "parts": [self.part(part) for part in message.parts],
            "sent_at": _stamp_or_null(message.sent_at),
            "delivered_at": _stamp_or_null(message.delivered_at),
            "effect": None if effect is None else {"type": effect.type, "name": effect.name},
            "from_handle": self.member(message.sender),
            "preferred_service": message.preferred_service,
            "reply_to": None
            if reply_to is None
            else {"message_id": reply_to.message_id, "part_index": reply_to.part_index},
            "service": message.service,
        }

    def part(self, part: Part) -> Json:
        """Return one part; parts without reactions have null there."""
        reactions = [self.reaction(reaction) for reaction in part.reactions] or None
        match part:
            case TextPart():
                return {
                    "type": "text",
                    "value": part.value,
                    "reactions": reactions,
                    "text_decorations": _decorations(part),
                }
            case LinkPart():
                return {"type": "link", "value": part.value, "reactions": reactions}
            case MediaPart():
                return {
                    "type": "media",
                    "id": part.attachment_id,
                    "filename": part.filename,
                    "mime_type": part.mime_type,
                    "size_bytes": part.size_bytes,
                    "url": self.media_url(part.attachment_id, part.filename),
                    "reactions": reactions,
                }
            case CardPart():
                return {**part.fields, "type": part.type, "reactions": reactions}
            case _:
                assert_never(part)

    def reaction(self, reaction: Reaction) -> Json:
        """Return a `Reaction`."""
        return {
            "id": reaction.id,
            "handle": self.member(reaction.member),
            "is_me": reaction.member.is_me,
            "type": reaction.type,
            "custom_emoji": reaction.custom_emoji,
            "sticker": None if reaction.sticker is None else self._sticker(reaction.sticker),
        }

    def _sticker(self, sticker: Sticker) -> Json:
        return {
            "file_name": sticker.filename,
            "mime_type": sticker.mime_type,
            "url": self.media_url(sticker.attachment_id, sticker.filename),
            "width": sticker.width,
            "height": sticker.height,
        }

    def voice_memo(self, chat: Chat, message: Message, memo: MediaPart) -> Json:
        """Return the answer to a voice memo in the shape of seed 004."""
        return {
            "voice_memo": {
                "id": message.id,
                "chat": {
                    "id": chat.id,
                    "handles": [self.member(member) for member in chat.members],
                    "is_active": not chat.has_left,
                    "is_group": chat.is_group,
                    "service": chat.service,
                },
                "created_at": stamp(message.created_at),
                "from": chat.line,
                "service": message.service,
                "status": message.status,
                "to": [member.handle for member in chat.others()],
                "voice_memo": {
                    "id": memo.attachment_id,
                    "filename": memo.filename,
                    "mime_type": memo.mime_type,
                    "size_bytes": memo.size_bytes,
                    "url": self.media_url(memo.attachment_id, memo.filename),
                },
            }
        }

    def attachment(self, attachment: Attachment, now: datetime) -> Json:
        """Return an attachment as `GET /v3/attachments/{id}` shows it; unready ones have no address."""
        status = attachment.status(now)
        entry: Json = {
            "id": attachment.id,
            "filename": attachment.filename,
            "content_type": attachment.content_type,
            "size_bytes": attachment.size_bytes,
            "status": status,
            "created_at": stamp(attachment.created_at),
        }
        if status == "complete":
            entry["download_url"] = self.media_url(attachment.id, attachment.filename)
        return entry

    def line(self, line: Line) -> Json:
        """Return a phone number of the account."""
        anchor = line.reputation.lower().replace("_", "-")
        return {
            "id": line.id,
            "phone_number": line.number,
            "forwarding_number": None,
            "line_type": "iMessage",
            "reputation": {
                "status": line.reputation,
                "doc_url": f"https://docs.linqapp.com/guides/phone-numbers/phone-reputation#{anchor}",
            },
        }


def _decorations(part: TextPart) -> list[Json] | None:
    written: list[Json] = []
    for mark in part.decorations:
        entry: Json = {"range": [mark.start, mark.end]}
        if mark.style is not None:
            entry["style"] = mark.style
        else:
            entry["animation"] = mark.animation
        written.append(entry)
    return written or None


def _stamp_or_null(moment: datetime | None) -> str | None:
    return None if moment is None else stamp(moment)
