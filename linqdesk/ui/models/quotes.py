"""What a reply quotes: a line of the message that it answers, taken from our own stored copy."""

from dataclasses import dataclass

from linqdesk.domain.ids import ChatId
from linqdesk.domain.message import Message, ReplyTo
from linqdesk.store.view import CacheView
from linqdesk.ui.models.message_words import author, part_words, preview
from linqdesk.ui.names import without_controls

_NOT_LOADED = "Original not loaded"
_QUOTE_LIMIT = 160


@dataclass(frozen=True, slots=True)
class Quote:
    """One line that stands over a reply; `sender` is empty where the original is not loaded."""

    reply_to: ReplyTo
    sender: str
    words: str


def quote_of(content: Message, chat_id: ChatId, cache: CacheView) -> Quote | None:
    """Return what a message quotes, None where it answers nothing.

    Only the answered message itself is looked at, so a chain that is broken or runs in a circle is as
    good as any other.
    """
    return quote_to(content.reply_to, chat_id, cache) if content.reply_to is not None else None


def quote_to(reply_to: ReplyTo, chat_id: ChatId, cache: CacheView) -> Quote:
    """Return what an answer to a part quotes."""
    original = cache.message(chat_id, reply_to.message_id)
    if original is None:
        return Quote(reply_to, "", _NOT_LOADED)
    return Quote(reply_to, author(original, cache), _line_of(original, reply_to.part_index))


def _line_of(original: Message, part_index: int) -> str:
    if 0 <= part_index < len(original.parts):
        said = part_words(original.parts[part_index])[:_QUOTE_LIMIT]
        words = " ".join(without_controls(said).split())
        if words:
            return words
    return preview(original)
