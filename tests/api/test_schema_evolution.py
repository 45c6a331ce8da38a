import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from linqdesk.api.client import LinqClient
from linqdesk.api.transport import Transport
from linqdesk.domain.chat import Chat, ChatHandle, HealthStatus, MemberStatus
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.delivery import Delivery
from linqdesk.domain.errors import LinqDeskError, RequestRejectedError, ServerFaultError, SignInRejectedError
from linqdesk.domain.ids import ChatId, Handle, LocalId
from linqdesk.domain.message import Effect, LinkPart, MediaPart, Message, TextPart
from linqdesk.domain.outgoing import Content, OutgoingText
from linqdesk.domain.service import Service

FIXTURES = Path(__file__).parent / "fixtures"
CHAT = ChatId("550e8400-e29b-41d4-a716-446655440000")


def reply(revision: str, name: str) -> Any:
    return json.loads((FIXTURES / f"{revision}.json").read_text("utf-8"))[name]


def client(body: Any, status: int = 200) -> LinqClient:
    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, stream=httpx.ByteStream(json.dumps(body).encode()))

    return LinqClient(Transport("https://api.test", "t", http_transport=httpx.MockTransport(answer)))


async def sent(revision: str, name: str = "send_message") -> Message:
    content = Content((OutgoingText("hi"),))
    return await client(reply(revision, name), 202).send_message(CHAT, content, key=LocalId("k"))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def members(chat: Chat) -> list[tuple[str, bool, MemberStatus]]:
    return [(each.handle, each.is_me, each.status) for each in chat.handles]


async def test_s0_chats_show_their_score_and_its_reason_or_no_health() -> None:
    page = await client(reply("s0", "list_chats")).list_chats()
    assert (len(page.chats), page.set_aside, page.next_cursor) == (3, 0, "20")
    scored, plain, perfect = (each.health for each in page.chats)
    assert scored is not None
    assert (scored.status, scored.score) == (HealthStatus.UNKNOWN, 35)
    assert (scored.word, scored.reason) == ("35 of 100", "Not enough engagement")
    assert scored.updated_at == at("2026-05-01T18:28:25Z")
    assert plain is None
    assert perfect is not None
    assert (perfect.score, perfect.reason) == (100, None)
    chat = page.chats[0]
    assert (chat.line, [each.handle for each in chat.others]) == ("+14155551234", ["ana@example.com"])
    assert (chat.display_name, page.chats[1].display_name) == ("+14155551234, ana@example.com", None)


async def test_s1_sent_messages_show_every_kind_of_part_and_reaction() -> None:
    message = await sent("s1")
    text, media = message.parts
    assert isinstance(text, TextPart)
    assert (text.value, text.decorations) == ("Look 👍", (Decoration(0, 4, style="italic"),))
    assert [(each.kind, each.is_me, each.custom_emoji) for each in text.reactions] == [
        ("love", False, None),
        ("custom", True, "🎉"),
        ("sticker", False, None),
    ]
    assert text.reactions[2].sticker_url == "https://cdn.linqapp.com/s/sticker.png"
    assert isinstance(media, MediaPart)
    assert (media.filename, media.mime_type, media.size_bytes) == ("cat.jpg", "image/jpeg", 4096)
    assert media.attachment_id == "abc12345-1234-5678-9abc-def012345678"
    assert (message.delivery, message.delivered_at) == (Delivery.DELIVERED, at("2025-10-23T18:07:58Z"))
    assert (message.is_from_me, message.service, message.effect) == (True, Service.RCS, None)


async def test_s1_links_are_cards_of_a_message_that_waits() -> None:
    message = await sent("s1", "send_link")
    assert message.parts == (LinkPart("https://linqapp.com"),)
    assert (message.delivery, message.sent_at) == (Delivery.QUEUED, None)
    assert message.created_at == at("2025-10-23T18:07:55.019Z")


@pytest.mark.parametrize("read", ["list_chats", "get_chat"])
async def test_s4_chats_show_their_status_and_members(read: str) -> None:
    told = client(reply("s4", read))
    chat = (await told.list_chats()).chats[0] if read == "list_chats" else await told.get_chat(CHAT)
    assert chat.health is not None
    assert (chat.health.status, chat.health.score) == (HealthStatus.AT_RISK, None)
    assert members(chat) == [
        ("+14155551234", True, MemberStatus.ACTIVE),
        ("+14155559876", False, MemberStatus.ACTIVE),
    ]
    assert (chat.is_group, chat.service) == (True, Service.IMESSAGE)
    assert chat.updated_at == at("2024-01-15T10:30:00Z")


async def test_s4_messages_show_how_far_they_came_without_a_delivery_status() -> None:
    page = await client(reply("s4", "list_messages")).list_messages(CHAT)
    assert (page.set_aside, page.next_cursor) == (0, "next_cursor")
    (message,) = page.messages
    assert (message.delivery, message.is_read) == (Delivery.READ, True)
    assert message.read_at == at("2024-01-15T10:35:00Z")
    assert (message.sender, message.is_from_me) == ("+15551234567", True)
    shows_example(message)


