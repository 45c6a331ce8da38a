from collections.abc import Iterator
from typing import Any

import pytest
from linq import NotFoundError, RateLimitError

from linqdesk.sandbox.options import SandboxOptions
from tests.sandbox.conftest import Outsider, error_of, text_message
from tests.sandbox.inside import inside, vendor

LINE = "+14155550110"
IMESSAGE, RCS, SMS = "+14155550100", "+14155550107", "+14155550109"


@pytest.fixture
def world() -> Iterator[Outsider]:
    with inside(SandboxOptions(story="empty")) as outsider:
        yield outsider


def start(world: Outsider, *to: str) -> str:
    body = {"from": LINE, "to": to, "message": text_message()}
    return str(world.api.post("/v3/chats", json=body).json()["chat"]["id"])


def post(world: Outsider, chat_id: str, what: str) -> Any:
    return world.api.post(f"/v3/chats/{chat_id}/{what}")


def ledger(world: Outsider, kind: str) -> list[Any]:
    return [entry for entry in world.control.get("/ledger").json() if entry["kind"] == kind]


def is_typing(world: Outsider, chat_id: str) -> bool:
    chats = world.control.get("/state").json()["chats"]
    return next(bool(chat["is_typing"]) for chat in chats if chat["id"] == chat_id)


def write(world: Outsider, chat_id: str, sender: str, text: str = "hi") -> str:
    parts = [{"type": "text", "value": text}]
    written = world.act("/inbound", {"from": sender, "chat_id": chat_id, "parts": parts})
    return str(written["id"])


def test_typing_shows_until_it_expires_is_stopped_or_a_message_goes(world: Outsider) -> None:
    chat = start(world, IMESSAGE)
    assert post(world, chat, "typing").status_code == 204
    world.act("/world", {"advance_s": 60})
    post(world, chat, "typing")
    world.act("/world", {"advance_s": 60})
    assert is_typing(world, chat)
    world.act("/world", {"advance_s": 30})
    assert not is_typing(world, chat)
    post(world, chat, "typing")
    assert world.api.delete(f"/v3/chats/{chat}/typing").status_code == 204
    assert not is_typing(world, chat)
    post(world, chat, "typing")
    world.say(chat, "here")
    assert not is_typing(world, chat)
    assert [entry["to"] for entry in ledger(world, "typing")] == [[IMESSAGE]] * 3


def test_typing_is_accepted_and_lost_where_there_is_no_imessage(world: Outsider) -> None:
    for handle in (RCS, SMS):
        chat = start(world, handle)
        assert post(world, chat, "typing").status_code == 204
        assert not is_typing(world, chat)
    assert ledger(world, "typing") == []


@pytest.mark.parametrize(("reading", "status"), [("204", 204), ("403", 403)])
def test_typing_in_groups_is_a_matter_of_reading(reading: str, status: int) -> None:
    with inside(SandboxOptions(story="empty", variants={"typing_groups": reading})) as world:
        group = start(world, IMESSAGE, "+14155550102")
        assert post(world, group, "typing").status_code == status
        assert world.api.delete(f"/v3/chats/{group}/typing").status_code == status
        assert post(world, start(world, IMESSAGE), "typing").status_code == 204


def test_reading_marks_what_customers_wrote_and_tells_them(world: Outsider) -> None:
    chat = start(world, IMESSAGE)
    written = [write(world, chat, IMESSAGE, str(number)) for number in range(3)]
    assert [world.get(f"/v3/messages/{each}")["read_at"] for each in written] == [None] * 3
    assert post(world, chat, "read").status_code == 204
    assert all(world.get(f"/v3/messages/{each}")["is_read"] for each in written)
    post(world, chat, "read")
    assert [(entry["id"], entry["to"]) for entry in ledger(world, "read")] == [(written[-1], [IMESSAGE])]
    assert world.get(f"/v3/chats/{chat}/messages")["messages"][-1]["read_at"] is None


def test_reading_tells_nobody_over_sms_and_does_nothing_in_groups(world: Outsider) -> None:
    direct, group = start(world, SMS), start(world, IMESSAGE, "+14155550102")
    by_sms, in_group = write(world, direct, SMS), write(world, group, IMESSAGE)
    assert [post(world, chat, "read").status_code for chat in (direct, group)] == [204, 204]
    assert world.get(f"/v3/messages/{by_sms}")["is_read"]
    assert not world.get(f"/v3/messages/{in_group}")["is_read"]
    assert ledger(world, "read") == []


def test_reading_reaches_into_the_past_before_the_world_began() -> None:
    with inside(SandboxOptions(chats=12, messages=5)) as world:
        for chat in world.get("/v3/chats")["chats"]:
            post(world, chat["id"], "read")
            messages = world.get(f"/v3/chats/{chat['id']}/messages")["messages"]
            unread = [each for each in messages if not each["is_from_me"] and not each["is_read"]]
            assert unread == [] or chat["is_group"]
        assert ledger(world, "read") != []


def test_a_contact_card_is_shared_once_in_five_minutes(world: Outsider) -> None:
    chat = start(world, IMESSAGE)
    assert error_of(post(world, chat, "share_contact_card")) == (404, 2012)
    card = {"phone_number": LINE, "first_name": "Fernhill"}
    world.api.post("/v3/contact_card", json=card).raise_for_status()
    assert post(world, chat, "share_contact_card").status_code == 204
    world.act("/world", {"advance_s": 100})
    refused = post(world, chat, "share_contact_card")
    assert error_of(refused) == (429, 1007)
    assert 198 <= int(refused.headers["Retry-After"]) <= 200
    world.act("/world", {"advance_s": 201})
    assert post(world, chat, "share_contact_card").status_code == 204
    assert len(ledger(world, "contact_card")) == 2


def test_a_contact_card_needs_imessage_an_earlier_message_and_an_eligible_line(world: Outsider) -> None:
    world.api.post("/v3/contact_card", json={"phone_number": LINE, "first_name": "Fernhill"})
    assert error_of(post(world, start(world, SMS), "share_contact_card")) == (409, 2017)
    parts = [{"type": "text", "value": "hi"}]
    chat = world.act("/inbound", {"from": IMESSAGE, "to": LINE, "parts": parts})["chat_id"]
    assert error_of(post(world, chat, "share_contact_card")) == (409, 2015)
    world.say(chat, "hello")
    world.act("/world", {"line": {"phone_number": LINE, "is_eligible": False}})
    assert error_of(post(world, chat, "share_contact_card")) == (403, 2027)


def test_the_vendors_client_reads_the_answers(world: Outsider) -> None:
    client, chat = vendor(world), start(world, IMESSAGE)
    client.chats.typing.start(chat)
    client.chats.typing.stop(chat)
    client.chats.mark_as_read(chat)
    with pytest.raises(NotFoundError):
        client.chats.share_contact_card(chat)
    client.contact_card.create(phone_number=LINE, first_name="Fernhill")
    client.chats.share_contact_card(chat)
    with pytest.raises(RateLimitError) as refused:
        client.chats.share_contact_card(chat)
    assert refused.value.retry_after == 300
