"""Groups: rename, icon, add and remove people, leave. Changes are accepted first and appear later."""

import pytest
from linq.types import Chat

from tests.contract.sdk import Sdk, said
from tests.contract.world import NOWHERE, Account, Talk, World

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


def test_a_new_name_is_pending_and_appears_later(sdk: Sdk, world: World, group_id: str) -> None:
    answer = sdk(lambda linq: linq.chats.update(group_id, display_name="Saturday ride"))
    assert (sdk.status, answer.status) == (202, "pending")
    assert sdk(lambda linq: linq.chats.retrieve(group_id)).display_name != "Saturday ride"
    assert settled(sdk, world, group_id).display_name == "Saturday ride"


def test_a_new_icon_is_pending_and_appears_later(sdk: Sdk, world: World, group_id: str) -> None:
    icon = "https://example.com/bike.png"
    sdk(lambda linq: linq.chats.update(group_id, group_chat_icon=icon))
    assert sdk.status == 202
    assert settled(sdk, world, group_id).group_chat_icon


@pytest.mark.parametrize("icon", ["http://example.com/bike.png", "bike.png", "https://example.com/bike.pdf"])
def test_an_icon_is_an_image_at_an_https_address(sdk: Sdk, group_id: str, icon: str) -> None:
    status, code = sdk.refusal(lambda linq: linq.chats.update(group_id, group_chat_icon=icon))
    assert status == 400
    assert code in {5006, 5007}


def test_a_chat_of_two_has_no_name_to_change(sdk: Sdk, talk: Talk) -> None:
    assert sdk.refusal(lambda linq: linq.chats.update(talk.chat_id, display_name="Ana")) == (409, 1006)


def test_somebody_is_added(sdk: Sdk, world: World, group_id: str, people: list[str]) -> None:
    late = world.customer()
    answer = sdk(lambda linq: linq.chats.participants.add(group_id, handle=late))
    assert (sdk.status, answer.status) == (202, "accepted")
    assert answer.trace_id
    assert active(sdk(lambda linq: linq.chats.retrieve(group_id))) == set(people)
    assert active(settled(sdk, world, group_id)) == {*people, late}


def test_somebody_is_removed_and_stays_known(
    sdk: Sdk, world: World, group_id: str, people: list[str]
) -> None:
    gone = people[0]
    answer = sdk(lambda linq: linq.chats.participants.remove(group_id, handle=gone))
    assert (sdk.status, answer.status) == (202, "accepted")
    chat = settled(sdk, world, group_id)
    assert active(chat) == set(people[1:])
    kept = next(each for each in chat.handles if each.handle == gone)
    assert kept.status == "removed"
    assert kept.left_at is not None


@pytest.mark.parametrize("variants", [{"group_changes": "fail"}])
def test_a_change_that_fails_was_accepted_all_the_same(
    sdk: Sdk, world: World, group_id: str, people: list[str]
) -> None:
    late = world.customer()
    sdk(lambda linq: linq.chats.update(group_id, display_name="Saturday ride"))
    sdk(lambda linq: linq.chats.participants.add(group_id, handle=late))
    sdk(lambda linq: linq.chats.participants.remove(group_id, handle=people[0]))
    assert [reply.status_code for reply in sdk.replies[-3:]] == [202, 202, 202]
    chat = settled(sdk, world, group_id)
    assert chat.display_name != "Saturday ride"
    assert active(chat) == set(people)


def test_who_is_added_has_a_valid_handle(sdk: Sdk, group_id: str) -> None:
    assert sdk.refusal(lambda linq: linq.chats.participants.add(group_id, handle="Ana")) == (400, 1002)


def test_a_chat_of_two_takes_nobody_in(sdk: Sdk, world: World, talk: Talk) -> None:
    late = world.customer()
    refused = sdk.refused(lambda linq: linq.chats.participants.add(talk.chat_id, handle=late))
    assert refused.status_code == 400


def test_three_must_stay(sdk: Sdk, account: Account, world: World) -> None:
    two = [world.customer(), world.customer()]
    made = sdk(lambda linq: linq.chats.create(from_=account.line, to=two, message=said("Hello")))
    refused = sdk.refused(lambda linq: linq.chats.participants.remove(made.chat.id, handle=two[0]))
    assert refused.status_code == 409
    assert refused.code in {2013, 2015}


def test_nobody_joins_or_leaves_a_chat_that_is_none(sdk: Sdk, world: World) -> None:
    late = world.customer()
    assert sdk.refusal(lambda linq: linq.chats.participants.add(NOWHERE, handle=late)) == (404, 2001)
    assert sdk.refusal(lambda linq: linq.chats.participants.remove(NOWHERE, handle=late)) == (404, 2001)


def test_after_leaving_every_act_is_refused(sdk: Sdk, world: World, group_id: str) -> None:
    answer = sdk(lambda linq: linq.chats.leave_chat(group_id))
    assert (sdk.status, answer.status) == (202, "accepted")
    world.act(advance_s=SETTLED_S)
    refusals = [
        sdk.refusal(lambda linq: linq.chats.messages.send(group_id, message=said("One more"))),
        sdk.refusal(lambda linq: linq.chats.typing.start(group_id)),
        sdk.refusal(lambda linq: linq.chats.mark_as_read(group_id)),
        sdk.refusal(lambda linq: linq.chats.update(group_id, display_name="Ours")),
        sdk.refusal(lambda linq: linq.chats.participants.add(group_id, handle="+12025550000")),
        sdk.refusal(lambda linq: linq.chats.leave_chat(group_id)),
    ]
    assert refusals == [(409, 2013)] * len(refusals)


def test_only_an_imessage_group_of_four_can_be_left(
    sdk: Sdk, account: Account, world: World, talk: Talk
) -> None:
    two = [world.customer(), world.customer()]
    made = sdk(lambda linq: linq.chats.create(from_=account.line, to=two, message=said("Hello")))
    left_two = sdk.refused(lambda linq: linq.chats.leave_chat(talk.chat_id))
    left_three = sdk.refused(lambda linq: linq.chats.leave_chat(made.chat.id))
    assert (left_two.status_code, left_three.status_code) == (409, 409)
    assert sdk.refusal(lambda linq: linq.chats.leave_chat(NOWHERE)) == (404, 2001)
