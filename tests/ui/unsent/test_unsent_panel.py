"""Everything unsent across chats: what the list says, what its buttons do, the question at the end."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from linqdesk.domain.errors import LinqDeskError, NotAllowedError, OfflineError
from linqdesk.domain.ids import ChatId, LocalId
from linqdesk.domain.outgoing import Content, OutgoingLink, OutgoingMessage, OutgoingState
from linqdesk.store.cache import Cache
from linqdesk.store.view import Connection, ConnectionState
from linqdesk.ui.theme import DARK, LIGHT
from linqdesk.ui.unsent.unsent_model import UnsentModel
from linqdesk.ui.unsent.unsent_panel import UnsentPanel
from linqdesk.ui.unsent.unsent_words import preview, quit_words
from linqdesk.ui.windows.main_window import MainWindow
from tests.store.messages import ANA, a_chat, a_message, a_send
from tests.ui.conftest import Wishes

BOB = ChatId("bob")


def send(
    name: str, chat: ChatId, state: OutgoingState = OutgoingState.QUEUED, fault: LinqDeskError | None = None
) -> OutgoingMessage:
    return replace(a_send(name, state), chat_id=chat, failure=fault)


@pytest.fixture
def window(cache: Cache, wishes: Wishes, qtbot: QtBot) -> MainWindow:
    cache.merge_chats([a_chat(BOB, name="Bob Okafor")])
    cache.add_outgoing(send("first", ANA, fault=OfflineError()))
    cache.add_outgoing(send("second", ANA))
    cache.add_outgoing(send("refused", BOB, OutgoingState.FAILED, NotAllowedError()))
    cache.add_outgoing(send("behind", BOB))
    made = MainWindow(cache, wishes, LIGHT)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def panel(window: MainWindow) -> UnsentPanel:
    window.unsent.open()
    found = window.findChild(UnsentPanel)
    assert isinstance(found, UnsentPanel)
    return found


def texts(panel: UnsentPanel) -> list[str]:
    return [row.outgoing.text for row in panel.model.rows]


def choose(panel: UnsentPanel, text: str) -> None:
    panel.list.setCurrentIndex(panel.model.index(texts(panel).index(text)))


def button(panel: UnsentPanel, name: str) -> QPushButton:
    found = panel.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def test_what_needs_a_decision_comes_first_and_chats_keep_their_order(panel: UnsentPanel) -> None:
    assert texts(panel) == ["refused", "behind", "first", "second"]
    role = Qt.ItemDataRole.AccessibleTextRole
    spoken = [str(panel.model.index(at).data(role)) for at in range(4)]
    assert spoken[0].startswith("Bob Okafor, refused, Not delivered – ")
    assert "Waits for the message before it" in spoken[1]
    assert "Not sent yet – Linq cannot be reached" in spoken[2]


def test_it_opens_from_the_status_bar_and_by_its_keys(window: MainWindow, qtbot: QtBot) -> None:
    status = window.findChild(QPushButton, "outbox")
    assert isinstance(status, QPushButton)
    assert status.text() == "3 sending · 1 not delivered"
    status.click()
    panel = window.findChild(UnsentPanel)
    assert panel is not None
    assert panel.isVisible()
    panel.close()
    qtbot.waitUntil(lambda: window.findChild(UnsentPanel) is None)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(
        window, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert window.findChild(UnsentPanel) is not None


def test_retry_all_tries_the_first_of_each_chat(panel: UnsentPanel, wishes: Wishes) -> None:
    button(panel, "retry_all").click()
    assert wishes.retried == [LocalId("refused"), LocalId("first")]


def test_retrying_what_waits_tries_the_one_before_it(panel: UnsentPanel, wishes: Wishes) -> None:
    choose(panel, "behind")
    button(panel, "retry_unsent").click()
    assert wishes.retried == [LocalId("refused")]


def test_what_is_discarded_goes_and_its_neighbour_is_chosen(
    panel: UnsentPanel, wishes: Wishes, cache: Cache, qtbot: QtBot
) -> None:
    choose(panel, "first")
    button(panel, "discard_unsent").click()
    assert wishes.discarded == [LocalId("first")]
    cache.remove_outgoing(ANA, LocalId("first"))
    qtbot.waitUntil(lambda: texts(panel) == ["refused", "behind", "second"])
    row = panel.row()
    assert row is not None
    assert row.outgoing.text == "second"


def test_what_is_edited_stands_in_its_chats_field_before_it_is_discarded(
    panel: UnsentPanel, wishes: Wishes, window: MainWindow
) -> None:
    choose(panel, "refused")
    button(panel, "edit_unsent").click()
    assert window.open_chat_id == BOB
    assert window.area.composer.edit.toPlainText() == "refused"
    assert wishes.discarded == [LocalId("refused")]


def test_enter_opens_the_chat(panel: UnsentPanel, window: MainWindow) -> None:
    choose(panel, "behind")
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert window.open_chat_id == BOB


@pytest.mark.parametrize("state", [OutgoingState.SENDING, OutgoingState.UNCONFIRMED])
def test_what_may_have_arrived_can_be_neither_edited_nor_discarded(
    panel: UnsentPanel, cache: Cache, qtbot: QtBot, state: OutgoingState
) -> None:
    choose(panel, "first")
    assert button(panel, "edit_unsent").isEnabled()
    cache.update_outgoing(send("first", ANA, state))
    qtbot.waitUntil(lambda: not button(panel, "edit_unsent").isEnabled())
    assert not button(panel, "discard_unsent").isEnabled()
    assert button(panel, "retry_unsent").isEnabled()


def test_a_message_of_a_chat_that_is_not_loaded_is_listed_too(
    panel: UnsentPanel, cache: Cache, window: MainWindow, qtbot: QtBot
) -> None:
    cache.add_outgoing(send("early", ChatId("unknown")))
    qtbot.waitUntil(lambda: "early" in texts(panel))
    choose(panel, "early")
    assert not button(panel, "open_unsent_chat").isEnabled()
    assert not button(panel, "edit_unsent").isEnabled()
    status = window.findChild(QPushButton, "outbox")
    qtbot.waitUntil(lambda: status is not None and status.text() == "4 sending · 1 not delivered")


def test_when_all_is_sent_it_says_so(
    panel: UnsentPanel, cache: Cache, window: MainWindow, qtbot: QtBot
) -> None:
    for name, chat in (("first", ANA), ("second", ANA), ("refused", BOB), ("behind", BOB)):
        cache.confirm(chat, LocalId(name), a_message(f"m-{name}", 1, is_mine=True))
    qtbot.waitUntil(lambda: texts(panel) == [])
    assert not button(panel, "retry_all").isEnabled()
    words = panel.findChild(QLabel, "unsent_words")
    assert isinstance(words, QLabel)
    assert words.text() == "Everything is sent."
    status = window.findChild(QPushButton, "outbox")
    qtbot.waitUntil(lambda: status is not None and status.isHidden())


def test_it_wears_another_theme(panel: UnsentPanel, window: MainWindow) -> None:
    window.set_theme(DARK)
    assert panel.delegate.theme is DARK
    assert not panel.grab().isNull()


def test_the_model_keeps_qts_rules(cache: Cache, qtbot: QtBot) -> None:
    del qtbot
    parent = QObject()
    model = UnsentModel(cache, parent)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    cache.add_outgoing(send("one", ANA))
    model.refresh()
    cache.update_outgoing(send("one", ANA, OutgoingState.SENDING))
    model.refresh()
    cache.remove_outgoing(ANA, LocalId("one"))
    model.refresh()
    assert model.rowCount() == 0


def test_a_link_and_a_file_have_words_too() -> None:
    content = Content((OutgoingLink("https://example.com/a"),))
    assert preview(replace(send("x", ANA), content=content)) == "https://example.com/a"
    assert preview(replace(send("x", ANA), content=Content(()))) == "A file"


ONLINE = Connection(ConnectionState.ONLINE, synced_at=datetime.now(UTC))
OFFLINE = Connection(ConnectionState.OFFLINE, OfflineError())


@pytest.mark.parametrize(
    ("state", "connection", "is_asked"),
    [
        (OutgoingState.QUEUED, ONLINE, True),
        (OutgoingState.UNCONFIRMED, ONLINE, True),
        (OutgoingState.SENDING, OFFLINE, True),
        (OutgoingState.SENDING, ONLINE, False),
        (OutgoingState.FAILED, OFFLINE, False),
    ],
)
def test_the_end_is_asked_about_only_where_something_is_held_up(
    state: OutgoingState, connection: Connection, *, is_asked: bool
) -> None:
    assert bool(quit_words([send("x", ANA, state)], connection)) is is_asked


def test_closing_asks_and_stays_or_ends(window: MainWindow, qtbot: QtBot) -> None:
    ended: list[bool] = []
    window.closed.connect(lambda: ended.append(True))
    assert not window.close()
    assert not window.close()
    questions = window.findChildren(QPushButton, "answer_quit")
    assert len(questions) == 1
    questions[0].click()
    qtbot.waitUntil(lambda: ended == [True])


def test_a_window_with_nothing_unsent_closes_at_once(cache: Cache, wishes: Wishes, qtbot: QtBot) -> None:
    window = MainWindow(cache, wishes, LIGHT)
    qtbot.addWidget(window)
    window.show()
    assert window.close()


def test_a_closed_list_hears_of_no_change_any_more(qtbot: QtBot) -> None:
    failures: list[Exception] = []
    cache = Cache(failures.append)
    cache.merge_chats([a_chat()])
    parent = QWidget()
    qtbot.addWidget(parent)
    made = UnsentPanel(cache, LIGHT, parent)
    made.show()
    made.close()
    qtbot.waitUntil(lambda: not isValid(made))
    cache.add_outgoing(send("late", ANA))
    assert failures == []
