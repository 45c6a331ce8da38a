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


def test_all_that_a_message_can_say_arrives(sdk: Sdk, world: World, talk: Talk) -> None:
    first = sent(sdk, talk, said("Which colour?"))
    message: MessageContentParam = {
        "parts": [
            {
                "type": "text",
                "value": "\N{BICYCLE} red \N{DASH SYMBOL} now",
                "text_decorations": [
                    {"range": [3, 6], "style": "bold"},
                    {"range": [9, 12], "animation": "shake"},
                ],
            },
            {"type": "media", "url": "https://example.com/bike.jpg"},
        ],
        "effect": {"type": "screen", "name": "confetti"},
        "reply_to": {"message_id": first, "part_index": 0},
        "preferred_service": "iMessage",
        "idempotency_key": "all-of-it",
    }
    message_id = sent(sdk, talk, message)
    world.act(advance_s=60)
    got = sdk(lambda linq: linq.messages.retrieve(message_id))
    assert got.reply_to is not None
    assert got.reply_to.message_id == first
    assert got.effect is not None
    assert (got.effect.type, got.effect.name) == ("screen", "confetti")
    text, media = got.parts or []
    assert text.type == "text"
    assert [(mark.range, mark.style, mark.animation) for mark in text.text_decorations or []] == [
        ([3, 6], "bold", None),
        ([9, 12], None, "shake"),
    ]
    assert media.type == "media"
    assert media.filename == "bike.jpg"
    received = world.ledger()[-1]
    assert (received["idempotency_key"], received["effect"]) == ("all-of-it", message["effect"])


def test_a_link_is_a_message_of_its_own(sdk: Sdk, talk: Talk) -> None:
    message_id = sent(sdk, talk, {"parts": [{"type": "link", "value": "https://example.com/bikes"}]})
    (part,) = sdk(lambda linq: linq.messages.retrieve(message_id)).parts or []
    assert (part.type, part.to_dict()["value"]) == ("link", "https://example.com/bikes")


def test_the_same_key_is_answered_alike_and_nothing_is_resent(sdk: Sdk, world: World, talk: Talk) -> None:
    once: MessageContentParam = {**said("Only once"), "idempotency_key": "once"}
    assert len({sent(sdk, talk, once) for _ in range(3)}) == 1
    world.act(advance_s=60)
    assert [entry["idempotency_key"] for entry in world.ledger()] == ["once"]


def test_the_key_of_a_deleted_message_is_not_sent_again(sdk: Sdk, world: World, talk: Talk) -> None:
    message: MessageContentParam = {**said("Wrong chat"), "idempotency_key": "gone"}
    message_id = sent(sdk, talk, message)
    world.act(advance_s=60)
    sdk(lambda linq: linq.messages.delete(message_id))
    refused = sdk.refused(lambda linq: linq.chats.messages.send(talk.chat_id, message=message))
    assert refused.status_code == 404
    assert len(world.ledger()) == 1


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


@pytest.mark.parametrize("message", REFUSED.values(), ids=REFUSED.keys())
def test_content_that_the_documents_forbid_is_refused(
    sdk: Sdk, world: World, talk: Talk, message: MessageContentParam
) -> None:
    status, code = sdk.refusal(lambda linq: linq.chats.messages.send(talk.chat_id, message=message))
    assert status == 400
    assert code in {1001, 1004, 1005}
    world.act(advance_s=60)
    assert world.ledger() == []


def test_a_message_goes_into_a_chat_that_is_there(sdk: Sdk) -> None:
    assert sdk.refusal(lambda linq: linq.chats.messages.send(NOWHERE, message=said("Hello"))) == (404, 2001)


def test_a_reply_goes_to_a_message_that_is_there(sdk: Sdk, talk: Talk) -> None:
    message: MessageContentParam = {**said("Yes"), "reply_to": {"message_id": NOWHERE}}
    assert sdk.refusal(lambda linq: linq.chats.messages.send(talk.chat_id, message=message)) == (404, 2002)


