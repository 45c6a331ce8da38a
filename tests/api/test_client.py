import json
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linqdesk.api import translate, translate_messages
from linqdesk.api.client import LinqClient
from linqdesk.api.transport import Transport
from linqdesk.domain.chat import HealthStatus, MemberStatus, Reputation
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.delivery import Delivery
from linqdesk.domain.errors import UnexpectedReplyError
from linqdesk.domain.ids import AttachmentId, ChatId, Handle, LocalId, MessageId
from linqdesk.domain.message import Effect, LinkPart, MediaPart, ReplyTo, TextPart, UnknownPart
from linqdesk.domain.outgoing import Content, OutgoingLink, OutgoingMedia, OutgoingText
from linqdesk.domain.service import Service

CHAT = ChatId("c1")
HANDLE = {"id": "h", "handle": "+14155550134", "service": "iMessage", "is_me": False}


def _message(**changes: Any) -> dict[str, Any]:
    tree = {
        "id": "m1",
        "chat_id": CHAT,
        "created_at": "2026-03-01T12:00:00Z",
        "updated_at": "2026-03-01T12:00:01Z",
        "is_from_me": False,
        "is_delivered": True,
        "is_read": False,
        "from_handle": HANDLE,
        "parts": [{"type": "text", "value": "hi", "reactions": None, "text_decorations": None}],
        "delivery_status": "received",
    }
    return tree | changes


def _read(**changes: Any) -> Any:
    return translate_messages.message(_message(**changes), CHAT)


def _client(answers: dict[str, Any], seen: list[httpx.Request] | None = None) -> LinqClient:
    def answer(request: httpx.Request) -> httpx.Response:
        if seen is not None:
            seen.append(request)
        path = request.url.path.removeprefix("/v3/")
        return httpx.Response(200, stream=httpx.ByteStream(json.dumps(answers[path]).encode()))

    transport = Transport("https://api.test", "t", http_transport=httpx.MockTransport(answer))
    return LinqClient(transport)


async def test_one_bad_item_hides_none_of_its_siblings() -> None:
    page = {"messages": [_message(), {"id": 7}, None, _message(id="m2")], "next_cursor": "older"}
    told = await _client({"chats/c1/messages": page}).list_messages(CHAT)
    assert [message.id for message in told.messages] == ["m1", "m2"]
    assert (told.set_aside, told.next_cursor) == (2, "older")


async def test_the_query_names_only_what_was_asked_for() -> None:
    seen: list[httpx.Request] = []
    client = _client({"chats": {"chats": []}}, seen)
    await client.list_chats(limit=5, line=Handle("+1415"))
    await client.list_chats(cursor="20", participant=Handle("a@b.test"))
    assert dict(seen[0].url.params) == {"limit": "5", "from": "+1415"}
    assert dict(seen[1].url.params) == {"cursor": "20", "limit": "20", "to": "a@b.test"}


async def test_a_single_resource_of_another_shape_is_said_to_be_unexpected() -> None:
    with pytest.raises(UnexpectedReplyError):
        await _client({"chats/c1": {"id": ""}}).get_chat(CHAT)


async def test_a_send_is_the_same_to_the_byte_on_each_attempt() -> None:
    seen: list[httpx.Request] = []
    sent = {"chat_id": CHAT, "message": {"id": "m9", "parts": None, "delivery_status": "pending"}}
    client = _client({"chats/c1/messages": sent}, seen)
    content = Content(
        (
            OutgoingText(
                "hi 👍 \ud800", (Decoration(0, 2, style="bold"), Decoration(3, 5, animation="shake"))
            ),
        ),
        effect=Effect("screen", "confetti"),
        reply_to=ReplyTo(MessageId("m1"), 2),
        preferred_service=Service.SMS,
    )
    for _ in range(2):
        message = await client.send_message(CHAT, content, key=LocalId("k1"))
        assert (message.id, message.is_from_me, message.chat_id) == ("m9", True, CHAT)
    assert seen[0].content == seen[1].content
    said = json.loads(seen[0].content)["message"]
    assert said["idempotency_key"] == "k1"
    assert said["parts"][0]["text_decorations"] == [
        {"range": [0, 2], "style": "bold"},
        {"range": [3, 5], "animation": "shake"},
    ]
    assert said["effect"] == {"type": "screen", "name": "confetti"}
    assert said["reply_to"] == {"message_id": "m1", "part_index": 2}
    assert said["preferred_service"] == "SMS"


