"""Keeps decorations from cutting a grapheme, which is one character to whoever reads it."""

import re

from PySide6.QtCore import QTextBoundaryFinder
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

# Latin letters, the punctuation of European texts and signs of money: each is a grapheme by itself, so that
# a text without any other sign has nothing to tear (Unicode Annex 29: none of them extends another).
_MAY_JOIN = re.compile("[^\u0000-\u02ff\u2010-\u2027\u20a0-\u20bf]")


def whole_graphemes(document: QTextDocument, start: int, end: int) -> tuple[int, int]:
    """Return a range, in UTF-16 code units, widened to the graphemes that it touches."""
    first, last = document.findBlock(start), document.findBlock(end)
    before, after = _finder(first), _finder(last)
    return first.position() + _before(before, start - first.position()), last.position() + _after(
        after, end - last.position()
    )


def mend(document: QTextDocument, start: int, end: int) -> bool:
    """Give every grapheme between two positions the look of its beginning; tells whether one lacked it.

    What is mended is undone together with the edit before.
    """
    torn = [each for block in _blocks(document, start, end) for each in _torn_in(block)]
    if not torn:
        return False
    cursor = QTextCursor(document)
    cursor.joinPreviousEditBlock()
    for position, after in torn:
        # Qt looks at the character before a position: here the first half of the grapheme.
        cursor.setPosition(position)
        look = cursor.charFormat()
        cursor.setPosition(after, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(look)
    cursor.endEditBlock()
    return True


def _torn_in(block: QTextBlock) -> list[tuple[int, int]]:
    """Return where in a block a look changes within a grapheme, and where that grapheme ends."""
    changes = block.textFormats()[1:] if _MAY_JOIN.search(block.text()) else []
    if not changes:
        return []
    finder, at, found = _finder(block), block.position(), []
    for look in changes:
        end = _after(finder, look.start)
        if end != look.start:
            found.append((at + look.start, at + end))
    return found


def _blocks(document: QTextDocument, start: int, end: int) -> list[QTextBlock]:
    found = []
    block = document.findBlock(start)
    while block.isValid() and block.position() <= end:
        found.append(block)
        block = block.next()
    return found


def _finder(block: QTextBlock) -> QTextBoundaryFinder:
    return QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, block.text())


def _before(finder: QTextBoundaryFinder, position: int) -> int:
    finder.setPosition(position)
    return position if finder.isAtBoundary() else max(0, finder.toPreviousBoundary())


def _after(finder: QTextBoundaryFinder, position: int) -> int:
    finder.setPosition(position)
    return position if finder.isAtBoundary() else max(position, finder.toNextBoundary())
