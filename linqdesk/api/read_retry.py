"""The one layer that repeats: reads alone, at once after a hiccup, never through an outage."""

from collections.abc import Awaitable, Callable
from random import SystemRandom
from typing import TypeVar

import stamina

from linqdesk.domain.errors import LinqDeskError, OutcomeUnknownError, RateLimitedError, ServerFaultError

READ_ATTEMPTS = 3
# A wait that the API names is obeyed here only if nobody would notice it; pollers wait out the others.
_SHORT_WAIT_S = 2.0
_RATE_JITTER = 1.25
_CHANCE = SystemRandom()
# 0.3 to 0.8 s, then 0.6 to 1.1 s; what took longer than all of them together is not asked again here.
_WAIT_INITIAL_S, _WAIT_JITTER_S, _WAIT_MAX_S, _TIMEOUT_S = 0.3, 0.5, 2.0, 5.0
_TROUBLES = (OutcomeUnknownError, ServerFaultError)
# The attachment is still processed, the chat still created: both pass within seconds (linq-api.md 3.1).
_NOT_READY_CODES = frozenset({2007, 2009})

ValueT = TypeVar("ValueT")


class ReadRetry:
    """Repeats reads that fail for a passing reason.

    Only the first read of an outage is repeated. Those after it fail at once until one succeeds, for
    the pollers space their looks out by themselves, and multiplying them would press a server that
    already has trouble.
    """

    def __init__(self, attempts: int = READ_ATTEMPTS) -> None:
        """Allow this many attempts for a read, 1 or more."""
        self._caller = stamina.AsyncRetryingCaller(
            attempts=attempts,
            timeout=_TIMEOUT_S,
            wait_initial=_WAIT_INITIAL_S,
            wait_jitter=_WAIT_JITTER_S,
            wait_max=_WAIT_MAX_S,
        )
        self._is_outage = False

    async def read(self, attempt: Callable[[], Awaitable[ValueT]]) -> ValueT:
        """Return what an attempt returns, the first or a later one.

        Raises:
            LinqDeskError: what the last attempt raised.
        """
        try:
            value = await (attempt() if self._is_outage else self._caller(wait_before_repeat, attempt))
        except LinqDeskError as error:
            self._is_outage = isinstance(error, _TROUBLES)
            raise
        self._is_outage = False
        return value


def wait_before_repeat(error: Exception) -> bool | float:
    """Tell whether to repeat a read after an error.

    A number is the wait in seconds that the API named and up to a quarter more, so that many desks do
    not come back in step.

    An API that cannot be reached is not asked again here: the pollers wait for the network.
    """
    if not isinstance(error, LinqDeskError) or error.details.is_final:
        return False
    if isinstance(error, RateLimitedError):
        is_short = error.retry_after_s <= _SHORT_WAIT_S
        return error.retry_after_s * _CHANCE.uniform(1, _RATE_JITTER) if is_short else False
    return isinstance(error, _TROUBLES) or error.details.code in _NOT_READY_CODES
