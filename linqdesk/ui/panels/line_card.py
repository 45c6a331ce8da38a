"""Over which line a chat runs, over which service, and since when."""

from datetime import UTC, datetime

from PySide6.QtWidgets import QWidget

from linqdesk.domain.chat import Chat, Line, Reputation
from linqdesk.store.view import CacheView
from linqdesk.ui.models.chat_words import service_name
from linqdesk.ui.names import format_handle
from linqdesk.ui.panels.card import Card
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.theme import FontSize
from linqdesk.ui.wording import day_words

_REPUTATIONS = {
    Reputation.HEALTHY: "Line healthy",
    Reputation.AT_RISK: "Line at risk: slow down",
    Reputation.CRITICAL: "Line critical: pause new chats",
    Reputation.UNKNOWN: "",
}


class LineCard(Card):
    """Facts, a line each."""

    def __init__(self, cache: CacheView, parent: QWidget) -> None:
        """Start without a chat."""
        super().__init__("Chat", parent)
        self._cache = cache
        self._facts = PlainLabel(self, FontSize.PREVIEW)
        self._facts.setObjectName("chat_facts")
        self.add(self._facts)

    def show_chat(self, chat: Chat) -> None:
        """Say the facts of a chat."""
        line = next((each for each in self._cache.lines if each.phone_number == chat.line), None)
        self._facts.setText("\n".join(chat_facts(chat, line, datetime.now(UTC))))


def chat_facts(chat: Chat, line: Line | None, now: datetime) -> list[str]:
    """Return service, line with its reputation, and when the chat began."""
    number = format_handle(chat.line) if chat.line is not None else "unknown"
    since = day_words(chat.created_at, now)
    since = since.lower() if since in {"Today", "Yesterday"} else since
    facts = [f"Service: {service_name(chat.service)}", f"Line: {number}"]
    reputation = _REPUTATIONS[line.reputation] if line is not None else ""
    return [*facts, *([reputation] if reputation else []), f"Chat since {since}"]
