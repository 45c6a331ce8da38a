"""Valid replies of operations, as rich as the documents make them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from linqdesk.api.client import LinqClient
from linqdesk.domain.ids import AttachmentId, ChatId, Handle, LocalId, MessageId
from linqdesk.domain.outgoing import Content, OutgoingText

CHAT = ChatId("550e8400-e29b-41d4-a716-446655440000")
LINE, ANA = Handle("+14155550110"), Handle("+14155550001")
HELLO = Content((OutgoingText("hi"),))
Json = Any

_FILE = {
    "id": "a1",
    "filename": "cat.jpg",
    "content_type": "image/jpeg",
    "size_bytes": 4096,
    "status": "complete",
    "created_at": "2026-03-01T12:00:00Z",
    "download_url": "https://cdn.test/a1",
}
_SLOT = {
    "attachment_id": "a1",
    "upload_url": "https://uploads.test/a1",
    "download_url": "https://cdn.test/a1",
    "http_method": "PUT",
    "expires_at": "2026-03-01T12:15:00Z",
    "required_headers": {"Content-Type": "image/jpeg", "Content-Length": "9"},
}
_CARD = {
    "phone_number": LINE,
    "first_name": "Ana",
    "last_name": "Ruiz",
    "image_url": "https://x.test/a.png",
    "is_active": True,
}
_CAPABILITY = {"address": ANA, "available": True, "reason": None, "selected_service": "iMessage"}


def _handle(number: int, *, is_me: bool = False) -> Json:
    return {
        "id": f"h{number}",
        "handle": f"+1415555{number:04d}",
        "joined_at": "2025-05-21T15:30:00.000-05:00",
        "service": "iMessage",
        "is_me": is_me,
        "left_at": None,
        "status": "active",
        "line_type": "iMessage",
    }


def _reaction(kind: str) -> Json:
    sticker = {
        "file_name": "s.png",
        "mime_type": "image/png",
        "url": "https://x.test/s",
        "width": 9,
        "height": 9,
    }
    return {
        "id": "r1",
        "handle": _handle(1),
        "is_me": False,
        "type": kind,
        "custom_emoji": "🎉" if kind == "custom" else None,
        "sticker": sticker if kind == "sticker" else None,
    }


def _parts(number: int) -> Json:
    return [
        {
            "type": "text",
            "value": f"Hello 👍 {number}",
            "text_decorations": [{"range": [0, 5], "style": "bold"}, {"range": [6, 8], "animation": "shake"}],
            "reactions": [_reaction("love"), _reaction("custom"), _reaction("sticker")],
        },
        {
            "type": "media",
            "id": f"a{number}",
            "filename": "cat.jpg",
            "mime_type": "image/jpeg",
            "size_bytes": 4096,
            "url": "https://cdn.test/a",
            "reactions": None,
        },
        {"type": "link", "value": "https://x.test", "reactions": []},
        {"type": "imessage_app", "url": "https://x.test", "reactions": None},
    ]


def _message(number: int) -> Json:
    return {
        "id": f"m{number}",
        "chat_id": CHAT,
        "created_at": f"2026-03-01T12:0{number}:00.123456789Z",
        "updated_at": "2026-03-01T12:10:00Z",
        "sent_at": f"2026-03-01T12:0{number}:01-05:00",
        "delivered_at": "2026-03-01T12:10:00Z",
        "read_at": None,
        "is_from_me": number % 2 == 0,
        "is_delivered": True,
        "is_read": False,
        "delivery_status": "delivered",
        "from": "+14155550001",
        "from_handle": _handle(1),
        "parts": _parts(number),
        "effect": {"type": "screen", "name": "confetti"},
        "reply_to": {"message_id": "m0", "part_index": 0},
        "service": "iMessage",
        "preferred_service": "iMessage",
    }


def _chat(number: int) -> Json:
    health = {"status": "AT_RISK", "doc_url": "https://x.test", "updated_at": "2026-05-01T18:28:25Z"}
    score = {"score": 35, "reason": "Not enough engagement", "updated_at": "2026-05-01T18:28:25Z"}
    return {
        "id": f"c{number}",
        "created_at": "2026-03-01T12:00:00Z",
        "updated_at": f"2026-03-01T12:0{number}:00Z",
        "display_name": f"Group {number}",
        "handles": [_handle(0, is_me=True), _handle(1), _handle(2)],
        "is_group": True,
        "is_archived": False,
        "service": "iMessage",
        "group_chat_icon": "https://x.test/i.png",
        **({"health_status": health} if number % 2 else {"health_score": score}),
    }


def _line(number: int) -> Json:
    return {
        "id": f"l{number}",
        "phone_number": f"+1415555{number:04d}",
        "forwarding_number": None,
        "reputation": {"status": "HEALTHY", "doc_url": "https://x.test"},
    }


def _voice_memo() -> Json:
    recording = {
        "id": "a9",
        "filename": "memo.m4a",
        "mime_type": "audio/x-m4a",
        "size_bytes": 4096,
        "url": "https://cdn.test/memo.m4a",
        "duration_ms": 15_000,
    }
    return {
        "id": "m9",
        "chat": {
            "id": CHAT,
            "handles": [_handle(1)],
            "is_active": True,
            "is_group": False,
            "service": "iMessage",
        },
        "created_at": "2026-03-01T12:00:00Z",
        "from": LINE,
        "status": "queued",
        "to": ["+14155550001"],
        "voice_memo": recording,
        "service": "iMessage",
    }


@dataclass(frozen=True)
class Read:
    """An operation: how it is asked, a valid reply, and where the reply's items are."""

    name: str
    ask: Callable[[LinqClient], Awaitable[object]]
    reply: Json
    items: str | None = None


