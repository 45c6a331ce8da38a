"""Chats: create, list, get, mark read, typing, share the contact card."""

import pytest
from linq import APIResponseValidationError

from tests.contract.sdk import Sdk, said
from tests.contract.world import NOWHERE, Account, Talk, World


def test_a_first_message_creates_a_chat(sdk: Sdk, account: Account, world: World) -> None:
    customer = world.customer()
    chat = sdk(
        lambda linq: linq.chats.create(from_=account.line, to=[customer], message=said("Good morning"))
    ).chat
    assert sdk.status == 201
    assert [handle.handle for handle in chat.handles if not handle.is_me] == [customer]
    assert chat.message.delivery_status == "pending"
    assert (chat.is_group, chat.service, chat.health_status.status) == (False, "iMessage", "HEALTHY")
    world.act(advance_s=5)
    assert [entry["to"] for entry in world.ledger()] == [[customer]]


@pytest.mark.parametrize("variants", [{"create_status": "200"}])
def test_a_chat_may_be_created_with_200(sdk: Sdk, account: Account, world: World) -> None:
    customer = world.customer()
    sdk(lambda linq: linq.chats.create(from_=account.line, to=[customer], message=said("Good morning")))
    assert sdk.status == 200


def test_the_same_people_share_one_chat(sdk: Sdk, account: Account, talk: Talk) -> None:
    chat = sdk(
        lambda linq: linq.chats.create(from_=account.line, to=[talk.customer], message=said("Once more"))
    ).chat
    assert chat.id == talk.chat_id


def test_several_people_make_a_group(sdk: Sdk, account: Account, world: World) -> None:
    people = [world.customer() for _ in range(3)]
    chat = sdk(lambda linq: linq.chats.create(from_=account.line, to=people, message=said("Hello"))).chat
    assert chat.is_group
    assert {handle.handle for handle in chat.handles} == {account.line, *people}


@pytest.mark.parametrize(
    "text", ["See https://example.com/offer", "See example.com", "Write to www.example.org/a?b=c now"]
)
def test_a_first_message_takes_no_address(sdk: Sdk, account: Account, world: World, text: str) -> None:
    customer = world.customer()
    assert sdk.refusal(
        lambda linq: linq.chats.create(from_=account.line, to=[customer], message=said(text))
    ) == (400, 1005)


def test_a_first_message_takes_no_link_part(sdk: Sdk, account: Account, world: World) -> None:
    customer = world.customer()
    assert sdk.refusal(
        lambda linq: linq.chats.create(
            from_=account.line,
            to=[customer],
            message={"parts": [{"type": "link", "value": "https://example.com"}]},
        )
    ) == (400, 1005)


def test_a_chat_begins_from_our_own_line_only(sdk: Sdk, talk: Talk) -> None:
    assert sdk.refusal(
        lambda linq: linq.chats.create(from_="+12025550000", to=[talk.customer], message=said("Hello"))
    ) == (403, 2006)


@pytest.mark.parametrize("handle", ["202-555-0100", "+1 202 555 0100", "+0123", "Ana"])
def test_a_recipient_is_an_e164_number_or_an_address(sdk: Sdk, account: Account, handle: str) -> None:
    assert sdk.refusal(
        lambda linq: linq.chats.create(from_=account.line, to=[handle], message=said("Hello"))
    ) == (400, 1002)


def test_a_chat_has_31_recipients_at_most(sdk: Sdk, account: Account, world: World) -> None:
    people = [world.customer() for _ in range(32)]
    assert sdk.refusal(
        lambda linq: linq.chats.create(from_=account.line, to=people, message=said("Hello"))
    ) == (400, 1005)


def test_a_chat_without_content_is_refused(sdk: Sdk, account: Account, talk: Talk) -> None:
    status, code = sdk.refusal(
        lambda linq: linq.chats.create(from_=account.line, to=[talk.customer], message={"parts": []})
    )
    assert status == 400
    assert code in {1001, 1004}


def refused_from(line: str, sdk: Sdk, customer: str) -> tuple[int, int | None]:
    return sdk.refusal(
        lambda linq: linq.chats.create(from_=line, to=[customer], message=said("Our apologies"))
    )


def test_who_opted_out_is_not_written_to_on_any_line(
    sdk: Sdk, account: Account, world: World, talk: Talk
) -> None:
    world.write(talk.customer, "STOP")
    for line in (account.line, "+14155550110"):
        assert refused_from(line, sdk, talk.customer) == (403, 2024)
    assert sdk(lambda linq: linq.chats.retrieve(talk.chat_id)).health_status.status == "OPTED_OUT"
    world.write(talk.customer, "I changed my mind")
    sdk(lambda linq: linq.chats.create(from_=account.line, to=[talk.customer], message=said("Hi")))
    assert sdk(lambda linq: linq.chats.retrieve(talk.chat_id)).health_status.status == "HEALTHY"


def test_who_is_blocked_is_not_written_to(sdk: Sdk, account: Account, world: World, talk: Talk) -> None:
    world.act(block=talk.customer)
    assert refused_from(account.line, sdk, talk.customer) == (403, 2026)


def test_a_line_that_may_not_send_reads_on(sdk: Sdk, account: Account, world: World, talk: Talk) -> None:
    world.act(line={"phone_number": account.line, "is_eligible": False})
    assert refused_from(account.line, sdk, world.customer()) == (403, 2027)
    assert sdk.refusal(lambda linq: linq.chats.messages.send(talk.chat_id, message=said("Hi"))) == (403, 2027)
    assert sdk(lambda linq: linq.chats.retrieve(talk.chat_id)).id == talk.chat_id


