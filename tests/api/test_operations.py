import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from linqdesk.domain.attachment import Attachment
from linqdesk.domain.capability import Capability
from linqdesk.domain.chat import Chat, ChatHandle
from linqdesk.domain.contact_card import ContactCard
from linqdesk.domain.delivery import Delivery
from linqdesk.domain.errors import NotFoundError, RequestRejectedError, UnexpectedReplyError
from linqdesk.domain.ids import AttachmentId, ChatId, Handle, LocalId, MessageId
from linqdesk.domain.message import MediaPart, TextPart
from linqdesk.domain.outgoing import Content, OutgoingMedia, OutgoingText
from linqdesk.domain.service import Service
from tests.api.recorder import Act, Recorder

START = datetime(2026, 3, 1, tzinfo=UTC)

LINE, ANA, BEN, CLEO, DORA = map(
    Handle, ("+14155550110", "+14155550134", "+14155550135", "+14155550136", "dora@example.test")
)
HELLO = Content((OutgoingText("hello"),))
KEY = LocalId("key-1")


def _group(*others: Handle, service: Service = Service.IMESSAGE) -> Chat:
    handles = (
        ChatHandle("me", LINE, service, is_me=True),
        *(ChatHandle(each, each, service) for each in others),
    )
    return Chat(ChatId("c1"), START, START, None, handles, is_group=True, service=service)


GROUP = _group(ANA, BEN, CLEO)
DIRECT = Chat(ChatId("c2"), START, START, None, (ChatHandle("a", ANA, Service.IMESSAGE),), is_group=False)


def _message(**changes: Any) -> dict[str, Any]:
    tree = {"id": "m1", "chat_id": "c1", "created_at": "2026-03-01T12:00:00Z", "is_from_me": True}
    return tree | {"parts": [{"type": "text", "value": "hello"}], "delivery_status": "sent"} | changes


CREATED = {
    "chat": {
        "id": "c9",
        "display_name": None,
        "handles": [{"id": "h1", "handle": ANA, "service": "iMessage", "is_me": False, "line_type": "RCS"}],
        "health_status": {"status": "HEALTHY", "doc_url": "x", "updated_at": "2026-03-01T12:00:00Z"},
        "is_group": False,
        "service": "iMessage",
        "message": _message(id="m9", chat_id=None, sent_at=None, delivery_status="queued"),
    }
}
CARD = {"phone_number": LINE, "first_name": "Ada", "last_name": None, "is_active": True}
ACCEPTED = {"status": "accepted", "message": "queued", "trace_id": "t"}
SLOT = {
    "attachment_id": "a1",
    "upload_url": "https://up.example.test/x?sig=1",
    "download_url": "https://cdn.example.test/a1",
    "http_method": "PUT",
    "expires_at": "2026-03-01T12:15:00Z",
    "required_headers": {"Content-Type": "image/png", "Content-Length": "7"},
}
CHECKED = {"address": ANA, "available": False, "reason": "not_supported"}

