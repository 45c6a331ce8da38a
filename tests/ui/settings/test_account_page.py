import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.domain.outgoing import Draft, OutgoingState
from linqdesk.store.cache import Cache
from linqdesk.ui.panels.question_dialog import QuestionDialog
from linqdesk.ui.settings.account_page import AccountPage, loss_words
from tests.store.messages import ANA, a_chat, a_send


@pytest.fixture
def cache() -> Cache:
    made = Cache()
    made.merge_chats([a_chat()])
    return made


def _ask(page: AccountPage) -> QuestionDialog:
    button = page.findChild(QPushButton, "sign_out")
    assert isinstance(button, QPushButton)
    button.click()
    question = page.findChild(QuestionDialog, "sign_out_question")
    assert isinstance(question, QuestionDialog)
    return question


def test_it_says_where_the_token_is_each_time_it_is_shown(qtbot: QtBot, cache: Cache) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    places = iter(["In the keyring.", "For this run only."])
    page = AccountPage(cache, lambda: next(places), window)
    words = page.findChild(QLabel, "token_place")
    assert isinstance(words, QLabel)
    window.show()
    assert words.text() == "In the keyring."
    window.hide()
    window.show()
    assert words.text() == "For this run only."


def test_signing_out_asks_first_and_enter_stays(qtbot: QtBot, cache: Cache) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    page = AccountPage(cache, str, window)
    wanted: list[None] = []
    page.sign_out_wanted.connect(lambda: wanted.append(None))
    window.show()
    question = _ask(page)
    stay = next(each for each in question.findChildren(QPushButton) if each.isDefault())
    assert stay.text() == "Stay signed in"
    stay.click()
    assert wanted == []
    _ask(page).press("Sign out")
    assert len(wanted) == 1


def test_it_counts_what_would_be_lost(cache: Cache) -> None:
    assert loss_words(cache).startswith("Nothing is unsent.")
    cache.set_draft(ANA, Draft("half a thought"))
    assert loss_words(cache) == "Deletes a draft, for good."
    cache.add_outgoing(a_send("one"))
    assert loss_words(cache) == "Deletes a message that is not sent and a draft, for good."
    cache.add_outgoing(a_send("two", OutgoingState.FAILED))
    assert loss_words(cache) == "Deletes 2 messages that are not sent and a draft, for good."
