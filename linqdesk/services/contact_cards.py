"""Reads and changes the cards by which our lines introduce themselves, within Linq's limits."""

import asyncio
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from linqdesk.domain.contact_card import ContactCard
from linqdesk.domain.errors import LinqDeskError, NotFoundError, OfflineError, RequestRejectedError
from linqdesk.domain.ids import Handle
from linqdesk.local.card_picture import check_card_picture
from linqdesk.services.clock import Clock
from linqdesk.services.icon_upload import upload_icon
from linqdesk.services.ports import Client

# linq-api.md 3.2: creating and changing share this limit, for each line.
WRITES, WITHIN_S = 3, 600.0
_NO_CARD_CODE = 2012


@dataclass(frozen=True, slots=True)
class CardWish:
    """A card as it is to be; `picture` is a new one, None leaves the one that is there."""

    first_name: str
    last_name: str = ""
    picture: Path | None = None


class ContactCards:
    """Cards are read when they are looked at, and kept nowhere."""

    def __init__(self, clock: Clock) -> None:
        """Start without a client."""
        self._clock = clock
        self._client: Client | None = None
        self._written: dict[Handle, deque[float]] = {}

    def use(self, client: Client | None) -> None:
        """Ask this client from now on; None asks nobody."""
        self._client = client

    async def fetch(self, line: Handle) -> ContactCard | None:
        """Return a line's card, None where it has none.

        Raises:
            LinqDeskError: Linq could not be asked.
        """
        try:
            return await self._reached().get_contact_card(line)
        except NotFoundError as error:
            if error.details.code == _NO_CARD_CODE:
                return None
            raise

    async def save(self, line: Handle, wish: CardWish) -> ContactCard:
        """Give a line its card, or change what is different; what is the same costs no request.

        Raises:
            LinqDeskError: the picture suits no card, the limit is reached, or Linq refused.
        """
        client = self._reached()
        first, last = wish.first_name.strip(), wish.last_name.strip()
        if not first:
            raise RequestRejectedError("A contact card needs a first name.")
        known = await self.fetch(line)
        if known is not None and not last and known.last_name:
            raise RequestRejectedError("Linq cannot take a last name away from a card, only change it.")
        is_same = known is not None and (known.first_name, known.last_name or "") == (first, last)
        if known is not None and is_same and wish.picture is None:
            return known
        self._check_limit(line)
        image_url = await self._upload(client, wish.picture) if wish.picture is not None else None
        self._written.setdefault(line, deque()).append(self._clock.monotonic())
        if known is None:
            return await client.create_contact_card(line, first, last_name=last or None, image_url=image_url)
        return await client.update_contact_card(
            line, first_name=first, last_name=last or None, image_url=image_url
        )

    def _check_limit(self, line: Handle) -> None:
        written, now = self._written.setdefault(line, deque()), self._clock.monotonic()
        while written and now - written[0] >= WITHIN_S:
            written.popleft()
        if len(written) >= WRITES:
            wait_min = max(1, round((written[0] + WITHIN_S - now) / 60))
            raise RequestRejectedError(
                f"A contact card can be changed {WRITES} times in 10 minutes. Try again in {wait_min} min."
            )

    async def _upload(self, client: Client, path: Path) -> str:
        await asyncio.to_thread(check_card_picture, path)
        return await upload_icon(client, path, self._clock)

    def _reached(self) -> Client:
        if self._client is None:
            raise OfflineError("Linq is not connected")
        return self._client


CardAnswer = ContactCard | LinqDeskError | None
