"""What was read, as the window asks for it."""

from collections.abc import Callable

from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import ChatId
from linqdesk.domain.seen import ReadPolicy
from linqdesk.services.clock import Clock
from linqdesk.services.ports import Client
from linqdesk.services.read_state import ReadState, SeenStore
from linqdesk.services.task_scope import TaskScope
from linqdesk.services.verbs.telling import told
from linqdesk.store.cache import Cache


class ReadingVerbs:
    """Takes the agent's looking at chats to the read state."""

    def __init__(self, cache: Cache, scope: TaskScope, clock: Clock) -> None:
        """Get ready without a client: nobody is told of anything."""
        self._scope = scope
        self._state = ReadState(cache, scope, clock)

    def use(self, client: Client) -> None:
        """Tell customers through this client."""
        self._state.use(client)

    def rest(self) -> None:
        """Tell nobody anything for now."""
        self._state.use(None)

    async def take_up(self, store: SeenStore, account: str) -> None:
        """Go on from what earlier runs have read of an account."""
        await self._state.take_up(store, account)

    async def finish(self) -> None:
        """Keep what is still to be kept."""
        await self._state.finish()

    def note_opened(self, chat_id: ChatId) -> None:
        """Take the agent's own mark off a chat that is opened."""
        self._state.note_opened(chat_id)

    def see(self, chat_id: ChatId) -> None:
        """Note that the agent looks at all that is loaded of a chat."""
        self._state.see(chat_id)

    def set_policy(self, policy: ReadPolicy) -> None:
        """Obey the setting that says when customers see Read."""
        self._state.policy = policy

    def is_to_tell(self, chat_id: ChatId) -> bool:
        """Whether the customer of a chat wrote something of which they were not shown Read."""
        return self._state.is_to_tell(chat_id)

    def mark_unread(self, chat_id: ChatId) -> None:
        """Let a chat count as unread until it is opened again."""
        self._state.mark_unread(chat_id)

    def mark_read(self, chat_id: ChatId, done: Callable[[LinqDeskError | None], None]) -> None:
        """Let the customer see Read; `done` hears whether that went well."""
        self._scope.start(told(self._state.mark_read(chat_id), done), name="mark read")
