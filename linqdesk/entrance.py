"""Signs in with what is at hand, or asks; and signs out: the ways into a session and out of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from linqdesk.domain.errors import LinqDeskError
from linqdesk.store.changes import ConnectionChanged
from linqdesk.store.view import Connection, ConnectionState
from linqdesk.succession import NextRun, Opening

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from linqdesk.account import Account, Door
    from linqdesk.arguments import WindowOptions
    from linqdesk.domain.chat import Line
    from linqdesk.local.media_cache import MediaCache
    from linqdesk.local.seen_file import SeenFile
    from linqdesk.services.session import Session
    from linqdesk.services.task_scope import TaskScope
    from linqdesk.store.cache import Cache
    from linqdesk.store.changes import Change
    from linqdesk.ui.windows.main_window import MainWindow
    from linqdesk.unsent import Unsent

_REFUSED = "Linq no longer accepts the token of this account. Paste a new one."
_OTHER = (
    "It opens none of the lines that you work with, but those below. Using it signs you out first: what "
    "this computer keeps of the account before is deleted, with everything that is not sent."
)


_STORING = "The token is being stored in your system's keyring…"


@dataclass(frozen=True, slots=True)
class Rooms:
    """What an account moves into; names and notes of a demo are not kept in the file for `contacts`."""

    cache: Cache
    session: Session
    files: MediaCache
    unsent: Unsent
    seen: SeenFile
    contacts: Path
    window: MainWindow


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways that lead elsewhere.

    `tell` shows a sentence over the window, `fail` ends the run with one, `leave` ends it for another run.
    """

    tell: Callable[[str], None]
    fail: Callable[[str], None]
    leave: Callable[[NextRun], None]


