"""What the editor shows is what the ranges say, after any sequence of edits."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QMimeData, Qt, QTextBoundaryFinder
from PySide6.QtGui import QFont, QGlyphRun, QKeyEvent, QRawFont, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from linqdesk.domain.composing import content_of
from linqdesk.domain.decorations import Decoration, utf16_length
from linqdesk.domain.outgoing import Draft, OutgoingText
from linqdesk.domain.rules.decorations import check_decorations
from linqdesk.ui.composer.decorated_document import decorations_of, fill, text_of
from linqdesk.ui.composer.decoration_words import ANIMATIONS, STYLES
from linqdesk.ui.composer.decorator import Decorator
from linqdesk.ui.composer.message_edit import MessageEdit
from linqdesk.ui.theme import LIGHT
from tests.fuzzing import examples

_KEYS = [
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
]
_NONE, _SHIFT, _CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
_ASTRONAUT, _FAMILY, _ACUTE = "👩🏽\u200d🚀", "👨\u200d👩\u200d👧", "\u0301"
_LETTERS = [
    "a",
    "B",
    " ",
    "é",
    "e",
    _ACUTE,
    "👍",
    "🏽",
    "\u200d",
    "🚀",
    _ASTRONAUT,
    "ש",
    "ل",
    "\u00a0",
    "🇺",
    "🇸",
]
_TEXTS = [
    "",
    "hi",
    "  two words ",
    "a\nb",
    "\n",
    "x\r\ny",
    f"{_FAMILY}!",
    "שלום",
    f"e{_ACUTE}{_ACUTE}e",
    "a\tb",
]
_BREAK = (Qt.Key.Key_Return, _SHIFT)
_UNDO, _REDO = (Qt.Key.Key_Z, _CTRL), (Qt.Key.Key_Z, _CTRL | _SHIFT)


def _act(name: str, what: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[str, object]]:
    return st.tuples(st.just(name), what)


acts = st.lists(
    st.one_of(
        _act("type", st.sampled_from(_LETTERS)),
        _act("paste", st.sampled_from(_TEXTS)),
        _act("press", st.tuples(st.sampled_from(_KEYS), st.sampled_from([_NONE, _SHIFT, _CTRL]))),
        _act("press", st.sampled_from([_BREAK, _UNDO, _UNDO, _REDO])),
        _act("select", st.tuples(st.integers(0, 40), st.integers(0, 40))),
        _act("style", st.sampled_from(sorted(STYLES))),
        _act("animate", st.sampled_from(sorted(ANIMATIONS))),
    ),
    max_size=30,
)


class Typist:
    """Somebody at the keyboard."""

    def __init__(self, edit: MessageEdit) -> None:
        self.edit = edit
        self.decorator = Decorator(edit)

    def do(self, act: str, what: object) -> None:
        match what:
            case str():
                {"type": self.type, "paste": self.paste, "style": self.decorator.toggle_style}.get(
                    act, self.decorator.toggle_animation
                )(what)
            case (Qt.Key() as key, Qt.KeyboardModifier() as modifiers):
                QTest.keyClick(self.edit, key, modifiers)
            case (int() as start, int() as end):
                self.select(start, end)
            case _:
                raise AssertionError(what)

    def type(self, text: str) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(self.edit, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, text))

    def paste(self, text: str) -> None:
        clip = QMimeData()
        clip.setText(text)
        self.edit.insertFromMimeData(clip)

    def select(self, start: int, end: int) -> None:
        """Select from one place to another as arrow keys do: by whole characters."""
        cursor = self.edit.textCursor()
        cursor.movePosition(cursor.MoveOperation.Start)
        cursor.movePosition(cursor.MoveOperation.NextCharacter, n=start)
        cursor.movePosition(
            cursor.MoveOperation.NextCharacter, cursor.MoveMode.KeepAnchor, max(0, end - start)
        )
        self.edit.setTextCursor(cursor)


@pytest.fixture(scope="module")
def typist(qapp: QApplication) -> Iterator[Callable[[], Typist]]:
    del qapp
    window = QWidget()
    edit = MessageEdit(LIGHT, window)
    edit.resize(300, 200)

    someone = Typist(edit)

    def sit_down() -> Typist:
        edit.document().deleteLater()
        edit.show_document(edit.new_document())
        return someone

    yield sit_down
    window.deleteLater()


def _graphemes(text: str) -> list[tuple[int, int]]:
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    found, start = [], 0
    while (end := finder.toNextBoundary()) >= 0:
        found.append((start, end))
        start = end
    return found


def _covering(decorations: tuple[Decoration, ...], start: int) -> set[str]:
    return {each.style or each.animation or "" for each in decorations if each.start <= start < each.end}


def _shown(run: QGlyphRun) -> set[str]:
    """The styles with which a run of glyphs is drawn."""
    raw: QRawFont = run.rawFont()
    drawn = {
        "bold": raw.weight() >= QFont.Weight.Bold,
        "italic": raw.style() is not QFont.Style.StyleNormal,
        "underline": run.underline(),
        "strikethrough": run.strikeOut(),
    }
    return {style for style, is_drawn in drawn.items() if is_drawn}


def _assert_shown_is_said(edit: MessageEdit) -> None:
    document = edit.document()
    text, decorations = text_of(document), decorations_of(document)
    # Font fallback decides how a picture or a foreign letter looks: bold and italic show in Latin ones.
    everywhere = {"underline", "strikethrough"}
    block = document.begin()
    while block.isValid():
        for start, end in _graphemes(block.text()):
            said = _covering(decorations, block.position() + start) & set(STYLES)
            for run in block.layout().glyphRuns(start, end - start):
                sees = set(STYLES) if block.text().isascii() else everywhere
                assert _shown(run) & sees == said & sees, (text, decorations, start)
        block = block.next()
    edges = {edge for pair in _graphemes(text) for edge in pair}
    assert {each.start for each in decorations} | {each.end for each in decorations} <= edges
    assert check_decorations(text, decorations) == ()


def _state(edit: MessageEdit) -> tuple[str, tuple[Decoration, ...]]:
    return text_of(edit.document()), decorations_of(edit.document())


@examples(300, full=5_000)
@given(acts=acts)
def test_the_editor_shows_what_the_ranges_say_after_any_edits(
    typist: Callable[[], Typist], acts: list[tuple[str, object]]
) -> None:
    someone = typist()
    edit = someone.edit
    for act, what in acts:
        someone.do(act, what)
        edit.document().documentLayout().documentSize()
        _assert_shown_is_said(edit)

    text, decorations = _state(edit)
    content = content_of(Draft(text, 0, decorations))
    for part in content.parts:
        assert isinstance(part, OutgoingText)
        assert part.value == text.strip()
        assert check_decorations(part.value, part.decorations) == ()
        shift = utf16_length(text) - utf16_length(text.lstrip())
        for position in range(utf16_length(part.value)):
            assert _covering(part.decorations, position) == _covering(decorations, position + shift)


@examples(100, full=5_000)
@given(acts=acts)
def test_undoing_all_and_redoing_all_restores_text_and_ranges(
    typist: Callable[[], Typist], acts: list[tuple[str, object]]
) -> None:
    someone = typist()
    for act, what in acts:
        someone.do(act, what)
    document = someone.edit.document()
    while document.isRedoAvailable():
        document.redo()
    after = _state(someone.edit)
    while document.isUndoAvailable():
        document.undo()
    assert _state(someone.edit) == ("", ())
    while document.isRedoAvailable():
        document.redo()
    assert _state(someone.edit) == after


@examples(100, full=5_000)
@given(acts=acts)
def test_a_draft_comes_back_as_it_was(typist: Callable[[], Typist], acts: list[tuple[str, object]]) -> None:
    someone = typist()
    for act, what in acts:
        someone.do(act, what)
    text, decorations = _state(someone.edit)
    again = QTextDocument()
    fill(again, text, decorations)
    assert (text_of(again), decorations_of(again)) == (text, decorations)
    assert not again.isUndoAvailable()
