"""What the sandbox's world is made of: lines, people, messages and their parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import datetime

Service = Literal["iMessage", "RCS", "SMS"]
Health = Literal["HEALTHY", "AT_RISK", "CRITICAL", "OPTED_OUT"]
DeliveryStatus = Literal["pending", "queued", "sent", "delivered", "received", "read", "failed"]


@dataclass(frozen=True, slots=True)
class Line:
    """One of the account's phone numbers."""

    id: str
    number: str
    reputation: str = "HEALTHY"


@dataclass(slots=True)
class Person:
    """A customer: who he is, what his phone can receive and in which language he answers."""

    handle: str
    name: str
    service: Service
    language: str = "en"
    is_opted_out: bool = False


@dataclass(slots=True)
class Member:
    """Somebody's place in a chat; those who left stay listed with their status."""

    id: str
    handle: str
    service: Service
    is_me: bool
    joined_at: datetime
    left_at: datetime | None = None
    status: Literal["active", "left", "removed"] = "active"


@dataclass(frozen=True, slots=True)
class Sticker:
    """A picture that was peeled onto a message."""

    attachment_id: str
    filename: str
    mime_type: str
    width: int
    height: int


@dataclass(slots=True)
class Reaction:
    """A tapback, an emoji or a sticker that somebody put on one part of a message."""

    id: str
    member: Member
    type: str
    custom_emoji: str | None = None
    sticker: Sticker | None = None


@dataclass(frozen=True, slots=True)
class Decoration:
    """A style or an animation over `[start, end)`, counted in UTF-16 code units."""

    start: int
    end: int
    style: str | None = None
    animation: str | None = None


@dataclass(slots=True)
class TextPart:
    """Written words."""

    value: str
    decorations: tuple[Decoration, ...] = ()
    reactions: list[Reaction] = field(default_factory=list)


@dataclass(slots=True)
class LinkPart:
    """A URL that arrives as a preview card."""

    value: str
    reactions: list[Reaction] = field(default_factory=list)


@dataclass(slots=True)
class MediaPart:
    """A file; its bytes are an attachment's."""

    attachment_id: str
    filename: str
    mime_type: str
    size_bytes: int
    reactions: list[Reaction] = field(default_factory=list)


@dataclass(slots=True)
class CardPart:
    """A part of another type, such as an app's card: its own fields are passed on as they are."""

    type: str
    fields: dict[str, Any]
    reactions: list[Reaction] = field(default_factory=list)


Part = TextPart | LinkPart | MediaPart | CardPart


@dataclass(frozen=True, slots=True)
class MediaReference:
    """How a request names a file: by exactly one of its id and a public URL."""

    attachment_id: str | None = None
    url: str | None = None


WrittenPart = TextPart | LinkPart | MediaReference | CardPart
"""A part as a request writes it."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A screen or bubble effect of a whole message."""

    type: str
    name: str


@dataclass(frozen=True, slots=True)
class ReplyTo:
    """Which part of which message is answered."""

    message_id: str
    part_index: int = 0


@dataclass(slots=True)
class Message:
    """One message and how far it has come."""

    id: str
    chat_id: str
    sender: Member
    parts: list[Part]
    created_at: datetime
    updated_at: datetime
    status: DeliveryStatus
    service: Service
    sent_at: datetime | None = None
    delivered_at: datetime | None = None
    read_at: datetime | None = None
    effect: Effect | None = None
    reply_to: ReplyTo | None = None
    preferred_service: Service | None = None
    is_voice_memo: bool = False
    edit_count: int = 0

    @property
    def is_from_me(self) -> bool:
        """Whether the account sent it."""
        return self.sender.is_me
