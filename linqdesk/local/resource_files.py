"""Finds the files that are shipped with the program: fonts, icons."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def resource(*names: str) -> Traversable:
    """Return a file or folder under `resources/`, whether installed as a wheel or run from a checkout."""
    packed = files("linqdesk") / "resources"
    root: Traversable = packed if packed.is_dir() else Path(__file__).parents[2] / "resources"
    for name in names:
        root = root / name
    return root
