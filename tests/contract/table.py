"""The table of README.md beside this file: what is called what on either side."""

from dataclasses import dataclass
from pathlib import Path

README = Path(__file__).with_name("README.md")


@dataclass(frozen=True)
class Row:
    """One operation; `vendors` is empty where the SDK has no method for it."""

    operation: str
    ours: str
    route: str
    vendors: str
    errors: str


def rows() -> list[Row]:
    """Return the table's rows in their order."""
    lines = [line for line in README.read_text("utf-8").splitlines() if line.startswith("| ")]
    return [Row(*(cell.strip().strip("`") for cell in line.strip("|").split("|"))) for line in lines[1:]]
