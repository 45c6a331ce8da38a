"""A past of three messages, for tests."""

from datetime import UTC, datetime

from linqdesk.sandbox.model import Member, Message, TextPart

AT = datetime(2025, 1, 1, tzinfo=UTC)
BEN = Member("b", "+14155550102", "iMessage", is_me=False, joined_at=AT)


class ShortPast:
    def __len__(self) -> int:
        return 3

    def message_at(self, index: int) -> Message:
        return Message(
            id=f"past-{index}",
            chat_id="c",
            sender=BEN,
            parts=[TextPart(str(index))],
            created_at=AT,
            updated_at=AT,
            status="received",
            service="iMessage",
        )

    def index_of(self, message_id: str) -> int | None:
        kind, _, index = message_id.partition("-")
        return int(index) if kind == "past" else None


SHORT_PAST = ShortPast()
