from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from linqdesk.domain.chat import ChatHandle, Line, Reputation
from linqdesk.domain.ids import ChatId, Handle
from linqdesk.domain.service import Service
from linqdesk.local.settings import Settings
from linqdesk.store.cache import Cache
from linqdesk.ui.models.chat_list_model import ChatListModel
from linqdesk.ui.models.chat_words import spoken_chat
from linqdesk.ui.preferences import Preferences
from linqdesk.ui.rail.lines_rail import LinesRail
from linqdesk.ui.theme import DARK, HIGH_CONTRAST, LIGHT, Theme
from tests.store.messages import BEGAN, a_chat
from tests.ui.assistive import select

SALES, HELP, PRESS = Handle("+14155550110"), Handle("+14155550120"), Handle("+442071838750")
LINES = (
    Line("1", SALES, Reputation.HEALTHY),
    Line("2", HELP, Reputation.AT_RISK),
    Line("3", PRESS, Reputation.CRITICAL, line_type=Service.RCS),
)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def cache() -> Cache:
    made = Cache()
    made.set_lines(LINES)
    for name, line in (("ana", SALES), ("ben", HELP), ("cleo", PRESS)):
        chat = a_chat(ChatId(name), name=name)
        me = ChatHandle("me", line, Service.IMESSAGE, is_me=True)
        made.merge_chats([replace(chat, handles=(me, *chat.handles[1:]))])
    return made


@pytest.fixture
def rail(cache: Cache, qtbot: QtBot) -> Iterator[LinesRail]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 400)
    made = LinesRail(cache, LIGHT, window)
    made.resize(56, 400)
    window.show()
    made.show()
    # The window must outlive the test: Qt deletes its children with it.
    yield made
    window.close()


