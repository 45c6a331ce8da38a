"""Chats and messages to test with."""

from datetime import UTC, datetime, timedelta

from linqdesk.domain.chat import Chat, ChatHandle
from linqdesk.domain.delivery import Delivery
from linqdesk.domain.ids import ChatId, Handle, LocalId, MessageId
from linqdesk.domain.message import Message, TextPart
from linqdesk.domain.outgoing import Content, OutgoingMessage, OutgoingState, OutgoingText
from linqdesk.domain.service import Service

BEGAN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ANA = ChatId("ana")
LINE = Handle("+14155550110")


def a_chat(chat_id: ChatId = ANA, minute: int = 0, name: str | None = "Ana Ruiz") -> Chat:
    people = (
        ChatHandle("me", LINE, Service.IMESSAGE, is_me=True),
        ChatHandle(
            f"{chat_id}-handle", Handle(f"+1415555{abs(hash(chat_id)) % 10_000:04d}"), Service.IMESSAGE
        ),
    )
    at = BEGAN + timedelta(minutes=minute)
    return Chat(chat_id, BEGAN, at, name, people, is_group=False, service=Service.IMESSAGE)


def a_message(
    name: str, minute: int, *, is_mine: bool = False, text: str = "", delivery: Delivery | None = None
) -> Message:
    at = BEGAN + timedelta(minutes=minute)
    return Message(
        id=MessageId(name),
        chat_id=ANA,
        created_at=at,
        updated_at=at,
        is_from_me=is_mine,
        sender=LINE if is_mine else Handle("+14155550134"),
        parts=(TextPart(text or name),),
        delivery=delivery or (Delivery.SENT if is_mine else Delivery.RECEIVED),
        sent_at=at,
    )


def a_send(name: str, state: OutgoingState = OutgoingState.QUEUED) -> OutgoingMessage:
    return OutgoingMessage(LocalId(name), ANA, LINE, BEGAN, Content((OutgoingText(name),)), state)
