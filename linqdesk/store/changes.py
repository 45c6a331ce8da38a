"""What the cache announces: frozen values that name what changed, never the new content itself."""

from dataclasses import dataclass

from linqdesk.domain.ids import AttachmentId, ChatId, FileKey, RowKey


@dataclass(frozen=True, slots=True)
class ChatsChanged:
    """The list of chats or what it shows of one (newest message, unread count, draft) changed."""

    inserted: tuple[ChatId, ...] = ()
    updated: tuple[ChatId, ...] = ()
    removed: tuple[ChatId, ...] = ()


@dataclass(frozen=True, slots=True)
class ChatAdopted:
    """A chat that began here goes by the id that Linq gave it; its row keys stay.

    What was kept under `local_id` stands under `chat_id` now, where a chat may have stood already. Readers
    that ask for the old id get the same chat.
    """

    local_id: ChatId
    chat_id: ChatId


@dataclass(frozen=True, slots=True)
class MessagesChanged:
    """Rows of one thread changed; `moved` rows kept their key and stand elsewhere now."""

    chat_id: ChatId
    inserted: tuple[RowKey, ...] = ()
    updated: tuple[RowKey, ...] = ()
    removed: tuple[RowKey, ...] = ()
    moved: tuple[RowKey, ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryChanged:
    """The state of fetching older messages of one chat changed."""

    chat_id: ChatId


@dataclass(frozen=True, slots=True)
class LinesChanged:
    """The phone lines became known or changed."""


@dataclass(frozen=True, slots=True)
class ConnectionChanged:
    """The connection's state, its fault or the age of the data changed."""


@dataclass(frozen=True, slots=True)
class MediaChanged:
    """The file of a media part came nearer, arrived, or will not come."""

    attachment_id: AttachmentId


@dataclass(frozen=True, slots=True)
class UploadMoved:
    """A file of ours came nearer to Linq, arrived, or stopped; at most ten times a second each."""

    key: FileKey


Change = (
    ChatsChanged
    | ChatAdopted
    | MessagesChanged
    | HistoryChanged
    | LinesChanged
    | ConnectionChanged
    | MediaChanged
    | UploadMoved
)
