"""Ids that look random and are the same for the same seed."""

import hashlib
import random
import uuid


class IdSource:
    """Makes UUIDs from a seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def next_uuid(self) -> str:
        """Return the next id."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))

    def next_trace(self) -> str:
        """Return 32 hex digits, a W3C trace id (linq-api.md, section 1)."""
        return f"{self._random.getrandbits(128):032x}"


class IdSeries:
    """Ids of a numbered series, from which the number can be read again."""

    def __init__(self, name: str) -> None:
        """Number a series of its own; series of different names share no id."""
        digest = hashlib.blake2b(name.encode(), digest_size=16).digest()
        self._mask = int.from_bytes(digest[:4], "big")
        self._tail = uuid.UUID(bytes=digest, version=4).hex[8:]

    def id_of(self, number: int) -> str:
        """Return the id of `number`, 0 to 2**32 - 1."""
        return str(uuid.UUID(hex=f"{number ^ self._mask:08x}{self._tail}"))

    def number_of(self, text: str) -> int | None:
        """Return the number whose id `text` is, or None when it is of no number of this series."""
        digits = text.replace("-", "").lower()
        if digits[8:] != self._tail:
            return None
        try:
            return int(digits[:8], 16) ^ self._mask
        except ValueError:
            return None
