"""Size and seed of a run, and its figures in the table of tests/faults/README.md."""

import os
import sys
from datetime import UTC, datetime
from fcntl import LOCK_EX, flock
from pathlib import Path
from random import SystemRandom

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- figures: begin -->\n", "<!-- figures: end -->"
_HEAD = "| gate | figure | measured |\n|---|---|---|\n"
# Of the test that runs; `conftest` tells them at the end.
seeds_used: list[int] = []
IS_FULL = os.environ.get("LINQDESK_SOAK") == "full"


def the_seed(usual: int | None = None) -> int:
    """Return the seed of this run, the caller's, the usual or a new one, and print it."""
    seed = int(os.environ.get("LINQDESK_SEED", "0")) or usual or SystemRandom().randrange(1, 2**31)
    seeds_used.append(seed)
    sys.stderr.write(f"LINQDESK_SEED={seed}\n")
    return seed


def note(gate: str, figure: str) -> None:
    """Put a figure into the table, in place of the gate's last one; does nothing but in a full run."""
    if not IS_FULL:
        return
    with README.open("r+", encoding="utf-8") as file:
        # Gates run side by side.
        flock(file, LOCK_EX)
        told = _with_row(file.read(), gate, figure)
        file.seek(0)
        file.truncate()
        file.write(told)


def _with_row(told: str, gate: str, figure: str) -> str:
    before, _, rest = told.partition(BEGIN)
    table, _, after = rest.partition(END)
    rows = [row for row in table.removeprefix(_HEAD).splitlines() if not row.startswith(f"| {gate} |")]
    rows.append(f"| {gate} | {figure} | {datetime.now(UTC):%Y-%m-%d} |")
    return before + BEGIN + _HEAD + "\n".join(sorted(rows)) + "\n" + END + after
