"""Reactions on a part, and the thread of replies around a message."""

from typing import TYPE_CHECKING

import pytest
from linq.types.shared import Reaction, ReactionType

from tests.contract.sdk import Sdk, said
from tests.contract.world import NOWHERE, Talk, World

if TYPE_CHECKING:
    from linq.types import MessageContentParam

SETTLED_S = 60
TAPBACKS: tuple[ReactionType, ...] = ("love", "like", "dislike", "laugh", "emphasize", "question")


@pytest.fixture
def message_id(world: World, talk: Talk) -> str:
    """A message of the customer's."""
    written: str = world.write(talk.customer, "Is it ready?")["id"]
    return written


def reactions(sdk: Sdk, message_id: str) -> list[Reaction]:
    message = sdk(lambda linq: linq.messages.retrieve(message_id))
    return [each for part in message.parts or [] for each in part.reactions or []]


@pytest.mark.parametrize("kind_of", TAPBACKS)
def test_a_tapback_is_accepted_and_appears(
    sdk: Sdk, world: World, message_id: str, kind_of: ReactionType
) -> None:
    answer = sdk(lambda linq: linq.messages.add_reaction(message_id, operation="add", type=kind_of))
    assert (sdk.status, answer.status) == (202, "accepted")
    world.act(advance_s=SETTLED_S)
    assert [(each.type, each.is_me) for each in reactions(sdk, message_id)] == [(kind_of, True)]
    assert len(world.ledger("reaction")) == 1


def test_any_emoji_is_a_reaction(sdk: Sdk, world: World, message_id: str) -> None:
    family = "\N{MAN}\N{ZERO WIDTH JOINER}\N{GIRL}"
    sdk(
        lambda linq: linq.messages.add_reaction(
            message_id, operation="add", type="custom", custom_emoji=family, part_index=0
        )
    )
    world.act(advance_s=SETTLED_S)
    assert [(each.type, each.custom_emoji) for each in reactions(sdk, message_id)] == [("custom", family)]


def test_a_reaction_is_taken_back(sdk: Sdk, world: World, message_id: str) -> None:
    sdk(lambda linq: linq.messages.add_reaction(message_id, operation="add", type="love"))
    world.act(advance_s=SETTLED_S)
    sdk(lambda linq: linq.messages.add_reaction(message_id, operation="remove", type="love"))
    assert sdk.status == 202
    world.act(advance_s=SETTLED_S)
    assert reactions(sdk, message_id) == []


def test_the_customers_reaction_is_not_ours(sdk: Sdk, world: World, message_id: str) -> None:
    world.inbound(reaction={"message_id": message_id, "part_index": 0, "type": "laugh"})
    assert [(each.type, each.is_me) for each in reactions(sdk, message_id)] == [("laugh", False)]


def test_a_custom_reaction_needs_its_emoji(sdk: Sdk, message_id: str) -> None:
    refused = sdk.refused(lambda linq: linq.messages.add_reaction(message_id, operation="add", type="custom"))
    assert refused.status_code == 400


def test_a_sticker_stays(sdk: Sdk, message_id: str) -> None:
    refused = sdk.refused(
        lambda linq: linq.messages.add_reaction(message_id, operation="remove", type="sticker", emoji="x")
    )
    assert refused.status_code == 400


def test_a_reaction_is_on_a_part_that_is_there(sdk: Sdk, message_id: str) -> None:
    refused = sdk.refused(
        lambda linq: linq.messages.add_reaction(message_id, operation="add", type="love", part_index=7)
    )
    assert refused.status_code == 400


def test_no_message_no_reaction(sdk: Sdk) -> None:
    put = sdk.refusal(lambda linq: linq.messages.add_reaction(NOWHERE, operation="add", type="love"))
    taken = sdk.refusal(lambda linq: linq.messages.add_reaction(NOWHERE, operation="remove", type="love"))
    assert [put, taken] == [(404, 2002)] * 2


def replied(sdk: Sdk, talk: Talk, message_id: str, text: str) -> str:
    reply: MessageContentParam = {**said(text), "reply_to": {"message_id": message_id}}
    return sdk(lambda linq: linq.chats.messages.send(talk.chat_id, message=reply)).message.id


def test_a_thread_is_listed_to_the_end_in_either_order(
    sdk: Sdk, world: World, talk: Talk, message_id: str
) -> None:
    replies = [replied(sdk, talk, message_id, text) for text in ("Nearly", "One more hour", "Now")]
    world.act(advance_s=SETTLED_S)
    thread = [message_id, *replies]
    sdk.replies.clear()
    listed = sdk.every(lambda linq: linq.messages.list_messages_thread(message_id, limit=3))
    assert [each.id for each in listed] == thread
    assert [len(reply.json()["messages"]) for reply in sdk.replies] == [3, 1]
    turned = sdk.every(lambda linq: linq.messages.list_messages_thread(replies[1], limit=3, order="desc"))
    assert [each.id for each in turned] == thread[::-1]


def test_a_lone_message_is_its_own_thread(sdk: Sdk, message_id: str) -> None:
    listed = sdk.every(lambda linq: linq.messages.list_messages_thread(message_id))
    assert [each.id for each in listed] == [message_id]


def test_no_message_no_thread(sdk: Sdk) -> None:
    assert sdk.refusal(lambda linq: linq.messages.list_messages_thread(NOWHERE)) == (404, 2002)


@pytest.mark.parametrize("limit", [0, 101])
def test_a_page_of_a_thread_has_1_to_100_messages(sdk: Sdk, message_id: str, limit: int) -> None:
    assert sdk.refusal(lambda linq: linq.messages.list_messages_thread(message_id, limit=limit)) == (
        400,
        1005,
    )
