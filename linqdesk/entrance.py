"""Signs in with what is at hand, or asks: the way from an account to a session that follows it."""

import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass

from linqdesk.account import Account, Door
from linqdesk.domain.errors import LinqDeskError
from linqdesk.local.media_cache import MediaCache
from linqdesk.services.session import Session
from linqdesk.services.task_scope import TaskScope
from linqdesk.store.view import CacheView, ConnectionState
from linqdesk.ui.windows.main_window import MainWindow
from linqdesk.unsent import Unsent


@dataclass(frozen=True, slots=True)
class Rooms:
    """What an account moves into."""

    cache: CacheView
    session: Session
    files: MediaCache
    unsent: Unsent
    window: MainWindow


class Entrance:
    """Lets one account in at a time."""

    def __init__(
        self,
        door: Door,
        rooms: Rooms,
        tasks: TaskScope,
        *,
        tell: Callable[[str], None],
        fail: Callable[[str], None],
    ) -> None:
        """Listen to the window.

        Args:
            door: finds accounts.
            rooms: what an account moves into.
            tasks: where the way in is gone.
            tell: shows a sentence over the window.
            fail: ends the run with a sentence.
        """
        self._door = door
        self._rooms = rooms
        self._tasks = tasks
        self._tell = tell
        self._fail = fail
        rooms.window.sign_in_requested.connect(self._on_sign_in_requested)
        rooms.window.demo_requested.connect(self._on_demo_requested)

    async def enter(self) -> None:
        """Sign in with what is at hand, or ask."""
        try:
            account = await self._door.account()
        except LinqDeskError as fault:
            if self._door.is_demo:
                self._fail(fault.message)
            else:
                self._rooms.window.ask_to_sign_in(fault.message)
            return
        if account is None:
            self._rooms.window.ask_to_sign_in()
        else:
            await self._follow(account)

    async def _follow(self, account: Account) -> None:
        rooms = self._rooms
        try:
            client = await asyncio.to_thread(account.connect)
        except LinqDeskError as fault:
            self._fail(fault.message)
            return
        rooms.files.account = account.base_url
        is_demo = self._door.sandbox_address is not None
        for sentence in await rooms.unsent.take_up(rooms.session, account.base_url, is_demo=is_demo):
            self._tell(sentence)
        await rooms.session.open(client)

    def _on_sign_in_requested(self, token: str) -> None:
        self._tasks.start(self._sign_in(token), name="sign in")

    async def _sign_in(self, token: str) -> None:
        from linqdesk.pictures import settled

        cache = self._rooms.cache
        account = self._door.account_with(token)
        await self._follow(account)
        await settled(lambda: cache.connection.state is not ConnectionState.CONNECTING)
        if cache.connection.state is ConnectionState.SIGNED_OUT:
            # A token that Linq refused is not worth keeping.
            return
        try:
            await self._door.remember(account)
        except LinqDeskError as fault:
            sys.stderr.write(f"linqdesk: {fault.message}\n")

    def _on_demo_requested(self) -> None:
        self._tasks.start(self._explore_demo(), name="demo")

    async def _explore_demo(self) -> None:
        await self._follow(await self._door.demo_account())
