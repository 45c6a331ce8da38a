import re
import time
from typing import Any

import httpx
import pytest
from linq import LinqAPIV3

from linqdesk.sandbox.options import SandboxOptions
from linqdesk.sandbox.server import SandboxServer
from tests.sandbox.conftest import Outsider, outsider


def test_the_desk_is_what_its_story_says(world: Outsider) -> None:
    assert len(world.get("/v3/phone_numbers")["phone_numbers"]) == 3
    chats = world.get("/v3/chats", limit=100)["chats"]
    assert len(chats) == 48
    assert sum(chat["is_group"] for chat in chats) == 8
    assert {chat["service"] for chat in chats} == {"iMessage", "RCS", "SMS"}
    counts = [chat["message_count"] for chat in world.control.get("/state").json()["chats"]]
    assert sum(count > 2_000 for count in counts) == 2


def test_pages_follow_each_other_without_a_gap_although_messages_arrive(world: Outsider) -> None:
    chat = world.chat("Grace Okafor")
    path = f"/v3/chats/{chat['id']}/messages"
    seen: list[str] = []
    cursor = None
    for _ in range(8):
        page = world.get(path, limit=100, **({"cursor": cursor} if cursor else {}))
        seen += [message["id"] for message in page["messages"]]
        cursor = page["next_cursor"]
        world.say(chat["id"], "meanwhile")
    assert len(set(seen)) == len(seen) == 800


@pytest.mark.parametrize("options", [SandboxOptions(order="oldest")])
def test_the_order_can_be_turned_round(world: Outsider) -> None:
    chat = world.chat("Ana Ruiz")
    messages = world.get(f"/v3/chats/{chat['id']}/messages")["messages"]
    times = [message["created_at"] for message in messages]
    assert times == sorted(times)


def test_a_message_comes_forward_over_seconds_and_is_answered(world: Outsider) -> None:
    chat = world.chat("Ana Ruiz")
    sent = world.say(chat["id"], "hello")
    assert sent.status_code == 202
    message_id = sent.json()["message"]["id"]
    reached = [sent.json()["message"]["delivery_status"]]
    for _ in range(40):
        world.act("/world", {"advance_s": 0.5})
        status = world.get(f"/v3/messages/{message_id}")["delivery_status"]
        if status != reached[-1]:
            reached.append(status)
    assert reached == ["pending", "queued", "sent", "delivered", "read"]
    newest = world.get(f"/v3/chats/{chat['id']}/messages", limit=1)["messages"][0]
    assert not newest["is_from_me"]


def test_sms_and_groups_end_at_sent(world: Outsider) -> None:
    for name in ("Marcus Webb", "Rental fleet"):
        sent = world.say(world.chat(name)["id"], "hello").json()
        world.act("/world", {"advance_s": 60})
        assert world.get(f"/v3/messages/{sent['message']['id']}")["delivery_status"] == "sent"


def test_the_same_key_is_the_same_message_and_nothing_is_resent(world: Outsider) -> None:
    chat = world.chat("Ana Ruiz")
    ids = {world.say(chat["id"], "once", "key-1").json()["message"]["id"] for _ in range(3)}
    world.act("/world", {"advance_s": 5})
    ledger = world.control.get("/ledger").json()
    assert len(ids) == 1
    assert [entry["idempotency_key"] for entry in ledger] == ["key-1"]


def test_every_answer_carries_a_trace_and_errors_their_envelope(world: Outsider) -> None:
    replies = [
        (world.api.get("/v3/chats/none"), 404, 2001),
        (world.api.get("/v3/messages/none"), 404, 2002),
        (world.api.get("/v3/chats", params={"limit": 101}), 400, 1005),
        (world.api.get("/v3/chats", params={"cursor": "x"}), 400, 1005),
        (world.api.get("/v3/chats", headers={"Authorization": "Bearer other"}), 401, 2004),
        (world.say(world.chat("Jerome Dupree")["id"], "hi"), 403, 2024),
        (world.say(world.chat("Ana Ruiz")["id"], "x" * 10_001), 400, 1004),
        (world.api.get("/v3/nothing"), 404, 2001),
    ]
    for reply, status, code in replies:
        body = reply.json()
        assert (reply.status_code, body["error"]["code"], body["success"]) == (status, code, False)
        assert re.fullmatch("[0-9a-f]{32}", reply.headers["X-Trace-ID"])