class Entrance:
    """Lets one account in for a run; whoever wants another one begins another run."""

    def __init__(self, door: Door, rooms: Rooms, tasks: TaskScope, ways: Ways) -> None:
        """Listen to the window.

        Args:
            door: finds accounts.
            rooms: what an account moves into.
            tasks: where the way in is gone.
            ways: what leads elsewhere.
        """
        self._door = door
        self._rooms = rooms
        self._tasks = tasks
        self._ways = ways
        self._account: Account | None = None
        self._other: Account | None = None
        self._attempt = 0
        self._is_wiping = False
        window = rooms.window
        window.sign_in_requested.connect(self._on_sign_in_requested)
        window.demo_requested.connect(self._on_demo_requested)
        window.sign_out_requested.connect(self.sign_out)
        window.sign_in.given_up.connect(self._give_up)
        window.sign_in.other_accepted.connect(self._on_other_accepted)
        # The cache and this live equally long.
        rooms.cache.subscribe(self._on_cache_changed)

    async def enter(self, opening: Opening) -> None:
        """Sign in with what is given or at hand, or ask."""
        if opening.asks:
            self._ask(opening.words)
            return
        try:
            account = opening.account or await self._door.account(self._on_found_late)
        except LinqDeskError as fault:
            if self._door.is_demo:
                self._ways.fail(fault.message)
            else:
                self._ask(fault.message)
            return
        if account is None:
            self._ask()
        else:
            await self._follow(account)
            if opening.account is not None:
                await self._door.remember(account)

    def _ask(self, words: str | None = None) -> None:
        """Ask for a token; the window says that nobody is signed in, should the question be closed."""
        self._rooms.cache.set_connection(Connection(ConnectionState.SIGNED_OUT))
        self._rooms.window.ask_to_sign_in(words)

    def sign_out(self) -> None:
        """End the run, delete what is kept of the account, and ask for another; the demo is just left."""
        if self._door.is_demo_open:
            self._ways.leave(NextRun(self._plain_options(), self._door.environment, Opening()))
            return
        self._is_wiping = True
        environment = replace(self._door.environment, token=None)
        self._ways.leave(NextRun(self._plain_options(), environment, Opening(asks=True)))

    async def wipe(self) -> str | None:
        """Delete what signing out deletes, once nothing works with it; returns what could not be deleted."""
        if not self._is_wiping or self._account is None:
            return None
        rooms = self._rooms
        await asyncio.to_thread(rooms.files.wipe)
        try:
            await rooms.unsent.forget(self._account.base_url)
            await asyncio.to_thread(rooms.seen.forget, self._account.base_url)
            if self._other is None:
                await self._door.forget()
        except LinqDeskError as fault:
            return f"Not everything could be deleted. {fault.message}"
        return None

    async def _follow(self, account: Account) -> None:
        rooms = self._rooms
        try:
            client = await asyncio.to_thread(account.connect)
        except LinqDeskError as fault:
            self._ways.fail(fault.message)
            return
        if self._account is None and not (self._door.is_demo_open or self._door.options.draws_off_screen):
            await rooms.session.reading.take_up(rooms.seen, account.base_url)
        if self._account is None and not self._door.is_demo_open:
            rooms.session.people.keep_in(rooms.contacts)
            rooms.window.remember_lines()
        self._account = account
        rooms.files.account = account.base_url
        for sentence in await rooms.unsent.take_up(
            rooms.session, account.base_url, is_demo=self._door.is_demo_open
        ):
            self._ways.tell(sentence)
        await rooms.session.open(client)

    def _on_sign_in_requested(self, token: str) -> None:
        self._attempt += 1
        self._tasks.start(self._sign_in(token, self._attempt), name="sign in")

    async def _sign_in(self, token: str, attempt: int) -> None:
        """Try a token; nothing of the session changes before Linq has accepted it."""
        account = self._door.account_with(token)
        desk = self._rooms.window.sign_in
        try:
            lines = await self._door.lines_of(account)
        except LinqDeskError as fault:
            if attempt == self._attempt:
                desk.refuse(fault)
            return
        if attempt != self._attempt:
            return
        if self._is_another_account(lines):
            self._other = account
            desk.warn(lines, _OTHER)
            return
        await self._welcome(account, lines)

    def _on_found_late(self, account: Account) -> None:
        """Go on with the token of a keyring that was unlocked while we ask for one, unless one is typed."""
        desk = self._rooms.window.sign_in
        if self._account is None and desk.is_untouched:
            self._door.note_stored()
            desk.close()
            self._tasks.start(self._follow(account), name="sign in")

    async def _welcome(self, account: Account, lines: tuple[Line, ...]) -> None:
        is_back = self._account is not None
        desk = self._rooms.window.sign_in
        await self._follow(account)
        desk.welcome(lines, _STORING)
        place = await self._door.remember(account)
        if is_back and place.is_stored:
            desk.close()
        elif desk.dialog is not None:
            desk.welcome(lines, place.words)
        elif not place.is_stored:
            # They went on while the keyring was still asked.
            self._ways.tell(place.words)

    def _is_another_account(self, lines: tuple[Line, ...]) -> bool:
        """Tell whether none of our lines is among those that a token opens."""
        cache = self._rooms.cache
        ours = {line.phone_number for line in cache.lines}
        summaries = (cache.summary(chat_id) for chat_id in cache.chat_ids())
        ours |= {each.chat.line for each in summaries if each is not None and each.chat.line is not None}
        return bool(ours) and ours.isdisjoint(line.phone_number for line in lines)

    def _give_up(self) -> None:
        self._attempt += 1
        self._other = None

    def _on_other_accepted(self) -> None:
        self._is_wiping = True
        environment = replace(self._door.environment, token=None)
        self._ways.leave(NextRun(self._plain_options(), environment, Opening(account=self._other)))

    def _on_demo_requested(self) -> None:
        if self._account is None:
            self._tasks.start(self._explore_demo(), name="demo")
        else:
            # What waits for this account's customers must not go to the demo's: it stays in its journal.
            options = replace(self._plain_options(), is_demo=True)
            self._ways.leave(NextRun(options, self._door.environment, Opening()))

    async def _explore_demo(self) -> None:
        await self._follow(await self._door.demo_account())

    def _plain_options(self) -> WindowOptions:
        return replace(self._door.options, is_demo=False, open_chat=None)

    def _on_cache_changed(self, change: Change) -> None:
        """Ask at once where a stored token is refused before anything was read or written."""
        cache = self._rooms.cache
        is_refused = cache.connection.state is ConnectionState.SIGNED_OUT and self._account is not None
        if isinstance(change, ConnectionChanged) and is_refused and not cache.chat_ids():
            self._rooms.window.ask_to_sign_in(_REFUSED)