def _send(client: LinqClient) -> Awaitable[object]:
    return client.send_message(CHAT, HELLO, key=LocalId("k"))


def _create(client: LinqClient) -> Awaitable[object]:
    return client.create_chat(LINE, [ANA], HELLO, key=LocalId("k"))


LISTS = (
    Read(
        "list_phone_numbers",
        lambda client: client.list_phone_numbers(),
        {"phone_numbers": [_line(number) for number in range(4)]},
        "phone_numbers",
    ),
    Read(
        "list_chats",
        lambda client: client.list_chats(),
        {"chats": [_chat(number) for number in range(4)], "next_cursor": "20"},
        "chats",
    ),
    Read(
        "list_messages",
        lambda client: client.list_messages(CHAT),
        {"messages": [_message(number) for number in range(4)], "next_cursor": "older"},
        "messages",
    ),
    Read(
        "list_thread",
        lambda client: client.list_thread(MessageId("m0")),
        {"messages": [_message(number) for number in range(4)], "next_cursor": "older"},
        "messages",
    ),
)

READS = (
    *LISTS,
    Read("get_chat", lambda client: client.get_chat(CHAT), _chat(1)),
    Read(
        "list_blocked_handles",
        lambda client: client.list_blocked_handles(),
        {"blocked_handles": [{"handle": ANA, "reason": "Spam"}, {"handle": LINE}]},
    ),
    Read("get_message", lambda client: client.get_message(MessageId("m1")), _message(1)),
    Read("get_attachment", lambda client: client.get_attachment(AttachmentId("a1")), _FILE),
    Read(
        "get_contact_card",
        lambda client: client.get_contact_card(LINE),
        {"contact_cards": [_CARD | {"phone_number": "+14155550199"}, _CARD]},
    ),
    Read("check_imessage", lambda client: client.check_imessage(ANA), _CAPABILITY),
    Read("check_rcs", lambda client: client.check_rcs(ANA), _CAPABILITY),
)

ANSWERS = (
    Read("create_chat", _create, {"chat": _chat(1) | {"message": _message(2)}}),
    Read("send_message", _send, {"chat_id": CHAT, "message": _message(2)}),
    Read("edit_message", lambda client: client.edit_message(MessageId("m2"), "hi"), _message(2)),
    Read(
        "send_voice_memo",
        lambda client: client.send_voice_memo(CHAT, attachment_id=AttachmentId("a9")),
        {"voice_memo": _voice_memo()},
    ),
    Read("create_attachment", lambda client: client.create_attachment("a.jpg", "image/jpeg", 9), _SLOT),
    Read("create_contact_card", lambda client: client.create_contact_card(LINE, "Ana"), _CARD),
)
