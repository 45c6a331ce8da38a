import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextLayout
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot
from shiboken6 import getAllValidWrappers

from linqdesk.domain.decorations import Decoration
from linqdesk.domain.ids import ChatId
from linqdesk.domain.outgoing import OutgoingText
from linqdesk.ui.composer.animation_marks import marks_of
from linqdesk.ui.composer.composer import Composer
from linqdesk.ui.composer.effect_label import EffectLabel
from tests.ui.assistive import toggle
from tests.ui.conftest import Wishes

CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


def _select(composer: Composer, start: int, end: int) -> None:
    cursor = composer.edit.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, cursor.MoveMode.KeepAnchor)
    composer.edit.setTextCursor(cursor)


def _ranges(composer: Composer) -> list[tuple[int, int, str | None]]:
    return [(each.start, each.end, each.style or each.animation) for each in composer.draft().decorations]


def _button(composer: Composer, name: str) -> QToolButton:
    return next(
        each for each in composer.format_bar.findChildren(QToolButton) if each.accessibleName() == name
    )


def _says(composer: Composer) -> str:
    label = composer.findChild(QLabel, "composer_says")
    assert isinstance(label, QLabel)
    return "" if label.isHidden() else label.text()


@pytest.mark.parametrize(
    ("key", "modifiers", "style"),
    [
        (Qt.Key.Key_B, CTRL, "bold"),
        (Qt.Key.Key_I, CTRL, "italic"),
        (Qt.Key.Key_U, CTRL, "underline"),
        (Qt.Key.Key_X, CTRL_SHIFT, "strikethrough"),
    ],
)
def test_keys_set_a_style_and_take_it_away(
    composer: Composer, key: Qt.Key, modifiers: Qt.KeyboardModifier, style: str
) -> None:
    QTest.keyClicks(composer.edit, "hello you")
    _select(composer, 0, 5)
    QTest.keyClick(composer.edit, key, modifiers)
    assert _ranges(composer) == [(0, 5, style)]
    QTest.keyClick(composer.edit, key, modifiers)
    assert _ranges(composer) == []
    assert composer.edit.toPlainText() == "hello you"


def test_styles_stand_together_and_a_key_without_selection_styles_what_is_typed_next(
    composer: Composer,
) -> None:
    QTest.keyClick(composer.edit, Qt.Key.Key_B, CTRL)
    QTest.keyClicks(composer.edit, "ab")
    QTest.keyClick(composer.edit, Qt.Key.Key_I, CTRL)
    QTest.keyClicks(composer.edit, "cd")
    QTest.keyClick(composer.edit, Qt.Key.Key_B, CTRL)
    QTest.keyClicks(composer.edit, "ef")
    assert _ranges(composer) == [(0, 4, "bold"), (2, 6, "italic")]


def test_an_animation_replaces_what_stands_there_and_says_so(composer: Composer) -> None:
    QTest.keyClicks(composer.edit, "hello you there")
    _select(composer, 0, 9)
    composer.decorator.toggle_style("bold")
    composer.decorator.toggle_style("underline")
    assert _says(composer) == ""
    _select(composer, 6, 15)
    composer.decorator.toggle_animation("shake")
    assert _ranges(composer) == [(0, 6, "bold"), (0, 6, "underline"), (6, 15, "shake")]
    assert _says(composer) == "Shake replaced Bold and Underline: a text effect stands alone."
    _select(composer, 6, 9)
    composer.decorator.toggle_animation("bloom")
    assert _says(composer) == "Bloom replaced Shake: a text effect stands alone."
    composer.decorator.toggle_style("italic")
    assert _says(composer) == "Italic replaced Bloom: a text effect stands alone."
    assert _ranges(composer) == [(0, 6, "bold"), (0, 6, "underline"), (6, 9, "italic"), (9, 15, "shake")]
    QTest.keyClicks(composer.edit, "x")
    assert _says(composer) == ""