REQUESTS: list[tuple[Act, int, Any, tuple[str, str, Any]]] = [
    (
        lambda it: it.create_chat(LINE, [ANA], HELLO, key=KEY),
        201,
        CREATED,
        (
            "POST",
            "chats",
            {
                "from": LINE,
                "to": [ANA],
                "message": {"parts": [{"type": "text", "value": "hello"}], "idempotency_key": KEY},
            },
        ),
    ),
    (
        lambda it: it.update_chat(GROUP, display_name="Tea"),
        202,
        {"chat_id": "c1", "status": "pending"},
        ("PUT", "chats/c1", {"display_name": "Tea"}),
    ),
    (
        lambda it: it.update_chat(GROUP, icon_url="https://x.test/i.png"),
        202,
        {},
        ("PUT", "chats/c1", {"group_chat_icon": "https://x.test/i.png"}),
    ),
    (lambda it: it.mark_read(ChatId("c1")), 204, None, ("POST", "chats/c1/read", None)),
    (lambda it: it.leave_chat(GROUP), 202, ACCEPTED, ("POST", "chats/c1/leave", None)),
    (
        lambda it: it.share_contact_card(ChatId("c1")),
        204,
        None,
        ("POST", "chats/c1/share_contact_card", None),
    ),
    (
        lambda it: it.send_voice_memo(ChatId("c1"), attachment_id=AttachmentId("a1")),
        202,
        {"voice_memo": {"id": "m1"}},
        ("POST", "chats/c1/voicememo", {"attachment_id": "a1"}),
    ),
    (
        lambda it: it.send_voice_memo(ChatId("c1"), url="https://x.test/v.mp3"),
        202,
        {"voice_memo": {"id": "m1"}},
        ("POST", "chats/c1/voicememo", {"voice_memo_url": "https://x.test/v.mp3"}),
    ),
    (
        lambda it: it.add_participant(GROUP, DORA),
        202,
        ACCEPTED,
        ("POST", "chats/c1/participants", {"handle": DORA}),
    ),
    (
        lambda it: it.remove_participant(GROUP, CLEO),
        202,
        ACCEPTED,
        ("DELETE", "chats/c1/participants", {"handle": CLEO}),
    ),
    (lambda it: it.start_typing(ChatId("c1")), 204, None, ("POST", "chats/c1/typing", None)),
    (lambda it: it.stop_typing(ChatId("c1")), 204, None, ("DELETE", "chats/c1/typing", None)),
    (
        lambda it: it.create_attachment("a.png", "image/png", 7),
        200,
        SLOT,
        ("POST", "attachments", {"filename": "a.png", "content_type": "image/png", "size_bytes": 7}),
    ),
    (
        lambda it: it.get_attachment(AttachmentId("a1")),
        200,
        {"id": "a1"},
        ("GET", "attachments/a1", None),
    ),
    (
        lambda it: it.delete_attachment(AttachmentId("a1")),
        204,
        None,
        ("DELETE", "attachments/a1", None),
    ),
    (lambda it: it.get_message(MessageId("m1")), 200, _message(), ("GET", "messages/m1", None)),
    (
        lambda it: it.edit_message(MessageId("m1"), "better", part_index=2),
        200,
        _message(),
        ("PATCH", "messages/m1", {"text": "better", "part_index": 2}),
    ),
    (lambda it: it.delete_message(MessageId("m1")), 204, None, ("DELETE", "messages/m1", None)),
    (
        lambda it: it.add_reaction(MessageId("m1"), "love"),
        202,
        ACCEPTED,
        ("POST", "messages/m1/reactions", {"operation": "add", "type": "love", "part_index": 0}),
    ),
    (
        lambda it: it.remove_reaction(MessageId("m1"), "custom", custom_emoji="🎉", part_index=1),
        202,
        ACCEPTED,
        (
            "POST",
            "messages/m1/reactions",
            {"operation": "remove", "type": "custom", "custom_emoji": "🎉", "part_index": 1},
        ),
    ),
    (
        lambda it: it.list_thread(MessageId("m1"), cursor="b2", limit=5, order="desc"),
        200,
        {"messages": []},
        ("GET", "messages/m1/thread?cursor=b2&limit=5&order=desc", None),
    ),
    (
        lambda it: it.check_imessage(ANA),
        200,
        CHECKED,
        ("POST", "capability/check_imessage", {"address": ANA}),
    ),
    (
        lambda it: it.check_rcs(ANA, line=LINE),
        200,
        CHECKED,
        ("POST", "capability/check_rcs", {"address": ANA, "from": LINE}),
    ),
    (
        lambda it: it.list_blocked_handles(),
        200,
        {"blocked_handles": [{"handle": ANA, "reason": None, "blocked_at": "2026-02-01T00:00:00Z"}]},
        ("GET", "blocked_handles", None),
    ),
    (
        lambda it: it.get_contact_card(LINE),
        200,
        {"contact_cards": [CARD]},
        ("GET", "contact_card?phone_number=%2B14155550110", None),
    ),
    (
        lambda it: it.create_contact_card(LINE, "Ada", image_url="https://x.test/i.png"),
        200,
        CARD,
        (
            "POST",
            "contact_card",
            {"phone_number": LINE, "first_name": "Ada", "image_url": "https://x.test/i.png"},
        ),
    ),
    (
        lambda it: it.update_contact_card(LINE, last_name="L."),
        200,
        CARD,
        ("PATCH", "contact_card?phone_number=%2B14155550110", {"last_name": "L."}),
    ),
]


@pytest.mark.parametrize(("act", "status", "reply", "request_"), REQUESTS)
async def test_each_operation_asks_as_documented(
    act: Act, status: int, reply: Any, request_: tuple[str, str, Any]
) -> None:
    recorder = Recorder(httpx.Response(status, content=b"" if reply is None else json.dumps(reply).encode()))
    await act(recorder.client())
    assert [recorder.said(each) for each in range(len(recorder.asked))] == [request_]


