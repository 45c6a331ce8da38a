"""What is said of messages that are not sent yet: pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from linqdesk.domain.ids import ChatId
from linqdesk.domain.outgoing import OutgoingLink, OutgoingMessage, OutgoingState
from linqdesk.store.view import CacheView, Connection, ConnectionState
from linqdesk.ui.models.ladder import status_words
from linqdesk.ui.names import chat_title, plain_name
from linqdesk.ui.wording import list_time

_MAX_PREVIEW = 200
_UNKNOWN_CHAT = "A chat that is not loaded yet"


@dataclass(frozen=True, slots=True)
class UnsentRow:
    """One message as the list shows it; `is_held_up` where one before it in its chat goes first."""

    outgoing: OutgoingMessage
    title: str
    is_held_up: bool

    @property
    def has_failed(self) -> bool:
        """Whether it waits for the agent's decision."""
        return self.outgoing.state is OutgoingState.FAILED

    @property
    def can_be_taken_back(self) -> bool:
        """Whether it is certain that nobody has it, and no request is under way."""
        return self.outgoing.state in {OutgoingState.FAILED, OutgoingState.QUEUED}

    def preview(self) -> str:
        """Return what it says on one line."""
        return preview(self.outgoing)

    def state_words(self, now: datetime) -> str:
        """Return how it stands."""
        if self.is_held_up:
            return "Waits for the message before it"
        return status_words(self.outgoing, now) or ""

    def spoken(self, now: datetime) -> str:
        """Return the row as a screen reader says it."""
        words = (self.title, self.preview(), self.state_words(now), list_time(self.outgoing.created_at, now))
        return ", ".join(each for each in words if each)


def unsent_rows(cache: CacheView) -> list[UnsentRow]:
    """Return everything that is not sent, what needs a decision first; those of one chat stay in order."""
    by_chat: dict[ChatId, list[OutgoingMessage]] = {}
    for outgoing in cache.unsent():
        by_chat.setdefault(outgoing.chat_id, []).append(outgoing)
    lanes = sorted(by_chat.items(), key=lambda pair: pair[1][0].state is not OutgoingState.FAILED)
    return [row for chat_id, lane in lanes for row in _rows_of(chat_id, lane, cache)]


def _rows_of(chat_id: ChatId, lane: Sequence[OutgoingMessage], cache: CacheView) -> list[UnsentRow]:
    summary = cache.summary(chat_id)
    title = chat_title(summary.chat, cache) if summary is not None else _UNKNOWN_CHAT
    return [UnsentRow(each, title, is_held_up=each is not lane[0]) for each in lane]


def preview(outgoing: OutgoingMessage) -> str:
    """Return what a message says on one line: its text, link, or the names of its files."""
    content = outgoing.content
    links = [part.value for part in content.parts if isinstance(part, OutgoingLink)]
    names = [plain_name(file.name) for file in content.files]
    words = [content.text, *links, *names]
    return " ".join(" ".join(each[:_MAX_PREVIEW].split()) for each in words if each) or "A file"


def summary_words(rows: Sequence[UnsentRow]) -> str:
    """Return how many wait and how many need a decision."""
    failed = sum(row.has_failed for row in rows)
    waiting = len(rows) - failed
    words = [f"{waiting} waiting to be sent"] if waiting else []
    words += [f"{failed} not delivered"] if failed else []
    if not words:
        return "Everything is sent."
    return f"{' · '.join(words)}. They are kept, also when LinqDesk is closed."


def quit_words(unsent: Sequence[OutgoingMessage], connection: Connection) -> tuple[str, ...]:
    """Return what to say before the program ends, nothing where nothing is held up.

    A message whose answer is about to come, and one that has failed and is kept, hold nothing up.
    """
    is_online = connection.state is ConnectionState.ONLINE
    waiting = [
        each
        for each in unsent
        if each.state in {OutgoingState.QUEUED, OutgoingState.UNCONFIRMED}
        or (each.state is OutgoingState.SENDING and not is_online)
    ]
    if not waiting:
        return ()
    is_one = len(waiting) == 1
    what = "One message is" if is_one else f"{len(waiting)} messages are"
    they = "It is" if is_one else "They are"
    return (f"{what} not sent yet.", f"{they} kept, and sent when LinqDesk starts again.")
