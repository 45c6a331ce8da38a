"""What is known about reaching somebody, in words."""

from collections.abc import Mapping, Sequence

from linqdesk.domain.capability import Reach, ReachState
from linqdesk.domain.service import Service
from linqdesk.ui.wording import SERVICE_NAMES

_MANY_FOR_CARRIERS = 10


def reach_words(reach: Reach | None) -> str:
    """Return the few words on a chip, none where nothing was asked."""
    if reach is None:
        return ""
    match reach.state:
        case ReachState.WAITING:
            return "not checked yet"
        case ReachState.CHECKING:
            return "checking…"
        case ReachState.UNKNOWN:
            return "could not be checked"
        case ReachState.KNOWN:
            return SERVICE_NAMES[reach.service] if reach.service is not None else "cannot be reached"


def is_out_of_reach(reach: Reach | None) -> bool:
    """Tell whether it is known that nothing reaches somebody."""
    return reach is not None and reach.state is ReachState.KNOWN and reach.service is None


def way_words(names: Sequence[str], reaches: Mapping[str, Reach]) -> str:
    """Return over which service a message to these people goes, nothing while too little is known.

    Args:
        names: of the recipients, in order.
        reaches: by name; those who are not in it were not asked about.
    """
    known = [(name, reaches[name]) for name in names if name in reaches]
    lost = [name for name, reach in known if is_out_of_reach(reach)]
    if lost:
        return f"{_listed(lost)} cannot be reached by Linq."
    for service in (Service.SMS, Service.RCS):
        held = [name for name, reach in known if reach.service is service]
        if held and len(names) > 1:
            many = " Carriers may drop texts to so many." if len(names) > _MANY_FOR_CARRIERS else ""
            have = "has" if len(held) == 1 else "have"
            return f"Goes by {SERVICE_NAMES[service]}, for {_listed(held)} {have} no iMessage.{many}"
        if held:
            return f"Goes by {SERVICE_NAMES[service]}: no effects, no typing bubble."
    if known and len(known) == len(names) and all(reach.service for _, reach in known):
        return "Goes by iMessage."
    return ""


def _listed(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    if len(names) == len("ab"):
        return f"{names[0]} and {names[1]}"
    return f"{names[0]} and {len(names) - 1} others"
