"""What a state of the window is."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.looks.stage import Stage


@dataclass(frozen=True, slots=True)
class State:
    """A state by its name: what is done to get there, and words that must then be on screen."""

    name: str
    enter: Callable[[Stage], None]
    says: tuple[str, ...]
