"""The plan of faults: which requests they meet and what happens to these."""

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

_DEEDS = frozenset(
    {
        "status",
        "code",
        "retry_after",
        "delay_s",
        "body",
        "drop",
        "truncate_at",
        "cut_at",
        "slow_bytes_per_s",
        "redirect",
    }
)
_MATCHES = frozenset({"method", "path", "nth", "every", "probability"})


@dataclass(slots=True)
class Rule:
    """Which requests a fault meets, and what happens to them."""

    do: dict[str, Any]
    method: str | None = None
    path: re.Pattern[str] = field(default_factory=lambda: re.compile(""))
    nth: int | None = None
    every: int | None = None
    probability: float | None = None
    _met: int = 0

    def meets(self, method: str, paths: Iterable[str], chance: random.Random) -> bool:
        """Tell whether this request is one of those; counts it where it fits by method and path."""
        if self.method is not None and self.method != method:
            return False
        if not any(self.path.search(path) for path in paths):
            return False
        self._met += 1
        if self.nth is not None and self._met != self.nth:
            return False
        if self.every is not None and self._met % self.every:
            return False
        return self.probability is None or chance.random() < self.probability


def read_rules(tree: Any) -> list[Rule]:
    """Return the rules of a fault plan.

    Raises:
        TypeError: it is no list of rules.
        ValueError: it names what does not exist.
    """
    if not isinstance(tree, list):
        raise TypeError("a fault plan is a list")
    return [_rule(item) for item in tree]


def _rule(tree: Any) -> Rule:
    match = tree.get("match", {}) if isinstance(tree, dict) else None
    do = tree.get("do") if isinstance(tree, dict) else None
    if not isinstance(match, dict) or not isinstance(do, dict):
        raise TypeError('a fault is {"match": {…}, "do": {…}}')
    _require_numbers(do, {"status": (100, 599), "code": (0, 9_999), "retry_after": (0, 86_400)})
    _require_numbers(do, {"delay_s": (0, 86_400), "truncate_at": (0, 2**40), "cut_at": (0, 2**40)})
    _require_numbers(do, {"slow_bytes_per_s": (1, 2**40)})
    _require_numbers(match, {"nth": (1, 2**40), "every": (1, 2**40), "probability": (0, 1)})
    unknown = (set(do) - _DEEDS) | (set(match) - _MATCHES)
    if unknown:
        raise ValueError(f"a fault knows no {', '.join(sorted(unknown))}")
    if do.get("drop") not in {None, "before", "after"}:
        raise ValueError("drop is before or after")
    try:
        path = re.compile(match.get("path", ""))
    except re.error as wrong:
        raise ValueError(f"path is no regular expression: {wrong}") from wrong
    method = match.get("method")
    return Rule(
        do=do,
        method=method.upper() if isinstance(method, str) else None,
        path=path,
        nth=match.get("nth"),
        every=match.get("every"),
        probability=match.get("probability"),
    )


def _require_numbers(tree: dict[str, Any], bounds: dict[str, tuple[int, int]]) -> None:
    for name, (low, high) in bounds.items():
        value = tree.get(name)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if value is not None and not (is_number and low <= value <= high):
            raise ValueError(f"{name} is a number from {low} to {high}")


class FaultPlan:
    """The rules in force; the first that meets a request decides."""

    def __init__(self, rules: list[Rule], seed: int) -> None:
        self._rules = rules
        self._random = random.Random(seed)

    def replace(self, rules: list[Rule]) -> None:
        """Put other rules in force."""
        self._rules = rules

    def deed_for(self, method: str, paths: Iterable[str]) -> dict[str, Any] | None:
        """Return what happens to a request, whose path goes by several names; None where all is well."""
        for rule in self._rules:
            if rule.meets(method, paths, self._random):
                return rule.do
        return None
