"""How long to wait before asking again: pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

BASE_S, CAP_S = 1.0, 60.0
_RATE_JITTER = 0.25
_OUTAGE_JITTER = 0.25
_POLL_JITTER = 0.1


def after_failures(count: int, chance: Random) -> float:
    """Return the seconds to wait after `count` failures in a row, 1 or more.

    Equal jitter: half of a doubling time and a random part of the other half, so that many clients
    do not come back in step.
    """
    ceiling: float = min(CAP_S, BASE_S * 2.0 ** min(count - 1, 10))
    return ceiling / 2 + chance.random() * ceiling / 2


def in_outage(count: int, chance: Random) -> float:
    """Return the seconds until the next probe after `count` failures in a row: 45 to 60 s in the end.

    It waits longer than `after_failures` on average, for it speaks for all requests.
    """
    ceiling: float = min(CAP_S, BASE_S * 2.0 ** min(count - 1, 10))
    return ceiling * (1 - _OUTAGE_JITTER * chance.random())


def after_rate_limit(retry_after_s: float, chance: Random) -> float:
    """Return the seconds to wait where the API named them: never less, up to a quarter more."""
    return retry_after_s * (1 + chance.random() * _RATE_JITTER)


def between_polls(interval_s: float, chance: Random) -> float:
    """Return a poll's interval within 10 %."""
    return interval_s * (1 - _POLL_JITTER + 2 * _POLL_JITTER * chance.random())
