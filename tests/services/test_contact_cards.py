import json
from typing import Any

import httpx
import pytest

from linqdesk.domain.errors import NotFoundError, OfflineError, RequestRejectedError
from linqdesk.domain.ids import Handle
from linqdesk.services.contact_cards import CardWish, ContactCards
from tests.services.virtual import Network, VirtualClock

LINE, OTHER = Handle("+14155550110"), Handle("+14155550120")


class Desk:
    """Cards on a Linq that keeps one card for each line."""

    def __init__(self) -> None:
        self.clock = VirtualClock()
        self.kept: dict[str, dict[str, Any]] = {}
        self.missing_code = 2012
        self.network = Network(self.answer)
        self.cards = ContactCards(self.clock)
        self.cards.use(self.network.client())

    def answer(self, request: httpx.Request) -> tuple[int, Any]:
        body = json.loads(request.content) if request.content else {}
        line = body.get("phone_number") or request.url.params["phone_number"]
        if request.method == "GET":
            if line not in self.kept:
                return 404, {"error": {"code": self.missing_code}}
            return 200, {"contact_cards": [self.kept[line]]}
        self.kept[line] = {"is_active": True, **self.kept.get(line, {"phone_number": line}), **body}
        return 200, self.kept[line]

    def writes(self) -> list[str]:
        return [each.method for each in self.network.asked if each.method != "GET"]


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_a_line_without_a_card_is_no_fault(desk: Desk) -> None:
    assert await desk.cards.fetch(LINE) is None
    desk.missing_code = 2019
    with pytest.raises(NotFoundError):
        await desk.cards.fetch(LINE)


async def test_the_first_card_is_made_and_the_next_changes_it(desk: Desk) -> None:
    made = await desk.cards.save(LINE, CardWish("  Fern ", "Hill"))
    assert (made.first_name, made.last_name, made.is_active) == ("Fern", "Hill", True)
    changed = await desk.cards.save(LINE, CardWish("Fern", "Hollow"))
    assert changed.last_name == "Hollow"
    assert desk.writes() == ["POST", "PATCH"]
    assert await desk.cards.fetch(LINE) == changed


async def test_what_is_the_same_costs_no_write(desk: Desk) -> None:
    made = await desk.cards.save(LINE, CardWish("Fern"))
    assert await desk.cards.save(LINE, CardWish("Fern ")) == made
    assert desk.writes() == ["POST"]


async def test_the_fourth_write_in_ten_minutes_is_held_here(desk: Desk) -> None:
    for name in ("a", "b", "c"):
        await desk.cards.save(LINE, CardWish(name))
    await desk.clock.run(240)
    with pytest.raises(RequestRejectedError, match="again in 6 min"):
        await desk.cards.save(LINE, CardWish("d"))
    await desk.cards.save(OTHER, CardWish("d"))
    await desk.clock.run(361)
    await desk.cards.save(LINE, CardWish("d"))
    assert len(desk.writes()) == 5


async def test_a_card_needs_a_first_name_and_keeps_its_last(desk: Desk) -> None:
    with pytest.raises(RequestRejectedError, match="first name"):
        await desk.cards.save(LINE, CardWish("  ", "Hill"))
    await desk.cards.save(LINE, CardWish("Fern", "Hill"))
    with pytest.raises(RequestRejectedError, match="only change it"):
        await desk.cards.save(LINE, CardWish("Fern"))
    assert desk.writes() == ["POST"]


async def test_without_a_client_it_says_so(desk: Desk) -> None:
    desk.cards.use(None)
    with pytest.raises(OfflineError):
        await desk.cards.fetch(LINE)
