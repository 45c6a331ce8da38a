"""Chats and messages in memory, without a server."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from linqdesk.domain.chat import Chat, ChatHandle
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.delivery import Delivery
from linqdesk.domain.ids import AttachmentId, ChatId, Handle, MessageId
from linqdesk.domain.message import MediaPart, Message, Reaction, ReplyTo, TextPart
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


def rich_message(chat_id: ChatId, number: int) -> Message:
    """Of many: 20 % with a file, 10 % decorated, 10 % with a link, 15 % replies, 20 % with reactions."""
    made = message(chat_id, number)
    text = _TEXTS[number % len(_TEXTS)]
    tenth = number % 10
    reactions = _REACTIONS if number % 5 == 3 else ()
    part: TextPart | MediaPart = TextPart(text, (), reactions)
    if tenth in {0, 5}:
        name, mime_type = (f"{number}.jpg", "image/jpeg") if tenth else (f"{number}.pdf", "application/pdf")
        part = MediaPart(AttachmentId(str(number)), name, mime_type, 40_000, None, reactions)
    elif tenth == 1:
        part = TextPart(text, (Decoration(0, 2, "bold"), Decoration(1, 9, "italic")), reactions)
    elif tenth == 2:
        part = TextPart(f"{text} https://example.com/bikes/{number}", (), reactions)
    answered = MessageId(f"{chat_id}/{number - 3:07d}")
    return replace(made, parts=(part,), reply_to=ReplyTo(answered) if number % 20 in {3, 9, 17} else None)


_REACTIONS = (
    Reaction(Handle("+14155550001"), is_me=False, kind="love"),
    Reaction(Handle("+14155550110"), is_me=True, kind="like"),
)
