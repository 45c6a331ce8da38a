"""Messages: send, list, get, edit, delete."""

import pytest
from linq.types import Message, MessageContentParam, TextPartParam

from tests.contract.sdk import Sdk, opened, said
from tests.contract.world import NOWHERE, Account, Talk, World


def sent(sdk: Sdk, talk: Talk, message: MessageContentParam) -> str:
    """Send a message; returns its id."""
    return sdk(lambda linq: linq.chats.messages.send(talk.chat_id, message=message)).message.id


def texts(messages: list[Message]) -> list[str]:
    return [part.value for message in messages for part in message.parts or [] if part.type == "text"]


def test_a_message_is_accepted_and_comes_forward(sdk: Sdk, world: World, talk: Talk) -> None:
    answer = sdk(lambda linq: linq.chats.messages.send(talk.chat_id, message=said("On its way")))
    assert sdk.status == 202
    assert answer.chat_id == talk.chat_id
    assert (answer.message.delivery_status, answer.message.sent_at) == ("pending", None)
    world.act(advance_s=60)
    message = sdk(lambda linq: linq.messages.retrieve(answer.message.id))
    assert message.delivery_status in {"delivered", "read"}
    assert texts([message]) == ["On its way"]
    assert [entry["id"] for entry in world.ledger()] == [message.id]


def test_a_link_is_a_message_of_its_own(sdk: Sdk, talk: Talk) -> None:
    message_id = sent(sdk, talk, {"parts": [{"type": "link", "value": "https://example.com/bikes"}]})
    (part,) = sdk(lambda linq: linq.messages.retrieve(message_id)).parts or []
    assert (part.type, part.to_dict()["value"]) == ("link", "https://example.com/bikes")


def test_the_same_key_is_answered_alike_and_nothing_is_resent(sdk: Sdk, world: World, talk: Talk) -> None:
    once: MessageContentParam = {**said("Only once"), "idempotency_key": "once"}
    assert len({sent(sdk, talk, once) for _ in range(3)}) == 1
    world.act(advance_s=60)
    assert [entry["idempotency_key"] for entry in world.ledger()] == ["once"]


def test_the_sdks_own_retry_with_a_key_sends_once(
    account: Account, kind: str, world: World, talk: Talk
) -> None:
    lost = {"match": {"method": "POST", "path": "/messages$", "nth": 1}, "do": {"drop": "after"}}
    world.fault(lost)
    with opened(kind, account.base_url, account.token, max_retries=1) as patient:
        sent(patient, talk, {**said("Only once"), "idempotency_key": "lost answer"})
    world.act(advance_s=60)
    assert [entry["idempotency_key"] for entry in world.ledger()] == ["lost answer"]
    tries = [each for each in world.requests() if each["method"] == "POST"]
    assert len(tries) == 2


TEXT: TextPartParam = {"type": "text", "value": "a"}
REFUSED: dict[str, MessageContentParam] = {
    "no parts": {"parts": []},
    "an empty text": {"parts": [{"type": "text", "value": ""}]},
    "a text of 10,001": {"parts": [{"type": "text", "value": "a" * 10_001}]},
    "two texts side by side": {"parts": [TEXT, TEXT]},
    "a link with a text": {"parts": [{"type": "link", "value": "https://example.com"}, TEXT]},
    "a link without a scheme": {"parts": [{"type": "link", "value": "example.com"}]},
    "a link of 2,049": {"parts": [{"type": "link", "value": "https://example.com/".ljust(2_049, "a")}]},
    "media of nothing": {"parts": [{"type": "media"}]},
    "media of two sources": {
        "parts": [{"type": "media", "url": "https://example.com/a.jpg", "attachment_id": NOWHERE}]
    },
    "media over http": {"parts": [{"type": "media", "url": "http://example.com/a.jpg"}]},
    "101 parts": {"parts": [{"type": "media", "attachment_id": NOWHERE}] * 101},
    "41 media by address": {"parts": [{"type": "media", "url": "https://example.com/a.jpg"}] * 41},
    "a decoration past the end": {
        "parts": [{**TEXT, "text_decorations": [{"range": [0, 2], "style": "bold"}]}]
    },
    "half a surrogate pair": {
        "parts": [
            {
                "type": "text",
                "value": "\N{BICYCLE}",
                "text_decorations": [{"range": [0, 1], "style": "bold"}],
            }
        ]
    },
    "a decoration of nothing": {"parts": [{**TEXT, "text_decorations": [{"range": [0, 1]}]}]},
    "style and animation at once": {
        "parts": [{**TEXT, "text_decorations": [{"range": [0, 1], "style": "bold", "animation": "shake"}]}]
    },
    "an animation over a style": {
        "parts": [
            {
                "type": "text",
                "value": "shake it",
                "text_decorations": [
                    {"range": [0, 5], "animation": "shake"},
                    {"range": [3, 7], "style": "bold"},
                ],
            }
        ]
    },
    "101 decorations": {"parts": [{**TEXT, "text_decorations": [{"range": [0, 1], "style": "bold"}] * 101}]},
    "a screen effect on a bubble": {"parts": [TEXT], "effect": {"type": "bubble", "name": "confetti"}},
    "an effect nobody knows": {"parts": [TEXT], "effect": {"type": "screen", "name": "snow"}},
    "a key of 256": {"parts": [TEXT], "idempotency_key": "k" * 256},
}


def test_a_message_goes_into_a_chat_that_is_there(sdk: Sdk) -> None:
    assert sdk.refusal(lambda linq: linq.chats.messages.send(NOWHERE, message=said("Hello"))) == (404, 2001)


def test_messages_are_listed_to_the_end(sdk: Sdk, world: World, talk: Talk) -> None:
    for number in range(4):
        world.write(talk.customer, f"number {number}")
    listed = sdk.every(lambda linq: linq.chats.messages.list(talk.chat_id, limit=2))
    pages = [reply.json()["messages"] for reply in sdk.replies]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert len({message.id for message in listed}) == 5
    assert set(texts(listed)) == {"Is anybody there?", *(f"number {number}" for number in range(4))}


@pytest.mark.parametrize("limit", [0, 101])
def test_a_page_has_1_to_100_messages(sdk: Sdk, talk: Talk, limit: int) -> None:
    assert sdk.refusal(lambda linq: linq.chats.messages.list(talk.chat_id, limit=limit)) == (400, 1005)


def test_no_chat_no_messages(sdk: Sdk) -> None:
    assert sdk.refusal(lambda linq: linq.chats.messages.list(NOWHERE)) == (404, 2001)


def test_a_message_that_is_none_is_not_found(sdk: Sdk) -> None:
    assert sdk.refusal(lambda linq: linq.messages.retrieve(NOWHERE)) == (404, 2002)


def edited(sdk: Sdk, message_id: str, text: str) -> Message:
    return sdk(lambda linq: linq.messages.update(message_id, text=text))
