"""Addresses of the second origin: signed ones that run out, and lasting ones."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from linqdesk.sandbox.attachments import Attachment
from linqdesk.sandbox.clock import Clock

DOWNLOAD_LIFE = timedelta(hours=1)
PARTNER = "sandbox"


class CdnUrls:
    """Writes and checks addresses; `is_short_lived` decides whether downloads are signed."""

    def __init__(self, origin: str, clock: Clock, seed: int, *, is_short_lived: bool) -> None:
        self._origin = origin
        self._clock = clock
        self._key = f"sandbox/{seed}".encode()
        self._generation = 0
        self.is_short_lived = is_short_lived

    def download(self, attachment_id: str, filename: str) -> str:
        """Return where a file can be fetched for the next `DOWNLOAD_LIFE`, or for as long as it exists."""
        path = f"/attachments/partners/{PARTNER}/{attachment_id}/{quote(filename, safe='')}"
        if not self.is_short_lived:
            return self._origin + path
        return self._signed(f"GET {attachment_id}", path, self._clock.now() + DOWNLOAD_LIFE)

    def upload(self, attachment: Attachment, until: datetime) -> str:
        """Return where the bytes of a slot are to be put."""
        return self._signed(f"PUT {attachment.id}", f"/uploads/{attachment.id}", until)

    def allow(self, deed: str, query: Mapping[str, str]) -> bool:
        """Tell whether an address is signed for `deed` ("GET id" or "PUT id") and has not run out."""
        expires = query.get("Expires", "")
        shown, right = query.get("Signature", "").encode(), self._signature(deed, expires).encode()
        if not hmac.compare_digest(shown, right):
            return False
        return datetime.fromtimestamp(float(expires), UTC) > self._clock.now()

    def expire_all(self) -> None:
        """Let every download address written so far run out; lasting ones last."""
        self._generation += 1

    def _signed(self, deed: str, path: str, until: datetime) -> str:
        expires = f"{until.timestamp():.0f}"
        return f"{self._origin}{path}?Expires={expires}&Signature={self._signature(deed, expires)}"

    def _signature(self, deed: str, expires: str) -> str:
        generation = self._generation if deed.startswith("GET ") else 0
        text = f"{deed} {expires} {generation}".encode()
        return hmac.new(self._key, text, hashlib.sha256).hexdigest()[:32]
