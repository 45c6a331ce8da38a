"""The verbs for our own lines; every call returns at once."""

from collections.abc import Callable
from typing import Protocol

from linqdesk.domain.ids import Handle
from linqdesk.services.contact_cards import CardAnswer, CardWish


class AccountCommands(Protocol):
    """The contact cards of our lines."""

    def fetch_card(self, line: Handle, done: Callable[[CardAnswer], None]) -> None:
        """Read a line's card; `done` hears it, None for a line without one, or what is wrong."""

    def save_card(self, line: Handle, wish: CardWish, done: Callable[[CardAnswer], None]) -> None:
        """Give a line its card or change it; `done` hears the card as it is now, or what is wrong."""
