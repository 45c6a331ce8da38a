"""What the agent sends: its content, and the way that it goes until Linq knows it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from linqdesk.domain.beginning import Beginning
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import AttachmentId, ChatId, FileKey, Handle, LocalId
from linqdesk.domain.message import Effect, ReplyTo
from linqdesk.domain.outgoing_files import DraftFile, OutgoingFile, OutgoingVoiceMemo, TrayItem
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


OutgoingPart = OutgoingText | OutgoingMedia | OutgoingLink | OutgoingFile | OutgoingVoiceMemo


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

    @property
    def files(self) -> tuple[OutgoingFile, ...]:
        """The files that must be uploaded before this can be sent, a voice memo's included."""
        memos = (part.file if isinstance(part, OutgoingVoiceMemo) else part for part in self.parts)
        return tuple(part for part in memos if isinstance(part, OutgoingFile))

    @property
    def missing_files(self) -> tuple[OutgoingFile, ...]:
        """The files that Linq does not have yet."""
        return tuple(file for file in self.files if file.attachment_id is None)

    @property
    def voice_memo(self) -> OutgoingVoiceMemo | None:
        """The recording where this is a voice memo, None for any other message."""
        return next((part for part in self.parts if isinstance(part, OutgoingVoiceMemo)), None)


def with_attachments(content: Content, uploaded: Mapping[FileKey, AttachmentId]) -> Content:
    """Return a message whose files are the attachments that they were uploaded as."""

    def known(file: OutgoingFile) -> OutgoingFile:
        return replace(file, attachment_id=uploaded.get(file.key, file.attachment_id))

    return _with_files(content, known)


def without_attachments(content: Content) -> Content:
    """Return a message all of whose files are still to be uploaded."""
    return _with_files(content, lambda file: replace(file, attachment_id=None))


def _with_files(content: Content, change: Callable[[OutgoingFile], OutgoingFile]) -> Content:
    def changed(part: OutgoingPart) -> OutgoingPart:
        match part:
            case OutgoingFile():
                return change(part)
            case OutgoingVoiceMemo():
                return replace(part, file=change(part.file))
            case _:
                return part

    return replace(content, parts=tuple(map(changed, content.parts)))


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
    units of the text as it was typed, blanks at its ends included. The text stands before the item
    `text_at` of the tray, after all where that is None. `begins` is the chat that it is to open, None
    where it stands in one that is there.
    """

    text: str
    cursor: int = 0
    decorations: tuple[Decoration, ...] = ()
    effect: Effect | None = None
    reply_to: ReplyTo | None = None
    preferred_service: Service | None = None
    as_card: bool = False
    tray: tuple[TrayItem, ...] = ()
    text_at: int | None = None
    begins: Beginning | None = None

    @property
    def files(self) -> tuple[OutgoingFile, ...]:
        """The files in the tray."""
        return tuple(item.file for item in self.tray if isinstance(item, DraftFile))

    @property
    def is_empty(self) -> bool:
        """Whether nothing in it would be missed."""
        is_bare = self.effect is None and self.reply_to is None and self.preferred_service is None
        is_for_nobody = self.begins is None or not self.begins.to
        return is_bare and is_for_nobody and not self.tray and not self.text.strip()
