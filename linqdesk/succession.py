"""What follows a run of the window: the end, or another run for another account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linqdesk.account import Account
    from linqdesk.arguments import WindowOptions
    from linqdesk.local.environment import Environment


@dataclass(frozen=True, slots=True)
class Opening:
    """How a run begins: with an account that is given, by asking for one, or with what is at hand.

    `words` are what the agent should know when asked, such as what went wrong before.
    """

    account: Account | None = None
    asks: bool = False
    words: str | None = None


@dataclass(frozen=True, slots=True)
class NextRun:
    """A run that begins where another ends. Nothing in memory goes over from one account to another.

    So nothing that waits for one account's customers can ever leave through another's.
    """

    options: WindowOptions
    environment: Environment
    opening: Opening
