"""Groups: rename, icon, add and remove people, leave. Changes are accepted first and appear later."""

import pytest
from linq.types import Chat

from tests.contract.sdk import Sdk, said
from tests.contract.world import NOWHERE, Account, World

SETTLED_S = 60


@pytest.fixture
def people(world: World) -> list[str]:
    return [world.customer() for _ in range(4)]


@pytest.fixture
def group_id(sdk: Sdk, account: Account, people: list[str]) -> str:
    """An iMessage group of our line and four customers."""
    made = sdk(lambda linq: linq.chats.create(from_=account.line, to=people, message=said("Hello all")))
    return made.chat.id


def settled(sdk: Sdk, world: World, chat_id: str) -> Chat:
    """Return the chat once nothing of it is pending any more."""
    world.act(advance_s=SETTLED_S)
    return sdk(lambda linq: linq.chats.retrieve(chat_id))


def active(chat: Chat) -> set[str]:
    return {each.handle for each in chat.handles if each.status == "active" and not each.is_me}


def test_nobody_joins_or_leaves_a_chat_that_is_none(sdk: Sdk, world: World) -> None:
    late = world.customer()
    assert sdk.refusal(lambda linq: linq.chats.participants.add(NOWHERE, handle=late)) == (404, 2001)
    assert sdk.refusal(lambda linq: linq.chats.participants.remove(NOWHERE, handle=late)) == (404, 2001)
