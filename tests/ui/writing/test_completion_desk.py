from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListWidget, QMenu, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from linqdesk.domain.canned import CannedReply
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.message import Effect
from linqdesk.local.settings import Settings
from linqdesk.services.canned_shelf import CannedShelf, Done
from linqdesk.services.task_scope import TaskScope
from linqdesk.store.cache import Cache
from linqdesk.ui.composer.composer import Composer
from linqdesk.ui.preferences import Preferences
from linqdesk.ui.theme import LIGHT
from linqdesk.ui.writing.completion_desk import CompletionDesk
from tests.store.messages import ANA
from tests.ui.conftest import Wishes

REPLIES = (
    CannedReply("thanks", "Thank you, {name}!", (Decoration(0, 9, style="bold"),)),
    CannedReply("shipped", "Order {number} comes on {day}. {agent}", (), Effect("screen", "confetti")),
)


# The off-screen platform opens menus and says that it cannot keep the keyboard to them.
opens_a_menu = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class QuietShelf(CannedShelf):
    """A shelf whose replies are in memory alone."""

    def __init__(self) -> None:
        super().__init__(Path("none.toml"), TaskScope("test"))
        self.replies = REPLIES

    @override
    def look_again(self) -> None:
        """Read nothing."""

    @override
    def keep(
        self, replies: tuple[CannedReply, ...], done: Done, *, was: tuple[CannedReply, ...] | None = None
    ) -> None:
        """Write nothing, and refuse as a shelf does that could not be read."""
        if self.fault is not None:
            super().keep(replies, done)
        else:
            self.replies = replies
            done(None)


class Place:
    """A composer on a window, with what completes its text."""

    def __init__(self, cache: Cache, wishes: Wishes, qtbot: QtBot) -> None:
        self.window = QWidget()
        self.window.resize(700, 500)
        self.composer = Composer(cache, wishes, LIGHT, self.window)
        self.composer.setGeometry(0, 380, 700, 120)
        self.preferences = Preferences(Settings(agent_name="Kim", skin_tone=5))
        self.desk = CompletionDesk(cache, self.composer, self.preferences, LIGHT)
        self.shelf = QuietShelf()
        self.desk.shelf = self.shelf
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.composer.show_chat(ANA)
        self.edit.setFocus()

    @property
    def edit(self) -> QWidget:
        return self.composer.edit

    @property
    def text(self) -> str:
        return self.composer.edit.toPlainText()

    def type(self, text: str) -> None:
        QTest.keyClicks(self.edit, text)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.edit, key)

    def offered(self) -> list[str]:
        lines = self.window.findChild(QListWidget, "suggestions")
        if not isinstance(lines, QListWidget) or not lines.isVisible():
            return []
        return [lines.item(row).text() for row in range(lines.count())]

    def left(self) -> str:
        label = self.composer.findChild(QLabel, "fields_left")
        assert isinstance(label, QLabel)
        return "" if label.isHidden() else label.text()


@pytest.fixture
def place(cache: Cache, wishes: Wishes, qtbot: QtBot) -> Iterator[Place]:
    made = Place(cache, wishes, qtbot)
    # The window must outlive the test: Qt deletes its children with it.
    yield made
    made.window.close()


def test_a_slash_offers_the_replies_and_letters_narrow_them(place: Place) -> None:
    place.type("/")
    assert place.offered() == ["/thanks", "/shipped"]
    place.type("order")
    assert place.offered() == ["/shipped"]
    place.type("zzz")
    assert place.offered() == []


