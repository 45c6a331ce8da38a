from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from linqdesk.domain.canned import CannedReply
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.message import Effect
from linqdesk.services.canned_shelf import CannedShelf, Done
from linqdesk.services.task_scope import TaskScope
from linqdesk.ui.preferences import Preferences
from linqdesk.ui.settings.canned_page import CannedPage
from linqdesk.ui.theme import LIGHT

BOLD = (Decoration(0, 5, style="bold"),)
THANKS, HOURS = CannedReply("thanks", "Thank you", BOLD), CannedReply("hours", "9 to 18")


class QuietShelf(CannedShelf):
    """A shelf that remembers what is to be kept."""

    def __init__(self) -> None:
        super().__init__(Path("none.toml"), TaskScope("test"))
        self.replies = (THANKS, HOURS)
        self.refusal: LocalFaultError | None = None

    @override
    def keep(self, replies: tuple[CannedReply, ...], done: Done) -> None:
        """Keep in memory, or refuse."""
        self.replies = replies
        done(self.refusal)


@pytest.fixture
def shelf() -> QuietShelf:
    return QuietShelf()


@pytest.fixture
def preferences() -> Preferences:
    return Preferences()


@pytest.fixture
def page(shelf: QuietShelf, preferences: Preferences, qtbot: QtBot) -> Iterator[CannedPage]:
    window = QWidget()
    qtbot.addWidget(window)
    made = CannedPage(shelf, preferences, LIGHT, window)
    window.show()
    # The window must outlive the test: Qt deletes its children with it.
    yield made
    window.close()


def _press(page: CannedPage, name: str) -> None:
    button = page.findChild(QAbstractButton, name)
    assert isinstance(button, QAbstractButton)
    button.click()


def _said(page: CannedPage) -> str:
    label = page.findChild(QLabel, "canned_says")
    assert isinstance(label, QLabel)
    return label.text()


def test_a_changed_text_keeps_its_decorations(page: CannedPage, shelf: QuietShelf, qtbot: QtBot) -> None:
    page.text.moveCursor(page.text.textCursor().MoveOperation.End)
    QTest.keyClicks(page.text, "!")
    qtbot.waitUntil(lambda: shelf.replies[0].text == "Thank you!")
    assert shelf.replies == (CannedReply("thanks", "Thank you!", BOLD), HOURS)


def test_a_new_reply_is_kept_once_it_says_something(
    page: CannedPage, shelf: QuietShelf, qtbot: QtBot
) -> None:
    _press(page, "canned_new")
    assert page.name.text() == "new reply"
    page.name.clear()
    QTest.keyClicks(page.name, "bye")
    QTest.keyClicks(page.text, "See you, {name}")
    page.effect.setCurrentIndex(page.effect.findText("Balloons (screen)"))
    page.effect.activated.emit(page.effect.currentIndex())
    added = CannedReply("bye", "See you, {name}", (), Effect("screen", "balloons"))
    qtbot.waitUntil(lambda: shelf.replies == (THANKS, HOURS, added))


def test_a_deleted_reply_is_gone(page: CannedPage, shelf: QuietShelf) -> None:
    _press(page, "canned_delete")
    assert shelf.replies == (HOURS,)
    _press(page, "canned_delete")
    assert len(shelf.replies) == 0
    assert not page.text.isEnabled()


def test_what_others_changed_is_shown(page: CannedPage, shelf: QuietShelf) -> None:
    shelf.replies = (HOURS,)
    page.show_shelf()
    assert page.names.count() == 1
    assert page.name.text() == "hours"


def test_a_fault_of_the_file_is_said(page: CannedPage, shelf: QuietShelf) -> None:
    shelf.fault = LocalFaultError("team.toml is not valid TOML.")
    page.show_shelf()
    assert _said(page) == "team.toml is not valid TOML."
    shelf.refusal = LocalFaultError("The disk is full.")
    _press(page, "canned_delete")
    assert _said(page) == "The disk is full."


def test_a_name_that_stands_twice_is_said(page: CannedPage, shelf: QuietShelf, qtbot: QtBot) -> None:
    page.names.setCurrentRow(1)
    page.name.clear()
    QTest.keyClicks(page.name, "thanks")
    qtbot.waitUntil(lambda: "same name" in _said(page))
    assert shelf.replies == (THANKS,)


def test_the_agents_name_and_the_teams_file_are_kept(page: CannedPage, preferences: Preferences) -> None:
    for name, text in (("agent_name", "Kim"), ("canned_file", "~/team.toml")):
        line = page.findChild(QWidget, name)
        assert isinstance(line, QWidget)
        QTest.keyClicks(line, text)
        line.clearFocus()
        QTest.keyClicks(line, "\r")
    assert (preferences.current.agent_name, preferences.current.canned_file) == ("Kim", "~/team.toml")


def test_a_selection_is_decorated_by_the_bar_and_by_keys(
    page: CannedPage, shelf: QuietShelf, qtbot: QtBot
) -> None:
    page.names.setCurrentRow(1)
    page.text.setFocus()
    page.text.selectAll()
    qtbot.waitUntil(page.format_bar.isVisible)
    _press(page, "italic")
    QTest.keyClick(page.text, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    both = (Decoration(0, 7, style="bold"), Decoration(0, 7, style="italic"))
    qtbot.waitUntil(lambda: shelf.replies[1].decorations == both)
