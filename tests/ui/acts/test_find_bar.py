"""Finding words in a thread."""

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.domain.errors import OfflineError
from linqdesk.domain.ids import ChatId
from linqdesk.store.cache import Cache
from linqdesk.store.view import History
from linqdesk.ui.acts.find_bar import FindBar
from linqdesk.ui.acts.search import SLICE
from linqdesk.ui.theme import LIGHT
from linqdesk.ui.thread.thread_view import ThreadView
from tests.store.messages import ANA, a_message


@dataclass
class Finding:
    """A thread with its find bar on a page."""

    page: QWidget
    bar: FindBar
    view: ThreadView
    cache: Cache
    qtbot: QtBot
    wanted: list[ChatId]

    def tell(self, *texts: str, first_minute: int = 100) -> None:
        messages = [
            a_message(f"m{first_minute + at}", first_minute + at, text=text) for at, text in enumerate(texts)
        ]
        self.cache.merge_messages(ANA, messages, self.cache.next_sequence())

    def search(self, words: str) -> None:
        self.bar.field.clear()
        QTest.keyClicks(self.bar.field, words)
        QTest.keyClick(self.bar.field, Qt.Key.Key_Return)
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.bar.count.text() not in {"", "Searching…"})
        self.qtbot.waitUntil(lambda: not self.bar.is_looking)

    def found(self) -> tuple[str, str]:
        return self.view.text_selection.text(), self.bar.count.text()


@pytest.fixture
def finding(cache: Cache, qtbot: QtBot) -> Finding:
    page = QWidget()
    qtbot.addWidget(page)
    view = ThreadView(cache, LIGHT, page)
    bar = FindBar(view, cache, LIGHT, page)
    column = QVBoxLayout(page)
    column.addWidget(bar)
    column.addWidget(view)
    page.resize(700, 500)
    made = Finding(page, bar, view, cache, qtbot, [])
    bar.older_wanted.connect(made.wanted.append)
    made.tell("A blue bike", "nothing", "Two Bikes: bike and bike", "👍🏽 biKE here")
    view.show_chat(ANA)
    page.show()
    bar.open()
    return made


def test_the_newest_place_is_found_first_and_selected(finding: Finding) -> None:
    finding.search("bike")
    assert finding.found() == ("biKE", "1 of 3")
    assert finding.bar.field.accessibleName() == "Find in chat"


def test_enter_goes_to_older_places_and_round_and_shift_enter_back(finding: Finding) -> None:
    finding.search("bike")
    seen = []
    for _ in range(3):
        QTest.keyClick(finding.bar.field, Qt.Key.Key_Return)
        seen.append(finding.found())
    assert seen == [("Bike", "2 of 3"), ("bike", "3 of 3"), ("biKE", "1 of 3")]
    QTest.keyClick(finding.bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert finding.found() == ("bike", "3 of 3")
    finding.bar.previous.click()
    assert finding.found() == ("Bike", "2 of 3")


def test_typing_alone_finds(finding: Finding) -> None:
    QTest.keyClicks(finding.bar.field, "blue")
    finding.settle()
    assert finding.found() == ("blue", "1 of 1")
    assert not finding.bar.next.isEnabled()


def test_what_is_nowhere_is_said(finding: Finding) -> None:
    finding.search("zebra")
    assert finding.bar.count.text() == "Nothing in loaded messages"
    finding.cache.set_history(ANA, History(has_older=False))
    finding.search("zebra")
    assert finding.bar.count.text() == "Nothing found"
    assert not finding.bar.older.isVisible()


def test_letters_that_grow_when_folded_are_selected_where_they_stand(finding: Finding) -> None:
    finding.tell("Große Straße 5, İstanbul bike", first_minute=300)
    finding.search("strasse 5")
    assert finding.found()[0] == "Straße 5"


def test_a_long_thread_is_searched_to_its_beginning(finding: Finding) -> None:
    finding.tell("the very first zebra", *["hello"] * (3 * SLICE), first_minute=1_000)
    finding.search("zebra")
    assert finding.found() == ("zebra", "1 of 1")


def test_older_messages_are_loaded_until_one_more_has_the_words(finding: Finding) -> None:
    finding.search("bike")
    QTest.mouseClick(finding.bar.older, Qt.MouseButton.LeftButton)
    assert finding.wanted == [ANA]
    for page, text in enumerate(("nothing here", "an old bike")):
        finding.cache.set_history(ANA, History(is_loading=True))
        finding.tell(text, first_minute=50 - page)
        finding.cache.set_history(ANA, History())
        finding.qtbot.waitUntil(lambda: not finding.bar.is_looking)
    assert finding.wanted == [ANA, ANA]
    assert finding.found() == ("bike", "4 of 4")


def test_a_fault_ends_the_search_for_older_ones(finding: Finding) -> None:
    finding.search("zebra")
    finding.bar.older.click()
    finding.cache.set_history(ANA, History(is_loading=True))
    finding.cache.set_history(ANA, History(fault=OfflineError()))
    finding.qtbot.waitUntil(lambda: not finding.bar.is_looking)
    assert finding.wanted == [ANA]
    assert finding.bar.older.isEnabled()


def test_older_messages_that_come_otherwise_are_counted_and_move_nothing(finding: Finding) -> None:
    finding.search("bike")
    QTest.keyClick(finding.bar.field, Qt.Key.Key_Return)
    finding.tell("an old bike", first_minute=50)
    finding.cache.set_history(ANA, History(has_older=False))
    finding.qtbot.waitUntil(lambda: finding.bar.count.text() == "2 of 4")
    assert finding.view.text_selection.text() == "Bike"


def test_escape_closes_and_gives_the_keyboard_to_the_thread(finding: Finding) -> None:
    finding.search("bike")
    QTest.keyClick(finding.bar.field, Qt.Key.Key_Escape)
    assert not finding.bar.isVisible()
    finding.bar.open()
    assert finding.bar.field.selectedText() == "bike"
    finding.bar.forget()
    assert finding.bar.hits == []
    assert not finding.bar.isVisible()


def test_deleted_rows_and_their_notes_are_found_as_they_are_shown(finding: Finding) -> None:
    finding.cache.mark_deleted(ANA, replace(a_message("m100", 100)).id)
    finding.search("blue")
    assert finding.bar.count.text() == "Nothing in loaded messages"
