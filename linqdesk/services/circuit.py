"""Holds requests back while the server has trouble; one at a time finds out whether it is over."""

# A probe that says nothing for so long was given up: no request waits longer for its answer.
PROBE_LASTS_S = 35.0


class Circuit:
    """Open after a limit or several failures, closed by any answer; pure over the seconds it is told."""

    def __init__(self) -> None:
        """Start closed."""
        self._is_open = False
        self._open_until = 0.0
        self._limited_until = 0.0
        self._probe_until = 0.0

    @property
    def is_open(self) -> bool:
        """Whether requests are held back."""
        return self._is_open

    def admit(self, now_s: float) -> float:
        """Return 0 where a request may leave now, as the one probe while open; else the seconds to wait."""
        if not self._is_open:
            return 0.0
        wait_s = max(self._open_until, self._limited_until, self._probe_until) - now_s
        if wait_s > 0:
            return wait_s
        self._probe_until = now_s + PROBE_LASTS_S
        return 0.0

    def left_s(self, now_s: float) -> float:
        """Return the seconds for which a request that is no probe waits at least; 0 while closed."""
        return max(self._open_until - now_s, self._limited_until - now_s, 1.0) if self._is_open else 0.0

    def open(self, until_s: float) -> None:
        """Hold requests back until a time, then let one through."""
        self._is_open = True
        self._open_until = until_s
        self._probe_until = 0.0

    def limit(self, until_s: float) -> None:
        """Hold requests back until a time that the server named; nothing shortens it."""
        self.open(until_s)
        self._limited_until = max(self._limited_until, until_s)

    def probe_soon(self) -> None:
        """Let one through at once, unless the server named a time."""
        self._open_until = self._probe_until = 0.0

    def close(self, now_s: float) -> None:
        """Let everything through again; what the server named as a limit still holds for its time."""
        self._is_open = now_s < self._limited_until
        self._open_until = self._probe_until = 0.0

    def forget(self) -> None:
        """Start anew, with another token."""
        self._is_open = False
        self._open_until = self._limited_until = self._probe_until = 0.0
