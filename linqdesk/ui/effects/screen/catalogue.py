"""Which screen effects there are, by the API's names, and how one is made."""

from collections.abc import Callable
from types import MappingProxyType

from linqdesk.ui.effects.screen.beams import Lasers, Spotlight
from linqdesk.ui.effects.screen.birthday import HappyBirthday
from linqdesk.ui.effects.screen.confetti import Confetti
from linqdesk.ui.effects.screen.echo import Echo
from linqdesk.ui.effects.screen.fireworks import Fireworks
from linqdesk.ui.effects.screen.love import Love
from linqdesk.ui.effects.screen.rising import Balloons, Hearts
from linqdesk.ui.effects.screen.scene import Scene, ScreenEffect
from linqdesk.ui.effects.screen.sparks import Celebration, Sparkles

SCREEN_EFFECTS: MappingProxyType[str, Callable[[Scene, int], ScreenEffect]] = MappingProxyType(
    {
        "confetti": Confetti,
        "fireworks": Fireworks,
        "lasers": Lasers,
        "sparkles": Sparkles,
        "celebration": Celebration,
        "hearts": Hearts,
        "love": Love,
        "balloons": Balloons,
        "happy_birthday": HappyBirthday,
        "echo": Echo,
        "spotlight": Spotlight,
    }
)
