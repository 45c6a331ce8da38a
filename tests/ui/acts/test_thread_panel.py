"""The chain of a message beside the chat."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from linqdesk.domain.chat import ChatHealth, HealthStatus
from linqdesk.domain.errors import LocalFaultError, OfflineError
from linqdesk.domain.ids import ChatId, MessageId
from linqdesk.domain.message import Message, ReplyTo
from linqdesk.domain.outgoing import Draft
from linqdesk.store.cache import Cache
from linqdesk.ui.acts.thread_panel import ThreadPanel
from linqdesk.ui.effects.frame_clock import FrameClock
from linqdesk.ui.theme import LIGHT
from tests.store.messages import ANA, a_chat, a_message
from tests.ui.conftest import Wishes

ROOT = a_message("root", 1, text="Is it there?")
REPLY = replace(a_message("reply", 3, is_mine=True, text="Yes"), reply_to=ReplyTo(MessageId("root")))


@pytest.fixture
def panel(cache: Cache, wishes: Wishes, qtbot: QtBot) -> Iterator[ThreadPanel]:
    _tell(cache, REPLY)
    window = QWidget()
    qtbot.addWidget(window)
    made = ThreadPanel(cache, wishes, LIGHT, window, FrameClock(window))
    window.show()
    made.resize(320, 600)
    made.show()
    made.show_thread(REPLY)
    yield made
    window.close()


def _tell(cache: Cache, *messages: Message) -> None:
    cache.merge_messages(ANA, messages, cache.next_sequence())


def _shown(panel: ThreadPanel) -> list[str]:
    model = panel.messages.messages
    return [model.row_at(at).key for at in range(model.rowCount())]


def test_what_is_loaded_is_shown_at_once_and_the_rest_when_it_is_there(
    panel: ThreadPanel, wishes: Wishes
) -> None:
    assert _shown(panel) == ["reply"]
    message_id, done = wishes.chains[0]
    assert message_id == "reply"
    done((ROOT, REPLY), None)
    assert _shown(panel) == ["root", "reply"]


def test_a_thread_that_cannot_be_fetched_says_so_and_shows_what_there_is(
    panel: ThreadPanel, wishes: Wishes
) -> None:
    wishes.chains[0][1]((), OfflineError())
    assert _shown(panel) == ["reply"]
    assert panel.toast.text() == "The whole thread could not be loaded. Linq cannot be reached."


def test_what_comes_late_for_another_thread_is_ignored(panel: ThreadPanel, wishes: Wishes) -> None:
    panel.leave()
    wishes.chains[0][1]((ROOT, REPLY), None)
    assert _shown(panel) == []


def test_an_answer_goes_to_the_chains_first_message(panel: ThreadPanel, wishes: Wishes) -> None:
    wishes.chains[0][1]((ROOT, REPLY), None)
    QTest.keyClicks(panel.answer.edit, "It is still there")
    QTest.keyClick(panel.answer.edit, Qt.Key.Key_Return)
    chat_id, text, done = wishes.sent[0]
    assert (chat_id, text) == (ANA, "It is still there")
    assert wishes.contents[0].reply_to == ReplyTo(MessageId("root"), 0)
    QTest.keyClick(panel.answer.edit, Qt.Key.Key_Return)
    assert len(wishes.sent) == 1
    done(None)
    assert panel.answer.text() == ""


def test_an_answer_that_could_not_be_kept_stays_in_the_field(panel: ThreadPanel, wishes: Wishes) -> None:
    QTest.keyClicks(panel.answer.edit, "hi")
    panel.answer.send.click()
    wishes.sent[0][2](LocalFaultError("The disk is full."))
    assert panel.answer.text() == "hi"
    assert panel.toast.text() == "This was not sent. The disk is full."
    assert panel.answer.send.isEnabled()


def test_what_is_being_written_stays_with_its_thread(panel: ThreadPanel, cache: Cache) -> None:
    other = a_message("other", 5, text="And that?")
    _tell(cache, ROOT, other)
    QTest.keyClicks(panel.answer.edit, "half an ans")
    panel.show_thread(other)
    assert panel.answer.text() == ""
    panel.show_thread(ROOT)
    assert panel.answer.text() == "half an ans"


def test_nothing_is_sent_to_a_customer_who_opted_out(
    panel: ThreadPanel, cache: Cache, wishes: Wishes
) -> None:
    health = ChatHealth(HealthStatus.OPTED_OUT, "OPTED_OUT")
    cache.merge_chats([replace(a_chat(minute=5), health=health)])
    QTest.keyClicks(panel.answer.edit, "hi")
    QTest.keyClick(panel.answer.edit, Qt.Key.Key_Return)
    assert wishes.sent == []
    assert not panel.answer.send.isEnabled()


def test_an_empty_answer_is_none(panel: ThreadPanel, wishes: Wishes) -> None:
    QTest.keyClicks(panel.answer.edit, "   ")
    QTest.keyClick(panel.answer.edit, Qt.Key.Key_Return)
    assert wishes.sent == []


def test_an_answer_of_several_lines_grows_and_is_kept_on_disk(panel: ThreadPanel, cache: Cache) -> None:
    low = panel.answer.edit.height()
    QTest.keyClicks(panel.answer.edit, "First")
    QTest.keyClick(panel.answer.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(panel.answer.edit, "Second")
    assert panel.answer.edit.height() > low
    panel.hide()
    kept = cache.draft(ChatId("ana/thread/reply"))
    assert kept is not None
    assert kept.text == "First\nSecond"


def test_an_answer_comes_back_where_the_program_begins_anew(
    cache: Cache, wishes: Wishes, qtbot: QtBot
) -> None:
    _tell(cache, REPLY)
    cache.set_draft(ChatId("ana/thread/root"), Draft("from before"))
    window = QWidget()
    qtbot.addWidget(window)
    made = ThreadPanel(cache, wishes, LIGHT, window, FrameClock(window))
    made.show_thread(REPLY)
    assert made.answer.text() == ""
    wishes.chains[0][1]((ROOT, REPLY), None)
    assert made.answer.text() == "from before"
    QTest.keyClick(made.answer.edit, Qt.Key.Key_Return)
    wishes.sent[0][2](None)
    assert cache.draft(ChatId("ana/thread/root")) is None


def test_what_is_written_before_the_beginning_is_found_goes_along(
    panel: ThreadPanel, wishes: Wishes, cache: Cache
) -> None:
    QTest.keyClicks(panel.answer.edit, "half an answer")
    panel.answer.keep()
    wishes.chains[0][1]((ROOT, REPLY), None)
    assert panel.answer.text() == "half an answer"
    assert cache.draft(ChatId("ana/thread/reply")) is None
    assert cache.draft(ChatId("ana/thread/root")) is not None


def test_an_answer_leaves_the_composers_draft_on_the_disk(
    panel: ThreadPanel, wishes: Wishes, cache: Cache
) -> None:
    wishes.keep_draft(ANA, Draft("for later"))
    QTest.keyClicks(panel.answer.edit, "hi")
    QTest.keyClick(panel.answer.edit, Qt.Key.Key_Return)
    wishes.kept_drafts.clear()
    wishes.sent[0][2](None)
    assert (ANA, Draft("for later")) in wishes.kept_drafts
    summary = cache.summary(ANA)
    assert summary is not None
    assert summary.draft == Draft("for later")
