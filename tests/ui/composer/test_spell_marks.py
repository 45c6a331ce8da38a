import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from linqdesk.domain.decorations import Decoration
from linqdesk.ui.composer.composer import Composer
from tests.ui.conftest import Wishes

# The off-screen platform opens menus and says that it cannot keep the keyboard to them.
opens_a_menu = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def _underlined(composer: Composer) -> list[str]:
    return [each.cursor.selectedText() for each in composer.edit.extraSelections()]


def _write(composer: Composer, text: str) -> None:
    composer.edit.setPlainText(text)
    composer.edit.moveCursor(QTextCursor.MoveOperation.Start)
    composer.spell_marks.look()


def _menu_at(composer: Composer, position: int) -> list[QAction]:
    cursor = composer.edit.textCursor()
    cursor.setPosition(position)
    place = composer.edit.cursorRect(cursor).center()
    composer.edit.menu_wished.emit(QPoint(0, 0), place)
    menu = composer.edit.findChildren(QMenu)[-1]
    menu.close()
    return menu.actions()


def test_wrong_words_are_underlined_right_ones_and_the_one_being_written_are_not(
    composer: Composer, wishes: Wishes
) -> None:
    wishes.spelling.meant = {"wrold": ("world",), "teh": ("the",)}
    _write(composer, " 👍🏽 hello wrold teh")
    assert _underlined(composer) == ["wrold", "teh"]
    composer.edit.moveCursor(QTextCursor.MoveOperation.End)
    composer.spell_marks.look()
    assert _underlined(composer) == ["wrold"]
    assert composer.draft().decorations == ()


def test_what_is_known_is_not_asked_again(composer: Composer, wishes: Wishes) -> None:
    _write(composer, "one two")
    _write(composer, "one two three")
    assert wishes.spelling.asked == [frozenset({"one", "two"}), frozenset({"three"})]


@pytest.mark.parametrize(
    "text", ["https://wrold.com/wrold", "wrold@wrold.com", "wrold.com", "@wrold", "wrold7", "WROLD", "x"]
)
def test_addresses_names_and_numbers_are_no_words(composer: Composer, wishes: Wishes, text: str) -> None:
    wishes.spelling.meant = dict.fromkeys(("wrold", "WROLD", "x", "https", "com"), ())
    _write(composer, f" {text}")
    assert _underlined(composer) == []


@opens_a_menu
def test_the_menu_offers_what_was_meant_and_keeps_decorations(composer: Composer, wishes: Wishes) -> None:
    wishes.spelling.meant = {"wrold": ("world", "would")}
    _write(composer, "hello wrold!")
    cursor = composer.edit.textCursor()
    cursor.setPosition(6)
    cursor.setPosition(11, QTextCursor.MoveMode.KeepAnchor)
    composer.edit.setTextCursor(cursor)
    composer.decorator.toggle_style("bold")
    composer.edit.moveCursor(QTextCursor.MoveOperation.Start)
    composer.spell_marks.look()
    actions = _menu_at(composer, 8)
    assert [each.text() for each in actions[:3]] == ["world", "would", "Add to dictionary"]
    actions[0].trigger()
    assert composer.draft().text == "hello world!"
    assert composer.draft().decorations == (Decoration(6, 11, style="bold"),)
    QTest.keyClick(composer.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert composer.draft().text == "hello wrold!"


@opens_a_menu
def test_a_learnt_word_is_right_at_once(composer: Composer, wishes: Wishes) -> None:
    wishes.spelling.meant = {"Linq": ()}
    _write(composer, " Linq")
    actions = _menu_at(composer, 3)
    assert (actions[0].text(), actions[0].isEnabled()) == ("No suggestions", False)
    assert actions[1].text() == "Add to dictionary"
    actions[1].trigger()
    assert wishes.spelling.learnt == ["Linq"]
    assert _underlined(composer) == []


@opens_a_menu
def test_elsewhere_the_menu_is_the_usual_one(composer: Composer) -> None:
    _write(composer, "hello")
    assert "Add to dictionary" not in [each.text() for each in _menu_at(composer, 2)]


def test_checking_can_be_turned_off(composer: Composer, wishes: Wishes) -> None:
    wishes.spelling.meant = {"wrold": ("world",)}
    _write(composer, " wrold")
    composer.spell_marks.set_enabled(is_enabled=False)
    assert _underlined(composer) == []
    _write(composer, " wrold other")
    assert wishes.spelling.asked == [frozenset({"wrold"})]


def test_scrolling_leaves_the_pause_as_long_as_it_is(composer: Composer) -> None:
    timer = composer.spell_marks.findChild(QTimer)
    assert isinstance(timer, QTimer)
    pause_ms = timer.interval()
    composer.edit.setPlainText("line\n" * 60)
    bar = composer.edit.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    assert timer.isActive()
    assert timer.interval() == pause_ms
