"""The API's operations on contact cards, and its checks of what an address can receive."""

from typing import Any

from linqdesk.api import translate_contacts
from linqdesk.api.json_body import packed
from linqdesk.api.rule_gate import obey
from linqdesk.api.transport import Transport
from linqdesk.domain import rules
from linqdesk.domain.blocking import BlockedHandle
from linqdesk.domain.capability import Capability
from linqdesk.domain.contact_card import ContactCard
from linqdesk.domain.ids import Handle


class ContactOperations:
    """What can be asked about people and told to them about us."""

    _transport: Transport

    async def check_imessage(self, address: Handle, *, line: Handle | None = None) -> Capability:
        """Tell whether an address has iMessage (`POST …/check_imessage`), one check in 10 s at most.

        ServerFaultError means that nobody knows, never that it has not (linq-api.md 2.4).
        """
        return await self._check("check_imessage", address, line)

    async def check_rcs(self, address: Handle, *, line: Handle | None = None) -> Capability:
        """Tell whether a phone number has RCS (`POST …/check_rcs`), one check in 10 s at most.

        ServerFaultError (4004, 4009, 4010) means that our line cannot find out (linq-api.md 2.4).
        """
        return await self._check("check_rcs", address, line)

    async def list_blocked_handles(self) -> tuple[BlockedHandle, ...]:
        """Return all whom our account has blocked (`GET /v3/blocked_handles`).

        NotFoundError and its like where Linq has no such operation: only the newest sources know it
        (linq-api.md 2.4).
        """
        return await self._transport.fetch("blocked_handles", read=translate_contacts.blocked_handles)

    async def get_contact_card(self, line: Handle) -> ContactCard:
        """Return a line's card (`GET /v3/contact_card`); NotFoundError (2012) where it has none."""

        def read(tree: Any) -> ContactCard:
            return translate_contacts.contact_card_of(tree, line)

        return await self._transport.fetch("contact_card", query={"phone_number": line}, read=read)

    async def create_contact_card(
        self, line: Handle, first_name: str, *, last_name: str | None = None, image_url: str | None = None
    ) -> ContactCard:
        """Give a line its card (`POST /v3/contact_card`); 2014 says that it has one."""
        obey(rules.check_contact_card(line, first_name=first_name, image_url=image_url, is_new=True))
        body = {"phone_number": line, **_fields(first_name, last_name, image_url)}
        tree = await self._transport.send("POST", "contact_card", body=packed(body))
        return translate_contacts.contact_card(tree)

    async def update_contact_card(
        self,
        line: Handle,
        *,
        first_name: str | None = None,
        last_name: str | None = None,
        image_url: str | None = None,
    ) -> ContactCard:
        """Change what is given of a line's card (`PATCH /v3/contact_card`), 3 times in 10 min at most."""
        obey(rules.check_contact_card(line, first_name=first_name, image_url=image_url))
        body = packed(_fields(first_name, last_name, image_url))
        query = {"phone_number": line}
        tree = await self._transport.send("PATCH", "contact_card", query=query, body=body)
        return translate_contacts.contact_card(tree)

    async def _check(self, operation: str, address: Handle, line: Handle | None) -> Capability:
        obey(rules.check_recipients([address]), () if line is None else rules.check_line(line))
        body = {"address": address} if line is None else {"address": address, "from": line}
        tree = await self._transport.send("POST", "capability", operation, body=packed(body))
        return translate_contacts.capability(tree, address)


def _fields(first_name: str | None, last_name: str | None, image_url: str | None) -> dict[str, str]:
    fields = {"first_name": first_name, "last_name": last_name, "image_url": image_url}
    return {name: value for name, value in fields.items() if value is not None}
