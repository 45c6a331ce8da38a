"""Writes the figures of a full run into the table of tests/faults/README.md."""

import os
from datetime import UTC, datetime
from pathlib import Path

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- figures: begin -->\n", "<!-- figures: end -->"
_HEAD = "| gate | figure | measured |\n|---|---|---|\n"


def note(gate: str, figure: str) -> None:
    """Put a figure into the table, in place of the gate's last one; does nothing but in a full run."""
    if os.environ.get("LINQDESK_SOAK") != "full":
        return
    before, _, rest = README.read_text("utf-8").partition(BEGIN)
    table, _, after = rest.partition(END)
    rows = [row for row in table.removeprefix(_HEAD).splitlines() if not row.startswith(f"| {gate} |")]
    rows.append(f"| {gate} | {figure} | {datetime.now(UTC):%Y-%m-%d} |")
    README.write_text(before + BEGIN + _HEAD + "\n".join(sorted(rows)) + "\n" + END + after, "utf-8")