def test_one_undo_takes_a_decoration_back(composer: Composer) -> None:
    QTest.keyClicks(composer.edit, "hello")
    composer.edit.selectAll()
    composer.decorator.toggle_style("bold")
    composer.decorator.toggle_animation("shake")
    QTest.keyClick(composer.edit, Qt.Key.Key_Z, CTRL)
    assert _ranges(composer) == [(0, 5, "bold")]
    QTest.keyClick(composer.edit, Qt.Key.Key_Z, CTRL_SHIFT)
    assert _ranges(composer) == [(0, 5, "shake")]


def test_a_selection_that_cuts_an_emoji_decorates_all_of_it(composer: Composer) -> None:
    composer.edit.setPlainText("a👩🏽\u200d🚀b")
    _select(composer, 2, 4)
    composer.decorator.toggle_style("bold")
    assert _ranges(composer) == [(1, 8, "bold")]


def test_what_was_sent_in_bold_does_not_make_the_next_message_bold(
    composer: Composer, wishes: Wishes
) -> None:
    QTest.keyClick(composer.edit, Qt.Key.Key_B, CTRL)
    QTest.keyClicks(composer.edit, "loud")
    QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    assert wishes.contents[0].parts == (OutgoingText("loud", (Decoration(0, 4, style="bold"),)),)
    wishes.sent[0][2](None)
    QTest.keyClicks(composer.edit, "calm")
    assert _ranges(composer) == []


def test_the_bar_comes_with_a_selection_shows_its_styles_and_goes(composer: Composer, qtbot: QtBot) -> None:
    bar = composer.format_bar
    QTest.keyClicks(composer.edit, "hello")
    assert bar.isHidden()
    composer.edit.selectAll()
    qtbot.waitUntil(bar.isVisible)
    assert bar.geometry().bottom() <= composer.y() + 12
    bold = _button(composer, "Bold")
    QTest.mouseClick(bold, Qt.MouseButton.LeftButton)
    assert bold.isChecked()
    assert composer.edit.hasFocus()
    assert _ranges(composer) == [(0, 5, "bold")]
    _select(composer, 0, 0)
    qtbot.waitUntil(bar.isHidden)


def test_the_bar_covers_no_line_when_the_composer_grows_under_it(composer: Composer) -> None:
    QTest.keyClicks(composer.edit, "hello")
    composer.edit.selectAll()
    bar = composer.format_bar
    bar.take_place()
    composer.setGeometry(0, 200, 600, 200)
    assert bar.isVisible()
    assert 180 < bar.geometry().bottom() <= 212


def test_the_bar_can_be_had_without_a_selection_and_left_by_escape(composer: Composer, qtbot: QtBot) -> None:
    QTest.keyClick(composer.edit, Qt.Key.Key_T, CTRL_SHIFT)
    bar = composer.format_bar
    assert bar.isVisible()
    italic = _button(composer, "Italic")
    italic.setFocus()
    QTest.keyClick(italic, Qt.Key.Key_Space)
    assert italic.isChecked()
    QTest.keyClick(italic, Qt.Key.Key_Escape)
    assert composer.edit.hasFocus()
    qtbot.waitUntil(bar.isHidden)


def test_the_menu_of_animations_works_by_keys_and_shows_what_is_chosen(composer: Composer) -> None:
    QTest.keyClicks(composer.edit, "hello")
    composer.edit.selectAll()
    composer.format_bar.take_place()
    _button(composer, "Text effects").click()
    menu = composer.format_bar.menu
    labels = {each.animation: each for each in menu.findChildren(EffectLabel)}
    assert labels["big"].hasFocus()
    QTest.keyClick(labels["big"], Qt.Key.Key_Down)
    QTest.keyClick(labels["shake"], Qt.Key.Key_Right)
    QTest.keyClick(labels["nod"], Qt.Key.Key_Return)
    assert menu.isHidden()
    assert composer.edit.hasFocus()
    assert _ranges(composer) == [(0, 5, "nod")]

    composer.format_bar.open_menu()
    assert labels["nod"].isChecked()
    assert labels["nod"].hasFocus()
    QTest.keyClick(labels["nod"], Qt.Key.Key_Escape)
    assert menu.isHidden()
    assert _ranges(composer) == [(0, 5, "nod")]


