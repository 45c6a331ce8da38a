"""Underlines what no dictionary has, and offers what may have been meant."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QAction, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit

from linqdesk.domain.decorations import utf16_length
from linqdesk.services.spelling import Speller
from linqdesk.ui.composer.message_edit import MessageEdit

_PAUSE_MS, _KEPT = 350, 5_000
# Letters with their marks, apostrophes between them; what stands beside digits, @, / or a dot within is no
# plain word. Marks are accents, Hebrew points and Arabic vowels, which Python counts to no word.
_MARKS = "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670"
_LETTERS = rf"(?:[^\W\d_][{_MARKS}]*)+"
_WORD = re.compile(rf"(?<![\w@#/.:\-{_MARKS}]){_LETTERS}(?:['\u2019]{_LETTERS})*(?![\w@/:{_MARKS}]|\.\w)")


class SpellMarks(QObject):
    """Looks at what is visible of a text once the keys have paused; the word at the cursor is left alone.

    `menu_made` carries the editor's menu before it opens, so that others may add to it.
    """

    menu_made = Signal(object)

    def __init__(self, edit: MessageEdit, spelling: Speller) -> None:
        """Begin with nothing known."""
        super().__init__(edit)
        self._edit = edit
        self._spelling = spelling
        self._known: dict[str, bool] = {}
        self._is_enabled = True
        self._pausing = QTimer(self)
        self._pausing.setSingleShot(True)
        self._pausing.setInterval(_PAUSE_MS)
        self._pausing.timeout.connect(self.look)
        edit.textChanged.connect(self._pausing.start)
        edit.cursorPositionChanged.connect(self._pausing.start)
        # Connected straight, the timer would take where it is scrolled to for its interval.
        edit.verticalScrollBar().valueChanged.connect(lambda _value: self._pausing.start())
        edit.menu_wished.connect(self.open_menu)

    def set_enabled(self, *, is_enabled: bool) -> None:
        """Check from now on, or no longer."""
        self._is_enabled = is_enabled
        self.look()

    def look(self) -> None:
        """Underline what is known to be wrong on screen, and ask about what is not known."""
        self._pausing.stop()
        words = list(self._words()) if self._is_enabled and not self._edit.isReadOnly() else []
        unknown = frozenset(word for word, _, _ in words if word not in self._known)
        if unknown:
            self._spelling.check(unknown, partial(self._take, unknown))
        cursor = self._edit.textCursor().position()
        self._edit.setExtraSelections(
            [
                self._marked(start, end)
                for word, start, end in words
                if not self._known.get(word, True) and not start <= cursor <= end
            ]
        )

    def open_menu(self, at: QPoint, place: QPoint) -> None:
        """Open the menu of the editor at a point of the screen, with corrections for the word below it."""
        found = self._wrong_at(self._edit.cursorForPosition(place).position())
        if found is None:
            menu = self._edit.createStandardContextMenu(place)
            self.menu_made.emit(menu)
            menu.popup(at)
        else:
            word, start, end = found
            cursor = self._over(start, end)
            self._spelling.suggest(word, lambda offers: self._offer(at, place, (word, cursor), offers))

    def correct(self, word: QTextCursor, meant: str) -> None:
        """Put a word in place of a selected one, with its decorations."""
        at_start = QTextCursor(word)
        at_start.setPosition(word.selectionStart() + 1)
        word.insertText(meant, at_start.charFormat())

    def learn(self, word: str) -> None:
        """Take a word for right, here and in the person's own list."""
        self._known[word] = True
        self._spelling.learn(word)
        self.look()

    def _take(self, asked: frozenset[str], wrong: frozenset[str]) -> None:
        if len(self._known) > _KEPT:
            self._known.clear()
        self._known.update((word, word not in wrong) for word in asked)
        if wrong:
            self.look()

    def _offer(
        self, at: QPoint, place: QPoint, wrong: tuple[str, QTextCursor], offers: tuple[str, ...]
    ) -> None:
        word, cursor = wrong
        menu = self._edit.createStandardContextMenu(place)
        first = menu.actions()[0]
        # Looking takes a moment; the cursor moves with the text, but the word may be another by now.
        if cursor.document() is self._edit.document() and cursor.selectedText() == word:
            for offer in offers:
                self._insert(menu, first, offer, partial(self.correct, cursor, offer))
            if not offers:
                self._insert(menu, first, "No suggestions", None)
            self._insert(menu, first, "Add to dictionary", partial(self.learn, word))
            menu.insertSeparator(first)
        self.menu_made.emit(menu)
        menu.popup(at)

    def _insert(self, menu: QMenu, before: QAction, words: str, act: Callable[[], None] | None) -> None:
        action = QAction(words, menu)
        action.setEnabled(act is not None)
        if act is not None:
            # Qt says as well whether the entry is checked, which means nothing here.
            action.triggered.connect(lambda _checked, act=act: act())
        menu.insertAction(before, action)

    def _wrong_at(self, position: int) -> tuple[str, int, int] | None:
        wrong = (each for each in self._words() if not self._known.get(each[0], True))
        return next((each for each in wrong if each[1] <= position <= each[2]), None)

    def _words(self) -> Iterator[tuple[str, int, int]]:
        """Yield what can be seen, word by word, with its place in UTF-16 code units."""
        block, bottom = self._edit.firstVisibleBlock(), self._edit.viewport().height()
        while block.isValid() and self._edit.place_of(block).y() < bottom:
            yield from _words_in(block)
            block = block.next()

    def _marked(self, start: int, end: int) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(self._edit.theme.danger)
        # The stubs know these only as attributes of the class.
        made.cursor = self._over(start, end)
        made.format = look
        return made

    def _over(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self._edit.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor


def _words_in(block: QTextBlock) -> Iterator[tuple[str, int, int]]:
    text, at = block.text(), block.position()
    read, offset = 0, 0
    for found in _WORD.finditer(text):
        offset += utf16_length(text[read : found.start()])
        read = found.start()
        word = found.group()
        if len(word) > 1 and not word.isupper():
            yield word, at + offset, at + offset + utf16_length(word)