BROKEN_RULES: list[Act] = [
    lambda it: it.create_chat(LINE, [], HELLO, key=KEY),
    lambda it: it.create_chat(Handle("me"), [ANA], HELLO, key=KEY),
    lambda it: it.create_chat(LINE, [ANA], Content((OutgoingText("see linqapp.com"),)), key=KEY),
    lambda it: it.create_chat(LINE, [ANA], HELLO, key=LocalId("k" * 256)),
    lambda it: it.update_chat(DIRECT, display_name="Tea"),
    lambda it: it.update_chat(GROUP, icon_url="http://x.test/i.png"),
    lambda it: it.leave_chat(_group(ANA, BEN)),
    lambda it: it.add_participant(_group(ANA), DORA),
    lambda it: it.remove_participant(_group(ANA, BEN), BEN),
    lambda it: it.send_voice_memo(ChatId("c1")),
    lambda it: it.send_voice_memo(ChatId("c1"), attachment_id=AttachmentId("a"), url="https://x.test/v.mp3"),
    lambda it: it.send_message(ChatId("c1"), Content(()), key=KEY),
    lambda it: it.send_message(ChatId("c1"), Content((OutgoingMedia(),)), key=KEY),
    lambda it: it.send_message(ChatId("c1"), HELLO, key=LocalId("k" * 256)),
    lambda it: it.edit_message(MessageId("m1"), ""),
    lambda it: it.add_reaction(MessageId("m1"), "wave"),
    lambda it: it.remove_reaction(MessageId("m1"), "custom"),
    lambda it: it.create_attachment("a.png", "image/png", 0),
    lambda it: it.check_imessage(Handle("Ana")),
    lambda it: it.check_rcs(ANA, line=Handle("12")),
    lambda it: it.create_contact_card(LINE, ""),
    lambda it: it.update_contact_card(LINE, image_url="http://x.test/i.png"),
]


@pytest.mark.parametrize("act", BROKEN_RULES)
async def test_what_breaks_a_rule_never_leaves(act: Act) -> None:
    recorder = Recorder(httpx.Response(200, json={}))
    with pytest.raises(RequestRejectedError) as caught:
        await act(recorder.client())
    assert recorder.asked == []
    assert caught.value.message
    assert caught.value.details.status is None


@pytest.mark.parametrize("status", [200, 201])
async def test_a_new_chat_takes_its_times_from_its_first_message(status: int) -> None:
    recorder = Recorder(httpx.Response(status, json=CREATED))
    chat, message = await recorder.client().create_chat(LINE, [ANA], HELLO, key=KEY)
    assert (chat.id, chat.handles[0].line_type, chat.updated_at) == ("c9", Service.RCS, message.created_at)
    assert (message.id, message.chat_id, message.is_from_me) == ("m9", "c9", True)
    assert (message.delivery, message.parts) == (Delivery.QUEUED, (TextPart("hello"),))


async def test_a_chat_that_was_reused_keeps_the_times_that_it_is_told_with() -> None:
    reused = {"chat": CREATED["chat"] | {"created_at": "2025-01-01T00:00:00Z"}}
    chat, _ = (
        await Recorder(httpx.Response(200, json=reused)).client().create_chat(LINE, [ANA], HELLO, key=KEY)
    )
    assert chat.created_at.year == 2025


FILE = {
    "id": "a1",
    "filename": "v.m4a",
    "mime_type": "audio/x-m4a",
    "size_bytes": 9,
    "url": "https://x.test/v",
}


@pytest.mark.parametrize("where", [{"chat": {"id": "c1", "handles": []}}, {"chat_id": "c1"}, {}])
async def test_a_voice_memo_is_a_message_in_both_shapes(where: Any) -> None:
    memo = {"id": "m1", "created_at": "2026-03-01T12:00:00Z", "from": LINE, "to": [ANA], "status": "queued"}
    reply = {"voice_memo": memo | where | {"voice_memo": FILE, "service": "iMessage"}}
    client = Recorder(httpx.Response(202, json=reply)).client()
    message = await client.send_voice_memo(ChatId("c1"), attachment_id=AttachmentId("a1"))
    assert (message.id, message.chat_id, message.is_from_me, message.sender) == ("m1", "c1", True, LINE)
    assert (message.delivery, message.service) == (Delivery.QUEUED, Service.IMESSAGE)
    assert message.parts == (MediaPart(AttachmentId("a1"), "v.m4a", "audio/x-m4a", 9, "https://x.test/v"),)


async def test_a_voice_memo_without_its_file_is_still_told() -> None:
    client = Recorder(httpx.Response(202, json={"voice_memo": {"id": "m1", "voice_memo": None}})).client()
    message = await client.send_voice_memo(ChatId("c1"), url="https://x.test/v.mp3")
    assert (message.parts, message.sender, message.delivery) == ((), None, Delivery.UNKNOWN)


