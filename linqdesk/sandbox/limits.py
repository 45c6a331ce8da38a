"""How often something may happen: so many times within so many seconds of the world's time."""

from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from linqdesk.sandbox.clock import Clock
from linqdesk.sandbox.refusals import RefusalError


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` times within `within_s` seconds."""

    name: str
    count: int
    within_s: float


# linq-api.md, section 3.2.
MESSAGES_OF_PAIR = Limit("messages", 30, 60)
CAPABILITY_CHECKS = Limit("capability checks", 1, 10)
CARD_SHARES = Limit("contact card shares", 1, 300)
CARD_WRITES = Limit("contact card writes", 3, 600)


class Limits:
    """Counts what happened lately."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._times: OrderedDict[tuple[Limit, str], deque[datetime]] = OrderedDict()

    def __len__(self) -> int:
        """Return how many counts are kept; idle ones are forgotten."""
        return len(self._times)

    def require(self, limit: Limit, whose: str) -> None:
        """Pass if it may happen once more.

        Raises:
            RefusalError: 429/1007, with the time to wait in seconds of whoever asks.
        """
        times = self._times.get((limit, whose), ())
        since = self._clock.now() - timedelta(seconds=limit.within_s)
        recent = [at for at in times if at > since]
        if len(recent) >= limit.count:
            left_s = (recent[-limit.count] - since).total_seconds()
            raise RefusalError(
                1007,
                f"Too many {limit.name}: {limit.count} in {limit.within_s:g} s",
                retry_after_s=max(1, ceil(left_s / self._clock.speed)),
            )

    def take(self, limit: Limit, whose: str) -> None:
        """Count one more.

        Raises:
            RefusalError: 429/1007, it may not happen now.
        """
        self.require(limit, whose)
        self._times.setdefault((limit, whose), deque(maxlen=limit.count)).append(self._clock.now())
        self._times.move_to_end((limit, whose))
        self._forget_idle()

    def _forget_idle(self) -> None:
        now = self._clock.now()
        while self._times:
            (limit, _), times = first = next(iter(self._times.items()))
            if now - times[-1] <= timedelta(seconds=limit.within_s):
                return
            del self._times[first[0]]