def test_enter_writes_the_reply_with_variables_and_decorations_and_sends_nothing(
    place: Place, wishes: Wishes
) -> None:
    place.type("Hi. /")
    place.press(Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert place.text == "Hi. Thank you, Ana!"
    assert place.composer.draft().decorations == (Decoration(4, 13, style="bold"),)
    assert wishes.sent == []
    place.composer.edit.undo()
    assert place.text == "Hi. /"


def test_tab_goes_through_what_is_to_be_filled_in(place: Place, wishes: Wishes) -> None:
    place.type("/shipped")
    place.press(Qt.Key.Key_Return)
    assert place.text == "Order {number} comes on {day}. Kim"
    assert place.composer.draft().effect == Effect("screen", "confetti")
    assert place.left() == "To fill in, by Tab: {number}, {day}"
    place.type("42")
    place.press(Qt.Key.Key_Tab)
    place.type("Friday")
    assert place.text == "Order 42 comes on Friday. Kim"
    assert place.left() == ""
    place.press(Qt.Key.Key_Return)
    assert [text for _, text, _ in wishes.sent] == ["Order 42 comes on Friday. Kim"]


def test_shift_and_tab_goes_back(place: Place) -> None:
    place.type("/shipped")
    place.press(Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
    assert place.composer.edit.textCursor().selectedText() == "{number}"


def test_what_is_not_filled_in_is_sent_only_at_the_second_wish(place: Place, wishes: Wishes) -> None:
    place.type("/shipped")
    place.press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert wishes.sent == []
    assert place.left() == "Still to fill in: {number}, {day}. Send again to send it as it is."
    place.press(Qt.Key.Key_Return)
    assert len(wishes.sent) == 1


def test_escape_leaves_the_text_and_the_list_away(place: Place) -> None:
    place.type("/th")
    place.press(Qt.Key.Key_Escape)
    place.type("a")
    assert (place.offered(), place.text) == ([], "/tha")
    place.type(" /th")
    assert place.offered() == ["/thanks"]


@pytest.mark.parametrize("text", ["and/or", "https://a.b/th", "1:30", "a:smile", "see:"])
def test_within_words_nothing_is_offered(place: Place, text: str) -> None:
    place.type(text)
    assert place.offered() == []


def test_a_name_after_a_colon_becomes_an_emoji_in_the_preferred_tone(place: Place) -> None:
    place.type("Hi :wav")
    assert place.offered()[0].startswith("👋🏿  :wave")
    place.press(Qt.Key.Key_Tab)
    assert place.text == "Hi 👋🏿"


def test_a_whole_name_between_colons_becomes_an_emoji_at_once(place: Place) -> None:
    place.composer.edit.insertPlainText("👍🏽 ")
    place.type(":tada: and :nothing_such:")
    assert place.text == "👍🏽 🎉 and :nothing_such:"


def test_leaving_the_field_closes_the_list(place: Place) -> None:
    place.type("/")
    place.composer.send_button.setFocus()
    assert place.offered() == []


def _saving(place: Place) -> QAction:
    """The entry of the editor's menu that keeps what is written."""
    place.composer.edit.menu_wished.emit(QPoint(0, 0), QPoint(0, 0))
    menu = place.composer.edit.findChildren(QMenu)[-1]
    menu.close()
    return next(each for each in menu.actions() if each.text() == "Save as canned reply")


@opens_a_menu
def test_what_is_written_is_saved_as_a_reply_with_decorations_and_effect(place: Place) -> None:
    assert not _saving(place).isEnabled()
    place.composer.set_effect(Effect("bubble", "slam"))
    place.type(" We are open until six. ")
    place.composer.edit.selectAll()
    place.composer.decorator.toggle_style("bold")
    _saving(place).trigger()
    saved = place.shelf.replies[-1]
    assert saved.name == "we are open"
    assert saved.text == "We are open until six."
    assert saved.decorations == (Decoration(0, 22, style="bold"),)
    assert saved.effect == Effect("bubble", "slam")
    assert place.left().startswith("Saved as /we are open.")
    assert place.text == " We are open until six. "
    _saving(place).trigger()
    assert [each.name for each in place.shelf.replies[-2:]] == ["we are open", "we are open 2"]


@opens_a_menu
def test_a_file_that_cannot_be_read_is_told_of_and_never_written_over(place: Place) -> None:
    place.shelf.fault = LocalFaultError("replies.toml is not valid TOML.")
    place.type("/")
    assert place.offered() == ["Canned replies", "/thanks", "/shipped"]
    place.press(Qt.Key.Key_Return)
    assert place.text == "/"
    place.composer.edit.setPlainText("Hello")
    _saving(place).trigger()
    assert place.shelf.replies == REPLIES
    assert place.left() == "Not saved. replies.toml is not valid TOML."
