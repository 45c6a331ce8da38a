from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from linqdesk.domain.canned import CannedReply
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.message import Effect
from linqdesk.local.canned_file import KeptFile
from linqdesk.services.canned_shelf import CannedShelf, Copied, Done, Looked
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
        self.kept: list[tuple[CannedReply, ...]] = []
        self.copying: list[Callable[[LocalFaultError | None], None]] = []

    @override
    def keep(
        self, replies: tuple[CannedReply, ...], done: Done, *, was: tuple[CannedReply, ...] | None = None
    ) -> None:
        """Keep in memory, or refuse."""
        assert was is not None
        self.kept.append(replies)
        if self.refusal is None:
            self.replies = replies
        done(self.refusal)

    @override
    def copy(self, files: Sequence[tuple[Path, str]], copied: Copied) -> None:
        """Keep copies by name alone, once the test says so."""
        self.copying.append(lambda fault: copied(tuple(f"canned files/{name}" for _, name in files), fault))

    @override
    def look_at(self, files: Sequence[str], looked: Looked) -> None:
        """Find everything but what is missing."""
        looked(tuple(KeptFile(each, None if "missing" in each else 12_345) for each in files))


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


def test_who_writes_is_not_disturbed_by_what_others_change(
    page: CannedPage, shelf: QuietShelf, qtbot: QtBot
) -> None:
    page.names.setCurrentRow(1)
    QTest.keyClicks(page.text, "At ")
    new, theirs = CannedReply("new", "New"), CannedReply("thanks", "Thanks!")
    shelf.replies = (new, theirs, HOURS)
    page.show_shelf()
    QTest.keyClicks(page.text, "our ")
    assert page.text.toPlainText() == "At our 9 to 18"
    assert page.names.currentRow() == 2
    qtbot.waitUntil(lambda: bool(shelf.kept))
    assert shelf.kept == [(new, theirs, CannedReply("hours", "At our 9 to 18"))]


def test_what_a_colleague_changed_too_is_said(page: CannedPage, shelf: QuietShelf) -> None:
    shelf.notice = "A colleague changed /thanks too."
    page.show_shelf()
    assert _said(page) == "A colleague changed /thanks too."


def test_a_fault_of_the_file_is_said_and_the_change_kept_for_another_try(
    page: CannedPage, shelf: QuietShelf
) -> None:
    shelf.fault = LocalFaultError("team.toml is not valid TOML.")
    page.show_shelf()
    assert _said(page) == "team.toml is not valid TOML."
    shelf.fault, shelf.refusal = None, LocalFaultError("The disk is full.")
    _press(page, "canned_delete")
    page.show_shelf()
    assert _said(page) == "The disk is full."
    shelf.refusal = None
    _press(page, "canned_delete")
    assert shelf.replies == ()
    assert _said(page) == ""


def test_a_reply_without_a_name_of_its_own_stays_under_the_old_one(
    page: CannedPage, shelf: QuietShelf, qtbot: QtBot
) -> None:
    page.names.setCurrentRow(1)
    page.name.clear()
    QTest.keyClicks(page.name, "thanks")
    assert _said(page) == "Another reply is called /thanks: choose another name; it stays /hours until then."
    QTest.keyClicks(page.text, "From ")
    qtbot.waitUntil(lambda: shelf.replies == (THANKS, CannedReply("hours", "From 9 to 18")))
    page.name.clear()
    QTest.keyClicks(page.name, "times")
    assert _said(page) == ""
    qtbot.waitUntil(lambda: shelf.replies == (THANKS, CannedReply("times", "From 9 to 18")))


def test_an_emptied_text_does_not_delete_the_reply(page: CannedPage, shelf: QuietShelf, qtbot: QtBot) -> None:
    page.text.selectAll()
    QTest.keyClick(page.text, Qt.Key.Key_Delete)
    assert "stays as it was" in _said(page)
    QTest.keyClicks(page.text, "Ta")
    qtbot.waitUntil(lambda: shelf.replies == (CannedReply("thanks", "Ta"), HOURS))
    assert all(len(each) == 2 for each in shelf.kept)


def test_what_was_just_written_is_saved_when_the_page_goes(page: CannedPage, shelf: QuietShelf) -> None:
    page.text.moveCursor(page.text.textCursor().MoveOperation.End)
    QTest.keyClicks(page.text, "!")
    page.hide()
    assert shelf.replies[0].text == "Thank you!"


def _lines(page: CannedPage) -> list[str]:
    return [page.files.list.item(row).text() for row in range(page.files.list.count())]


def test_files_are_shown_with_their_sizes_and_missing_ones_said(page: CannedPage, shelf: QuietShelf) -> None:
    shelf.replies = (replace(THANKS, files=("canned files/price list.pdf", "missing.png")), HOURS)
    page.show_shelf()
    assert _lines(page) == [
        "price list.pdf · 12 KB",
        "missing.png · missing: it is not where the replies are, and will not be sent",
    ]
    page.names.setCurrentRow(1)
    assert not page.files.list.isVisible()


def test_files_are_added_and_removed_by_keyboard(page: CannedPage, shelf: QuietShelf, qtbot: QtBot) -> None:
    page.files.take(["/somewhere/a.pdf", "/somewhere/b.pdf"])
    shelf.copying.pop()(None)
    qtbot.waitUntil(lambda: shelf.replies[0].files == ("canned files/a.pdf", "canned files/b.pdf"))
    page.files.list.setFocus()
    page.files.list.setCurrentRow(0)
    QTest.keyClick(page.files.list, Qt.Key.Key_Delete)
    assert _lines(page) == ["b.pdf · 12 KB"]
    QTest.keyClick(page.files.list, Qt.Key.Key_Delete)
    assert page.files.add.hasFocus()
    qtbot.waitUntil(lambda: shelf.replies == (THANKS, HOURS))


def test_files_that_cannot_be_added_are_said(page: CannedPage, shelf: QuietShelf) -> None:
    page.files.take(["/somewhere/a.pdf"])
    shelf.copying.pop()(LocalFaultError("a.pdf could not be kept with the reply."))
    assert _said(page) == "a.pdf could not be kept with the reply."
    page.files.take(["/somewhere/a.pdf"])
    page.names.setCurrentRow(1)
    shelf.copying.pop()(None)
    assert "another reply was chosen" in _said(page)
    assert shelf.replies == (THANKS, HOURS)


def test_the_button_asks_for_files(page: CannedPage) -> None:
    page.files.add.click()
    dialog = page.findChild(QFileDialog, "canned_choose_files")
    assert isinstance(dialog, QFileDialog)
    assert dialog.isVisible()
    dialog.reject()


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
