"""Messages that are there, as the window deals with them."""

from collections.abc import Callable, Coroutine
from datetime import datetime

from linqdesk.domain.errors import LinqDeskError, OfflineError
from linqdesk.domain.ids import ChatId, MessageId
from linqdesk.domain.message import Message
from linqdesk.domain.wishes import Wish
from linqdesk.services.clock import Clock
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.message_acts import MessageActs
from linqdesk.services.ports import Client
from linqdesk.services.reply_threads import ReplyThreads
from linqdesk.services.task_scope import TaskScope
from linqdesk.services.thread_reader import ThreadReader
from linqdesk.services.verbs.telling import told
from linqdesk.store.cache import Cache


class ActVerbs:
    """Changes messages for the window, and fetches what lies further back."""

    def __init__(self, cache: Cache, connectivity: Connectivity, scope: TaskScope, clock: Clock) -> None:
        """Get ready without a client."""
        self._cache = cache
        self._connectivity = connectivity
        self._scope = scope
        self._clock = clock
        self._acts = MessageActs(cache, connectivity, clock)
        self._reader: ThreadReader | None = None
        self._threads: ReplyThreads | None = None
        self._reading: TaskScope | None = None

    @property
    def is_idle(self) -> bool:
        """Whether no change is under way."""
        return self._acts.is_idle

    def use(self, client: Client, reader: ThreadReader, scope: TaskScope) -> None:
        """Ask this client from now on, and read in this scope."""
        self._acts.use(client)
        self._reader, self._reading = reader, scope
        self._threads = ReplyThreads(client, reader, self._cache, self._connectivity, self._clock)

    def rest(self) -> None:
        """Ask nobody any more."""
        self._acts.use(None)
        self._reader = self._threads = self._reading = None

    def change(
        self, chat_id: ChatId, message_id: MessageId, wish: Wish, done: Callable[[LinqDeskError | None], None]
    ) -> None:
        """React to a message, take a reaction back, or edit a text; `done` hears what became of it."""
        self._scope.start(told(self._acts.fulfil(chat_id, message_id, wish), done), name="change")

    def delete_message(
        self, chat_id: ChatId, message_id: MessageId, done: Callable[[LinqDeskError | None], None]
    ) -> None:
        """Delete a message from Linq's records; `done` hears whether it is gone."""
        self._scope.start(told(self._acts.delete(chat_id, message_id), done), name="delete")

    def find_message(
        self, chat_id: ChatId, message_id: MessageId, done: Callable[[LinqDeskError | None], None]
    ) -> None:
        """Load a thread back to a message; `done` hears whether it is there."""
        self._read(lambda threads: threads.find(chat_id, message_id), done)

    def load_back_to(
        self, chat_id: ChatId, when: datetime, done: Callable[[LinqDeskError | None], None]
    ) -> None:
        """Load a thread back to a time or to its beginning; `done` hears whether that went well."""
        self._read(lambda threads: threads.load_back_to(chat_id, when), done)

    def fetch_chain(
        self, message_id: MessageId, done: Callable[[tuple[Message, ...], LinqDeskError | None], None]
    ) -> None:
        """Fetch a message with what it answers and what answers it; `done` hears them or what is wrong."""

        async def fetch(threads: ReplyThreads) -> None:
            done(await threads.chain(message_id), None)

        self._read(fetch, lambda error: done((), error) if error is not None else None)

    def load_older(self, chat_id: ChatId) -> None:
        """Fetch the next older page of a thread, unless that is under way or there is none."""
        if self._reading is not None and self._reader is not None:
            self._reading.start(self._reader.read_older(chat_id), name="older")

    def _read(
        self,
        make: Callable[[ReplyThreads], Coroutine[object, object, None]],
        done: Callable[[LinqDeskError | None], None],
    ) -> None:
        if self._threads is None or self._reading is None:
            done(OfflineError("Linq is not connected"))
        else:
            self._reading.start(told(make(self._threads), done), name="read back")
