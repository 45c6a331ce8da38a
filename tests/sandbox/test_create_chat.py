from collections.abc import Iterator
from typing import Any

import pytest
from linq import BadRequestError

from linqdesk.sandbox.options import SandboxOptions
from tests.sandbox.conftest import Outsider, error_of, text_message
from tests.sandbox.inside import inside, vendor

LINE = "+14155550110"
NEW = "+14155550100"
LINK = {"parts": [{"type": "link", "value": "https://shop.test"}]}


@pytest.fixture
def world() -> Iterator[Outsider]:
    with inside(SandboxOptions()) as outsider:
        yield outsider


def create(world: Outsider, to: list[str], message: Any = None, line: str = LINE, **more: Any) -> Any:
    body = {"from": line, "to": to, "message": message or text_message(), **more}
    return world.api.post("/v3/chats", json=body)


def test_a_new_chat_holds_its_first_message_and_is_listed(world: Outsider) -> None:
    created = create(world, [NEW], text_message("first"))
    assert created.status_code == 201
    chat = created.json()["chat"]
    assert (chat["message"]["delivery_status"], chat["service"], chat["is_group"]) == (
        "pending",
        "iMessage",
        False,
    )
    assert "created_at" not in chat
    assert world.get("/v3/chats", limit=1)["chats"][0]["id"] == chat["id"]
    world.act("/world", {"advance_s": 2})
    assert [entry["to"] for entry in world.control.get("/ledger").json()] == [[NEW]]


def test_the_same_people_meet_in_the_same_chat_whatever_their_order(world: Outsider) -> None:
    one = create(world, [NEW, "+14155550102"]).json()["chat"]
    other = create(world, ["+14155550102", NEW], LINK).json()["chat"]
    alone = create(world, [NEW]).json()["chat"]
    assert one["id"] == other["id"] != alone["id"]
    assert create(world, [NEW], line="+14155550120").json()["chat"]["id"] != alone["id"]


def test_a_named_group_is_not_reused(world: Outsider) -> None:
    first = create(world, [NEW, "+14155550102"]).json()["chat"]
    world.api.put(f"/v3/chats/{first['id']}", json={"display_name": "Tour"}).raise_for_status()
    assert create(world, [NEW, "+14155550102"]).json()["chat"]["id"] == first["id"]
    world.act("/world", {"advance_s": 5})
    assert create(world, [NEW, "+14155550102"]).json()["chat"]["id"] != first["id"]


def test_a_group_that_the_line_left_is_not_reused(world: Outsider) -> None:
    people = [NEW, "+14155550102", "+14155550104"]
    first = create(world, people).json()["chat"]
    world.api.post(f"/v3/chats/{first['id']}/leave").raise_for_status()
    assert create(world, people).json()["chat"]["id"] != first["id"]


def test_a_group_whose_members_changed_is_not_reused(world: Outsider) -> None:
    first = create(world, [NEW, "+14155550102"]).json()["chat"]
    world.act("/participants", {"chat_id": first["id"], "joined": ["+14155550104"]})
    assert create(world, [NEW, "+14155550102"]).json()["chat"]["id"] != first["id"]
    assert create(world, [NEW, "+14155550102", "+14155550104"]).json()["chat"]["id"] != first["id"]


def test_the_same_key_makes_one_chat_and_one_message(world: Outsider) -> None:
    answers = [create(world, [NEW], text_message(idempotency_key="k")).json() for _ in range(2)]
    world.act("/world", {"advance_s": 2})
    assert answers[0]["chat"]["message"]["id"] == answers[1]["chat"]["message"]["id"]
    assert len(world.control.get("/ledger").json()) == 1


@pytest.mark.parametrize(
    "message",
    [
        LINK,
        text_message("look at https://shop.test/offer"),
        text_message("look at www.shop.test"),
        text_message("all on fernhill-cycles.com, ok?"),
        text_message(effect={"type": "screen", "name": "confetti"}),
        text_message(reply_to={"message_id": "m", "part_index": 0}),
    ],
)
def test_a_link_an_effect_or_an_answer_cannot_be_first(world: Outsider, message: Any) -> None:
    count = len(world.get("/v3/chats", limit=100)["chats"])
    assert error_of(create(world, [NEW], message)) == (400, 1005)
    assert len(world.get("/v3/chats", limit=100)["chats"]) == count


def test_a_file_that_is_not_there_leaves_no_empty_chat_behind(world: Outsider) -> None:
    message = {"parts": [{"type": "media", "attachment_id": "none"}]}
    assert error_of(create(world, [NEW], message)) == (404, 2003)
    assert world.api.get("/v3/chats", params={"to": NEW}).json()["chats"] == []


def test_a_full_stop_or_an_address_is_no_link(world: Outsider) -> None:
    assert create(world, [NEW], text_message("Yes.No idea. Write to ana@shop.com at 5.30")).status_code == 201


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"to": [NEW], "message": text_message()}, (400, 1001)),
        ({"from": LINE, "message": text_message()}, (400, 1001)),
        ({"from": LINE, "to": [], "message": text_message()}, (400, 1001)),
        ({"from": LINE, "to": [NEW]}, (400, 1001)),
        ({"from": "415", "to": [NEW], "message": text_message()}, (400, 1002)),
        ({"from": LINE, "to": ["ana"], "message": text_message()}, (400, 1002)),
        ({"from": LINE, "to": NEW, "message": text_message()}, (400, 1003)),
        ({"from": LINE, "to": [5], "message": text_message()}, (400, 1003)),
        ({"from": LINE, "to": [NEW], "message": {"parts": [{"type": "text"}]}}, (400, 1004)),
        ({"from": LINE, "to": [LINE], "message": text_message()}, (400, 1005)),
        (
            {"from": LINE, "to": [f"+1415555{i:04}" for i in range(32)], "message": text_message()},
            (400, 1005),
        ),
        ({"from": "+14155559999", "to": [NEW], "message": text_message()}, (403, 2006)),
    ],
)
def test_a_wrong_body_is_refused_with_its_code(world: Outsider, body: Any, expected: Any) -> None:
    assert error_of(world.api.post("/v3/chats", json=body)) == expected


