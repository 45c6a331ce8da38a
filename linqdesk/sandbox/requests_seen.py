"""Every API request that was seen, the newest of them with their bodies."""

import json
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from linqdesk.sandbox.clock import stamp

KEPT_BODY_BYTES = 2_048


@dataclass(frozen=True, slots=True)
class SeenRequest:
    """An API request as the sandbox saw it; `body` is cut after `KEPT_BODY_BYTES`."""

    method: str
    path: str
    query: str
    status: int
    has_token: bool
    at: datetime
    body: bytes = b""

    def as_json(self) -> dict[str, Any]:
        """Return the entry as `GET /requests` shows it, `status` 0 where no answer was begun."""
        return {
            "method": self.method,
            "path": self.path,
            "query": self.query,
            "status": self.status,
            "has_token": self.has_token,
            "at": stamp(self.at),
            "body": _body(self.body),
        }


class SeenRequests:
    """The newest `kept` requests, oldest first."""

    def __init__(self, kept: int) -> None:
        self._ring: deque[SeenRequest] = deque(maxlen=kept)

    def __len__(self) -> int:
        """Return how many are kept."""
        return len(self._ring)

    def note(self, request: SeenRequest) -> None:
        """Add the newest."""
        self._ring.append(request)

    def as_json(self) -> list[dict[str, Any]]:
        """Return every kept request, oldest first."""
        return [request.as_json() for request in self._ring]


def _body(content: bytes) -> Any:
    """Return JSON as it was sent, anything else as text, None for nothing."""
    if not content:
        return None
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return content.decode("utf-8", "replace")
