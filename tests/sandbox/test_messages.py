from typing import Any

import pytest
from linq import ConflictError, NotFoundError

from tests.sandbox.conftest import Outsider
from tests.sandbox.vendor import vendors_client

TEXT = {"type": "text", "value": "hello"}


def send(world: Outsider, name: str, message: dict[str, Any]) -> Any:
    return world.api.post(f"/v3/chats/{world.chat(name)['id']}/messages", json={"message": message})


def sent_id(world: Outsider, name: str, **message: Any) -> str:
    reply = send(world, name, {"parts": [TEXT], **message})
    assert reply.status_code == 202, reply.text
    return str(reply.json()["message"]["id"])


def refusal(reply: Any) -> tuple[int, int]:
    return reply.status_code, reply.json()["error"]["code"]


def edit(world: Outsider, message_id: str, **body: Any) -> Any:
    return world.api.patch(f"/v3/messages/{message_id}", json={"text": "changed", **body})


def test_a_message_can_be_edited_five_times(world: Outsider) -> None:
    message_id = sent_id(world, "Ana Ruiz")
    for number in range(5):
        edited = edit(world, message_id, text=f"take {number}")
        assert edited.json()["parts"][0]["value"] == f"take {number}"
    assert refusal(edit(world, message_id)) == (409, 2015)


def test_a_message_can_be_edited_for_a_quarter_of_an_hour(world: Outsider) -> None:
    message_id = sent_id(world, "Ana Ruiz")
    before = world.get(f"/v3/messages/{message_id}")["updated_at"]
    world.act("/world", {"advance_s": 14 * 60})
    assert edit(world, message_id).json()["updated_at"] > before
    world.act("/world", {"advance_s": 90})
    assert refusal(edit(world, message_id)) == (409, 2015)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"text": None}, (400, 1001)),
        ({"text": ""}, (400, 1004)),
        ({"text": "x" * 10_001}, (400, 1004)),
        ({"part_index": 1}, (400, 1005)),
        ({"part_index": True}, (400, 1005)),
    ],
)
def test_an_edit_says_what_and_where(world: Outsider, body: dict[str, Any], expected: Any) -> None:
    assert refusal(edit(world, sent_id(world, "Ana Ruiz"), **body)) == expected


def test_only_text_of_ours_on_imessage_can_be_edited(world: Outsider) -> None:
    chat = world.chat("Ana Ruiz")
    theirs = world.get(f"/v3/chats/{chat['id']}/messages", limit=1)["messages"][0]["id"]
    link = sent_id(world, "Ana Ruiz", parts=[{"type": "link", "value": "https://fernhill.example/e"}])
    failed = sent_id(world, "Ana Ruiz")
    world.act("/world", {"deliver": "failed", "message_id": failed})
    for message_id in (theirs, link, failed, sent_id(world, "Marcus Webb")):
        assert refusal(edit(world, message_id)) == (409, 2015)


def test_a_deleted_message_is_gone_at_linq_and_kept_by_the_customer(world: Outsider) -> None:
    message_id = sent_id(world, "Ana Ruiz", idempotency_key="k")
    world.act("/world", {"advance_s": 2})
    assert world.api.delete(f"/v3/messages/{message_id}").status_code == 204
    for again in (
        world.api.get(f"/v3/messages/{message_id}"),
        world.api.delete(f"/v3/messages/{message_id}"),
        edit(world, message_id),
        send(world, "Ana Ruiz", {"parts": [TEXT], "idempotency_key": "k"}),
    ):
        assert refusal(again) == (404, 2002)
    assert [entry["id"] for entry in world.control.get("/ledger").json()] == [message_id]


def test_a_key_leads_to_the_same_message_from_whichever_chat(world: Outsider) -> None:
    first = send(world, "Ana Ruiz", {"parts": [TEXT], "idempotency_key": "k"}).json()
    again = send(world, "Priya Nair", {"parts": [TEXT], "idempotency_key": "k"}).json()
    assert (again["chat_id"], again["message"]["id"]) == (first["chat_id"], first["message"]["id"])


def test_a_reply_needs_a_message_and_a_part_of_its_chat(world: Outsider) -> None:
    target = sent_id(world, "Ana Ruiz")
    for message_id, part_index, expected in (
        ("none", 0, (404, 2002)),
        (sent_id(world, "Priya Nair"), 0, (404, 2002)),
        (target, 1, (400, 1005)),
    ):
        reply_to = {"message_id": message_id, "part_index": part_index}
        assert refusal(send(world, "Ana Ruiz", {"parts": [TEXT], "reply_to": reply_to})) == expected
    answer = sent_id(world, "Ana Ruiz", reply_to={"message_id": target})
    assert world.get(f"/v3/messages/{answer}")["reply_to"] == {"message_id": target, "part_index": 0}


def test_a_thread_is_the_whole_chain_from_wherever_it_is_asked(world: Outsider) -> None:
    root = sent_id(world, "Ana Ruiz")
    first = sent_id(world, "Ana Ruiz", reply_to={"message_id": root})
    second = sent_id(world, "Ana Ruiz", reply_to={"message_id": first})
    beside = sent_id(world, "Ana Ruiz", reply_to={"message_id": root})
    alone = sent_id(world, "Ana Ruiz")
    with vendors_client(world) as linq:
        for start in (root, first, second, beside):
            chain = [each.id for each in linq.messages.list_messages_thread(start, limit=1)]
            assert chain == [root, first, second, beside]
        newest_first = linq.messages.list_messages_thread(root, order="desc")
        assert [each.id for each in newest_first] == [beside, second, first, root]
        assert [each.id for each in linq.messages.list_messages_thread(alone)] == [alone]
        with pytest.raises(NotFoundError):
            linq.messages.list_messages_thread("none")
    assert refusal(world.api.get(f"/v3/messages/{root}/thread", params={"order": "up"})) == (400, 1005)


