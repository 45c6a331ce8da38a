"""A broken rule."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that an act would break.

    `rule` is a lasting name for programs. `words` say it to the agent, with the numbers and without
    anything that was written. `part_index` counts the parts of the message from 0, None where the rule
    concerns all of it.
    """

    rule: str
    words: str
    part_index: int | None = None