def test_who_opted_out_or_is_blocked_hears_nothing(world: Outsider) -> None:
    world.act("/world", {"opt_out": NEW})
    assert error_of(create(world, [NEW])) == (403, 2024)
    assert create(world, [NEW], override_optout=True).status_code == 201
    assert error_of(create(world, [NEW])) == (403, 2024)
    world.act("/world", {"block": "+14155550102"})
    assert error_of(create(world, ["+14155550102"])) == (403, 2026)
    assert create(world, [NEW, "+14155550102"]).status_code == 201


def test_an_ineligible_line_reads_but_does_not_send(world: Outsider) -> None:
    world.act("/world", {"line": {"phone_number": LINE, "is_eligible": False}})
    assert error_of(create(world, [NEW])) == (403, 2027)
    assert error_of(world.say(world.chat("Ana Ruiz")["id"], "hello")) == (403, 2027)
    assert world.api.get("/v3/chats", params={"from": LINE}).status_code == 200
    world.act("/world", {"line": {"phone_number": LINE, "is_eligible": True}})
    assert create(world, [NEW]).status_code == 201


def test_over_a_shared_line_the_customer_writes_first(world: Outsider) -> None:
    world.act("/world", {"line": {"phone_number": LINE, "is_shared": True}})
    assert error_of(create(world, [NEW])) == (403, 2008)
    assert world.say(world.chat("Ana Ruiz")["id"], "hello").status_code == 202
    world.act("/world", {"line": {"phone_number": LINE}})
    assert create(world, [NEW]).status_code == 201


def test_a_body_longer_than_anything_that_is_taken_is_refused(world: Outsider) -> None:
    reply = world.api.post("/v3/chats", content=b" " * (8 * 1024 * 1024 + 1))
    assert error_of(reply) == (413, 1003)


def test_a_chat_can_still_be_in_the_making(world: Outsider) -> None:
    world.act("/world", {"creation_s": 5})
    created = create(world, [NEW]).json()["chat"]
    assert error_of(create(world, [NEW])) == (409, 2009)
    assert error_of(world.say(created["id"], "more")) == (409, 2009)
    world.act("/world", {"advance_s": 6})
    assert world.say(created["id"], "more").status_code == 202


def test_a_pair_has_thirty_messages_a_minute_however_they_are_sent(world: Outsider) -> None:
    created = create(world, [NEW]).json()["chat"]
    for _ in range(29):
        assert world.say(created["id"], "again").status_code == 202
    world.say(created["id"], "again", "late")
    for refused in (world.say(created["id"], "again"), create(world, [NEW])):
        assert error_of(refused) == (429, 1007)
        assert 1 <= int(refused.headers["Retry-After"]) <= 60
        assert refused.json()["error"]["retry_after"] == int(refused.headers["Retry-After"])
    assert world.say(world.chat("Ana Ruiz")["id"], "others may").status_code == 202
    world.act("/world", {"advance_s": 61})
    assert world.say(created["id"], "again").status_code == 202


def test_an_old_key_is_answered_although_the_pair_is_exhausted(world: Outsider) -> None:
    chat = world.chat("Ana Ruiz")["id"]
    codes = [world.say(chat, "again", f"key-{number}").status_code for number in range(31)]
    assert codes == [202] * 30 + [429]
    assert world.say(chat, "again", "key-0").status_code == 202


def test_the_services_of_the_people_decide_the_chats(world: Outsider) -> None:
    services = [
        create(world, to).json()["chat"]["service"]
        for to in (["a@b.test"], ["+14155550107"], [NEW, "+14155550107"], [NEW, "+14155550109"])
    ]
    assert services == ["iMessage", "RCS", "RCS", "SMS"]


def test_a_wish_for_imessage_does_not_make_one_of_rcs(world: Outsider) -> None:
    chat = create(world, ["+14155550107"], text_message(preferred_service="iMessage")).json()["chat"]
    assert chat["service"] == "RCS"
    world.act("/world", {"advance_s": 10})
    assert world.get(f"/v3/messages/{chat['message']['id']}")["delivery_status"] == "failed"
    assert world.control.get("/ledger").json() == []


@pytest.mark.parametrize("status", ["200", "201"])
def test_the_status_of_a_creation_is_a_matter_of_reading(status: str) -> None:
    with inside(SandboxOptions(variants={"create_status": status})) as world:
        assert create(world, [NEW]).status_code == int(status)


def test_the_vendors_client_creates_a_chat(world: Outsider) -> None:
    client = vendor(world)
    created = client.chats.create(
        from_=LINE, to=[NEW], message={"parts": [{"type": "text", "value": "hello"}]}
    )
    assert created.chat.message.delivery_status == "pending"
    with pytest.raises(BadRequestError) as refused:
        client.chats.create(
            from_=LINE, to=["a@b.test"], message={"parts": [{"type": "link", "value": "https://x.test"}]}
        )
    assert refused.value.code == 1005
