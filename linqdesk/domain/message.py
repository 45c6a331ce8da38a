"""A message as Linq tells it: parts, reactions, effect and delivery."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from linqdesk.domain.decorations import Decoration
from linqdesk.domain.delivery import Delivery
from linqdesk.domain.ids import AttachmentId, ChatId, Handle, MessageId
from linqdesk.domain.service import Service


@dataclass(frozen=True, slots=True)
class Reaction:
    """One person's reaction to a part; `kind` is the API's word, such as love, custom or sticker.

    `is_pending` marks one of ours that Linq has not told of yet.
    """

    handle: Handle
    is_me: bool
    kind: str
    custom_emoji: str | None = None
    sticker_url: str | None = None
    id: str | None = None
    is_pending: bool = False

    @property
    def sticker(self) -> "MediaPart | None":
        """A sticker as a file, None for any other reaction.

        Linq gives stickers no attachment id (linq-api.md 4), so the URL up to its query is the identity: what
        follows is a signature that changes with every answer.
        """
        if self.sticker_url is None:
            return None
        address = self.sticker_url.partition("?")[0].encode("utf-8", "replace")
        identity = AttachmentId(f"sticker-{blake2b(address, digest_size=16).hexdigest()}")
        return MediaPart(identity, "sticker", "image/png", None, self.sticker_url)


@dataclass(frozen=True, slots=True)
class TextPart:
    """A text with its decorations."""

    value: str
    decorations: tuple[Decoration, ...] = ()
    reactions: tuple[Reaction, ...] = ()


@dataclass(frozen=True, slots=True)
class MediaPart:
    """A file. The URL may expire at any moment; the attachment id is the file's identity."""

    attachment_id: AttachmentId
    filename: str
    mime_type: str
    size_bytes: int | None
    url: str | None
    reactions: tuple[Reaction, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkPart:
    """A link that is shown as a card; it is the only part of its message."""

    value: str
    reactions: tuple[Reaction, ...] = ()


@dataclass(frozen=True, slots=True)
class UnknownPart:
    """A part that this version cannot show: the API's word for it and its JSON, kept for details."""

    kind: str
    raw_json: str
    reactions: tuple[Reaction, ...] = ()


Part = TextPart | MediaPart | LinkPart | UnknownPart


@dataclass(frozen=True, slots=True)
class Effect:
    """A bubble or screen effect; both words are the API's and may be unknown to this version."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class ReplyTo:
    """The part that a message answers."""

    message_id: MessageId
    part_index: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """A message that Linq knows. Times are aware; `sender` is None where the API names nobody."""

    id: MessageId
    chat_id: ChatId
    created_at: datetime
    updated_at: datetime
    is_from_me: bool
    sender: Handle | None
    parts: tuple[Part, ...]
    delivery: Delivery
    is_read: bool = False
    sent_at: datetime | None = None
    delivered_at: datetime | None = None
    read_at: datetime | None = None
    service: Service | None = None
    preferred_service: Service | None = None
    effect: Effect | None = None
    reply_to: ReplyTo | None = None

    @property
    def text(self) -> str:
        """The text parts, one a line."""
        return "\n".join(part.value for part in self.parts if isinstance(part, TextPart))
