"""The name and picture under which a line introduces itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from linqdesk.sandbox.images import require_image
from linqdesk.sandbox.refusals import RefusalError


@dataclass(frozen=True, slots=True)
class ContactCard:
    """The card of one line, active from the moment it is made."""

    phone_number: str
    first_name: str
    last_name: str | None = None
    image_url: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return a `SetContactCard`."""
        return {
            "phone_number": self.phone_number,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "image_url": self.image_url,
            "is_active": True,
        }


def issue_cards(cards: dict[str, ContactCard], numbers: Iterable[str]) -> None:
    """Give each of these lines a card, so that a story begins with some."""
    for number in numbers:
        cards[number] = ContactCard(number, "Fernhill", "Cycles")


def read_card_fields(tree: Mapping[str, Any]) -> dict[str, str]:
    """Return those fields of a card that a body has, besides its phone number.

    Raises:
        RefusalError: 400/1003 no text, 1005 an empty first name, 5006 or 5007 no image.
    """
    fields = {
        name: tree[name] for name in ("first_name", "last_name", "image_url") if tree.get(name) is not None
    }
    if not all(isinstance(value, str) for value in fields.values()):
        raise RefusalError(1003, "the fields of a contact card are texts")
    if not fields.get("first_name", "a").strip():
        raise RefusalError(1005, "first_name is empty")
    if "image_url" in fields:
        require_image(fields["image_url"])
    return fields
