"""How the agent prefers to write, for every composer alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from linqdesk.services.canned_shelf import CannedShelf
    from linqdesk.ui.preferences import Preferences


def _moves() -> bool:
    return False


@dataclass(slots=True)
class WritingWays:
    """What the settings say, asked for again whenever somebody is about to write.

    `enter_sends` tells whether Enter sends or only Ctrl+Enter, `is_reduced` whether motion is reduced.
    """

    preferences: Preferences
    canned: CannedShelf | None = None
    enter_sends: bool = True
    checks_spelling: bool = True
    is_reduced: Callable[[], bool] = _moves
