"""A view of the cache that differs from another one in some answers."""

from collections.abc import Callable, Sequence

from linqdesk.domain.blocking import BlockList
from linqdesk.domain.chat import Line
from linqdesk.domain.ids import AttachmentId, ChatId, Handle, MessageId, RowKey
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import Draft, OutgoingMessage
from linqdesk.store.changes import Change
from linqdesk.store.media import MediaFile
from linqdesk.store.subscription import Subscription
from linqdesk.store.uploads import UploadView
from linqdesk.store.view import CacheView, ChatSummary, Connection, History, ThreadRow


class ViewOver:
    """Answers everything as the view below does; whoever shows something else overrides just that."""

    def __init__(self, cache: CacheView) -> None:
        """Hand everything on to a view."""
        self._cache = cache

    @property
    def connection(self) -> Connection:
        """How the program stands with the API."""
        return self._cache.connection

    @property
    def lines(self) -> tuple[Line, ...]:
        """Our phone numbers."""
        return self._cache.lines

    @property
    def blocks(self) -> BlockList | None:
        """Whom our account has blocked."""
        return self._cache.blocks

    def chat_ids(self) -> Sequence[ChatId]:
        """Return every chat."""
        return self._cache.chat_ids()

    def summary(self, chat_id: ChatId) -> ChatSummary | None:
        """Return what the chat list shows of a chat."""
        return self._cache.summary(chat_id)

    def draft(self, chat_id: ChatId) -> Draft | None:
        """Return what stands unsent for a chat."""
        return self._cache.draft(chat_id)

    def draft_count(self) -> int:
        """Return how many drafts there are."""
        return self._cache.draft_count()

    def rows(self, chat_id: ChatId) -> Sequence[ThreadRow]:
        """Return the loaded thread."""
        return self._cache.rows(chat_id)

    def row(self, chat_id: ChatId, key: RowKey) -> ThreadRow | None:
        """Return one row of a thread."""
        return self._cache.row(chat_id, key)

    def position(self, chat_id: ChatId, key: RowKey) -> int | None:
        """Return the row's index in `rows`."""
        return self._cache.position(chat_id, key)

    def message(self, chat_id: ChatId, message_id: MessageId) -> Message | None:
        """Return a loaded message."""
        return self._cache.message(chat_id, message_id)

    def unsent(self) -> Sequence[OutgoingMessage]:
        """Return everything that was sent from here and is not confirmed, that of one chat in order."""
        return self._cache.unsent()

    def history(self, chat_id: ChatId) -> History:
        """Return how far back a thread is loaded."""
        return self._cache.history(chat_id)

    def name_of(self, handle: Handle) -> str | None:
        """Return the name under which a handle is known."""
        return self._cache.name_of(handle)

    def media(self, attachment_id: AttachmentId) -> MediaFile:
        """Return how far an attachment's file has come."""
        return self._cache.media(attachment_id)

    @property
    def uploads(self) -> UploadView:
        """How far the files that we send have come."""
        return self._cache.uploads

    def subscribe(self, listener: Callable[[Change], None]) -> Subscription:
        """Call the listener with every later change of the cache."""
        return self._cache.subscribe(listener)
