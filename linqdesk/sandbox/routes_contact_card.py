"""The operations on contact cards."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from linqdesk.sandbox.contact_cards import ContactCard, read_card_fields
from linqdesk.sandbox.handles import read_number
from linqdesk.sandbox.limits import CARD_WRITES
from linqdesk.sandbox.refusals import RefusalError
from linqdesk.sandbox.request_reading import read_json
from linqdesk.sandbox.world import World

_PATH = "/v3/contact_card"


class ContactCardRoutes:
    """Answers what is asked of `/v3/contact_card`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._cards = world.contact_cards

    def routes(self) -> list[Route]:
        """Return the routes, with paths from `/v3` on."""
        return [
            Route(_PATH, self.get_contact_card),
            Route(_PATH, self.create_contact_card, methods=["POST"]),
            Route(_PATH, self.update_contact_card, methods=["PATCH"]),
        ]

    async def get_contact_card(self, request: Request) -> Response:
        """GET /v3/contact_card: that of one line, or all."""
        cards = list(self._cards.values())
        if "phone_number" in request.query_params:
            cards = [self._card_of(self._line(read_number(request.query_params, "phone_number")))]
        return JSONResponse({"contact_cards": [card.as_json() for card in cards]})

    async def create_contact_card(self, request: Request) -> Response:
        """POST /v3/contact_card; an active card is never overwritten."""
        tree = await read_json(request)
        line = self._line(read_number(tree, "phone_number"))
        fields = read_card_fields(tree)
        if "first_name" not in fields:
            raise RefusalError(1001, "first_name is required")
        self._world.limits.take(CARD_WRITES, line)
        if line in self._cards:
            raise RefusalError(2014)
        return self._keep(ContactCard(line, **fields), 201)

    async def update_contact_card(self, request: Request) -> Response:
        """PATCH /v3/contact_card: merges what is given."""
        line = self._line(read_number(request.query_params, "phone_number"))
        fields = read_card_fields(await read_json(request))
        card = self._card_of(line)
        self._world.limits.take(CARD_WRITES, line)
        return self._keep(replace(card, **fields), 200)

    def _keep(self, card: ContactCard, status: int) -> Response:
        self._cards[card.phone_number] = card
        return JSONResponse(card.as_json(), status_code=status)

    def _line(self, number: str) -> str:
        return self._world.line_with(number).number

    def _card_of(self, line: str) -> ContactCard:
        card = self._cards.get(line)
        if card is None:
            raise RefusalError(2012)
        return card
