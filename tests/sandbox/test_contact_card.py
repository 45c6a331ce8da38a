from collections.abc import Iterator
from typing import Any

import pytest
from linq import ConflictError, NotFoundError

from linqdesk.sandbox.options import SandboxOptions
from tests.sandbox.conftest import Outsider, error_of
from tests.sandbox.inside import inside, vendor

LINE = "+14155550110"
PATH = "/v3/contact_card"


@pytest.fixture
def world() -> Iterator[Outsider]:
    with inside(SandboxOptions(story="empty")) as outsider:
        yield outsider


def test_a_card_is_made_read_and_changed_in_part(world: Outsider) -> None:
    card = {"phone_number": LINE, "first_name": "Fern", "image_url": "https://shop.test/logo.png"}
    made = world.api.post(PATH, json=card)
    assert (made.status_code, made.json()) == (201, {**card, "last_name": None, "is_active": True})
    changed = world.api.patch(PATH, params={"phone_number": LINE}, json={"last_name": "Hill"})
    assert changed.json() == {**card, "last_name": "Hill", "is_active": True}
    assert world.get(PATH)["contact_cards"] == [changed.json()]
    assert world.get(PATH, phone_number=LINE)["contact_cards"] == [changed.json()]


def test_a_card_is_not_made_twice_nor_changed_before_it_is_made(world: Outsider) -> None:
    assert world.get(PATH)["contact_cards"] == []
    assert error_of(world.api.get(PATH, params={"phone_number": LINE})) == (404, 2012)
    body = {"first_name": "Fern"}
    assert error_of(world.api.patch(PATH, params={"phone_number": LINE}, json=body)) == (404, 2012)
    assert world.api.post(PATH, json={"phone_number": LINE, **body}).status_code == 201
    assert error_of(world.api.post(PATH, json={"phone_number": LINE, **body})) == (409, 2014)


def test_a_number_has_three_writes_in_ten_minutes(world: Outsider) -> None:
    world.api.post(PATH, json={"phone_number": LINE, "first_name": "Fern"})
    replies = [
        world.api.patch(PATH, params={"phone_number": LINE}, json={"last_name": f"Hill {number}"})
        for number in range(3)
    ]
    assert [reply.status_code for reply in replies] == [200, 200, 429]
    assert 590 <= int(replies[-1].headers["Retry-After"]) <= 600
    world.act("/world", {"advance_s": 600})
    assert world.api.patch(PATH, params={"phone_number": LINE}, json={"last_name": "Hill"}).status_code == 200


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"first_name": "Fern"}, (400, 1001)),
        ({"phone_number": LINE}, (400, 1001)),
        ({"phone_number": "415", "first_name": "Fern"}, (400, 1002)),
        ({"phone_number": LINE, "first_name": 5}, (400, 1003)),
        ({"phone_number": LINE, "first_name": " "}, (400, 1005)),
        ({"phone_number": LINE, "first_name": "Fern", "image_url": "ftp://x"}, (400, 5007)),
        ({"phone_number": LINE, "first_name": "Fern", "image_url": "https://x.test/a.pdf"}, (400, 5006)),
        ({"phone_number": "+14155559999", "first_name": "Fern"}, (403, 2006)),
    ],
)
def test_a_wrong_card_is_refused(world: Outsider, body: Any, expected: tuple[int, int]) -> None:
    assert error_of(world.api.post(PATH, json=body)) == expected


def test_the_stories_lines_have_cards_except_the_last() -> None:
    with inside(SandboxOptions()) as world:
        numbers = [line["phone_number"] for line in world.get("/v3/phone_numbers")["phone_numbers"]]
        cards = [card["phone_number"] for card in world.get(PATH)["contact_cards"]]
        assert cards == numbers[:-1]


def test_the_vendors_client_reads_the_answers(world: Outsider) -> None:
    client = vendor(world)
    with pytest.raises(NotFoundError):
        client.contact_card.update(phone_number=LINE, first_name="Fern")
    assert client.contact_card.create(phone_number=LINE, first_name="Fern").is_active
    with pytest.raises(ConflictError):
        client.contact_card.create(phone_number=LINE, first_name="Fern")
    assert client.contact_card.update(phone_number=LINE, last_name="Hill").last_name == "Hill"
    assert [card.first_name for card in client.contact_card.retrieve().contact_cards] == ["Fern"]
