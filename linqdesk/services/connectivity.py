"""How the program stands with the API: when it may be asked, and what the status bar says of it."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from random import Random, SystemRandom

from linqdesk.domain.errors import (
    LinqDeskError,
    OfflineError,
    OutcomeUnknownError,
    RateLimitedError,
    ServerFaultError,
    SignInRejectedError,
    UnexpectedReplyError,
)
from linqdesk.services import backoff
from linqdesk.services.clock import Clock
from linqdesk.store.cache import Cache
from linqdesk.store.view import Connection, ConnectionState

_TROUBLES: dict[type[LinqDeskError], ConnectionState] = {
    OfflineError: ConnectionState.OFFLINE,
    OutcomeUnknownError: ConnectionState.OFFLINE,
    ServerFaultError: ConnectionState.SERVER_TROUBLE,
    UnexpectedReplyError: ConnectionState.SERVER_TROUBLE,
    RateLimitedError: ConnectionState.RATE_LIMITED,
    SignInRejectedError: ConnectionState.SIGNED_OUT,
}


class Connectivity:
    """One for all requests of a token: a rate limit stops them all, an answer wakes them all."""

    def __init__(self, cache: Cache, clock: Clock, chance: Random | None = None) -> None:
        """Start as connecting."""
        self._cache = cache
        self._clock = clock
        self._chance = chance or SystemRandom()
        self._failures = 0
        self._blocked_until = 0.0
        self._signed_in = asyncio.Event()
        self._signed_in.set()
        self._woken = asyncio.Event()

    async def allowed(self) -> None:
        """Return as soon as the API may be asked."""
        while True:
            await self._signed_in.wait()
            left_s = self._blocked_until - self._clock.monotonic()
            if left_s <= 0:
                return
            await self._clock.wait(asyncio.Event(), left_s)

    async def pause(self, seconds: float) -> None:
        """Wait, unless something wakes everybody: an answer after an outage, or `wake`."""
        await self._clock.wait(self._woken, seconds)

    def wake(self) -> None:
        """End every pause at once."""
        woken, self._woken = self._woken, asyncio.Event()
        woken.set()

    def succeeded(self, *, is_sync: bool = False) -> None:
        """Note an answer; `is_sync` where it told the newest state of the chat list."""
        known = self._cache.connection
        was_lost = self._failures > 0
        self._failures = 0
        synced_at = self._clock.now() if is_sync else known.synced_at
        if was_lost or is_sync or known.state is not ConnectionState.ONLINE:
            self._cache.set_connection(Connection(ConnectionState.ONLINE, synced_at=synced_at))
        if was_lost:
            self.wake()

    def failed(self, error: LinqDeskError) -> float:
        """Note a failure and return the seconds to wait before asking again.

        Errors that concern one request alone, such as 404, change nothing and cost no wait.
        """
        state = next((state for kind, state in _TROUBLES.items() if isinstance(error, kind)), None)
        if state is None:
            return 0.0
        self._failures += 1
        retry_at = None
        wait_s = 0.0
        if isinstance(error, SignInRejectedError):
            self._signed_in.clear()
        else:
            if isinstance(error, RateLimitedError):
                wait_s = backoff.after_rate_limit(error.retry_after_s, self._chance)
                self._blocked_until = max(self._blocked_until, self._clock.monotonic() + wait_s)
            else:
                wait_s = backoff.after_failures(self._failures, self._chance)
            retry_at = self._clock.now() + timedelta(seconds=wait_s)
        known = self._cache.connection
        self._cache.set_connection(replace(known, state=state, fault=error, retry_at=retry_at))
        return wait_s

    def signed_in_again(self) -> None:
        """Go on with another token."""
        self._failures = 0
        self._blocked_until = 0.0
        self._signed_in.set()
        self._cache.set_connection(Connection(synced_at=self._cache.connection.synced_at))
        self.wake()
