"""Finds out how people can be reached, no faster than Linq allows, and remembers it for minutes."""

import asyncio
from collections.abc import Callable, Iterable

from linqdesk.domain.capability import Reach, ReachState
from linqdesk.domain.errors import LinqDeskError, RateLimitedError, SignInRejectedError
from linqdesk.domain.ids import Handle
from linqdesk.domain.rules.addresses import is_phone_number
from linqdesk.domain.service import Service
from linqdesk.services.clock import Clock
from linqdesk.services.connectivity import Connectivity
from linqdesk.services.ports import Client
from linqdesk.services.task_scope import TaskScope

Told = Callable[[Handle, Reach], None]

# One check in 10 s for both kinds together (linq-api.md 3.2).
CHECK_EVERY_S = 10.0
KNOWN_FOR_S, UNKNOWN_FOR_S = 600.0, 60.0
_MAX_TRIES = 3

_WAITING, _CHECKING = Reach(ReachState.WAITING), Reach(ReachState.CHECKING)
_UNKNOWN, _NOWHERE = Reach(ReachState.UNKNOWN), Reach(ReachState.KNOWN)


class Capabilities:
    """Checks one address after the other, those that were wanted last and no others."""

    def __init__(self, connectivity: Connectivity, scope: TaskScope, clock: Clock) -> None:
        """Start without a client: until there is one everybody waits."""
        self._connectivity = connectivity
        self._scope = scope
        self._clock = clock
        self._client: Client | None = None
        self._known: dict[Handle, tuple[float, Reach]] = {}
        self._wanted: list[Handle] = []
        self._line: Handle | None = None
        self._told: Told | None = None
        self._is_running = False
        self._next_at_s = 0.0

    def use(self, client: Client | None) -> None:
        """Ask through this client from now on."""
        self._client = client
        self._run()

    def want(self, line: Handle, handles: Iterable[Handle], told: Told) -> None:
        """Find out how people can be reached from a line, in place of those who were wanted before.

        `told` is called with what is known at once, and with all that is found out later.
        """
        self._line, self._told, self._wanted = line, told, []
        for handle in handles:
            known = self._remembered(handle)
            if known is None:
                self._wanted.append(handle)
            told(handle, known or _WAITING)
        self._run()

    def _remembered(self, handle: Handle) -> Reach | None:
        until_s, reach = self._known.get(handle, (0.0, None))
        return reach if until_s > self._clock.monotonic() else None

    def _run(self) -> None:
        if not self._is_running and self._wanted and self._client is not None:
            self._is_running = True
            self._scope.start(self._work(), name="capabilities")

    async def _work(self) -> None:
        try:
            while self._wanted and self._client is not None:
                handle = self._wanted[0]
                reach = await self._find_out(self._client, handle)
                lasts_s = KNOWN_FOR_S if reach.state is ReachState.KNOWN else UNKNOWN_FOR_S
                self._known[handle] = (self._clock.monotonic() + lasts_s, reach)
                if handle in self._wanted:
                    self._wanted.remove(handle)
                    self._tell(handle, reach)
        finally:
            self._is_running = False

    async def _find_out(self, client: Client, handle: Handle) -> Reach:
        for _ in range(_MAX_TRIES):
            try:
                return await self._check(client, handle)
            except RateLimitedError as error:
                # The allowance of these checks is their own: nothing else need wait for it.
                self._next_at_s = self._clock.monotonic() + max(error.retry_after_s, CHECK_EVERY_S)
            except SignInRejectedError as error:
                self._connectivity.failed(error)
                return _UNKNOWN
            except LinqDeskError:
                return _UNKNOWN
        return _UNKNOWN

    async def _check(self, client: Client, handle: Handle) -> Reach:
        await self._turn(handle)
        answer = await client.check_imessage(handle, line=self._line)
        if answer.is_available:
            return Reach(ReachState.KNOWN, Service.IMESSAGE)
        if not is_phone_number(handle):
            return _NOWHERE
        instead = Service.from_word(answer.selected_service)
        if instead in {Service.RCS, Service.SMS}:
            return Reach(ReachState.KNOWN, instead)
        await self._turn(handle)
        answer = await client.check_rcs(handle, line=self._line)
        return Reach(ReachState.KNOWN, Service.RCS if answer.is_available else Service.SMS)

    async def _turn(self, handle: Handle) -> None:
        """Wait until the next check is allowed."""
        await self._connectivity.calm()
        wait_s = self._next_at_s - self._clock.monotonic()
        if wait_s > 0:
            await self._clock.wait(asyncio.Event(), wait_s)
        self._next_at_s = self._clock.monotonic() + CHECK_EVERY_S
        self._tell(handle, _CHECKING)

    def _tell(self, handle: Handle, reach: Reach) -> None:
        if self._told is not None and (reach is not _CHECKING or handle in self._wanted):
            self._told(handle, reach)
