"""Shows which message is answered."""

from PySide6.QtWidgets import QWidget

from linqdesk.domain.ids import ChatId
from linqdesk.domain.message import ReplyTo
from linqdesk.store.view import CacheView
from linqdesk.ui.composer.strip import Strip
from linqdesk.ui.models.quotes import quote_to
from linqdesk.ui.theme import Theme


class ReplyStrip(Strip):
    """The quote over the field."""

    def __init__(self, cache: CacheView, theme: Theme, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__("reply_strip", "reply", "Do not answer this message", theme, parent)
        self._cache = cache

    def show_reply(self, chat_id: ChatId, reply_to: ReplyTo | None) -> None:
        """Quote a message of a chat, or hide."""
        if reply_to is None:
            self.hide()
            return
        quote = quote_to(reply_to, chat_id, self._cache)
        whom = "yourself" if quote.sender == "You" else quote.sender
        self.say(f"Replying to {whom}" if whom else "Replying", quote.words)
