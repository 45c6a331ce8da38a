"""Our phone numbers."""

from pydantic import Field

from linqdesk.api.wire.values import Object, Wire, Word


class WireLine(Wire):
    """A phone number of ours."""

    id: str = Field(min_length=1)
    phone_number: str = Field(min_length=1)
    forwarding_number: Word = None
    reputation: Object = None
    line_type: Word = None


class WireLines(Wire):
    """All phone numbers; each is read on its own."""

    phone_numbers: list[object]
