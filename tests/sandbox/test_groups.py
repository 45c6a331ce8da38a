from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from linq import ConflictError

from linqdesk.sandbox.options import SandboxOptions
from tests.sandbox.conftest import Outsider, error_of, text_message
from tests.sandbox.inside import inside, vendor

LINE = "+14155550110"
PEOPLE = ["+14155550100", "+14155550102", "+14155550104"]
OTHER = "+14155550106"


@pytest.fixture
def world() -> Iterator[Outsider]:
    with inside(SandboxOptions(story="empty")) as outsider:
        yield outsider


def start(world: Outsider, to: list[str]) -> str:
    body = {"from": LINE, "to": to, "message": text_message()}
    return str(world.api.post("/v3/chats", json=body).json()["chat"]["id"])


@pytest.fixture
def group(world: Outsider) -> str:
    return start(world, PEOPLE)


def statuses(world: Outsider, chat_id: str) -> dict[str, str]:
    return {each["handle"]: each["status"] for each in world.get(f"/v3/chats/{chat_id}")["handles"]}


def participants(world: Outsider, method: str, chat_id: str, handle: Any) -> httpx.Response:
    return world.api.request(method, f"/v3/chats/{chat_id}/participants", json={"handle": handle})


def pass_time(world: Outsider, seconds: float = 3) -> None:
    world.act("/world", {"advance_s": seconds})


def test_a_new_name_and_icon_are_pending_first_and_seen_later(world: Outsider, group: str) -> None:
    path, icon = f"/v3/chats/{group}", "https://shop.test/icon.png"
    before = world.get(path)
    reply = world.api.put(path, json={"display_name": "Tour", "group_chat_icon": icon})
    assert (reply.status_code, reply.json()) == (202, {"chat_id": group, "status": "pending"})
    assert world.get(path)["display_name"] == before["display_name"] == ", ".join(PEOPLE)
    pass_time(world)
    after = world.get(path)
    assert (after["display_name"], after["group_chat_icon"]) == ("Tour", icon)
    assert after["updated_at"] > before["updated_at"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, (400, 1001)),
        ({"display_name": " "}, (400, 1005)),
        ({"display_name": 5}, (400, 1005)),
        ({"group_chat_icon": 5}, (400, 1003)),
        ({"group_chat_icon": "http://shop.test/icon.png"}, (400, 5007)),
        ({"group_chat_icon": "https://nowhere.invalid/icon.png"}, (400, 5007)),
        ({"group_chat_icon": "https://[broken/icon.png"}, (400, 5007)),
        ({"group_chat_icon": "https://shop.test/manual.pdf"}, (400, 5006)),
    ],
)
def test_a_name_or_icon_that_is_none_is_refused(
    world: Outsider, group: str, body: Any, expected: tuple[int, int]
) -> None:
    assert error_of(world.api.put(f"/v3/chats/{group}", json=body)) == expected


def test_a_direct_chat_has_no_name_nobody_to_add_and_no_way_out(world: Outsider) -> None:
    direct = start(world, PEOPLE[:1])
    assert error_of(world.api.put(f"/v3/chats/{direct}", json={"display_name": "A"})) == (409, 1006)
    assert error_of(participants(world, "POST", direct, OTHER)) == (400, 1005)
    assert error_of(participants(world, "DELETE", direct, PEOPLE[0])) == (409, 2015)
    assert error_of(world.api.post(f"/v3/chats/{direct}/leave")) == (409, 2013)


def test_a_participant_comes_and_goes_a_moment_after_acceptance(world: Outsider, group: str) -> None:
    added = participants(world, "POST", group, OTHER)
    assert (added.status_code, added.json()["status"]) == (202, "accepted")
    assert added.json()["trace_id"] == added.headers["X-Trace-ID"]
    assert OTHER not in statuses(world, group)
    pass_time(world)
    assert statuses(world, group)[OTHER] == "active"
    assert participants(world, "DELETE", group, OTHER).status_code == 202
    pass_time(world)
    assert statuses(world, group)[OTHER] == "removed"
    gone = next(each for each in world.get(f"/v3/chats/{group}")["handles"] if each["handle"] == OTHER)
    assert gone["left_at"] >= gone["joined_at"]
    participants(world, "POST", group, OTHER)
    pass_time(world)
    assert [each["status"] for each in world.get(f"/v3/chats/{group}")["handles"]] == ["active"] * 5


