from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.domain.chat import ChatHealth, HealthStatus
from linqdesk.domain.errors import OfflineError, SignInRejectedError
from linqdesk.domain.ids import ChatId, Handle
from linqdesk.services.pace import Pace
from linqdesk.store.cache import Cache
from linqdesk.store.view import Connection, ConnectionState
from linqdesk.ui.names import chat_title, format_handle, initials, plain_name
from linqdesk.ui.style import wear
from linqdesk.ui.theme import DARK, LIGHT
from linqdesk.ui.windows.main_window import MainWindow
from tests.store.messages import ANA, a_chat, a_message
from tests.ui.conftest import Wishes

NAMES = {
    "Chats",
    "Messages",
    "Participants",
    "Message",
    "Search chats",
    "Send",
    "Details",
    "Connection",
    "Jump to newest",
}


@pytest.fixture
def window(cache: Cache, wishes: Wishes, qtbot: QtBot) -> MainWindow:
    cache.merge_messages(ANA, [a_message("a", 1, text="hello")], cache.next_sequence())
    made = MainWindow(cache, wishes, LIGHT)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_every_control_that_the_keyboard_reaches_has_a_name(window: MainWindow) -> None:
    window.open_chat(ANA)
    window.open_panel()
    window.ask_to_sign_in()
    unnamed = [
        each
        for each in QApplication.allWidgets()
        if each.window() is window or each.window().parent() is window
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible()
        if not each.accessibleName() and not isinstance(each.parent(), QAbstractScrollArea)
    ]
    assert unnamed == []


def test_the_names_of_the_contract_are_there(window: MainWindow) -> None:
    window.open_chat(ANA)
    window.open_panel()
    found = {each.accessibleName() for each in window.findChildren(QWidget)}
    assert found >= NAMES
    assert window.accessibleName() == "LinqDesk"


def test_a_chat_is_spoken_as_the_contract_says(window: MainWindow, cache: Cache) -> None:
    at = datetime.now(UTC) - timedelta(minutes=12, seconds=5)
    asked = replace(a_message("b", 2, text="See you at 5"), created_at=at, updated_at=at, sent_at=at)
    cache.mark_seen(ANA)
    first = replace(asked, id=a_message("c", 2).id, sent_at=at + timedelta(seconds=1))
    cache.merge_messages(ANA, [asked, first], cache.next_sequence())
    chats = window.chats.list.chats
    row = chats.row_of(ANA)
    assert row is not None
    said = chats.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Ana Ruiz, iMessage, 2 unread, waiting ")
    assert said.endswith("last: See you at 5")


def test_the_search_finds_names_numbers_and_last_words(window: MainWindow) -> None:
    chats = window.chats.list.chats
    for text, found in (("ana", [ANA]), ("HELLO", [ANA]), ("+1415555", 2), ("nobody", [])):
        window.chats.search.setText(text)
        ids = [chats.chat_at(row) for row in range(chats.rowCount())]
        assert ids == found or len(ids) == found
    window.chats.search.setFocus()
    QTest.keyClick(window.chats.search, Qt.Key.Key_Escape)
    assert chats.rowCount() == 2


