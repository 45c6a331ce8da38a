"""Our own lines and their contact cards, as the window asks for them."""

from collections.abc import Awaitable, Callable

from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import Handle
from linqdesk.services.clock import Clock
from linqdesk.services.contact_cards import CardAnswer, CardWish, ContactCards
from linqdesk.services.ports import Client
from linqdesk.services.task_scope import TaskScope


class AccountVerbs:
    """Takes the agent's wishes for cards to Linq."""

    def __init__(self, scope: TaskScope, clock: Clock) -> None:
        """Get ready without a client."""
        self._scope = scope
        self._cards = ContactCards(clock)

    def use(self, client: Client) -> None:
        """Ask this client from now on."""
        self._cards.use(client)

    def rest(self) -> None:
        """Ask nobody any more."""
        self._cards.use(None)

    def fetch_card(self, line: Handle, done: Callable[[CardAnswer], None]) -> None:
        """Read a line's card; `done` hears it, None for a line without one, or what is wrong."""
        self._scope.start(_answered(self._cards.fetch(line), done), name="read card")

    def save_card(self, line: Handle, wish: CardWish, done: Callable[[CardAnswer], None]) -> None:
        """Give a line its card or change it; `done` hears the card as it is now, or what is wrong."""
        self._scope.start(_answered(self._cards.save(line, wish), done), name="save card")


async def _answered(work: Awaitable[CardAnswer], done: Callable[[CardAnswer], None]) -> None:
    try:
        answer = await work
    except LinqDeskError as error:
        done(error)
    else:
        done(answer)
