"""What the agent sends: its content, and the way that it goes until Linq knows it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from linqdesk.domain.beginning import Beginning
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import AttachmentId, ChatId, Handle, LocalId
from linqdesk.domain.message import Effect, ReplyTo
from linqdesk.domain.service import Service


@dataclass(frozen=True, slots=True)
class OutgoingText:
    """A text part, 1 to 10,000 characters."""

    value: str
    decorations: tuple[Decoration, ...] = ()


@dataclass(frozen=True, slots=True)
class OutgoingMedia:
    """A media part: exactly one of an uploaded attachment and a public https URL."""

    attachment_id: AttachmentId | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class OutgoingLink:
    """A link that is to arrive as a card."""

    value: str


OutgoingPart = OutgoingText | OutgoingMedia | OutgoingLink


@dataclass(frozen=True, slots=True)
class Content:
    """All that one message says."""

    parts: tuple[OutgoingPart, ...]
    effect: Effect | None = None
    reply_to: ReplyTo | None = None
    preferred_service: Service | None = None

    @property
    def text(self) -> str:
        """The text parts, one a line."""
        return "\n".join(part.value for part in self.parts if isinstance(part, OutgoingText))


class OutgoingState(StrEnum):
    """Where a message of ours stands before Linq has named it."""

    QUEUED = "queued"
    SENDING = "sending"
    UNCONFIRMED = "unconfirmed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message that the agent sent and that Linq has not yet confirmed.

    `local_id` is also its idempotency key: it never changes for this content. `begins` is the chat that
    it opens, None where it goes into one that is there.
    """

    local_id: LocalId
    chat_id: ChatId
    line: Handle | None
    created_at: datetime
    content: Content
    state: OutgoingState = OutgoingState.QUEUED
    failure: LinqDeskError | None = None
    attempts: int = 0
    begins: Beginning | None = None

    @property
    def text(self) -> str:
        """The text parts, one a line."""
        return self.content.text


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands unsent in the composer of one chat.

    `as_card` where its link is to arrive as a card. The cursor and the decorations are in UTF-16 code
    units of the text as it was typed, blanks at its ends included.
    """

    text: str
    cursor: int = 0
    decorations: tuple[Decoration, ...] = ()
    effect: Effect | None = None
    reply_to: ReplyTo | None = None
    preferred_service: Service | None = None
    as_card: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing in it would be missed."""
        is_bare = self.effect is None and self.reply_to is None and self.preferred_service is None
        return is_bare and not self.text.strip()