def test_media_and_links_are_sent_as_documented() -> None:
    parts = (
        OutgoingMedia(attachment_id=AttachmentId("a1")),
        OutgoingMedia(url="https://x.test/a.png"),
        OutgoingLink("https://x.test"),
    )
    said = translate_messages.content_json(Content(parts), LocalId("k"))["message"]["parts"]
    assert said == [
        {"type": "media", "attachment_id": "a1"},
        {"type": "media", "url": "https://x.test/a.png"},
        {"type": "link", "value": "https://x.test"},
    ]


@pytest.mark.parametrize(
    ("changes", "delivery"),
    [
        ({"delivery_status": "DELIVERED"}, Delivery.DELIVERED),
        ({"delivery_status": "teleported"}, Delivery.RECEIVED),
        ({"delivery_status": None}, Delivery.RECEIVED),
        ({"delivery_status": None, "is_from_me": True, "read_at": "2026-03-01T12:00:00Z"}, Delivery.READ),
        ({"delivery_status": None, "is_from_me": True}, Delivery.DELIVERED),
        (
            {
                "delivery_status": None,
                "is_from_me": True,
                "is_delivered": False,
                "sent_at": "2026-03-01T12:00:00Z",
            },
            Delivery.SENT,
        ),
        ({"delivery_status": None, "is_from_me": True, "is_delivered": False}, Delivery.UNKNOWN),
    ],
)
def test_delivery_is_taken_from_whatever_a_revision_tells(changes: Any, delivery: Delivery) -> None:
    assert _read(**changes).delivery is delivery


def test_every_kind_of_part_is_read_and_an_unknown_one_is_kept() -> None:
    parts = [
        {"type": "text", "value": "a👍", "text_decorations": [{"range": [0, 99], "style": "bold"}, {"x": 1}]},
        {
            "type": "media",
            "id": "a1",
            "filename": "c.jpg",
            "mime_type": "image/jpeg",
            "size_bytes": 9,
            "url": "u",
        },
        {"type": "media", "size_bytes": -1},
        {"type": "link", "value": "https://x.test", "reactions": [{"type": "love", "handle": HANDLE}, 3]},
        {"type": "hologram", "depth": 3},
        {"type": "text"},
        "nonsense",
        {"no": "type"},
    ]
    told = _read(parts=parts).parts
    assert told[0] == TextPart("a👍", (Decoration(0, 3, style="bold"),))
    assert told[1] == MediaPart(AttachmentId("a1"), "c.jpg", "image/jpeg", 9, "u")
    assert isinstance(told[2], MediaPart)
    assert told[2].size_bytes is None
    assert isinstance(told[3], LinkPart)
    assert [each.kind for each in told[3].reactions] == ["love"]
    assert [each.kind for each in told[4:] if isinstance(each, UnknownPart)] == ["hologram", "text", "?", "?"]
    assert '"depth": 3' in (told[4].raw_json if isinstance(told[4], UnknownPart) else "")


def test_no_parts_are_no_parts() -> None:
    assert _read(parts=None).parts == ()
    assert _read(parts=[]).parts == ()


@pytest.mark.parametrize(
    "time",
    [
        "2026-03-01T12:00:00Z",
        "2026-03-01T13:00:00+01:00",
        "2026-03-01T12:00:00",
        "2026-03-01T12:00:00.000000000Z",
        "2026-03-01T12:00:00.0Z",
    ],
)
def test_times_are_read_in_every_shape(time: str) -> None:
    assert _read(created_at=time).created_at.isoformat() == "2026-03-01T12:00:00+00:00"


