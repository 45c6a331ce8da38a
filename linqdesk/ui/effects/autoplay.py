"""When an effect plays by itself and when only on request: pure rules."""

from dataclasses import dataclass
from enum import Enum, auto


class Autoplay(Enum):
    """How often effects play by themselves."""

    ALWAYS = "always"
    ONCE = "once"
    NEVER = "never"


class Occasion(Enum):
    """Why an effect might play.

    ARRIVED: its message has just come into the open chat. OPENED: its chat was opened and it is the
    newest message. ASKED: the agent asked for it, by Replay, hover or focus.
    """

    ARRIVED = auto()
    OPENED = auto()
    ASKED = auto()


class Playing(Enum):
    """How an effect plays; STILL shows one frame of it for a moment, and nothing moves."""

    NOT = auto()
    STILL = auto()
    MOVING = auto()


@dataclass(frozen=True, slots=True)
class Conditions:
    """What decides: the setting, the wish for less motion, and whether the agent looks at the window."""

    autoplay: Autoplay = Autoplay.ONCE
    is_reduced: bool = False
    is_window_active: bool = True


def playing(occasion: Occasion, conditions: Conditions) -> Playing:
    """Return how an effect plays on an occasion.

    Nothing plays in a window without focus, whatever asks. Where motion is reduced nothing plays by
    itself, and asking shows a still picture. "once" plays what arrives in the open chat and never again
    by itself; "always" plays the newest message's effect at each opening of its chat as well.
    """
    if not conditions.is_window_active:
        return Playing.NOT
    if occasion is Occasion.ASKED:
        return Playing.STILL if conditions.is_reduced else Playing.MOVING
    if conditions.is_reduced or conditions.autoplay is Autoplay.NEVER:
        return Playing.NOT
    if occasion is Occasion.OPENED and conditions.autoplay is not Autoplay.ALWAYS:
        return Playing.NOT
    return Playing.MOVING