async def test_an_edit_of_a_deleted_message_says_so() -> None:
    edited = Recorder(httpx.Response(200, json=_message(parts=[{"type": "text", "value": "better"}])))
    message = await edited.client().edit_message(MessageId("m1"), "better")
    assert message is not None
    assert message.text == "better"
    assert await Recorder(httpx.Response(204)).client().edit_message(MessageId("m1"), "better") is None


async def test_a_message_that_names_no_chat_is_unexpected() -> None:
    with pytest.raises(UnexpectedReplyError):
        await Recorder(httpx.Response(200, json=_message(chat_id=None))).client().get_message(MessageId("m1"))


async def test_a_missing_body_is_unexpected_where_one_is_due() -> None:
    client = Recorder(httpx.Response(204)).client()
    for act in (
        client.send_message(ChatId("c1"), HELLO, key=KEY),
        client.create_chat(LINE, [ANA], HELLO, key=KEY),
        client.create_attachment("a.png", "image/png", 7),
        client.check_rcs(ANA),
    ):
        with pytest.raises(UnexpectedReplyError):
            await act


async def test_a_thread_keeps_its_good_messages() -> None:
    page = {"messages": [_message(), {"id": 3}, _message(id="m2", chat_id=None)], "next_cursor": "more"}
    told = await Recorder(httpx.Response(200, json=page)).client().list_thread(MessageId("m1"))
    assert ([each.id for each in told.messages], told.next_cursor, told.set_aside) == (["m1"], "more", 2)


async def test_an_upload_slot_is_read_with_all_its_headers() -> None:
    headers = {"Content-Type": "image/png", "Content-Length": 7}
    client = Recorder(httpx.Response(200, json=SLOT | {"required_headers": headers})).client()
    slot = await client.create_attachment("a.png", "image/png", 7)
    assert (slot.attachment_id, slot.upload_url, slot.size_bytes) == ("a1", SLOT["upload_url"], 7)
    assert slot.required_headers == (("Content-Type", "image/png"), ("Content-Length", "7"))
    assert slot.expires_at is not None
    assert "sig=1" not in repr(slot)


@pytest.mark.parametrize("change", [{"http_method": "POST"}, {"upload_url": None}, {"required_headers": [1]}])
async def test_a_slot_that_cannot_be_used_is_unexpected(change: Any) -> None:
    with pytest.raises(UnexpectedReplyError):
        await (
            Recorder(httpx.Response(200, json=SLOT | change)).client().create_attachment("a", "image/png", 7)
        )


async def test_a_file_is_told_with_its_fresh_address() -> None:
    told = {
        "id": "a1",
        "filename": "a.png",
        "content_type": "image/png",
        "size_bytes": 7,
        "download_url": "u",
    }
    told["created_at"] = "2026-03-01T12:00:00Z"
    attachment = await Recorder(httpx.Response(200, json=told)).client().get_attachment(AttachmentId("a1"))
    assert attachment == Attachment(AttachmentId("a1"), "a.png", "image/png", 7, attachment.created_at, "u")
    assert attachment.created_at is not None


async def test_a_capability_says_why_not() -> None:
    told = await Recorder(httpx.Response(200, json=CHECKED)).client().check_imessage(ANA)
    assert told == Capability(ANA, is_available=False, reason="not_supported")
    bare = await Recorder(httpx.Response(200, json={"available": True})).client().check_rcs(BEN)
    assert bare == Capability(BEN, is_available=True)


@pytest.mark.parametrize(
    "reply", [CARD, {"contact_cards": [{"bad": 1}, CARD | {"phone_number": "+1"}, CARD]}]
)
async def test_a_card_is_found_alone_or_in_a_list(reply: Any) -> None:
    card = await Recorder(httpx.Response(200, json=reply)).client().get_contact_card(LINE)
    assert card == ContactCard(LINE, "Ada", is_active=True)


async def test_a_line_without_a_card_has_none() -> None:
    with pytest.raises(NotFoundError):
        await Recorder(httpx.Response(200, json={"contact_cards": []})).client().get_contact_card(LINE)


async def test_a_reaction_keeps_its_id_and_a_line_its_type() -> None:
    part = {
        "type": "text",
        "value": "x",
        "reactions": [{"id": "r1", "type": "love", "handle": {"handle": ANA}}],
    }
    message = (
        await Recorder(httpx.Response(200, json=_message(parts=[part]))).client().get_message(MessageId("m"))
    )
    assert message.parts[0].reactions[0].id == "r1"
    lines = {"phone_numbers": [{"id": "1", "phone_number": LINE, "line_type": "RCS"}]}
    told = await Recorder(httpx.Response(200, json=lines)).client().list_phone_numbers()
    assert told[0].line_type is Service.RCS
