"""The order of messages that share an instant: the server's where it told it, and never another one later."""

from collections.abc import Mapping, Sequence

from linqdesk.domain.ids import MessageId


def ranks_among(
    placed: Mapping[MessageId, float], told: Sequence[MessageId], loose_at: int
) -> dict[MessageId, float]:
    """Return ranks for those of `told` that have none; what is placed keeps its rank.

    A message stands right after the one that is told before it; the first ones right before the first that is
    placed already.

    Args:
        placed: ranks of what stands at this instant, ascending.
        told: messages of this instant, the oldest first.
        loose_at: before which index of `placed` they go where none of them is placed yet.
    """
    line = list(placed)
    first = next((each for each in told if each in placed), None)
    at = loose_at if first is None else line.index(first)
    for each in told:
        if each in placed:
            at = line.index(each) + 1
        else:
            line.insert(at, each)
            at += 1
    return _spread(line, placed)


def _spread(line: Sequence[MessageId], placed: Mapping[MessageId, float]) -> dict[MessageId, float]:
    """Give each run of messages without a rank even steps between its neighbours' ranks."""
    ranks: dict[MessageId, float] = {}
    run: list[MessageId] = []
    below: float | None = None
    for each in (*line, None):
        if each is not None and each not in placed:
            run.append(each)
            continue
        above = None if each is None else placed[each]
        ranks.update(zip(run, _steps(below, above, len(run)), strict=True))
        run, below = [], above
    return ranks


def _steps(below: float | None, above: float | None, count: int) -> list[float]:
    if below is None:
        start, step = (0.0, 1.0) if above is None else (above - count, 1.0)
    else:
        step = 1.0 if above is None else (above - below) / (count + 1)
        start = below + step
    return [start + step * number for number in range(count)]