def test_who_opted_out_is_written_to_at_ones_own_risk_only(sdk: Sdk, world: World, talk: Talk) -> None:
    world.act(opt_out=talk.customer)
    send = said("Goodbye")
    assert sdk.refusal(lambda linq: linq.chats.messages.send(talk.chat_id, message=send)) == (403, 2024)
    sdk(lambda linq: linq.chats.messages.send(talk.chat_id, message=send, override_optout=True))
    assert sdk.status == 202


def test_thirty_messages_in_a_minute_are_enough(sdk: Sdk, world: World, talk: Talk) -> None:
    for _ in range(30):
        sent(sdk, talk, said("Again"))
    refused = sdk.refused(lambda linq: linq.chats.messages.send(talk.chat_id, message=said("And again")))
    assert (refused.status_code, refused.code) == (429, 1007)
    assert refused.retry_after == int(refused.response.headers["Retry-After"])
    assert 0 < refused.retry_after <= 60
    world.act(advance_s=60)
    sent(sdk, talk, said("And again"))


@pytest.mark.parametrize("variants", [{}, {"order": "oldest"}])
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


def test_an_edit_changes_the_text(sdk: Sdk, world: World, talk: Talk) -> None:
    message_id = sent(sdk, talk, said("See you at fife"))
    world.act(advance_s=10)
    answer = sdk(lambda linq: linq.messages.update(message_id, text="See you at five", part_index=0))
    assert sdk.status == 200
    assert answer.id == message_id
    world.act(advance_s=60)
    got = sdk(lambda linq: linq.messages.retrieve(message_id))
    assert texts([got]) == ["See you at five"]
    assert got.updated_at > got.created_at


def test_a_message_is_edited_five_times_at_most(sdk: Sdk, world: World, talk: Talk) -> None:
    message_id = sent(sdk, talk, said("v0"))
    world.act(advance_s=10)
    for number in range(5):
        edited(sdk, message_id, f"v{number + 1}")
    assert sdk.refusal(lambda linq: linq.messages.update(message_id, text="v6")) == (409, 2015)


def test_a_message_is_edited_within_fifteen_minutes(sdk: Sdk, world: World, talk: Talk) -> None:
    message_id = sent(sdk, talk, said("early"))
    world.act(advance_s=16 * 60)
    assert sdk.refusal(lambda linq: linq.messages.update(message_id, text="late")) == (409, 2015)


@pytest.mark.parametrize("text", ["", "a" * 10_001])
def test_an_edit_leaves_1_to_10_000_characters(sdk: Sdk, talk: Talk, text: str) -> None:
    message_id = sent(sdk, talk, said("Hello"))
    status, _ = sdk.refusal(lambda linq: linq.messages.update(message_id, text=text))
    assert status == 400


def test_a_message_that_is_none_is_not_edited(sdk: Sdk) -> None:
    assert sdk.refusal(lambda linq: linq.messages.update(NOWHERE, text="Hello")) == (404, 2002)


def test_a_deleted_message_is_gone_from_linq_and_stays_with_the_customer(
    sdk: Sdk, world: World, talk: Talk
) -> None:
    message_id = sent(sdk, talk, said("Oops"))
    world.act(advance_s=60)
    sdk(lambda linq: linq.messages.delete(message_id))
    assert sdk.status == 204
    assert sdk.refusal(lambda linq: linq.messages.retrieve(message_id)) == (404, 2002)
    assert message_id not in [
        each.id for each in sdk.every(lambda linq: linq.chats.messages.list(talk.chat_id))
    ]
    assert [entry["id"] for entry in world.ledger()] == [message_id]


def test_a_message_that_is_none_is_not_deleted(sdk: Sdk) -> None:
    assert sdk.refusal(lambda linq: linq.messages.delete(NOWHERE)) == (404, 2002)