@pytest.mark.parametrize(
    "nonsense", [None, 7, "", "yesterday", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"]
)
def test_a_time_that_means_nothing_falls_back_to_the_next(nonsense: Any) -> None:
    assert _read(created_at=nonsense).created_at.isoformat() == "2026-03-01T12:00:01+00:00"
    with pytest.raises(UnexpectedReplyError):
        _read(created_at=nonsense, updated_at=nonsense)


def test_odd_fields_lose_no_message() -> None:
    odd = _read(from_handle=None, effect={"type": 1}, reply_to={"message_id": ""}, service="Carrier Pigeon")
    assert (odd.sender, odd.effect, odd.reply_to, odd.service) == (None, None, None, Service.UNKNOWN)
    assert _read(from_handle=3, **{"from": "+1"}).sender == "+1"
    assert _read(effect={"type": "screen", "name": "new"}).effect == Effect("screen", "new")
    assert _read(reply_to={"message_id": "m0"}).reply_to == ReplyTo(MessageId("m0"))


def _chat(**changes: Any) -> Any:
    tree = {
        "id": "c1",
        "created_at": "2026-03-01T12:00:00Z",
        "updated_at": "2026-03-01T12:00:00Z",
        "display_name": None,
        "handles": [HANDLE, {"handle": "+14155550110", "is_me": True, "status": "vanished"}, {"id": "bad"}],
        "is_group": False,
    }
    return translate.chat(tree | changes)


def test_a_chat_is_read_in_every_revision() -> None:
    chat = _chat(service="RCS", group_chat_icon="https://x.test/i.png")
    assert (chat.service, chat.line, chat.health, len(chat.handles)) == (Service.RCS, "+14155550110", None, 2)
    assert [each.status for each in chat.handles] == [MemberStatus.ACTIVE, MemberStatus.UNKNOWN]
    assert _chat(health_status={"status": "AT_RISK"}).health.status is HealthStatus.AT_RISK
    assert _chat(health_status={"status": "GLOWING"}).health.status is HealthStatus.UNKNOWN
    scored = _chat(health_score={"score": 85, "reason": "few answers", "updated_at": None}).health
    assert (scored.score, scored.reason, scored.word) == (85, "few answers", "85 of 100")
    assert _chat(health_score=None, health_status={}).health is None
    assert _chat(created_at=None, updated_at=None).created_at.year == 1970


async def test_lines_are_read_with_or_without_reputation() -> None:
    lines = [
        {"id": "1", "phone_number": "+1", "reputation": {"status": "AT_RISK"}, "forwarding_number": "+2"},
        {"id": "2", "phone_number": "+3"},
        {"id": "3"},
    ]
    told = await _client({"phone_numbers": {"phone_numbers": lines}}).list_phone_numbers()
    assert [line.reputation for line in told] == [Reputation.AT_RISK, Reputation.UNKNOWN]


async def test_a_lone_surrogate_loses_no_message() -> None:
    page = {"messages": [_message(parts=[{"type": "text", "value": "a\ud800b"}]), _message(id="m2")]}
    told = await _client({"chats/c1/messages": page}).list_messages(CHAT)
    assert [message.text for message in told.messages] == ["a\ufffdb", "hi"]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(sorted(_message())), _JSON, max_size=6))
def test_whatever_stands_in_one_message_its_sibling_is_read(changes: dict[str, Any]) -> None:
    messages, set_aside = translate.each_valid(
        [_message(**changes), _message(id="sibling")], lambda item: translate_messages.message(item, CHAT)
    )
    assert messages[-1].id == "sibling"
    assert len(messages) + set_aside == 2


async def test_an_answer_that_is_the_same_to_the_byte_is_not_read_again() -> None:
    page = {"messages": [_message()]}
    answers: dict[str, Any] = {"chats/c1/messages": page}
    client = _client(answers)
    first = await client.list_messages(CHAT)
    assert await client.list_messages(CHAT) is first
    assert await client.list_messages(CHAT, limit=7) is not first
    answers["chats/c1/messages"] = {"messages": [_message(is_read=True)]}
    changed = await client.list_messages(CHAT)
    assert changed.messages[0].is_read
    for limit in range(20, 40):
        await client.list_messages(CHAT, limit=limit)
    assert await client.list_messages(CHAT) is not changed


async def test_a_page_that_changed_keeps_the_messages_that_did_not() -> None:
    def page(text: str) -> dict[str, object]:
        times = {"created_at": "2026-03-01T12:00:00Z", "sent_at": "2026-03-01T12:00:00Z"}
        told = [{"id": "m1", "text": "old"}, {"id": "m2", "text": text}]
        return {
            "messages": [
                {"id": each["id"], **times, "parts": [{"type": "text", "value": each["text"]}]}
                for each in told
            ]
        }

    replies = {"chats/c1/messages": page("before")}
    client = _client(replies)
    first = await client.list_messages(CHAT)
    replies["chats/c1/messages"] = page("after")
    second = await client.list_messages(CHAT)
    assert [each.text for each in second.messages] == ["old", "after"]
    assert second.messages[0] is first.messages[0]


async def test_what_many_messages_have_in_common_is_kept_once() -> None:
    at = "2026-03-01T12:00:00Z"
    told = [
        {"id": name, "chat_id": "c1", "created_at": at, "updated_at": at, "sent_at": at, "from": "+1415"}
        for name in ("m1", "m2")
    ]
    first, second = (await _client({"chats/c1/messages": {"messages": told}}).list_messages(CHAT)).messages
    assert first.created_at is first.updated_at is first.sent_at
    assert first.sender is second.sender
    assert first.chat_id is second.chat_id
