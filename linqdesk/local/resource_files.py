"""Finds the files that are shipped with the program: fonts, icons."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def resource(*names: str) -> Traversable:
    """Return a file or folder under `resources/`, whether installed as a wheel or run from a checkout."""
    packed = files("linqdesk") / "resources"
    root: Traversable = packed if packed.is_dir() else Path(__file__).parents[2] / "resources"
    for name in names:
        root = root / name
    return root