@pytest.mark.parametrize(
    "message",
    [
        None,
        {},
        {"parts": []},
        {"parts": [{"type": "text", "value": ""}]},
        {"parts": [{"type": "hologram"}]},
        {"parts": [{"type": "text", "value": "a"}, {"type": "text", "value": "b"}]},
        {"parts": [{"type": "link", "value": "https://x.test"}, {"type": "text", "value": "b"}]},
        {"parts": [{"type": "link", "value": "no scheme"}]},
        {"parts": [{"type": "text", "value": "a", "text_decorations": [{"range": [0, 9], "style": "bold"}]}]},
        {"parts": [{"type": "text", "value": "abc", "text_decorations": [{"range": [0, 1]}]}]},
        {
            "parts": [
                {
                    "type": "text",
                    "value": "abc",
                    "text_decorations": [
                        {"range": [0, 2], "animation": "shake"},
                        {"range": [1, 3], "style": "bold"},
                    ],
                }
            ]
        },
        {"parts": [{"type": "text", "value": "a"}], "effect": {"type": "screen", "name": "slam"}},
        {"parts": [{"type": "text", "value": "a"}], "preferred_service": "fax"},
        {"parts": [{"type": "text", "value": "a"}], "idempotency_key": "k" * 256},
        {"parts": [{"type": "text", "value": "a"}], "reply_to": {"part_index": 0}},
    ],
)
def test_what_the_documents_refuse_is_refused(world: Outsider, message: Any) -> None:
    chat = world.chat("Ana Ruiz")
    reply = world.api.post(f"/v3/chats/{chat['id']}/messages", json={"message": message})
    assert reply.status_code == 400
    assert reply.json()["error"]["code"] in {1001, 1003, 1004, 1005}


def test_customers_write_react_and_edit_at_the_outsides_word(world: Outsider) -> None:
    line = world.get("/v3/phone_numbers")["phone_numbers"][0]["phone_number"]
    parts = [{"type": "text", "value": "new here"}]
    written = world.act("/inbound", {"from": "+14155550199", "to": line, "parts": parts})
    again = world.act("/inbound", {"from": "+14155550199", "to": line, "parts": parts})
    assert written["chat_id"] == again["chat_id"]
    world.act("/inbound", {"reaction": {"message_id": written["id"], "part_index": 0, "type": "love"}})
    world.act("/inbound", {"edit": {"message_id": written["id"], "part_index": 0, "text": "changed"}})
    part = world.get(f"/v3/messages/{written['id']}")["parts"][0]
    assert (part["value"], [each["type"] for each in part["reactions"]]) == ("changed", ["love"])


def test_a_group_changes_at_the_outsides_word(world: Outsider) -> None:
    chat = world.chat("Saturday gravel ride")
    left = chat["handles"][1]["handle"]
    world.act("/participants", {"chat_id": chat["id"], "joined": ["+14155550198"], "left": [left]})
    handles = {each["handle"]: each["status"] for each in world.get(f"/v3/chats/{chat['id']}")["handles"]}
    assert (handles[left], handles["+14155550198"]) == ("left", "active")


def test_the_world_obeys_and_refuses_what_it_does_not_know(world: Outsider) -> None:
    chat = world.chat("Ana Ruiz")
    world.act("/world", {"health": {"chat_id": chat["id"], "status": "CRITICAL"}})
    assert world.chat("Ana Ruiz")["health_status"]["status"] == "CRITICAL"
    sent = world.say(chat["id"], "hello").json()["message"]["id"]
    world.act("/world", {"deliver": "failed", "message_id": sent})
    assert world.get(f"/v3/messages/{sent}")["delivery_status"] == "failed"
    world.act("/world", {"opt_out": chat["handles"][1]["handle"]})
    assert world.say(chat["id"], "again").status_code == 403
    assert world.control.post("/world", json={"nonsense": 1}).status_code == 400
    world.act("/world", {"revoke_token": True})
    assert world.api.get("/v3/chats").status_code == 401


