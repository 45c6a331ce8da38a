"""Whether an address can be reached over a service."""

from dataclasses import dataclass
from enum import Enum, auto

from linqdesk.domain.ids import Handle
from linqdesk.domain.service import Service


@dataclass(frozen=True, slots=True)
class Capability:
    """The answer to a check of one address; `reason` and `selected_service` are the API's words."""

    address: Handle
    is_available: bool
    reason: str | None = None
    selected_service: str | None = None


class ReachState(Enum):
    """How much is known about reaching an address."""

    WAITING = auto()
    CHECKING = auto()
    KNOWN = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Reach:
    """How an address can be reached; where that is KNOWN, no service means that it cannot."""

    state: ReachState
    service: Service | None = None
