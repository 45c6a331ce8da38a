from collections.abc import Iterator
from typing import Any

import pytest

from linqdesk.sandbox.health import AT_RISK_AFTER, CRITICAL_AFTER
from linqdesk.sandbox.options import SandboxOptions
from tests.sandbox.conftest import Outsider, error_of
from tests.sandbox.inside import inside


@pytest.fixture
def world() -> Iterator[Outsider]:
    with inside(SandboxOptions(chats=6, messages=3)) as outsider:
        yield outsider


def direct_chat(world: Outsider) -> Any:
    return next(chat for chat in world.get("/v3/chats")["chats"] if not chat["is_group"])


def health(world: Outsider, chat: Any) -> str:
    return str(world.get(f"/v3/chats/{chat['id']}")["health_status"]["status"])


def write(world: Outsider, chat: Any, text: str) -> None:
    sender = next(handle["handle"] for handle in chat["handles"] if not handle["is_me"])
    parts = [{"type": "text", "value": text}]
    world.act("/inbound", {"from": sender, "chat_id": chat["id"], "parts": parts})


def test_silence_wears_health_down_and_replies_mend_it(world: Outsider) -> None:
    chat = direct_chat(world)
    seen = []
    for count in range(1, CRITICAL_AFTER + 1):
        world.say(chat["id"], "anybody there?")
        if count in {AT_RISK_AFTER - 1, AT_RISK_AFTER, CRITICAL_AFTER}:
            seen.append(health(world, chat))
    for _ in range(2):
        write(world, chat, "sorry, I was away")
        seen.append(health(world, chat))
    assert seen == ["HEALTHY", "AT_RISK", "CRITICAL", "AT_RISK", "HEALTHY"]


@pytest.mark.parametrize("word", ["STOP", " QUIT ", "opt out", "Opt-Out", "optout", "OPTOUT"])
def test_a_stop_word_ends_it_until_an_ordinary_reply(world: Outsider, word: str) -> None:
    chat = direct_chat(world)
    write(world, chat, word)
    assert health(world, chat) == "OPTED_OUT"
    assert error_of(world.say(chat["id"], "but")) == (403, 2024)
    write(world, chat, "UNSUBSCRIBE")
    assert error_of(world.say(chat["id"], "but")) == (403, 2024)
    write(world, chat, "ok, where were we?")
    assert health(world, chat) == "HEALTHY"
    assert world.say(chat["id"], "good").status_code == 202


@pytest.mark.parametrize("words", ["please stop", "stop", "STOP it", "End", "opt  out"])
def test_other_words_are_no_stop_words(world: Outsider, words: str) -> None:
    chat = direct_chat(world)
    write(world, chat, words)
    assert health(world, chat) == "HEALTHY"


def test_one_send_can_override_an_opt_out(world: Outsider) -> None:
    chat = direct_chat(world)
    write(world, chat, "STOP")
    message = {"parts": [{"type": "text", "value": "one last thing"}]}
    path = f"/v3/chats/{chat['id']}/messages"
    assert world.api.post(path, json={"message": message, "override_optout": True}).status_code == 202
    assert error_of(world.api.post(path, json={"message": message})) == (403, 2024)
    assert health(world, chat) == "OPTED_OUT"


def test_a_stop_word_in_a_group_marks_and_blocks_nothing(world: Outsider) -> None:
    lines = world.get("/v3/phone_numbers")["phone_numbers"]
    made = world.api.post(
        "/v3/chats",
        json={
            "from": lines[0]["phone_number"],
            "to": ["+14155550100", "+14155550102"],
            "message": {"parts": [{"type": "text", "value": "hi"}]},
        },
    ).json()["chat"]
    write(world, made, "STOP")
    assert health(world, made) == "HEALTHY"
    assert world.say(made["id"], "hello").status_code == 202


def test_an_opt_out_on_one_line_blocks_every_line_but_marks_one_chat(world: Outsider) -> None:
    lines = [line["phone_number"] for line in world.get("/v3/phone_numbers")["phone_numbers"]]
    parts = [{"type": "text", "value": "hi"}]
    written = [world.act("/inbound", {"from": "+14155550100", "to": line, "parts": parts}) for line in lines]
    first, second = (world.get(f"/v3/chats/{message['chat_id']}") for message in written[:2])
    write(world, first, "STOP")
    assert (health(world, first), health(world, second)) == ("OPTED_OUT", "HEALTHY")
    assert error_of(world.say(second["id"], "hello")) == (403, 2024)
    write(world, second, "hello again")
    assert health(world, first) == "HEALTHY"


def test_a_score_takes_the_place_of_the_status_where_that_reading_is_chosen() -> None:
    with inside(SandboxOptions(chats=2, variants={"health": "score"})) as world:
        chat = world.get("/v3/chats")["chats"][0]
        assert "health_status" not in chat
        assert 0 <= chat["health_score"]["score"] <= 100
