"""Unsent messages for tests of the journal."""

from datetime import UTC, datetime
from uuid import UUID

from linqdesk.domain.ids import ChatId, Handle, LocalId
from linqdesk.domain.outgoing import Content, OutgoingMessage, OutgoingText

ANA = ChatId("chat-ana")
ACCOUNT = "https://api.test"


def unsent(number: int, text: str | None = None) -> OutgoingMessage:
    return OutgoingMessage(
        LocalId(str(UUID(int=number))),
        ANA,
        Handle("+14155550100"),
        datetime(2026, 3, 1, tzinfo=UTC),
        Content((OutgoingText(text or f"message {number}"),)),
    )
