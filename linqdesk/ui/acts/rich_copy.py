"""A message as text and as markup for the clipboard, made from its decorations and never from its words."""

from html import escape
from itertools import pairwise

from PySide6.QtCore import QMimeData

from linqdesk.domain.decorations import Decoration, utf16_length
from linqdesk.domain.message import Message, TextPart
from linqdesk.ui.models.message_words import part_words, whole_text

_TAGS = {"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s"}


def formatted(message: Message) -> QMimeData:
    """Return a message for the clipboard, with its bold, italic, underlined and struck words as such."""
    data = QMimeData()
    data.setText(whole_text(message))
    data.setData("text/html", markup(message).encode())
    return data


def markup(message: Message) -> str:
    """Return a message as HTML, one paragraph for each part; everything written is escaped."""
    return "".join(
        f"<p>{_decorated(part.value, part.decorations)}</p>"
        if isinstance(part, TextPart)
        else f"<p>{_escaped(part_words(part))}</p>"
        for part in message.parts
    )


def _decorated(text: str, decorations: tuple[Decoration, ...]) -> str:
    """Return a text whose ranges are tagged, each run by all that cover it, so that no tags cross."""
    styles = [each for each in decorations if each.style in _TAGS]
    length = utf16_length(text)
    cuts = sorted({0, length, *(min(max(at, 0), length) for each in styles for at in (each.start, each.end))})
    units = text.encode("utf-16-le", "surrogatepass")
    runs = []
    for start, end in pairwise(cuts):
        words = _escaped(units[start * 2 : end * 2].decode("utf-16-le", "replace"))
        for tag in sorted({_TAGS[each.style or ""] for each in styles if each.start <= start < each.end}):
            words = f"<{tag}>{words}</{tag}>"
        runs.append(words)
    return "".join(runs)


def _escaped(text: str) -> str:
    return escape(text).replace("\n", "<br>")