def test_faults_meet_the_requests_that_they_name(world: Outsider) -> None:
    rule = {"match": {"method": "GET", "path": "/chats$", "every": 2}, "do": {"status": 503}}
    world.act("/faults", [rule])
    assert [world.api.get("/v3/chats").status_code for _ in range(4)] == [200, 503, 200, 503]
    assert world.api.get("/v3/phone_numbers").status_code == 200
    plans: list[Any] = [
        {},
        [{"do": {"explode": 1}}],
        [{"match": {"path": "("}, "do": {}}],
        [{"do": {"drop": "x"}}],
    ]
    for wrong in plans:
        assert world.control.post("/faults", json=wrong).status_code == 400
    world.act("/faults", [{"do": {"redirect": "https://evil.example"}}])
    assert world.api.get("/v3/chats").headers["Location"] == "https://evil.example"


def test_a_line_cut_after_the_work_leaves_the_work_done(world: Outsider) -> None:
    chat = world.chat("Ana Ruiz")
    world.act("/faults", [{"match": {"method": "POST", "nth": 1}, "do": {"drop": "after"}}])
    with pytest.raises(httpx.RemoteProtocolError):
        world.say(chat["id"], "did it arrive?", "k")
    world.act("/world", {"advance_s": 3})
    assert len(world.control.get("/ledger").json()) == 1


def test_a_slow_answer_is_whole_and_slow(world: Outsider) -> None:
    world.act("/faults", [{"do": {"slow_bytes_per_s": 2_000}}])
    began = time.monotonic()
    assert len(world.get("/v3/phone_numbers")["phone_numbers"]) == 3
    assert time.monotonic() - began > 0.2


def test_requests_are_noted_without_the_token(world: Outsider) -> None:
    world.get("/v3/chats", limit=7)
    world.api.get("/v3/chats", headers={"Authorization": ""})
    seen = world.control.get("/requests").json()[-2:]
    assert [(each["query"], each["status"], each["has_token"]) for each in seen] == [
        ("limit=7", 200, True),
        ("", 401, True),
    ]
    assert "sandbox-token" not in world.control.get("/requests").text


def test_the_second_origin_refuses_credentials(world: Outsider) -> None:
    assert world.cdn.get("/file", headers={"Authorization": "Bearer x"}).status_code == 400
    assert world.cdn.get("/file").status_code == 404


def test_the_same_seed_makes_the_same_world_of_any_size() -> None:
    def texts(seed: int) -> list[str]:
        for world in outsider(SandboxOptions(chats=5, messages=30, seed=seed)):
            chats = world.get("/v3/chats")["chats"]
            return [
                message["parts"][0]["value"]
                for chat in chats
                for message in world.get(f"/v3/chats/{chat['id']}/messages")["messages"]
            ]
        return []

    assert len(texts(1)) == 150
    assert texts(1) == texts(1)
    assert texts(1) != texts(2)


def test_an_unknown_story_or_variant_is_refused() -> None:
    for options in (SandboxOptions(story="none"), SandboxOptions(variants={"health": "green"})):
        with pytest.raises(ValueError, match=r"health|story"):
            SandboxServer(options).start()


def test_the_vendors_own_client_reads_it_strictly() -> None:
    with SandboxServer(SandboxOptions()) as address:
        client = LinqAPIV3(
            api_key=address.token,
            base_url=address.base_url,
            max_retries=0,
            _strict_response_validation=True,
        )
        assert len(client.phone_numbers.list().phone_numbers) == 3
        chats = list(client.chats.list_chats(limit=20))
        assert len(chats) == 48
        chat = client.chats.retrieve(chats[0].id)
        assert len(list(client.chats.messages.list(chat.id, limit=2))) >= 6
        sent = client.chats.messages.send(
            chat.id,
            message={"parts": [{"type": "text", "value": "hello"}], "idempotency_key": "sdk"},
        )
        assert sent.message.delivery_status == "pending"
        client.close()