def test_the_chat_list_keeps_qts_rules(window: MainWindow, cache: Cache) -> None:
    chats = window.chats.list.chats
    tester = QAbstractItemModelTester(chats, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for number in range(30):
        cache.merge_chats([a_chat(ChatId(f"chat {number % 9}"), minute=number)])
        chats.apply_waiting()
    assert [chats.chat_at(row) for row in range(chats.rowCount())] == list(cache.chat_ids())
    tester.deleteLater()


def test_alt_and_arrows_open_the_next_chat_and_nothing_else_does(window: MainWindow, wishes: Wishes) -> None:
    assert wishes.opened == []
    QTest.keyClick(window, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(window, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(window, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert wishes.opened == [ANA, ChatId("tom"), ANA]


def test_enter_on_a_row_opens_it_and_goes_to_the_composer(window: MainWindow, wishes: Wishes) -> None:
    chats = window.chats.list
    chats.setFocus()
    chats.setCurrentIndex(chats.chats.index(1))
    QTest.keyClick(chats, Qt.Key.Key_Return)
    assert wishes.opened == [ChatId("tom")]
    assert window.area.composer.edit.hasFocus()


def test_a_narrow_window_shows_the_list_and_the_chat_in_turns(window: MainWindow) -> None:
    window.resize(800, 600)
    assert window.chats.isVisible()
    assert not window.area.isVisible()
    window.open_chat(ANA)
    assert not window.chats.isVisible()
    assert window.area.isVisible()
    window.area.header.back.click()
    assert window.chats.isVisible()
    assert window.open_chat_id is None


def test_what_is_wrong_is_said_with_what_happens_next(window: MainWindow, cache: Cache) -> None:
    later = datetime.now(UTC) + timedelta(seconds=30)
    cache.set_connection(Connection(ConnectionState.OFFLINE, fault=OfflineError(), retry_at=later))
    words = window.findChild(QLabel, "banner_words")
    assert isinstance(words, QLabel)
    assert words.text() == (
        "Linq cannot be reached. Trying again within a minute. What you write is kept and sent then."
    )
    connection = window.findChild(QLabel, "connection")
    assert isinstance(connection, QLabel)
    assert connection.text() == "Offline"
    cache.set_connection(Connection(ConnectionState.ONLINE, synced_at=datetime.now(UTC)))
    assert not words.isVisible()
    assert connection.text() == "Up to date"


def test_signed_out_the_window_asks_for_a_token(window: MainWindow, cache: Cache) -> None:
    given: list[str] = []
    window.sign_in_requested.connect(given.append)
    cache.set_connection(Connection(ConnectionState.SIGNED_OUT, fault=SignInRejectedError()))
    window.ask_to_sign_in()
    token = window.findChild(QWidget, "token")
    assert isinstance(token, QWidget)
    QTest.keyClicks(token, " secret ")
    QTest.keyClick(token, Qt.Key.Key_Return)
    assert given == ["secret"]


def test_keys_make_messages_larger_and_smaller_within_bounds(window: MainWindow) -> None:
    window.open_chat(ANA)
    usual = window.area.messages.arrangement.layout_of(0).bubble.height()
    for _ in range(20):
        window.set_zoom(window.zoom + 0.1)
    assert window.zoom == 2.0
    assert window.area.messages.arrangement.layout_of(0).bubble.height() > usual * 1.2
    QTest.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert window.zoom == 1.0
    window.set_zoom(0.1)
    assert window.zoom == 0.8


def test_the_title_counts_unread_chats(window: MainWindow, cache: Cache, qtbot: QtBot) -> None:
    assert window.windowTitle() == "(1) LinqDesk"
    cache.mark_seen(ANA)
    qtbot.waitUntil(lambda: window.windowTitle() == "LinqDesk")


def test_the_services_hear_how_much_is_seen(window: MainWindow, wishes: Wishes) -> None:
    window.showMinimized()
    assert Pace.MINIMISED in wishes.paces


def test_the_window_wears_another_theme_at_once(window: MainWindow, qapp: QApplication) -> None:
    window.open_chat(ANA)
    window.open_panel()
    wear(qapp, DARK)
    window.set_theme(DARK)
    image = window.grab().toImage()
    assert image.pixelColor(image.width() // 2, image.height() // 3).lightness() < 60
    wear(qapp, LIGHT)


def test_a_chat_in_trouble_says_so_in_words(window: MainWindow, cache: Cache) -> None:
    health = ChatHealth(HealthStatus.CRITICAL, "CRITICAL")
    cache.merge_chats([replace(a_chat(minute=9), health=health)])
    window.open_chat(ANA)
    names = {each.accessibleName() for each in window.area.header.findChildren(QWidget) if each.isVisible()}
    assert "Chat health: Critical" in names


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("<b>Bob</b>", "<b>Bob</b>"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("two\nlines", "two lines"),
        ("x" * 5_000, "x" * 200),
    ],
)
def test_a_hostile_name_is_shown_as_plain_text(cache: Cache, name: str, shown: str) -> None:
    chat = replace(a_chat(minute=3), display_name=name)
    cache.merge_chats([chat])
    assert chat_title(chat, cache) == shown


def test_people_without_names_are_called_by_their_numbers(cache: Cache) -> None:
    assert format_handle("+14155550134") == "+1 415 555 0134"
    assert format_handle("+0") == "+0"
    assert format_handle("ana@example.com") == "ana@example.com"
    assert initials("+1 415") == ""
    assert initials("Ana Ruiz") == "AR"
    assert plain_name("  a \u2067 b ") == "a b"
    group = replace(a_chat(), display_name=None, is_group=True)
    handles = tuple(replace(group.handles[1], handle=Handle(f"p{number}@x.test")) for number in range(4))
    assert chat_title(replace(group, handles=handles), cache) == "p0@x.test, p1@x.test and 2 others"
