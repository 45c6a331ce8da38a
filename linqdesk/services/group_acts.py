"""Changes groups: one change of a group at a time, asked for once, believed when it is read back."""

import asyncio
from collections import defaultdict
from collections.abc import Coroutine
from pathlib import Path

from linqdesk.domain.chat import Chat
from linqdesk.domain.errors import (
    LinqDeskError,
    NotFoundError,
    OfflineError,
    RateLimitedError,
    RequestRejectedError,
)
from linqdesk.domain.group_changes import (
    AddMember,
    ChangeIcon,
    ChangeNotSeenError,
    GroupChange,
    LeaveGroup,
    RemoveMember,
    RenameGroup,
    is_granted,
    left,
)
from linqdesk.domain.ids import ChatId
from linqdesk.services.clock import Clock
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.icon_upload import upload_icon
from linqdesk.services.ports import Client
from linqdesk.services.verdict import is_outcome_unknown
from linqdesk.store.cache import Cache
from linqdesk.store.pending_groups import PendingChange

# Linq accepts first and carries out later; after the last look it is taken as not done.
LOOK_AFTER_S = (0.6, 1.2, 2.5, 5.0, 10.0)
_MAX_TRIES = 3
# linq-api.md 3.1: the state is another one than was believed; the chat is no longer ours.
_STATE_CONFLICT, _CHAT_UNAVAILABLE = 2015, 2013


class GroupActs:
    """Acts without an idempotency key: none is ever repeated, what became of it is read back instead."""

    def __init__(self, cache: Cache, connectivity: Connectivity, clock: Clock) -> None:
        """Start without a client: until there is one every act fails."""
        self._cache = cache
        self._connectivity = connectivity
        self._clock = clock
        self._client: Client | None = None
        # In order: a second change must not be overtaken by the first, nor be judged by what was before it.
        self._turns: defaultdict[ChatId, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._acting = 0

    def use(self, client: Client | None) -> None:
        """Act through this client from now on."""
        self._client = client

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._acting

    def carry_out(
        self, chat_id: ChatId, change: GroupChange, icon: Path | None = None
    ) -> Coroutine[object, object, None]:
        """Show a change of a known group as pending at once; what is returned carries it out.

        Args:
            chat_id: a chat that the cache knows.
            change: what is to be other.
            icon: the picture to upload first, where the change is an icon from this computer.

        It raises LinqDeskError where it did not come about, and the group is shown as before.
        """
        pending = self._cache.add_group_change(chat_id, change)
        self._acting += 1
        return self._carry_out_shown(chat_id, pending, icon)

    async def _carry_out_shown(self, chat_id: ChatId, pending: PendingChange, icon: Path | None) -> None:
        try:
            async with self._turns[chat_id]:
                await self._carry_out(chat_id, pending, icon)
        finally:
            self._acting -= 1
            self._cache.drop_group_change(chat_id, pending)

    async def _carry_out(self, chat_id: ChatId, pending: PendingChange, icon: Path | None) -> None:
        change, before = pending.change, self._chat(chat_id)
        if is_granted(change, before, before):
            return
        pending.before = before
        doubt: LinqDeskError | None = None
        try:
            if icon is not None:
                change = ChangeIcon(await upload_icon(self._ready_client(), icon, self._clock))
            await self._ask_when_allowed(chat_id, change)
        except LinqDeskError as error:
            doubt = error
            self._connectivity.failed(error)
            if not is_outcome_unknown(error) and not await self._is_so_already(chat_id, pending, error):
                raise
        else:
            self._connectivity.succeeded()
        if not await self._comes_true(chat_id, pending):
            raise doubt or ChangeNotSeenError(pending.change)

    async def _ask_when_allowed(self, chat_id: ChatId, change: GroupChange) -> None:
        """Ask; what was refused for its pace alone was not done, and may be asked again."""
        for tries_left in reversed(range(_MAX_TRIES)):
            client = self._ready_client()
            await self._connectivity.allowed()
            try:
                await self._ask(client, self._chat(chat_id), change)
            except RateLimitedError as error:
                if not tries_left:
                    raise
                self._connectivity.failed(error)
            else:
                return

    async def _ask(self, client: Client, chat: Chat, change: GroupChange) -> None:
        match change:
            case AddMember(handle):
                await client.add_participant(chat, handle)
            case RemoveMember(handle):
                await client.remove_participant(chat, handle)
            case RenameGroup(name):
                await client.update_chat(chat, display_name=name)
            case ChangeIcon(picture):
                await client.update_chat(chat, icon_url=picture)
            case LeaveGroup():
                await client.leave_chat(chat)

    async def _is_so_already(self, chat_id: ChatId, pending: PendingChange, error: LinqDeskError) -> bool:
        """Read a group that refused a change for its state: somebody else may have made it."""
        if not isinstance(error, RequestRejectedError | NotFoundError):
            return False
        code = error.details.code
        await self._look(chat_id)
        is_left = isinstance(pending.change, LeaveGroup) and code == _CHAT_UNAVAILABLE
        is_conflict = is_left or code == _STATE_CONFLICT
        return is_conflict and not self._is_pending(chat_id, pending)

    async def _comes_true(self, chat_id: ChatId, pending: PendingChange) -> bool:
        """Look until the group is as it was wished; a poll may have told it already."""
        for wait_s in LOOK_AFTER_S:
            if not self._is_pending(chat_id, pending):
                return True
            await self._clock.wait(asyncio.Event(), wait_s)
            if not await self._look(chat_id) and isinstance(pending.change, LeaveGroup):
                # What was left may not be shown any more, and then no later look tells of it.
                self._cache.merge_chats((left(self._chat(chat_id), self._clock.now()),))
        return not self._is_pending(chat_id, pending)

    async def _look(self, chat_id: ChatId) -> bool:
        """Read a group; tells whether Linq still has it for us."""
        try:
            self._cache.merge_chats((await self._ready_client().get_chat(chat_id),))
        except NotFoundError:
            return False
        except RequestRejectedError as error:
            return error.details.code != _CHAT_UNAVAILABLE
        except LinqDeskError as error:
            self._connectivity.failed(error)
        return True

    def _is_pending(self, chat_id: ChatId, pending: PendingChange) -> bool:
        summary = self._cache.summary(chat_id)
        return summary is not None and pending in summary.changes

    def _chat(self, chat_id: ChatId) -> Chat:
        summary = self._cache.summary(chat_id)
        if summary is None:
            raise NotFoundError("There is no such chat")
        return summary.chat

    def _ready_client(self) -> Client:
        if self._client is None:
            raise OfflineError("Linq is not connected")
        return self._client
