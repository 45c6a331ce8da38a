"""Reactions on a part, and the thread of replies around a message."""

from typing import TYPE_CHECKING

import pytest
from linq.types.shared import Reaction, ReactionType

from tests.contract.sdk import Sdk, said
from tests.contract.world import Talk, World

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


def test_the_customers_reaction_is_not_ours(sdk: Sdk, world: World, message_id: str) -> None:
    world.inbound(reaction={"message_id": message_id, "part_index": 0, "type": "laugh"})
    assert [(each.type, each.is_me) for each in reactions(sdk, message_id)] == [("laugh", False)]


def replied(sdk: Sdk, talk: Talk, message_id: str, text: str) -> str:
    reply: MessageContentParam = {**said(text), "reply_to": {"message_id": message_id}}
    return sdk(lambda linq: linq.chats.messages.send(talk.chat_id, message=reply)).message.id
