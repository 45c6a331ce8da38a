"""Contact cards and what an address can receive."""

from pydantic import Field

from linqdesk.api.wire.values import Flag, Wire, Word


class WireContactCard(Wire):
    """The card of one of our lines."""

    phone_number: str = Field(min_length=1)
    first_name: Word = None
    last_name: Word = None
    image_url: Word = None
    is_active: Flag = False


class WireContactCards(Wire):
    """The cards of a line or of all, in the shape that the vendor's SDK reads."""

    contact_cards: list[object]


class WireBlockedHandle(Wire):
    """Somebody whom our account has blocked."""

    handle: str = Field(min_length=1)
    reason: Word = None


class WireBlockedHandles(Wire):
    """All whom our account has blocked; each is read on its own."""

    blocked_handles: list[object]


class WireCapability(Wire):
    """The answer to a check; without `available` it answers nothing."""

    address: Word = None
    available: bool
    reason: Word = None
    selected_service: Word = None
