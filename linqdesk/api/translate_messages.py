"""Turns messages of the API into values of the domain, and what the agent sends into the API's JSON."""

from dataclasses import replace
from datetime import datetime
from sys import intern
from typing import Any

from pydantic import ValidationError

from linqdesk.api.translate import chat as read_chat
from linqdesk.api.translate import each_valid, json_of, one, size_of, whole, word_of
from linqdesk.api.wire.chats import WireCreated
from linqdesk.api.wire.messages import (
    WireEffect,
    WireMessage,
    WirePart,
    WireRange,
    WireReaction,
    WireReply,
    WireSent,
)
from linqdesk.api.wire.values import read_time
from linqdesk.api.wire.voice_memos import WireVoiceMemoSent
from linqdesk.domain.chat import Chat
from linqdesk.domain.decorations import Decoration, clip
from linqdesk.domain.delivery import Delivery
from linqdesk.domain.errors import RequestRejectedError, UnexpectedReplyError
from linqdesk.domain.ids import AttachmentId, ChatId, Handle, LocalId, MessageId
from linqdesk.domain.message import (
    Effect,
    LinkPart,
    MediaPart,
    Message,
    Part,
    Reaction,
    ReplyTo,
    TextPart,
    UnknownPart,
)
from linqdesk.domain.outgoing import Content, OutgoingLink, OutgoingMedia, OutgoingPart, OutgoingText
from linqdesk.domain.outgoing_files import OutgoingFile, OutgoingVoiceMemo
from linqdesk.domain.service import Service

_RAW_LIMIT = 64 * 1024


def message(tree: Any, chat_id: ChatId) -> Message:
    """Read a listed message of a chat.

    Raises:
        ValidationError: it has no id.
        UnexpectedReplyError: none of its times can be read, so it has no place in the thread.
    """
    return _message(WireMessage.model_validate(tree), chat_id, None)


def single_message(tree: Any) -> Message:
    """Read a message that was asked for by its id.

    Raises:
        UnexpectedReplyError: it is not of the documented shape, or names no chat or no time.
    """
    wire = whole(WireMessage, tree)
    if wire.chat_id is None:
        raise UnexpectedReplyError("A message names no chat.")
    return _message(wire, ChatId(wire.chat_id), None)


def created_chat(tree: Any, now: datetime) -> tuple[Chat, Message]:
    """Read the answer to a new chat; it has no times but its first message's (linq-api.md 2.1).

    Raises:
        UnexpectedReplyError: it is not of the documented shape.
    """
    said = whole(WireCreated, tree).chat
    chat = one(said, read_chat)
    first = _message(whole(WireSent, said).message, chat.id, now)
    has_time = any(read_time(said.get(name)) for name in ("created_at", "updated_at"))
    if not has_time:
        chat = replace(chat, created_at=first.created_at, updated_at=first.created_at)
    return chat, replace(first, is_from_me=True)


def sent_message(wire: WireSent, chat_id: ChatId, now: datetime) -> Message:
    """Read the answer to a send; `now` stands in where a revision names no time (linq-api.md 5)."""
    return replace(_message(wire.message, chat_id, now), is_from_me=True)


def voice_memo(tree: Any, chat_id: ChatId, now: datetime) -> Message:
    """Read the answer to a voice memo as the message that it became.

    Raises:
        UnexpectedReplyError: it is of neither shape.
    """
    wire = whole(WireVoiceMemoSent, tree).voice_memo
    files = [{"type": "media", **wire.voice_memo}] if wire.voice_memo else []
    parts, _ = each_valid(files, _part)
    created_at = wire.created_at or now
    return Message(
        id=MessageId(wire.id),
        chat_id=ChatId(word_of(wire.chat, "id") or wire.chat_id or chat_id),
        created_at=created_at,
        updated_at=created_at,
        is_from_me=True,
        sender=Handle(wire.sender) if wire.sender else None,
        parts=parts,
        delivery=Delivery.from_word(wire.status),
        service=_service(wire.service),
    )


def content_json(content: Content, key: LocalId) -> dict[str, Any]:
    """Return the body of a send: the same for the same content and key."""
    said: dict[str, Any] = {"parts": [_part_json(part) for part in content.parts], "idempotency_key": key}
    if content.effect is not None:
        said["effect"] = {"type": content.effect.kind, "name": content.effect.name}
    if content.reply_to is not None:
        reply = content.reply_to
        said["reply_to"] = {"message_id": reply.message_id, "part_index": reply.part_index}
    if content.preferred_service is not None:
        said["preferred_service"] = content.preferred_service.value
    return {"message": said}