def _click(rail: LinesRail, row: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    place = rail.visualRect(rail.lines.index(row)).center()
    QTest.mouseClick(rail.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def _spoken(rail: LinesRail, row: int) -> str:
    return str(rail.lines.index(row).data(Qt.ItemDataRole.AccessibleTextRole))


def test_the_model_keeps_qts_rules(cache: Cache, rail: LinesRail) -> None:
    tester = QAbstractItemModelTester(rail.lines, QAbstractItemModelTester.FailureReportingMode.Fatal)
    cache.set_lines(LINES[:2])
    assert rail.lines.rowCount() == 3
    assert rail.lines.rowCount(rail.lines.index(1)) == 0
    assert rail.lines.data(QModelIndex()) is None
    tester.deleteLater()


def test_a_click_shows_one_line_and_with_ctrl_several(rail: LinesRail) -> None:
    _click(rail, 1)
    assert rail.lines.chosen == {SALES}
    _click(rail, 2, CTRL)
    assert rail.lines.chosen == {SALES, HELP}
    _click(rail, 1, CTRL)
    assert rail.lines.chosen == {HELP}
    _click(rail, 2)
    assert rail.lines.chosen == frozenset()
    _click(rail, 3)
    _click(rail, 0)
    assert rail.lines.chosen == frozenset()


def test_all_lines_one_by_one_are_all(rail: LinesRail) -> None:
    for row in (1, 2, 3):
        _click(rail, row, CTRL)
    assert rail.lines.chosen == frozenset()
    assert rail.lines.is_chosen(0)


def test_the_keyboard_does_the_same(rail: LinesRail) -> None:
    rail.setCurrentIndex(rail.lines.index(0))
    QTest.keyClick(rail, Qt.Key.Key_Down)
    QTest.keyClick(rail, Qt.Key.Key_Return)
    assert rail.lines.chosen == {SALES}
    QTest.keyClick(rail, Qt.Key.Key_Down)
    QTest.keyClick(rail, Qt.Key.Key_Space)
    assert rail.lines.chosen == {SALES, HELP}
    rail.choose_number(3)
    assert rail.lines.chosen == {PRESS}
    rail.choose_number(4)
    assert rail.lines.chosen == {PRESS}


def test_a_line_says_how_it_stands_in_words(cache: Cache, rail: LinesRail) -> None:
    summaries = [cache.summary(chat_id) for chat_id in cache.chat_ids()]
    rail.lines.count(replace(each, unread_count=2) for each in summaries if each is not None)
    assert _spoken(rail, 0) == "All lines, 3 unread chats, shown"
    sent = "0 of 7,000 sent today as seen here"
    assert _spoken(rail, 2) == f"+1 415 555 0120, reputation: At risk, {sent}, 1 unread chat"
    tip = str(rail.lines.index(3).data(Qt.ItemDataRole.ToolTipRole))
    assert "Critical · RCS only. Pause, and begin no new chats." in tip
    assert rail.accessibleName() == "Lines"


def test_it_is_there_only_where_there_is_a_choice(cache: Cache, rail: LinesRail) -> None:
    assert rail.isVisible()
    cache.set_lines(LINES[:1])
    assert not rail.isVisible()


def test_a_line_that_is_gone_is_not_chosen_any_more(cache: Cache, rail: LinesRail) -> None:
    rail.choose_number(3)
    cache.set_lines(LINES[:2])
    assert rail.lines.chosen == frozenset()


@pytest.mark.parametrize("theme", [LIGHT, DARK, HIGH_CONTRAST], ids=lambda theme: theme.name)
def test_chosen_and_other_lines_look_different(rail: LinesRail, theme: Theme) -> None:
    rail.set_theme(theme)
    before = rail.viewport().grab().toImage()
    rail.choose_number(2)
    assert rail.viewport().grab().toImage() != before


def test_the_list_shows_the_chats_of_the_chosen_lines(cache: Cache, qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    chats = ChatListModel(cache, owner)
    chats.set_lines(frozenset({HELP, PRESS}))
    assert {chats.chat_at(row) for row in range(chats.rowCount())} == {"ben", "cleo"}
    chats.set_search("ben")
    assert [chats.chat_at(row) for row in range(chats.rowCount())] == ["ben"]
    chats.set_lines(frozenset())
    chats.set_search("")
    assert chats.rowCount() == 3


def test_a_chat_says_its_line_where_there_are_several(cache: Cache) -> None:
    summary = cache.summary(ChatId("ben"))
    assert summary is not None
    assert "line +1 415 555 0120" in spoken_chat(summary, cache, BEGAN)
    cache.set_lines(LINES[:1])
    assert "line" not in spoken_chat(summary, cache, BEGAN)


def test_a_screen_reader_selects_the_lines_that_are_shown(rail: LinesRail) -> None:
    def selected() -> list[int]:
        return sorted(index.row() for index in rail.selectedIndexes())

    assert selected() == [0]
    select(rail, 1)
    select(rail, 3)
    assert rail.lines.chosen == {SALES, PRESS}
    assert selected() == [1, 3]
    _click(rail, 2)
    assert selected() == [2]
    select(rail, 0)
    assert rail.lines.chosen == frozenset()
    assert selected() == [0]


def test_the_lines_of_the_run_before_are_shown_and_a_choice_is_kept(cache: Cache, rail: LinesRail) -> None:
    preferences = Preferences(Settings(shown_lines=(SALES, "+19995550000")), parent=rail)
    rail.remember(preferences)
    assert rail.lines.chosen == {SALES}
    _click(rail, 2, CTRL)
    assert preferences.current.shown_lines == (SALES, HELP)
    # A choice that was made before outlives that the lines are read again.
    cache.set_lines((*LINES, Line("4", Handle("+14155550140"), Reputation.HEALTHY)))
    assert rail.lines.chosen == {SALES, HELP}
    _click(rail, 0)
    assert not preferences.current.shown_lines


def test_lines_that_are_not_known_yet_are_chosen_when_they_are(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    late = Cache()
    rail = LinesRail(late, LIGHT, window)
    rail.remember(Preferences(Settings(shown_lines=(HELP,)), parent=window))
    assert rail.lines.chosen == frozenset()
    late.set_lines(LINES)
    assert rail.lines.chosen == {HELP}
