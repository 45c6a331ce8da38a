"""How a line of ours introduces itself to customers."""

from dataclasses import dataclass

from linqdesk.domain.ids import Handle


@dataclass(frozen=True, slots=True)
class ContactCard:
    """The name and picture of a line; one that is not active cannot be shared."""

    phone_number: Handle
    first_name: str
    last_name: str | None = None
    image_url: str | None = None
    is_active: bool = False
