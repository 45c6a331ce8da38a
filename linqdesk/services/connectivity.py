"""How the program stands with the API: when it may be asked, and what the status bar says of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from random import SystemRandom
from typing import TYPE_CHECKING

from linqdesk.domain.errors import (
    OfflineError,
    OutcomeUnknownError,
    RateLimitedError,
    ServerFaultError,
    SignInRejectedError,
    UnexpectedReplyError,
)
from linqdesk.services import backoff
from linqdesk.services.budget import Budget
from linqdesk.services.circuit import Circuit
from linqdesk.store.view import Connection, ConnectionState

if TYPE_CHECKING:
    from random import Random

    from linqdesk.domain.errors import (
        LinqDeskError,
    )
    from linqdesk.services.clock import Clock
    from linqdesk.store.cache import Cache

_TROUBLES: dict[type[LinqDeskError], ConnectionState] = {
    OfflineError: ConnectionState.OFFLINE,
    OutcomeUnknownError: ConnectionState.OFFLINE,
    ServerFaultError: ConnectionState.SERVER_TROUBLE,
    # Most often a network's sign-in page in Linq's place.
    UnexpectedReplyError: ConnectionState.OFFLINE,
    RateLimitedError: ConnectionState.RATE_LIMITED,
    SignInRejectedError: ConnectionState.SIGNED_OUT,
}
# From so many failures in a row on, one request at a time is let through.
_OPENS_AFTER = 5


class Connectivity:
    """One for all requests of a token: a rate limit or an outage stops them all, an answer wakes them all."""

    def __init__(self, cache: Cache, clock: Clock, chance: Random | None = None) -> None:
        """Start as connecting."""
        self._cache = cache
        self._clock = clock
        self._chance = chance or SystemRandom()
        self._failures = 0
        self._circuit = Circuit()
        self._signed_in = asyncio.Event()
        self._signed_in.set()
        self._woken = asyncio.Event()
        self.budget = Budget(clock)

    async def allowed(self) -> None:
        """Return as soon as the API may be asked; the caller tells of the outcome.

        In an outage and after a rate limit one caller at a time gets through, to see whether it is over.
        """
        while True:
            await self._signed_in.wait()
            wait_s = self._circuit.admit(self._clock.monotonic())
            if wait_s <= 0:
                return
            await self.pause(wait_s)

    async def calm(self) -> None:
        """Return as soon as the API may be asked by somebody who will not tell of the outcome."""
        while True:
            await self._signed_in.wait()
            wait_s = self._circuit.left_s(self._clock.monotonic())
            if wait_s <= 0:
                return
            await self.pause(wait_s)

    async def turn(self) -> None:
        """Return as soon as news may be looked for: the API may be asked, and the allowance has room."""
        await self.budget.turn()
        await self.allowed()

    async def pause(self, seconds: float) -> None:
        """Wait, unless something wakes everybody: an answer after an outage, or `wake`."""
        await self._clock.wait(self._woken, seconds)

    def wake(self) -> None:
        """End every pause at once, but for a limit that the API named."""
        self._circuit.probe_soon()
        woken, self._woken = self._woken, asyncio.Event()
        woken.set()

    def succeeded(self, *, is_sync: bool = False) -> None:
        """Note an answer; `is_sync` where it told the newest state of the chat list."""
        if not self._signed_in.is_set():
            # It left before the token was refused.
            return
        known = self._cache.connection
        was_lost = self._failures > 0 or self._circuit.is_open
        self._failures = 0
        self._circuit.close(self._clock.monotonic())
        synced_at = self._clock.now() if is_sync else known.synced_at
        if was_lost or is_sync or known.state is not ConnectionState.ONLINE:
            self._cache.set_connection(Connection(ConnectionState.ONLINE, synced_at=synced_at))
        if was_lost:
            self.wake()

    def failed(self, error: LinqDeskError) -> float:
        """Note a failure and return the seconds to wait before asking again.

        An error that concerns one request alone, such as 404, is an answer too and costs no wait.
        """
        state = next((state for kind, state in _TROUBLES.items() if isinstance(error, kind)), None)
        if state is None:
            if error.details.status is not None:
                self.succeeded()
            return 0.0
        if not self._signed_in.is_set():
            return 0.0
        self._failures += 1
        retry_at = None
        wait_s = 0.0
        if isinstance(error, SignInRejectedError):
            self._signed_in.clear()
        else:
            wait_s = self._hold_back(error)
            retry_at = self._clock.now() + timedelta(seconds=wait_s)
        known = self._cache.connection
        self._cache.set_connection(replace(known, state=state, fault=error, retry_at=retry_at))
        return wait_s

    def _hold_back(self, error: LinqDeskError) -> float:
        """Return how long to wait after a failure; all wait after a limit or several failures."""
        now = self._clock.monotonic()
        if isinstance(error, RateLimitedError):
            wait_s = backoff.after_rate_limit(error.retry_after_s, self._chance)
            self._circuit.limit(now + wait_s)
        elif self._failures >= _OPENS_AFTER:
            wait_s = backoff.in_outage(self._failures, self._chance)
            self._circuit.open(now + wait_s)
        else:
            wait_s = backoff.after_failures(self._failures, self._chance)
        return wait_s

    def signed_in_again(self) -> None:
        """Go on with another token."""
        self._failures = 0
        self._circuit.forget()
        self._signed_in.set()
        self._cache.set_connection(Connection(synced_at=self._cache.connection.synced_at))
        self.wake()
