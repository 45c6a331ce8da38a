"""What customers received, in order: the only witness of what really arrived."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from linqdesk.sandbox.clock import stamp

Kind = Literal["message", "voice_memo", "reaction", "typing", "read", "contact_card"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """One thing that reached one chat's customers."""

    id: str
    chat_id: str
    to: tuple[str, ...]
    kind: Kind
    at: datetime
    parts: tuple[dict[str, Any], ...] = ()
    effect: dict[str, str] | None = None
    service: str | None = None
    idempotency_key: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the entry as `GET /ledger` shows it."""
        entry: dict[str, Any] = {
            "id": self.id,
            "chat_id": self.chat_id,
            "to": list(self.to),
            "parts": list(self.parts),
            "effect": self.effect,
            "service": self.service,
            "at": stamp(self.at),
            "kind": self.kind,
        }
        if self.idempotency_key is not None:
            entry["idempotency_key"] = self.idempotency_key
        return entry


class Ledger:
    """The newest `kept` receipts, oldest first."""

    def __init__(self, kept: int) -> None:
        self._receipts: deque[Receipt] = deque(maxlen=kept)

    def record(self, receipt: Receipt) -> None:
        """Add what has just reached somebody."""
        self._receipts.append(receipt)

    def as_json(self) -> list[dict[str, Any]]:
        """Return every kept entry, oldest first."""
        return [receipt.as_json() for receipt in self._receipts]
