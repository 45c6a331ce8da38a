"""Whether an address can be reached over a service."""

from dataclasses import dataclass

from linqdesk.domain.ids import Handle


@dataclass(frozen=True, slots=True)
class Capability:
    """The answer to a check of one address; `reason` and `selected_service` are the API's words."""

    address: Handle
    is_available: bool
    reason: str | None = None
    selected_service: str | None = None
