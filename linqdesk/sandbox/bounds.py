"""How much a sandbox keeps, so that its memory stays bounded however long it serves."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many of each thing are kept; beyond it the oldest are forgotten."""

    requests: int = 20_000
    messages: int = 50_000
    """Those that came since the world began; a generated past takes no memory."""
    receipts: int = 50_000
    idempotency_keys: int = 100_000
    chats: int = 30_000
    strangers: int = 100_000
    """People whom no story tells of."""
