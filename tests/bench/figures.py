"""Prints a measured figure as one JSON line."""

import json
import statistics
import sys
from collections.abc import Sequence


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def report(name: str, values: Sequence[float], unit: str, reach: str) -> None:
    """Print median, p95, maximum and number of some measurements, and what they are to reach."""
    figure = {
        "name": name,
        "median": round(statistics.median(values), 3),
        "p95": round(percentile(values, 0.95), 3),
        "max": round(max(values), 3),
        "n": len(values),
        "unit": unit,
        "reach": reach,
    }
    sys.stdout.write(json.dumps(figure, ensure_ascii=False) + "\n")
    sys.stdout.flush()