def test_what_the_rules_of_groups_forbid_is_refused(world: Outsider, group: str) -> None:
    assert error_of(participants(world, "POST", group, None)) == (400, 1001)
    assert error_of(participants(world, "POST", group, "ana")) == (400, 1002)
    assert error_of(participants(world, "POST", group, PEOPLE[0])) == (409, 2015)
    assert error_of(participants(world, "POST", group, "+14155550107")) == (400, 1005)
    assert error_of(participants(world, "DELETE", group, OTHER)) == (409, 2015)
    assert error_of(participants(world, "DELETE", group, LINE)) == (409, 2015)
    rcs = start(world, ["+14155550107", "+14155550117"])
    assert error_of(participants(world, "POST", rcs, OTHER)) == (409, 2017)
    assert error_of(world.api.post("/v3/chats/none/leave")) == (404, 2001)


def test_three_must_stay_and_four_are_needed_to_leave(world: Outsider, group: str) -> None:
    assert participants(world, "DELETE", group, PEOPLE[0]).status_code == 202
    pass_time(world)
    assert error_of(participants(world, "DELETE", group, PEOPLE[1])) == (409, 2015)
    assert error_of(world.api.post(f"/v3/chats/{group}/leave")) == (409, 2013)


def test_after_leaving_everything_is_refused_and_nothing_is_heard(world: Outsider, group: str) -> None:
    message = world.say(group, "bye").json()["message"]["id"]
    left = world.api.post(f"/v3/chats/{group}/leave")
    assert (left.status_code, left.json()["message"]) == (202, "Leave group chat queued")
    replies = [
        world.say(group, "one more thing"),
        world.api.put(f"/v3/chats/{group}", json={"display_name": "A"}),
        participants(world, "POST", group, OTHER),
        participants(world, "DELETE", group, PEOPLE[0]),
        *(world.api.post(f"/v3/chats/{group}/{what}") for what in ("read", "leave", "typing")),
        world.api.delete(f"/v3/chats/{group}/typing"),
        world.api.post(f"/v3/chats/{group}/share_contact_card"),
        world.api.post(f"/v3/chats/{group}/voicememo", json={"voice_memo_url": "https://shop.test/memo.m4a"}),
        world.api.post(f"/v3/messages/{message}/reactions", json={"operation": "add", "type": "love"}),
    ]
    assert [error_of(reply) for reply in replies] == [(409, 2013)] * len(replies)
    pass_time(world, 60)
    assert statuses(world, group)[LINE] == "left"
    assert world.api.get(f"/v3/chats/{group}/messages").status_code == 200
    inbound = {"from": PEOPLE[0], "chat_id": group, "parts": [{"type": "text", "value": "hi"}]}
    assert world.control.post("/inbound", json=inbound).status_code == 400


@pytest.mark.parametrize("how", ["variant", "control"])
def test_changes_can_be_accepted_and_never_come_about(how: str) -> None:
    variants = {"group_changes": "fail"} if how == "variant" else {}
    with inside(SandboxOptions(story="empty", variants=variants)) as world:
        group = start(world, PEOPLE)
        if how == "control":
            world.act("/world", {"group_changes": "fail"})
        before = world.get(f"/v3/chats/{group}")
        for reply in (
            world.api.put(f"/v3/chats/{group}", json={"display_name": "A"}),
            participants(world, "POST", group, OTHER),
            participants(world, "DELETE", group, PEOPLE[0]),
            world.api.post(f"/v3/chats/{group}/leave"),
        ):
            assert reply.status_code == 202
        pass_time(world)
        after = world.get(f"/v3/chats/{group}")
        assert (after["handles"], after["display_name"]) == (before["handles"], before["display_name"])
        assert world.say(group, "still here").status_code == 202


def test_a_group_changes_on_the_customers_side_too(world: Outsider, group: str) -> None:
    world.act("/participants", {"chat_id": group, "joined": [OTHER, OTHER], "left": [PEOPLE[0], LINE]})
    assert statuses(world, group) == {
        LINE: "left",
        PEOPLE[0]: "left",
        PEOPLE[1]: "active",
        PEOPLE[2]: "active",
        OTHER: "active",
    }
    assert error_of(world.say(group, "hello?")) == (409, 2013)
    world.act("/participants", {"chat_id": group, "joined": [LINE]})
    assert world.say(group, "I am back").status_code == 202
    direct = start(world, PEOPLE[:1])
    assert world.control.post("/participants", json={"chat_id": direct, "joined": [OTHER]}).status_code == 400


def test_the_vendors_client_reads_the_answers(world: Outsider, group: str) -> None:
    client = vendor(world)
    assert client.chats.update(group, display_name="Tour").status == "pending"
    assert client.chats.participants.add(group, handle=OTHER).status == "accepted"
    assert client.chats.participants.remove(group, handle=PEOPLE[0]).trace_id is not None
    pass_time(world)
    assert client.chats.retrieve(group).display_name == "Tour"
    assert client.chats.leave_chat(group).status == "accepted"
    with pytest.raises(ConflictError) as refused:
        client.chats.leave_chat(group)
    assert refused.value.code == 2013
