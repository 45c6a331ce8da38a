"""Long pasts, made message by message when somebody looks, each time the same."""

import random
from datetime import datetime, timedelta

from linqdesk.sandbox.chat import Chat
from linqdesk.sandbox.ids import IdSeries
from linqdesk.sandbox.model import Message, TextPart

# Six messages 90 s apart, then nothing for the rest of an hour: it reads like talk, not like a metronome.
_BURST = 6
_GAP = timedelta(seconds=90)
_PERIOD = timedelta(hours=3)
_OUR_SHARE = 0.4

_ASKED = (
    "Are numbers {a} and {b} free at the weekend?",
    "Number {a} is back, all good.",
    "The brake of number {a} squeaks a little",
    "Could you have a look at {a} please?",
    "Customer wants to keep number {a} one more day, is that ok?",
    "Ok",
    "👍",
    "Thanks!",
    "We need {b} more helmets, size M",
    "Do you have the key of the blue lock?",
    "Running ten minutes late, sorry 🙈",
    "It rained all day, so everything is muddy. I washed {a} and {b}, the others wait until tomorrow.",
    "All booked for Sunday 🎉",
)
_ANSWERED = (
    "Yes, both are free from Friday noon.",
    "Thank you, noted.",
    "I'll order new pads today.",
    "Sure, bring it by before six.",
    "That's fine, I have moved the next booking to number {b}.",
    "Great!",
    "On it.",
    "They are in the second drawer, next to the pump.",
    "No problem, see you soon.",
    "Sam has fixed it: the cable was loose. He also changed the tyre, which had a small cut on the side.",
    "Perfect 👌",
)


class GeneratedPast:
    """A past of known length, from a seed."""

    def __init__(self, name: str, count: int, ended_at: datetime, unread_count: int = 0) -> None:
        """Describe it.

        Args:
            name: of this past; the same name makes the same messages.
            count: how many messages.
            ended_at: no message is later.
            unread_count: how many inbound ones at its end nobody has read.
        """
        self._name = name
        self._count = count
        self._ended_at = ended_at
        self._unread_count = unread_count
        self._series = IdSeries(name)
        self._chat: Chat | None = None

    def belong_to(self, chat: Chat) -> None:
        """Tell whose past this is."""
        self._chat = chat

    def __len__(self) -> int:
        """Return how many messages there are."""
        return self._count

    def index_of(self, message_id: str) -> int | None:
        """Return where the message of that id is, or None when it is not of this past."""
        number = self._series.number_of(message_id)
        return number if number is not None and number < self._count else None

    def time_of(self, index: int) -> datetime:
        """Return when the message at `index` was said."""
        back = self._count - 1 - index
        return self._ended_at - (back // _BURST) * _PERIOD - (back % _BURST) * _GAP

    def message_at(self, index: int) -> Message:
        """Make the message at `index`, 0 being the oldest."""
        chat = self._chat
        if chat is None:
            raise IndexError(index)
        chance = random.Random(f"{self._name}/{index}")
        is_unread = index >= self._count - self._unread_count
        is_mine = not is_unread and chance.random() < _OUR_SHARE
        sender = chat.me if is_mine else chance.choice(chat.others())
        text = chance.choice(_ANSWERED if is_mine else _ASKED)
        text = text.format(a=chance.randint(1, 12), b=chance.randint(2, 14))
        at = self.time_of(index)
        tells_more = is_mine and not chat.is_group and chat.service != "SMS"
        return Message(
            id=self._series.id_of(index),
            chat_id=chat.id,
            sender=sender,
            parts=[TextPart(text)],
            created_at=at,
            updated_at=at,
            status="received" if not is_mine else "read" if tells_more else "sent",
            service=chat.service,
            sent_at=at,
            delivered_at=at if tells_more or not is_mine else None,
            read_at=at if tells_more or (not is_mine and not is_unread) else None,
        )
