"""Whether things may move: the one place that asks."""

import os

from PySide6.QtGui import QGuiApplication, QStyleHints

from linqdesk.local.settings import Settings

REDUCED_MOTION_VARIABLE = "LINQDESK_REDUCED_MOTION"


def is_reduced(settings: Settings) -> bool:
    """Tell whether nothing may move.

    The environment's LINQDESK_REDUCED_MOTION=1 or the setting "on" decide it; the setting "follow"
    leaves it to the system, as far as Qt tells what the system wants.
    """
    if os.environ.get(REDUCED_MOTION_VARIABLE) == "1" or settings.reduced_motion == "on":
        return True
    return system_reduces(QGuiApplication.styleHints())


def system_reduces(hints: QStyleHints) -> bool:
    """Tell whether the system asks for less motion; False where Qt is older than 6.12 and cannot know."""
    # Asked by name: a Qt without the property answers None instead of failing.
    wish = hints.accessibility().property("motionPreference")
    return bool(getattr(wish, "value", wish) == 1)