async def created(revision: str) -> tuple[Chat, Message]:
    told = client(reply(revision, "create_chat"), 201)
    content = Content((OutgoingText("Hello! How can I help you today?"),))
    line, to = Handle("+12052535597"), [Handle("+12052532136")]
    return await told.create_chat(line, to, content, key=LocalId("k"))


@pytest.mark.parametrize("revision", ["s3", "s4"])
async def test_created_chats_come_with_their_first_message_and_its_time(revision: str) -> None:
    chat, message = await created(revision)
    assert (chat.id, chat.is_group) == ("94c6bf33-31d9-40e3-a0e9-f94250ecedb9", False)
    assert chat.line == "+14155551234"
    assert chat.created_at == chat.updated_at == message.created_at == at("2025-10-23T18:07:55.019Z")
    assert (message.chat_id, message.is_from_me, message.delivery) == (chat.id, True, Delivery.PENDING)
    shows_example(message)


async def test_created_chats_have_health_in_the_shape_of_their_revision() -> None:
    old, new = (await created("s3"))[0].health, (await created("s4"))[0].health
    assert old is not None
    assert new is not None
    assert (old.status, old.score, old.reason) == (HealthStatus.UNKNOWN, 35, "Not enough engagement")
    assert (new.status, new.score, new.reason) == (HealthStatus.AT_RISK, None, None)


async def test_s4_voice_memos_are_messages_with_a_recording() -> None:
    told = client(reply("s4", "send_voice_memo"), 202)
    message = await told.send_voice_memo(CHAT, url="https://example.com/voice-memo.m4a")
    (recording,) = message.parts
    assert isinstance(recording, MediaPart)
    assert (recording.filename, recording.mime_type) == ("voice-memo.m4a", "audio/x-m4a")
    assert (message.chat_id, message.sender) == ("182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e", "+12052535597")
    assert (message.is_from_me, message.delivery) == (True, Delivery.QUEUED)


async def test_s4_queued_acts_are_accepted() -> None:
    group = replace(
        (await client(reply("s4", "get_chat")).get_chat(CHAT)),
        handles=tuple(
            ChatHandle(each, Handle(each), Service.IMESSAGE) for each in ("+12", "+13", "+14", "+15")
        ),
    )
    await client(reply("s4", "update_chat"), 202).update_chat(group, display_name="Team Discussion")
    await client(reply("s4", "leave_chat"), 202).leave_chat(group)
    await client(reply("s4", "add_participant"), 202).add_participant(group, Handle("+12052499136"))
    await client(reply("s4", "remove_participant"), 202).remove_participant(group, Handle("+12"))


async def test_s4_sent_messages_are_pending_until_sent() -> None:
    message = await sent("s4")
    assert (message.delivery, message.sent_at, message.chat_id) == (Delivery.PENDING, None, CHAT)
    shows_example(message)


def shows_example(message: Message) -> None:
    (text,) = message.parts
    assert isinstance(text, TextPart)
    assert text.value == "Hello!"
    assert text.decorations == (Decoration(0, 5, style="bold", animation="shake"),)
    assert [(each.kind, each.handle) for each in text.reactions] == [("love", "+15551234567")]
    assert message.effect == Effect("screen", "confetti")
    assert message.reply_to is not None
    assert message.reply_to.message_id == "550e8400-e29b-41d4-a716-446655440000"
    assert message.service is Service.IMESSAGE


DOC_URLS: Mapping[tuple[str, int], str | None] = {
    ("s3", 400): None,
    ("s3", 401): None,
    ("s4", 400): "https://docs.linqapp.com/error/codes/1xxx/1002/",
    ("s4", 401): "https://docs.linqapp.com/error/codes/2xxx/2004/",
}
ERRORS: Mapping[int, tuple[type[LinqDeskError], int, str]] = {
    400: (RequestRejectedError, 1002, "Phone number must be in E.164 format"),
    401: (SignInRejectedError, 2004, "Unauthorized - missing or invalid authentication token"),
}


@pytest.mark.parametrize(("revision", "status"), DOC_URLS)
async def test_errors_are_said_in_the_servers_words_with_and_without_a_link(
    revision: str, status: int
) -> None:
    kind, code, words = ERRORS[status]
    with pytest.raises(kind) as caught:
        await client(reply(revision, f"error_{status}"), status).get_chat(CHAT)
    assert (caught.value.details.code, caught.value.message) == (code, words)
    assert caught.value.details.doc_url == DOC_URLS[revision, status]


async def test_s3_server_faults_are_faults_of_the_server() -> None:
    with pytest.raises(ServerFaultError) as caught:
        await client(reply("s3", "error_500"), 500).send_message(
            CHAT, Content((OutgoingText("hi"),)), key=LocalId("k")
        )
    assert caught.value.details.code == 3006
