"""Effects by their words: which are known and what their badge says. Pure."""

from linqdesk.domain.message import Effect
from linqdesk.domain.rules.content import EFFECTS
from linqdesk.ui.names import plain_name

_KNOWN = frozenset(name for names in EFFECTS.values() for name in names)
_NAMES = {"invisible": "invisible ink", "happy_birthday": "happy birthday"}
_MAX_NAME = 40


def is_known_effect(effect: Effect) -> bool:
    """Tell whether this version can play an effect."""
    return effect.name in _KNOWN


def effect_name(effect: Effect) -> str:
    """Return an effect's name as it is read."""
    return _NAMES.get(effect.name) or plain_name(effect.name.replace("_", " "))[:_MAX_NAME] or "unnamed"


def effect_badge(effect: Effect) -> str:
    """Return what the badge under a message says."""
    name = effect_name(effect)
    return f"Replay {name}" if is_known_effect(effect) else f"Sent with {name}"
