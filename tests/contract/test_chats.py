"""Chats: create, list, get, mark read, typing, share the contact card."""

import pytest

from tests.contract.sdk import Sdk, said
from tests.contract.world import NOWHERE, Account, Talk, World


def refused_from(line: str, sdk: Sdk, customer: str) -> tuple[int, int | None]:
    return sdk.refusal(
        lambda linq: linq.chats.create(from_=line, to=[customer], message=said("Our apologies"))
    )


def test_chats_are_listed_to_the_end(sdk: Sdk, account: Account, world: World) -> None:
    made = {world.talk().chat_id for _ in range(5)}
    listed = sdk.every(lambda linq: linq.chats.list_chats(from_=account.line, limit=2))
    pages = [reply.json()["chats"] for reply in sdk.replies]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert {chat.id for chat in listed} == made
    assert len(listed) == 5


def test_chats_are_chosen_by_line_and_by_participant(sdk: Sdk, account: Account, talk: Talk) -> None:
    chosen = sdk.every(lambda linq: linq.chats.list_chats(from_=account.line, to=talk.customer))
    assert talk.chat_id in [chat.id for chat in chosen]
    assert all(talk.customer in [each.handle for each in chat.handles] for chat in chosen)
    assert sdk.every(lambda linq: linq.chats.list_chats(from_=account.line, to="+12025550000")) == []


@pytest.mark.parametrize("limit", [0, 101])
def test_a_page_has_1_to_100_chats(sdk: Sdk, account: Account, limit: int) -> None:
    assert sdk.refusal(lambda linq: linq.chats.list_chats(from_=account.line, limit=limit)) == (400, 1005)


def test_a_chat_is_got_by_its_id(sdk: Sdk, account: Account, talk: Talk) -> None:
    chat = sdk(lambda linq: linq.chats.retrieve(talk.chat_id))
    assert sdk.status == 200
    assert chat.id == talk.chat_id
    assert {each.handle: bool(each.is_me) for each in chat.handles} == {
        account.line: True,
        talk.customer: False,
    }


def test_a_chat_that_is_none_is_not_found(sdk: Sdk) -> None:
    refused = sdk.refused(lambda linq: linq.chats.retrieve(NOWHERE))
    assert (refused.status_code, refused.code) == (404, 2001)
    assert refused.response.headers["X-Trace-ID"]
    assert refused.doc_url


def test_no_chat_no_receipt(sdk: Sdk) -> None:
    assert sdk.refusal(lambda linq: linq.chats.mark_as_read(NOWHERE)) == (404, 2001)


def test_nobody_types_in_a_chat_that_is_none(sdk: Sdk) -> None:
    assert sdk.refusal(lambda linq: linq.chats.typing.start(NOWHERE)) == (404, 2001)
    assert sdk.refusal(lambda linq: linq.chats.typing.stop(NOWHERE)) == (404, 2001)
