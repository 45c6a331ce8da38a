"""Decorates what is selected, or what is typed next, by the rules of the API."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor

from linqdesk.domain.decorations import Decoration
from linqdesk.ui.composer.decorated_document import (
    animation_of,
    format_of,
    formats_between,
    plain_format,
    styles_of,
)
from linqdesk.ui.composer.decoration_words import STYLES, replacement_words
from linqdesk.ui.composer.grapheme_formats import whole_graphemes
from linqdesk.ui.composer.message_edit import MessageEdit


class Decorator(QObject):
    """Sets and clears decorations in an editor; without `is_enabled` it leaves the text alone.

    Styles may stand together, an animation stands alone (S4, Inline Text Decorations): whichever comes
    later wins, and `replaced` says in a sentence what it took away. `animated` carries the range that was
    given an animation. `looked_at` tells that the answers of `styles` and `animation` may be others now.
    """

    replaced = Signal(str)
    animated = Signal(int, int)
    looked_at = Signal()

    def __init__(self, edit: MessageEdit) -> None:
        """Decorate this editor's text."""
        super().__init__(edit)
        self._edit = edit
        self.is_enabled = True
        edit.selectionChanged.connect(self.looked_at)
        edit.cursorPositionChanged.connect(self.looked_at)
        edit.textChanged.connect(self.looked_at)

    def styles(self) -> frozenset[str]:
        """Return the styles that all of the selection has, or that typing would have."""
        common: frozenset[str] = frozenset(STYLES)
        for look in self._looks():
            common &= styles_of(look)
        return common

    def animation(self) -> str | None:
        """Return the animation that all of the selection has, or that typing would have."""
        found = {animation_of(look) for look in self._looks()}
        return found.pop() if len(found) == 1 else None

    def toggle_style(self, style: str) -> None:
        """Give the selection a style by the API's word, or take it away where all of it has it."""
        if style in self.styles():
            self._apply(plain_format(style))
            return
        lost = {animation_of(look) for look in self._looks()} - {None}
        self._apply(format_of(Decoration(0, 1, style=style)))
        self._say(style, {each for each in lost if each is not None})

    def toggle_animation(self, animation: str) -> None:
        """Let the selection move by the API's word, or rest where all of it moves so."""
        if animation == self.animation():
            self._apply(plain_format())
            return
        looks = list(self._looks())
        lost = {style for look in looks for style in styles_of(look)}
        lost |= {each for each in map(animation_of, looks) if each is not None and each != animation}
        self._apply(format_of(Decoration(0, 1, animation=animation)))
        self._say(animation, lost)
        if self.is_enabled and self._edit.textCursor().hasSelection():
            self.animated.emit(*self._chosen())

    def clear(self) -> None:
        """Take every decoration from the selection."""
        self._apply(plain_format())

    def _say(self, chosen: str, lost: set[str]) -> None:
        if lost and self.is_enabled:
            self.replaced.emit(replacement_words(chosen, lost))

    def _looks(self) -> Iterator[QTextCharFormat]:
        if self._edit.textCursor().hasSelection():
            yield from formats_between(self._edit.document(), *self._chosen())
        else:
            yield self._edit.currentCharFormat()

    def _apply(self, look: QTextCharFormat) -> None:
        if not self.is_enabled:
            return
        if self._edit.textCursor().hasSelection():
            cursor = QTextCursor(self._edit.document())
            start, end = self._chosen()
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(look)
        else:
            self._edit.mergeCurrentCharFormat(look)
        self.looked_at.emit()

    def _chosen(self) -> tuple[int, int]:
        cursor = self._edit.textCursor()
        return whole_graphemes(self._edit.document(), cursor.selectionStart(), cursor.selectionEnd())
