from collections.abc import Iterator
from typing import Any

import pytest

from linqdesk.sandbox.options import SandboxOptions
from linqdesk.sandbox.requests_seen import KEPT_BODY_BYTES
from tests.sandbox.conftest import Outsider, error_of, text_message
from tests.sandbox.inside import inside

LINE, ANA = "+14155550110", "+14155550100"
PARTS = [{"type": "text", "value": "hi"}]


@pytest.fixture
def world() -> Iterator[Outsider]:
    with inside(SandboxOptions(story="empty")) as outsider:
        yield outsider


def start(world: Outsider, *to: str) -> str:
    body = {"from": LINE, "to": to, "message": text_message()}
    return str(world.api.post("/v3/chats", json=body).json()["chat"]["id"])


def test_a_customer_begins_a_chat_that_keeps_his_service(world: Outsider) -> None:
    written = world.act("/inbound", {"from": ANA, "to": LINE, "parts": PARTS, "service": "RCS"})
    chat = world.get(f"/v3/chats/{written['chat_id']}")
    assert (chat["service"], written["service"], written["is_from_me"]) == ("RCS", "RCS", False)
    assert [handle["handle"] for handle in chat["handles"]] == [LINE, ANA]


def test_who_is_blocked_is_not_heard_until_he_is_unblocked(world: Outsider) -> None:
    world.act("/world", {"block": ANA})
    assert world.act("/inbound", {"from": ANA, "to": LINE, "parts": PARTS}) is None
    assert world.get("/v3/chats")["chats"] == []
    world.act("/world", {"unblock": ANA})
    assert world.act("/inbound", {"from": ANA, "to": LINE, "parts": PARTS})["chat_id"]


@pytest.mark.parametrize(
    ("route", "body"),
    [
        ("/inbound", {"from": ANA, "to": LINE}),
        ("/inbound", {"from": ANA, "to": "+14155559999", "parts": PARTS}),
        ("/inbound", {"from": ANA, "to": LINE, "parts": PARTS, "service": "fax"}),
        ("/inbound", {"from": ANA, "chat_id": "none", "parts": PARTS}),
        ("/inbound", {"reaction": {"message_id": "none", "type": "love"}}),
        ("/inbound", {"edit": {"message_id": "none", "text": "x"}}),
        ("/inbound", []),
        ("/participants", {}),
        ("/faults", {"do": {}}),
        ("/faults", [{"match": {"nth": "one"}, "do": {}}]),
        ("/faults", [{"match": {"probability": 2}, "do": {}}]),
        ("/faults", [{"do": {"delay_s": "long"}}]),
        ("/faults", [{"do": {"status": 99}}]),
        ("/world", {"advance_s": -1}),
        ("/world", {"advance_s": "long"}),
        ("/world", {"health": {"chat_id": "none", "status": "HEALTHY"}}),
        ("/world", {"health": {"chat_id": "none", "status": "GREEN"}}),
        ("/world", {"line": {"phone_number": LINE, "reputation": "GOLD"}}),
        ("/world", {"line": {}}),
        ("/world", {"group_changes": "perhaps"}),
        ("/world", {"nonsense": 1}),
        ("/world", {"deliver": "read", "message_id": "none"}),
    ],
)
def test_what_makes_no_sense_is_refused_with_words(world: Outsider, route: str, body: Any) -> None:
    reply = world.control.post(route, json=body)
    assert reply.status_code == 400
    assert reply.json()["error"]


def test_a_reaction_to_a_part_that_is_not_there_is_refused(world: Outsider) -> None:
    message = world.act("/inbound", {"from": ANA, "to": LINE, "parts": PARTS})["id"]
    reaction = {"message_id": message, "part_index": 3, "type": "love"}
    assert world.control.post("/inbound", json={"reaction": reaction}).status_code == 400


def test_only_who_is_in_a_chat_can_act_in_it_and_only_on_what_can_change(world: Outsider) -> None:
    link = [{"type": "link", "value": "https://shop.test"}]
    written = world.act("/inbound", {"from": ANA, "to": LINE, "parts": link})
    message, chat = written["id"], written["chat_id"]
    for body in (
        {"from": "+14155550102", "chat_id": chat, "parts": PARTS},
        {"from": LINE, "chat_id": chat, "parts": PARTS},
        {"from": "+14155550102", "reaction": {"message_id": message, "type": "love"}},
        {"edit": {"message_id": message, "text": "changed"}},
    ):
        assert world.control.post("/inbound", json=body).status_code == 400
    world.act("/inbound", {"from": ANA, "reaction": {"message_id": message, "type": "love"}})
    assert [each["type"] for each in world.get(f"/v3/messages/{message}")["parts"][0]["reactions"]] == [
        "love"
    ]


def test_who_was_never_in_a_group_cannot_leave_it(world: Outsider) -> None:
    group = start(world, ANA, "+14155550102")
    before = world.get(f"/v3/chats/{group}")["handles"]
    world.act("/participants", {"chat_id": group, "left": ["+14155550106"]})
    assert world.get(f"/v3/chats/{group}")["handles"] == before


