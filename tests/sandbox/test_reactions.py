from datetime import UTC, datetime
from typing import Any

import pytest
from linq import NotFoundError

from linqdesk.sandbox.model import Member, Reaction
from linqdesk.sandbox.reactions import KEPT_REACTIONS, settle
from tests.sandbox.conftest import Outsider
from tests.sandbox.vendor import vendors_client


def newest(world: Outsider, name: str) -> str:
    chat = world.chat(name)
    return str(world.get(f"/v3/chats/{chat['id']}/messages", limit=1)["messages"][0]["id"])


def react(world: Outsider, message_id: str, **body: Any) -> Any:
    return world.api.post(f"/v3/messages/{message_id}/reactions", json={"operation": "add", **body})


def ours(world: Outsider, message_id: str) -> list[tuple[str, str | None]]:
    world.act("/world", {"advance_s": 1})
    part = world.get(f"/v3/messages/{message_id}")["parts"][0]
    reactions = part["reactions"] or []
    return [(each["type"], each["custom_emoji"]) for each in reactions if each["is_me"]]


def test_a_reaction_is_accepted_first_and_seen_later(world: Outsider) -> None:
    message_id = newest(world, "Ana Ruiz")
    accepted = react(world, message_id, type="love")
    assert (accepted.status_code, accepted.json()["status"]) == (202, "accepted")
    assert accepted.json()["trace_id"] == accepted.headers["X-Trace-ID"]
    assert world.get(f"/v3/messages/{message_id}")["parts"][0]["reactions"] is None
    assert ours(world, message_id) == [("love", None)]
    entry = world.control.get("/ledger").json()[-1]
    assert (entry["kind"], entry["parts"][0]["message_id"]) == ("reaction", message_id)


def test_a_new_tapback_takes_the_place_of_the_old_one(world: Outsider) -> None:
    message_id = newest(world, "Ana Ruiz")
    world.act("/inbound", {"reaction": {"message_id": message_id, "type": "like"}})
    for kind in ("love", "like", "dislike", "laugh", "emphasize", "question"):
        react(world, message_id, type=kind)
        assert ours(world, message_id) == [(kind, None)]
    react(world, message_id, type="custom", custom_emoji="🚲")
    assert ours(world, message_id) == [("custom", "🚲")]
    react(world, message_id, operation="remove", type="love")
    assert ours(world, message_id) == [("custom", "🚲")]
    react(world, message_id, operation="remove", type="custom", custom_emoji="🚲")
    assert ours(world, message_id) == []
    left = world.get(f"/v3/messages/{message_id}")["parts"][0]["reactions"]
    assert [each["type"] for each in left] == ["like"]


def test_a_sticker_stays_beside_the_tapbacks(world: Outsider) -> None:
    message_id = newest(world, "Ana Ruiz")
    react(world, message_id, type="sticker", emoji="🚲", placement={"x": 0.5})
    react(world, message_id, type="love")
    assert ours(world, message_id) == [("sticker", "🚲"), ("love", None)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, (400, 1001)),
        ({"operation": None, "type": "love"}, (400, 1001)),
        ({"operation": "toggle", "type": "love"}, (400, 1005)),
        ({"type": "hug"}, (400, 1005)),
        ({"type": "custom"}, (400, 1001)),
        ({"type": "sticker"}, (400, 1005)),
        ({"type": "sticker", "emoji": "🚲", "url": "https://x.example/s.png"}, (400, 1005)),
        ({"type": "sticker", "attachment_id": "none"}, (404, 2003)),
        ({"type": "sticker", "emoji": "🚲", "operation": "remove"}, (400, 1005)),
        ({"type": "love", "part_index": 1}, (400, 1005)),
        ({"type": "love", "part_index": -1}, (400, 1005)),
    ],
)
def test_what_is_no_reaction_is_refused(world: Outsider, body: dict[str, Any], expected: Any) -> None:
    reply = react(world, newest(world, "Ana Ruiz"), **body)
    assert (reply.status_code, reply.json()["error"]["code"]) == expected


def test_sms_carries_no_reactions(world: Outsider) -> None:
    reply = react(world, newest(world, "Marcus Webb"), type="love")
    assert (reply.status_code, reply.json()["error"]["code"]) == (409, 2017)


def test_the_vendors_client_reacts(world: Outsider) -> None:
    message_id = newest(world, "Ana Ruiz")
    with vendors_client(world) as linq:
        accepted = linq.messages.add_reaction(message_id, operation="add", type="custom", custom_emoji="🚲")
        assert accepted.status == "accepted"
        world.act("/world", {"advance_s": 1})
        part = (linq.messages.retrieve(message_id).parts or [])[0]
        assert [each.custom_emoji for each in part.reactions or []] == ["🚲"]
        with pytest.raises(NotFoundError):
            linq.messages.add_reaction("none", operation="add", type="love")


def test_customers_change_their_minds_and_peel_stickers(world: Outsider) -> None:
    message_id = newest(world, "Ana Ruiz")

    def signs(**reaction: Any) -> list[str]:
        told = world.act("/inbound", {"reaction": {"message_id": message_id, **reaction}})
        return [each["type"] for each in told["parts"][0]["reactions"] or []]

    assert signs(type="like") == ["like"]
    assert signs(type="sticker", sample="star.png") == ["like", "sticker"]
    assert signs(type="love") == ["sticker", "love"]
    assert signs(type="like", operation="remove") == ["sticker", "love"]
    assert signs(type="love", operation="remove") == ["sticker"]


def test_stickers_do_not_pile_up_without_end() -> None:
    now = datetime(2026, 11, 21, tzinfo=UTC)
    member = Member("m", "+14155550134", "iMessage", is_me=False, joined_at=now)
    reactions: list[Reaction] = []
    for number in range(KEPT_REACTIONS + 5):
        settle(reactions, Reaction(str(number), member, "sticker"), is_added=True)
    assert [each.id for each in reactions] == [str(number) for number in range(5, KEPT_REACTIONS + 5)]