def test_nothing_ticks_once_the_menu_is_closed(composer: Composer) -> None:
    composer.edit.setPlainText("hello")
    composer.edit.selectAll()
    composer.format_bar.open_menu()
    clock = composer.edit.marks.clock
    assert clock.is_running
    composer.format_bar.menu.close_up()
    assert not clock.is_running


def test_with_less_motion_neither_menu_nor_editor_moves(composer: Composer) -> None:
    marks = composer.edit.marks
    marks.move_by(marks.clock, lambda: True)
    composer.edit.setPlainText("hello")
    composer.edit.selectAll()
    composer.format_bar.open_menu()
    composer.format_bar.menu.close_up()
    composer.decorator.toggle_animation("shake")
    assert not marks.clock.is_running
    assert _ranges(composer) == [(0, 5, "shake")]


def _ink(composer: Composer) -> int:
    """How many pixels of the editor's picture are as dark as text."""
    image = composer.edit.viewport().grab().toImage()
    return sum(image.pixelColor(x, y).lightness() < 90 for x in range(80) for y in range(image.height()))


def test_an_animation_is_previewed_where_it_was_set_until_the_text_changes(composer: Composer) -> None:
    composer.edit.activateWindow()
    QTest.keyClicks(composer.edit, "hello you")
    at_rest = _ink(composer)
    _select(composer, 0, 9)
    composer.decorator.toggle_animation("shake")
    _select(composer, 9, 9)
    marks = composer.edit.marks
    assert marks.is_moving
    assert _ink(composer) > at_rest / 2
    QTest.keyClicks(composer.edit, "x")
    assert not marks.is_moving
    assert not marks.clock.is_running


def test_a_moving_text_outlives_its_document_unharmed(composer: Composer) -> None:
    composer.edit.activateWindow()
    composer.edit.setPlainText("hello you")
    _select(composer, 0, 9)
    before = _layouts()
    composer.decorator.toggle_animation("shake")
    assert composer.edit.marks.is_moving
    # Qt frees a layout with its document; Python would give its name to what stands there next.
    assert _layouts() == before


def _layouts() -> int:
    return sum(isinstance(each, QTextLayout) for each in getAllValidWrappers())


def test_the_name_of_an_animation_is_found_under_the_pointer(composer: Composer) -> None:
    composer.edit.setPlainText("hello you")
    _select(composer, 6, 9)
    composer.decorator.toggle_animation("bloom")
    marks, block = composer.edit.marks, composer.edit.document().begin()
    box = next(next(iter(marks_of(block))).boxes(0.0, 99.0))
    inside = (
        composer.edit.blockBoundingGeometry(block).topLeft() + composer.edit.contentOffset() + box.center()
    )
    mark = marks.at(inside)
    assert mark is not None
    assert mark.animation == "bloom"
    assert marks.at(inside - QPoint(60, 0).toPointF()) is None


def test_what_was_replaced_stays_said_until_one_writes_on_or_goes(composer: Composer) -> None:
    QTest.keyClicks(composer.edit, "hello you")
    _select(composer, 0, 5)
    composer.decorator.toggle_style("bold")
    composer.decorator.toggle_animation("shake")
    composer.refresh()
    assert _says(composer).startswith("Shake replaced Bold")
    composer.show_chat(ChatId("tom"))
    assert _says(composer) == ""


def test_a_screen_reader_toggles_a_style(composer: Composer) -> None:
    QTest.keyClicks(composer.edit, "hello you")
    _select(composer, 0, 5)
    composer.format_bar.take_place()
    toggle(_button(composer, "Bold"))
    assert _ranges(composer) == [(0, 5, "bold")]
    toggle(_button(composer, "Bold"))
    assert _ranges(composer) == []


def test_a_screen_reader_chooses_a_text_effect(composer: Composer) -> None:
    QTest.keyClicks(composer.edit, "hello you")
    _select(composer, 0, 5)
    composer.format_bar.take_place()
    toggle(_button(composer, "Text effects"))
    label = next(
        each for each in composer.format_bar.menu.findChildren(EffectLabel) if each.text() == "Shake"
    )
    toggle(label)
    assert _ranges(composer) == [(0, 5, "shake")]