def test_an_unknown_act_does_nothing_of_what_it_came_with(world: Outsider) -> None:
    before = world.act("/world", {})["now"]
    assert world.control.post("/world", json={"advance_s": 1000, "nonsense": 1}).status_code == 400
    assert world.act("/world", {})["now"][:16] == before[:16]


def test_a_line_can_lose_its_reputation(world: Outsider) -> None:
    world.act("/world", {"line": {"phone_number": LINE, "reputation": "CRITICAL"}})
    line = world.get("/v3/phone_numbers")["phone_numbers"][0]
    assert line["reputation"]["status"] == "CRITICAL"
    assert world.api.post("/v3/chats/none/typing").status_code == 404


def test_a_customer_reads_everything_at_the_outsides_word(world: Outsider) -> None:
    chat = start(world, ANA)
    sent = world.say(chat, "two").json()["message"]["id"]
    world.act("/world", {"advance_s": 1.5})
    world.act("/world", {"read": chat})
    assert world.get(f"/v3/messages/{sent}")["read_at"] is not None


def test_requests_are_kept_with_their_bodies_which_are_bounded(world: Outsider) -> None:
    chat = start(world, ANA)
    world.say(chat, "hello", "key")
    world.say(chat, "x" * 5_000)
    world.get("/v3/chats")
    world.api.post(f"/v3/chats/{chat}/messages", content=b"\xff{")
    *_, said, long, listed, broken = world.control.get("/requests").json()
    assert said["body"] == {
        "message": {"parts": [{"type": "text", "value": "hello"}], "idempotency_key": "key"}
    }
    assert (said["method"], said["status"], said["has_token"]) == ("POST", 202, True)
    assert said["path"] == f"/api/partner/v3/chats/{chat}/messages"
    assert len(long["body"]) == KEPT_BODY_BYTES
    assert listed["body"] is None
    assert broken["status"] == 400


def test_the_state_tells_everything_that_cannot_be_read_by_the_api(world: Outsider) -> None:
    chat = start(world, ANA)
    world.api.post(f"/v3/chats/{chat}/typing")
    world.act(
        "/world",
        {
            "opt_out": "+14155550104",
            "block": "+14155550102",
            "line": {"phone_number": LINE, "is_eligible": False},
        },
    )
    state = world.control.get("/state").json()
    assert (state["blocked_handles"], state["ineligible_lines"]) == (["+14155550102"], [LINE])
    assert (state["opted_out_handles"], state["contact_cards"]) == (["+14155550104"], [])
    told = state["chats"][0]
    assert (told["id"], told["message_count"], told["is_typing"], told["has_left"]) == (chat, 1, True, False)


def test_a_revoked_token_opens_nothing_not_even_what_does_not_exist(world: Outsider) -> None:
    world.act("/world", {"revoke_token": True})
    for path in ("/v3/chats", "/v3/nothing"):
        refused = world.api.get(path)
        assert error_of(refused) == (401, 2004)
        assert len(refused.headers["X-Trace-ID"]) == 32


def test_a_fault_is_named_by_the_whole_path_or_by_its_end(world: Outsider) -> None:
    for path in ("^/v3/chats$", "^/api/partner/v3/chats$", "chats"):
        world.act("/faults", [{"match": {"path": path}, "do": {"status": 409, "code": 2009}}])
        assert error_of(world.api.get("/v3/chats")) == (409, 2009)


def test_a_planned_answer_says_what_it_is(world: Outsider) -> None:
    world.act("/faults", [{"do": {"status": 429, "retry_after": 7}}])
    refused = world.api.get("/v3/chats")
    assert (error_of(refused), refused.headers["Retry-After"]) == ((429, 1007), "7")
    world.act("/faults", [{"do": {"code": 4004}}])
    assert error_of(world.api.get("/v3/chats")) == (503, 4004)
    world.act("/faults", [{"do": {"retry_after": 3}}])
    assert error_of(world.api.get("/v3/chats")) == (429, 1007)
    world.act("/faults", [{"do": {"body": {"chats": []}}}])
    assert world.api.get("/v3/chats").headers["Content-Type"] == "application/json"
    world.act("/faults", [{"do": {"status": 502, "body": "<html>"}}])
    assert world.api.get("/v3/chats").headers["Content-Type"].startswith("text/html")


def test_nothing_really_waits_where_time_runs_fast() -> None:
    with inside(SandboxOptions(story="empty", speed="fast")) as world:
        before = world.act("/world", {})["now"]
        world.act("/faults", [{"do": {"delay_s": 36_000, "slow_bytes_per_s": 1}}])
        assert len(world.get("/v3/phone_numbers")["phone_numbers"]) == 1
        assert world.act("/world", {})["now"] > before[:10] + "T"


@pytest.mark.parametrize("variants", [{"order": "oldest"}, {"order": "newest"}, {}])
def test_the_order_of_messages_is_a_variant_too(variants: dict[str, str]) -> None:
    with inside(SandboxOptions(chats=1, messages=5, variants=variants)) as world:
        chat = world.get("/v3/chats")["chats"][0]["id"]
        times = [each["created_at"] for each in world.get(f"/v3/chats/{chat}/messages")["messages"]]
        assert times == sorted(times, reverse=variants != {"order": "oldest"})
