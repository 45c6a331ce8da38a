"""What a sandbox is to serve."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from linqdesk.sandbox.bounds import Bounds
from linqdesk.sandbox.fault_plan import Rule


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """What to serve; `chats` and `messages` None leave their number to the story."""

    port: int = 0
    story: str = "desk"
    chats: int | None = None
    messages: int | None = None
    seed: int = 1
    faults: Sequence[Rule] = ()
    speed: str = "real"
    order: str = "newest"
    variants: Mapping[str, str] = field(default_factory=dict)
    bounds: Bounds = field(default_factory=Bounds)