def test_a_thread_whose_root_was_deleted_begins_where_it_breaks(world: Outsider) -> None:
    root = sent_id(world, "Ana Ruiz")
    answer = sent_id(world, "Ana Ruiz", reply_to={"message_id": root})
    world.api.delete(f"/v3/messages/{root}")
    chain = world.get(f"/v3/messages/{answer}/thread")["messages"]
    assert [each["id"] for each in chain] == [answer]


@pytest.mark.parametrize(
    ("name", "wish", "service", "end"),
    [
        ("Ana Ruiz", None, "iMessage", "read"),
        ("Ana Ruiz", "RCS", "RCS", "read"),
        ("Ana Ruiz", "SMS", "RCS", "read"),
        ("Marcus Webb", None, "SMS", "sent"),
        ("Marcus Webb", "RCS", "SMS", "sent"),
        ("Marcus Webb", "iMessage", "iMessage", "failed"),
        ("Priya Nair", "SMS", "RCS", "read"),
    ],
)
def test_a_preferred_service_decides_how_a_message_travels(
    world: Outsider, name: str, wish: str | None, service: str, end: str
) -> None:
    message_id = sent_id(world, name, **({} if wish is None else {"preferred_service": wish}))
    world.act("/world", {"advance_s": 30})
    message = world.get(f"/v3/messages/{message_id}")
    seen = (message["preferred_service"], message["service"], message["delivery_status"])
    assert seen == (wish, service, end)
    assert len(world.control.get("/ledger").json()) == (end != "failed")


def test_effects_and_decorations_reach_only_imessage(world: Outsider) -> None:
    bold = {**TEXT, "text_decorations": [{"range": [0, 2], "style": "bold"}]}
    effect = {"type": "screen", "name": "confetti"}
    for name in ("Ana Ruiz", "Priya Nair"):
        sent_id(world, name, parts=[bold], effect=effect)
    world.act("/world", {"advance_s": 2})
    on_imessage, on_rcs = world.control.get("/ledger").json()
    assert (on_imessage["effect"], on_imessage["parts"][0]["text_decorations"]) == (
        effect,
        bold["text_decorations"],
    )
    assert (on_rcs["effect"], on_rcs["parts"][0]["text_decorations"]) == (None, [])


@pytest.mark.parametrize(
    "parts",
    [
        [{"type": "media"}],
        [{"type": "media", "attachment_id": "a", "url": "https://x.example/a.png"}],
        [{"type": "media", "url": "http://x.example/a.png"}],
        [{"type": "media", "url": "https://"}],
        [{"type": "media", "url": "https://[x/a.png"}],
        [{"type": "media", "url": "https://x.example/a.png"}] * 41,
        [{"type": "media", "attachment_id": "a"}] * 101,
        [{"type": "link", "value": "mailto:ana@x.example"}],
        [{"type": "link", "value": "https://x.example/" + "a" * 2_048}],
        [{**TEXT, "text_decorations": [{"range": [0, 1], "style": "bold"}] * 101}],
        [{"type": "text", "value": "🎉", "text_decorations": [{"range": [0, 3], "style": "bold"}]}],
    ],
)
def test_parts_beyond_the_rules_are_refused(world: Outsider, parts: list[Any]) -> None:
    assert refusal(send(world, "Ana Ruiz", {"parts": parts})) == (400, 1004)


def test_parts_at_the_limit_are_taken(world: Outsider) -> None:
    for parts in (
        [{"type": "media", "url": "https://x.example/a.png"}] * 40,
        [{"type": "text", "value": "🎉", "text_decorations": [{"range": [0, 2], "style": "bold"}]}],
        [{"type": "link", "value": "ftp://x.example/a"}],
        [{"type": "text", "value": "x" * 10_000}],
    ):
        assert send(world, "Ana Ruiz", {"parts": parts}).status_code == 202


def test_the_vendors_client_edits_and_deletes(world: Outsider) -> None:
    chat_id = world.chat("Ana Ruiz")["id"]
    with vendors_client(world) as linq:
        sent = linq.chats.messages.send(chat_id, message={"parts": [{"type": "text", "value": "a"}]})
        edited = linq.messages.update(sent.message.id, text="b", part_index=0)
        assert edited.parts is not None
        assert getattr(edited.parts[0], "value", None) == "b"
        linq.messages.delete(sent.message.id)
        with pytest.raises(NotFoundError):
            linq.messages.retrieve(sent.message.id)
        theirs = next(each for each in linq.chats.messages.list(chat_id) if not each.is_from_me)
        with pytest.raises(ConflictError):
            linq.messages.update(theirs.id, text="b")


def test_what_failed_may_yet_be_delivered(world: Outsider) -> None:
    message_id = sent_id(world, "Ana Ruiz")
    for status in ("failed", "delivered"):
        world.act("/world", {"deliver": status, "message_id": message_id})
        assert world.get(f"/v3/messages/{message_id}")["delivery_status"] == status
