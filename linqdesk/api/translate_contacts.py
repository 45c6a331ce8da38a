"""Turns contact cards and capability answers into values of the domain."""

from typing import Any

from linqdesk.api.translate import each_valid, whole
from linqdesk.api.wire.contacts import (
    WireBlockedHandle,
    WireBlockedHandles,
    WireCapability,
    WireContactCard,
    WireContactCards,
)
from linqdesk.domain.blocking import BlockedHandle
from linqdesk.domain.capability import Capability
from linqdesk.domain.contact_card import ContactCard
from linqdesk.domain.errors import NotFoundError
from linqdesk.domain.ids import Handle


def contact_card(tree: Any) -> ContactCard:
    """Read a card."""
    wire = whole(WireContactCard, tree)
    return ContactCard(
        phone_number=Handle(wire.phone_number),
        first_name=wire.first_name or "",
        last_name=wire.last_name,
        image_url=wire.image_url,
        is_active=wire.is_active,
    )


def contact_card_of(tree: Any, line: Handle) -> ContactCard:
    """Read a line's card, from a list as the vendor's SDK has it or from the card itself.

    Raises:
        NotFoundError: the list has no card of that line.
    """
    if not isinstance(tree, dict) or "contact_cards" not in tree:
        return contact_card(tree)
    cards, _ = each_valid(whole(WireContactCards, tree).contact_cards, contact_card)
    found = next((card for card in cards if card.phone_number == line), None)
    if found is None:
        raise NotFoundError("This line has no contact card.")
    return found


def blocked_handles(tree: Any) -> tuple[BlockedHandle, ...]:
    """Read whom our account has blocked; an entry that is none is left out."""
    entries, _ = each_valid(whole(WireBlockedHandles, tree).blocked_handles, _blocked_handle)
    return entries


def _blocked_handle(tree: Any) -> BlockedHandle:
    wire = whole(WireBlockedHandle, tree)
    return BlockedHandle(Handle(wire.handle), wire.reason or "")


def capability(tree: Any, address: Handle) -> Capability:
    """Read the answer to a check of an address."""
    wire = whole(WireCapability, tree)
    return Capability(Handle(wire.address or address), wire.available, wire.reason, wire.selected_service)