def _message(wire: WireMessage, chat_id: ChatId, now: datetime | None) -> Message:
    created_at = wire.created_at or wire.sent_at or wire.updated_at or now
    if created_at is None:
        raise UnexpectedReplyError("A message has no time.")
    sender = word_of(wire.from_handle, "handle") or wire.sender
    parts, _ = each_valid(wire.parts, _part)
    return Message(
        id=MessageId(wire.id),
        chat_id=chat_id if wire.chat_id in {None, chat_id} else ChatId(wire.chat_id or chat_id),
        created_at=created_at,
        updated_at=_shared(wire.updated_at, created_at) or created_at,
        is_from_me=wire.is_from_me,
        sender=Handle(intern(sender)) if sender else None,
        parts=parts,
        delivery=_delivery(wire),
        is_read=wire.is_read or wire.read_at is not None,
        sent_at=_shared(wire.sent_at, created_at),
        delivered_at=_shared(wire.delivered_at, created_at),
        read_at=wire.read_at,
        service=_service(wire.service),
        preferred_service=_service(wire.preferred_service),
        effect=_effect(wire.effect),
        reply_to=_reply(wire.reply_to),
    )


def _shared(time: datetime | None, other: datetime) -> datetime | None:
    """Return an equal time as one object: a desk keeps tens of thousands of messages."""
    return other if time == other else time


def _delivery(wire: WireMessage) -> Delivery:
    """Take the status where it is known, else what the times and flags say (linq-api.md 5)."""
    told = Delivery.from_word(wire.delivery_status)
    if told is not Delivery.UNKNOWN:
        return told
    if not wire.is_from_me:
        return Delivery.RECEIVED
    if wire.read_at is not None or wire.is_read:
        return Delivery.READ
    if wire.delivered_at is not None or wire.is_delivered:
        return Delivery.DELIVERED
    return Delivery.SENT if wire.sent_at is not None else Delivery.UNKNOWN


def _service(word: str | None) -> Service | None:
    return Service.from_word(word) if word else None


def _part(tree: Any) -> Part:
    """Read a part; one of a type or shape that this version does not know is kept as it is."""
    if not isinstance(tree, dict):
        return UnknownPart("?", json_of(tree, _RAW_LIMIT))
    try:
        wire = WirePart.model_validate(tree)
    except ValidationError:
        return UnknownPart(word_of(tree, "type") or "?", json_of(tree, _RAW_LIMIT))
    reactions, _ = each_valid(wire.reactions, _reaction)
    if wire.type == "text" and wire.value is not None:
        decorations, _ = each_valid(wire.text_decorations, _decoration)
        return TextPart(wire.value, clip(decorations, wire.value), reactions)
    if wire.type == "link" and wire.value is not None:
        return LinkPart(wire.value, reactions)
    if wire.type == "media":
        return _media(wire, reactions)
    return UnknownPart(wire.type, json_of(tree, _RAW_LIMIT), reactions)


def _media(wire: WirePart, reactions: tuple[Reaction, ...]) -> MediaPart:
    return MediaPart(
        attachment_id=AttachmentId(wire.id or ""),
        filename=wire.filename or "",
        mime_type=wire.mime_type or "application/octet-stream",
        size_bytes=size_of(wire.size_bytes),
        url=wire.url,
        reactions=reactions,
    )


def _decoration(tree: Any) -> Decoration:
    wire = WireRange.model_validate(tree)
    return Decoration(wire.range[0], wire.range[1], wire.style, wire.animation)


def _reaction(tree: Any) -> Reaction:
    wire = WireReaction.model_validate(tree)
    return Reaction(
        handle=Handle(word_of(wire.handle, "handle") or ""),
        is_me=wire.is_me,
        kind=wire.type,
        custom_emoji=wire.custom_emoji,
        sticker_url=word_of(wire.sticker, "url"),
        id=wire.id,
    )


def _effect(tree: dict[str, Any] | None) -> Effect | None:
    try:
        wire = WireEffect.model_validate(tree)
    except ValidationError:
        return None
    return Effect(wire.type, wire.name)


def _reply(tree: dict[str, Any] | None) -> ReplyTo | None:
    try:
        wire = WireReply.model_validate(tree)
    except ValidationError:
        return None
    return ReplyTo(MessageId(wire.message_id), wire.part_index)


def _part_json(part: OutgoingPart) -> dict[str, Any]:
    match part:
        case OutgoingText():
            said: dict[str, Any] = {"type": "text", "value": part.value}
            if part.decorations:
                said["text_decorations"] = [_decoration_json(each) for each in part.decorations]
            return said
        case OutgoingVoiceMemo():
            raise RequestRejectedError("A voice memo is no part of a message.")
        case OutgoingMedia() | OutgoingFile():
            if part.attachment_id is not None:
                return {"type": "media", "attachment_id": part.attachment_id}
            if isinstance(part, OutgoingFile):
                raise RequestRejectedError("A file is not uploaded yet.")
            return {"type": "media", "url": part.url}
        case OutgoingLink():
            return {"type": "link", "value": part.value}


def _decoration_json(decoration: Decoration) -> dict[str, Any]:
    said: dict[str, Any] = {"range": [decoration.start, decoration.end]}
    if decoration.style is not None:
        said["style"] = decoration.style
    if decoration.animation is not None:
        said["animation"] = decoration.animation
    return said
