"""Linq's time, as far as it shows in what Linq sends: this computer's own clock may be wrong by hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from linqdesk.services.clock import Clock

# A message dated later than any wrong clock explains says nothing.
_MAX_AHEAD_S = 26 * 3_600.0


class ServerTime:
    """Learns from when messages were made, for none of them is seen before it is made.

    Until an answer to a request of ours has shown how late it is for Linq, this computer's clock is believed
    unless it is slow. From then on a minute reckoned here is too long rather than too short.
    """

    def __init__(self, clock: Clock) -> None:
        """Know nothing yet."""
        self._clock = clock
        # The wall's clock may be set while the program runs.
        self._base_s = clock.now().timestamp() - clock.monotonic()
        self._ahead_s = -_MAX_AHEAD_S
        self._has_answer = False

    def learn(self, made_at: datetime, *, is_answer: bool = False) -> None:
        """Take note that this time has come for Linq; an answer tells of something made right now."""
        ahead_s = made_at.timestamp() - self._local_s()
        if ahead_s <= _MAX_AHEAD_S:
            self._ahead_s = max(self._ahead_s, ahead_s)
            self._has_answer = self._has_answer or is_answer

    def age_s(self, made_at: datetime) -> float:
        """Return how long ago something was made, in seconds, 0 at least."""
        ahead_s = self._ahead_s if self._has_answer else max(0.0, self._ahead_s)
        return max(0.0, self._local_s() + ahead_s - made_at.timestamp())

    def _local_s(self) -> float:
        return self._base_s + self._clock.monotonic()
