"""Decorations as the character formats of a document, and back: both count UTF-16 code units."""

from collections.abc import Callable, Iterable, Iterator
from types import MappingProxyType

from PySide6.QtGui import QFont, QTextBlock, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat

from linqdesk.domain.decorations import Decoration, joined_over_lines
from linqdesk.ui.composer.grapheme_formats import mend

_ON = True
_LINE_ENDS = str.maketrans("\u2028\u2029", "\n\n")
_ANIMATION = QTextFormat.Property.UserProperty.value + 1
# Laid over another format it stands for no animation: what is merely absent would leave the other's.
_NONE = ""
_SET: MappingProxyType[str, Callable[[QTextCharFormat], None]] = MappingProxyType(
    {
        "bold": lambda look: look.setFontWeight(QFont.Weight.Bold),
        "italic": lambda look: look.setFontItalic(_ON),
        "underline": lambda look: look.setFontUnderline(_ON),
        "strikethrough": lambda look: look.setFontStrikeOut(_ON),
    }
)
_UNSET: MappingProxyType[str, Callable[[QTextCharFormat], None]] = MappingProxyType(
    {
        "bold": lambda look: look.setFontWeight(QFont.Weight.Normal),
        "italic": lambda look: look.setFontItalic(not _ON),
        "underline": lambda look: look.setFontUnderline(not _ON),
        "strikethrough": lambda look: look.setFontStrikeOut(not _ON),
    }
)


def text_of(document: QTextDocument) -> str:
    """Return what is written; unlike Qt's own plain text it keeps no-break spaces."""
    return document.toRawText().translate(_LINE_ENDS)


def decorations_of(document: QTextDocument) -> tuple[Decoration, ...]:
    """Return how the text is decorated, in order of the starts."""
    found = [each for block in _blocks(document) for each in _in_block(block)]
    return joined_over_lines(text_of(document), found)


def fill(document: QTextDocument, text: str, decorations: Iterable[Decoration]) -> None:
    """Write a text with its decorations; it cannot be undone."""
    document.setPlainText(text)
    cursor = QTextCursor(document)
    last = document.characterCount() - 1
    for each in decorations:
        cursor.setPosition(min(each.start, last))
        cursor.setPosition(min(each.end, last), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(format_of(each))
    mend(document, 0, last)
    document.clearUndoRedoStacks()


def formats_between(document: QTextDocument, start: int, end: int) -> Iterator[QTextCharFormat]:
    """Yield the formats that stand between two positions."""
    for block in _blocks(document):
        at = block.position()
        for each in block.textFormats():
            if at + each.start < end and start < at + each.start + each.length:
                # A copy: the format itself dies with its range.
                yield QTextCharFormat(each.format)


def format_of(decoration: Decoration) -> QTextCharFormat:
    """Return the format of a decoration, to be laid over others.

    A style ends an animation and an animation all styles, for they exclude each other. One that this
    version does not know changes nothing.
    """
    made = QTextCharFormat()
    if decoration.animation is not None:
        made = plain_format()
        made.setProperty(_ANIMATION, decoration.animation)
    elif decoration.style is not None and decoration.style in _SET:
        made.setProperty(_ANIMATION, _NONE)
        _SET[decoration.style](made)
    return made


def plain_format(*styles: str) -> QTextCharFormat:
    """Return the format that takes styles away, to be laid over others; without styles all decorations."""
    made = QTextCharFormat()
    for style in styles or _UNSET:
        _UNSET[style](made)
    if not styles:
        made.setProperty(_ANIMATION, _NONE)
    return made


def styles_of(look: QTextCharFormat) -> frozenset[str]:
    """Return the styles of a format, by the API's words."""
    has = {
        "bold": look.fontWeight() >= QFont.Weight.Bold,
        "italic": look.fontItalic(),
        "underline": look.fontUnderline(),
        "strikethrough": look.fontStrikeOut(),
    }
    return frozenset(style for style, is_set in has.items() if is_set)


def animation_of(look: QTextCharFormat) -> str | None:
    """Return the animation of a format, by the API's word."""
    if not look.hasProperty(_ANIMATION):
        return None
    word: object = look.property(_ANIMATION)
    return word if isinstance(word, str) and word else None


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _in_block(block: QTextBlock) -> Iterator[Decoration]:
    at = block.position()
    for each in block.textFormats():
        # Half of the stretches of a decorated text are plain: they need no questions.
        if not each.format.propertyCount():
            continue
        start, end = at + each.start, at + each.start + each.length
        for style in sorted(styles_of(each.format)):
            yield Decoration(start, end, style=style)
        animation = animation_of(each.format)
        if animation is not None:
            yield Decoration(start, end, animation=animation)


def undecorate(document: QTextDocument) -> None:
    """Take all decorations away; it can be undone."""
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.setCharFormat(QTextCharFormat())
