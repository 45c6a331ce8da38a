from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.domain.emoji import Emoji
from linqdesk.local.settings import Settings
from linqdesk.ui.pickers.emoji_picker import EmojiPicker, drawable
from linqdesk.ui.preferences import Preferences
from linqdesk.ui.theme import LIGHT


class Place:
    """A window with a button that opens the picker, and what was chosen."""

    def __init__(self, qtbot: QtBot) -> None:
        self.chosen: list[str] = []
        self.preferences = Preferences()
        self.window = QWidget()
        self.window.resize(900, 700)
        self.button = QPushButton("open", self.window)
        column = QVBoxLayout(self.window)
        column.addStretch()
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        self.picker = EmojiPicker(self.preferences, LIGHT, self.window)
        self.picker.chosen.connect(self.chosen.append)
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.picker.show_emoji(self.button)

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(self.window.focusWidget(), key, held)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.window.focusWidget(), text)

    def click(self, name: str) -> None:
        button = self.picker.findChild(QAbstractButton, name)
        assert isinstance(button, QAbstractButton)
        button.click()

    @property
    def headings(self) -> list[str]:
        return [words for _, words in self.picker.grid.emoji.headings()]


@pytest.fixture
def place(qtbot: QtBot) -> Iterator[Place]:
    made = Place(qtbot)
    # The window must outlive the test: Qt deletes its children with it.
    yield made
    made.window.close()


def test_typing_searches_and_enter_takes_the_first_find(place: Place) -> None:
    place.type("thumbsup")
    place.press(Qt.Key.Key_Return)
    assert place.chosen == ["👍️"]
    assert place.picker.isHidden()
    assert place.button.hasFocus()


def test_the_arrows_go_over_headings_and_blanks(place: Place) -> None:
    place.preferences.set(Settings(recent_emoji=("🎉", "😂")))
    place.picker.show_emoji(place.button)
    assert place.headings[:2] == ["Recent", "Smileys"]
    place.press(Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right)
    grid = place.picker.grid
    assert grid.currentIndex().data() == "😀"
    place.press(Qt.Key.Key_Left)
    assert grid.currentIndex().data() == "😂"
    place.press(Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert place.chosen == ["😂"]


def test_up_from_the_first_row_returns_to_the_search_and_letters_do_too(place: Place) -> None:
    place.press(Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert place.picker.search.hasFocus()
    place.press(Qt.Key.Key_Down)
    place.type("cat")
    assert place.picker.search.text() == "cat"
    place.press(Qt.Key.Key_Down, Qt.Key.Key_Backspace)
    assert place.picker.search.text() == "ca"


def test_what_is_taken_becomes_the_first_of_the_recent_ones(place: Place) -> None:
    place.preferences.set(Settings(recent_emoji=("😀", "🎉")))
    place.type("tada")
    place.press(Qt.Key.Key_Return)
    assert place.preferences.current.recent_emoji == ("🎉", "😀")


def test_shift_keeps_it_open_for_more(place: Place) -> None:
    place.type("tada")
    place.press(Qt.Key.Key_Down)
    place.press(Qt.Key.Key_Return, Qt.Key.Key_Return, held=Qt.KeyboardModifier.ShiftModifier)
    assert place.chosen == ["🎉", "🎉"]
    assert place.picker.isVisible()


def test_a_skin_tone_is_worn_by_all_and_kept(place: Place) -> None:
    place.click("skin_tone_5")
    assert place.preferences.current.skin_tone == 5
    place.type("wave")
    place.press(Qt.Key.Key_Return)
    assert place.chosen == ["👋🏿"]
    assert place.preferences.current.recent_emoji == ("👋",)


def test_a_group_is_gone_to(place: Place) -> None:
    place.type("cat")
    place.click("emoji_group_4")
    index = place.picker.grid.currentIndex()
    assert place.picker.search.text() == ""
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "grapes"


def test_nothing_found_is_said(place: Place) -> None:
    place.type("zzzz")
    label = place.picker.findChild(QLabel, "no_emoji")
    assert isinstance(label, QLabel)
    assert label.isVisible()
    assert label.text() == "No emoji for “zzzz”"
    place.press(Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert place.chosen == []


def test_escape_closes(place: Place) -> None:
    place.press(Qt.Key.Key_Escape)
    assert place.picker.isHidden()


def test_its_table_is_a_sound_model_with_a_name_for_each_emoji(place: Place) -> None:
    model: QAbstractItemModel = place.picker.grid.emoji
    QAbstractItemModelTester(model)
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "grinning face"
    assert place.picker.accessibleName() == "Emoji"


def test_what_the_fonts_cannot_draw_is_not_offered() -> None:
    known = (
        Emoji("😀", "grinning face", ("grinning",), version=1.0),
        Emoji("\U0010fffd", "something later", ("later",), version=99.0),
        Emoji("🇨🇶", "a later flag", ("flag",), version=99.0, group=9),
    )
    assert [each.text for each in drawable(known)] == ["😀"]
