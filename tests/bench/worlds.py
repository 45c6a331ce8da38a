"""Chats and messages in memory, without a server."""

from datetime import UTC, datetime, timedelta

from linqdesk.domain.chat import Chat, ChatHandle
from linqdesk.domain.delivery import Delivery
from linqdesk.domain.ids import ChatId, Handle, MessageId
from linqdesk.domain.message import Message, TextPart
from linqdesk.domain.service import Service

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
_TEXTS = (
    "Ok",
    "Yes, both are free from Friday noon. Shall I put them aside for you until then?",
    "Thank you! 👍",
    "It rained all day, so everything is muddy. I washed two of them, the others have to wait, sorry. 🙈",
    "On it.",
)


def chat(number: int) -> Chat:
    people = (
        ChatHandle("me", Handle("+14155550110"), Service.IMESSAGE, is_me=True),
        ChatHandle("other", Handle(f"+1415555{number:04d}"), Service.IMESSAGE),
    )
    at = BEGAN + timedelta(minutes=number)
    return Chat(
        ChatId(f"chat-{number}"),
        BEGAN,
        at,
        f"Customer {number}",
        people,
        is_group=False,
        service=Service.IMESSAGE,
    )


def message(chat_id: ChatId, number: int, text: str | None = None) -> Message:
    at = BEGAN + timedelta(minutes=7 * number)
    is_mine = number % 3 == 0
    return Message(
        id=MessageId(f"{chat_id}/{number:07d}"),
        chat_id=chat_id,
        created_at=at,
        updated_at=at,
        is_from_me=is_mine,
        sender=Handle("+14155550110" if is_mine else "+14155550001"),
        parts=(TextPart(_TEXTS[number % len(_TEXTS)] if text is None else text),),
        delivery=Delivery.READ if is_mine else Delivery.RECEIVED,
        is_read=True,
        sent_at=at,
        service=Service.IMESSAGE,
    )
