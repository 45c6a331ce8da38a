"""Which of our lines a new chat had better use."""

from collections.abc import Iterable

from linqdesk.domain.chat import Line, Reputation
from linqdesk.domain.ids import Handle

_RANKS = (Reputation.HEALTHY, Reputation.UNKNOWN, Reputation.AT_RISK, Reputation.CRITICAL)


def suggested_line(lines: Iterable[Line], usual: Handle | None = None) -> Handle | None:
    """Return the healthiest line, None where there is none.

    Args:
        lines: ours, in the order in which Linq lists them.
        usual: the line to prefer among equally healthy ones.
    """
    ranked = sorted(lines, key=lambda each: (_RANKS.index(each.reputation), each.phone_number != usual))
    return ranked[0].phone_number if ranked else None