def test_a_chat_may_take_its_time_to_be_there(sdk: Sdk, account: Account, world: World) -> None:
    world.act(creation_s=30)
    customer = world.customer()
    chat = sdk(
        lambda linq: linq.chats.create(from_=account.line, to=[customer], message=said("Good morning"))
    ).chat
    assert sdk.refusal(lambda linq: linq.chats.messages.send(chat.id, message=said("Also"))) == (409, 2009)
    world.act(advance_s=31)
    sdk(lambda linq: linq.chats.messages.send(chat.id, message=said("Also")))


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


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("variants", [{"health": "score"}])
def test_an_answer_in_another_shape_does_not_pass(sdk: Sdk, talk: Talk) -> None:
    """Validation is strict: the older shape lacks what the newest SDK requires."""
    with pytest.raises(APIResponseValidationError):
        sdk(lambda linq: linq.chats.retrieve(talk.chat_id))


def test_a_chat_that_is_none_is_not_found(sdk: Sdk) -> None:
    refused = sdk.refused(lambda linq: linq.chats.retrieve(NOWHERE))
    assert (refused.status_code, refused.code) == (404, 2001)
    assert refused.response.headers["X-Trace-ID"]
    assert refused.doc_url


def test_what_came_in_is_marked_read(sdk: Sdk, world: World, talk: Talk) -> None:
    sdk(lambda linq: linq.chats.mark_as_read(talk.chat_id))
    assert sdk.status == 204
    inbound = sdk.every(lambda linq: linq.chats.messages.list(talk.chat_id))
    assert [message.is_read for message in inbound] == [True]
    assert [entry["chat_id"] for entry in world.ledger("read")] == [talk.chat_id]


def test_what_came_into_a_group_has_no_receipt(sdk: Sdk, account: Account, world: World) -> None:
    people = [world.customer() for _ in range(3)]
    chat = sdk(lambda linq: linq.chats.create(from_=account.line, to=people, message=said("Hello"))).chat
    sdk(lambda linq: linq.chats.mark_as_read(chat.id))
    assert sdk.status == 204
    assert world.ledger("read") == []


def test_no_chat_no_receipt(sdk: Sdk) -> None:
    assert sdk.refusal(lambda linq: linq.chats.mark_as_read(NOWHERE)) == (404, 2001)


def test_typing_is_shown_until_it_is_stopped(sdk: Sdk, world: World, talk: Talk) -> None:
    sdk(lambda linq: linq.chats.messages.send(talk.chat_id, message=said("Let me look")))
    sdk(lambda linq: linq.chats.typing.start(talk.chat_id))
    assert sdk.status == 204
    assert [entry["chat_id"] for entry in world.ledger("typing")] == [talk.chat_id]
    sdk(lambda linq: linq.chats.typing.stop(talk.chat_id))
    assert sdk.status == 204


def test_typing_over_sms_is_accepted_and_reaches_nobody(sdk: Sdk, world: World) -> None:
    chat_id = world.talk(last_digit=9).chat_id
    sdk(lambda linq: linq.chats.typing.start(chat_id))
    assert sdk.status == 204
    assert world.ledger("typing") == []


def test_nobody_types_in_a_chat_that_is_none(sdk: Sdk) -> None:
    assert sdk.refusal(lambda linq: linq.chats.typing.start(NOWHERE)) == (404, 2001)
    assert sdk.refusal(lambda linq: linq.chats.typing.stop(NOWHERE)) == (404, 2001)


@pytest.mark.parametrize(("variants", "answer"), [({}, 204), ({"typing_groups": "403"}, 403)])
def test_typing_in_a_group_is_answered_as_the_variant_says(
    sdk: Sdk, account: Account, world: World, answer: int
) -> None:
    people = [world.customer() for _ in range(3)]
    chat = sdk(lambda linq: linq.chats.create(from_=account.line, to=people, message=said("Hello"))).chat
    if answer == 403:
        assert sdk.refused(lambda linq: linq.chats.typing.start(chat.id)).status_code == 403
    else:
        sdk(lambda linq: linq.chats.typing.start(chat.id))
    assert sdk.status == answer


def test_the_contact_card_is_shared_once_in_five_minutes(
    sdk: Sdk, account: Account, world: World, talk: Talk
) -> None:
    sdk(lambda linq: linq.contact_card.create(phone_number=account.line, first_name="Bike Shop"))
    sdk(lambda linq: linq.chats.messages.send(talk.chat_id, message=said("Here is our card")))
    sdk(lambda linq: linq.chats.share_contact_card(talk.chat_id))
    assert sdk.status == 204
    assert [entry["chat_id"] for entry in world.ledger("contact_card")] == [talk.chat_id]
    refused = sdk.refused(lambda linq: linq.chats.share_contact_card(talk.chat_id))
    assert (refused.status_code, refused.code) == (429, 1007)
    assert refused.retry_after == int(refused.response.headers["Retry-After"])
    assert 0 < refused.retry_after <= 300
    world.act(advance_s=300)
    sdk(lambda linq: linq.chats.share_contact_card(talk.chat_id))


def test_without_a_contact_card_none_is_shared(sdk: Sdk, world: World, talk: Talk) -> None:
    sdk(lambda linq: linq.chats.messages.send(talk.chat_id, message=said("Here is our card")))
    assert sdk.refusal(lambda linq: linq.chats.share_contact_card(talk.chat_id)) == (404, 2012)
    assert world.ledger("contact_card") == []
