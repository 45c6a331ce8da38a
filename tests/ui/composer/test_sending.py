from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.domain.decorations import Decoration
from linqdesk.domain.ids import ChatId, RowKey
from linqdesk.domain.message import Effect
from linqdesk.domain.outgoing import Content, Draft, OutgoingLink, OutgoingText
from linqdesk.domain.send_gate import HeldBackError, SendTerms
from linqdesk.domain.service import Service
from linqdesk.store.cache import Cache
from linqdesk.ui.composer.composer import Composer
from linqdesk.ui.composer.gate_strip import held_words
from linqdesk.ui.panels.reasons_popup import ReasonsPopup
from linqdesk.ui.theme import LIGHT
from tests.store.messages import ANA, a_chat, a_message
from tests.ui.conftest import Wishes

TOM = ChatId("tom")
_HELD = True
URL = "https://example.com/a"


@pytest.fixture
def composer(cache: Cache, wishes: Wishes, qtbot: QtBot) -> Iterator[Composer]:
    window = QWidget()
    window.resize(700, 400)
    made = Composer(cache, wishes, LIGHT, window)
    made.resize(700, 120)
    qtbot.addWidget(window)
    cache.merge_messages(ANA, [a_message("hello", 1)], cache.next_sequence())
    with qtbot.waitExposed(window):
        window.show()
    made.show_chat(ANA)
    # The window must outlive the test: Qt deletes its children with it.
    yield made
    window.close()


def _over(cache: Cache, service: Service) -> None:
    cache.merge_chats([replace(a_chat(minute=5), service=service)])


def _button(composer: Composer, name: str) -> QPushButton:
    found = composer.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def _asks(composer: Composer) -> str:
    label = composer.findChild(QLabel, "gate_words")
    assert isinstance(label, QLabel)
    return label.text() if composer.sending.gate.isVisible() else ""


def test_an_empty_field_says_to_whom_how_and_from_which_line(composer: Composer) -> None:
    said = composer.sending.line.words.replace("\u2068", "").replace("\u2069", "")
    assert said == "To Ana Ruiz by iMessage from +1 415 555 0110"


def test_the_line_follows_every_key_and_is_read_by_its_name(composer: Composer, cache: Cache) -> None:
    _over(cache, Service.SMS)
    composer.refresh()
    QTest.keyClicks(composer.edit, "hello")
    label = composer.findChild(QLabel, "what_will_arrive")
    assert isinstance(label, QLabel)
    assert label.accessibleName() == "What will arrive"
    assert label.accessibleDescription() == label.text() == composer.sending.line.words
    assert label.text() == "SMS: 5 of 160 characters; you will not see Delivered"
    QTest.keyClicks(composer.edit, "!")
    assert label.text().startswith("SMS: 6 of 160")


def test_a_long_text_is_looked_at_when_the_hands_rest(composer: Composer, cache: Cache, qtbot: QtBot) -> None:
    _over(cache, Service.SMS)
    composer.edit.setPlainText("a" * 1_000)
    qtbot.waitUntil(lambda: composer.sending.line.words.startswith("SMS: 7 segments"))


def test_send_plain_is_offered_for_what_would_be_lost_and_sends_the_rest(
    composer: Composer, cache: Cache, wishes: Wishes
) -> None:
    assert not composer.sending.line.plain.isVisible()
    _over(cache, Service.SMS)
    cache.set_draft(TOM, Draft("See you", 7, (Decoration(0, 3, style="bold"),), Effect("screen", "confetti")))
    cache.merge_chats([replace(a_chat(TOM, minute=6, name="Tom Becker"), service=Service.SMS)])
    composer.show_chat(TOM)
    assert "bold and Confetti will not arrive" in composer.sending.line.words
    composer.sending.line.plain.click()
    assert wishes.contents == [Content((OutgoingText("See you"),))]


def test_why_says_the_reasons_and_goes_with_escape(composer: Composer, cache: Cache, qtbot: QtBot) -> None:
    _over(cache, Service.SMS)
    composer.refresh()
    QTest.keyClicks(composer.edit, "hello")
    composer.sending.line.why.click()
    popup = composer.findChild(QDialog, "reasons")
    assert isinstance(popup, QDialog)
    assert any("SMS reports neither" in each.text() for each in popup.findChildren(QLabel))
    with qtbot.waitSignal(popup.finished):
        QTest.keyClick(popup, Qt.Key.Key_Escape)


def test_details_can_be_copied(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    popup = ReasonsPopup(window, "Why", ["No."], "Code 2024 · trace abc")
    button = popup.findChild(QPushButton, "copy_details")
    assert isinstance(button, QPushButton)
    button.click()
    assert QGuiApplication.clipboard().text() == "Code 2024 · trace abc"


def _choose(composer: Composer, name: str) -> None:
    actions = composer.sending.line.choice.menu().actions()
    chosen = next(each for each in actions if each.text().startswith(name))
    chosen.trigger()


def test_the_service_is_chosen_in_words_kept_in_the_draft_and_sent(
    composer: Composer, cache: Cache, wishes: Wishes
) -> None:
    QTest.keyClicks(composer.edit, "hello")
    _choose(composer, "RCS or SMS")
    assert composer.sending.line.words.startswith("RCS or SMS: ")
    assert composer.edit.placeholderText() == "Text Message · RCS"
    composer.show_chat(TOM)
    assert composer.sending.line.choice.text().startswith("Automatic")
    summary = cache.summary(ANA)
    assert summary is not None
    assert summary.draft is not None
    assert summary.draft.preferred_service is Service.SMS
    composer.show_chat(ANA)
    assert composer.sending.line.choice.text().startswith("RCS or SMS")
    composer.submit()
    _choose(composer, "Automatic")
    assert wishes.contents[0].preferred_service is Service.SMS
    assert composer.draft().preferred_service is None


def test_a_link_alone_goes_as_text_or_as_a_card_as_the_agent_says(composer: Composer, wishes: Wishes) -> None:
    assert not composer.sending.link.isVisible()
    QTest.keyClicks(composer.edit, URL)
    assert composer.sending.link.isVisible()
    assert composer.sending.link.as_text.isChecked()
    composer.sending.link.as_card.click()
    composer.submit()
    assert wishes.contents == [Content((OutgoingLink(URL),))]
    wishes.sent[0][2](None)
    assert composer.edit.toPlainText() == ""
    QTest.keyClicks(composer.edit, URL)
    assert composer.sending.link.as_text.isChecked()
    composer.submit()
    assert wishes.contents[1] == Content((OutgoingText(URL),))


def test_text_and_card_are_split_on_the_agents_word_alone(composer: Composer, wishes: Wishes) -> None:
    QTest.keyClicks(composer.edit, f"Here: {URL}")
    assert composer.sending.link.as_text.isChecked()
    composer.sending.link.as_card.click()
    composer.submit()
    assert wishes.contents == [Content((OutgoingText("Here:"),)), Content((OutgoingLink(URL),))]
    assert len(wishes.sent) == 1


def test_a_critical_chat_is_sent_to_by_the_second_press(composer: Composer, wishes: Wishes) -> None:
    QTest.keyClicks(composer.edit, "hello")
    composer.submit()
    wishes.sent[0][2](HeldBackError(is_critical=True))
    assert "critical" in _asks(composer)
    assert composer.edit.toPlainText() == "hello"
    QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    assert [each.accepts_risk for each in wishes.terms] == [False, True]
    wishes.sent[1][2](None)
    assert _asks(composer) == ""
    QTest.keyClicks(composer.edit, "more")
    composer.submit()
    assert not wishes.terms[2].accepts_risk


def test_who_puts_it_off_or_leaves_the_chat_is_asked_again(composer: Composer, wishes: Wishes) -> None:
    QTest.keyClicks(composer.edit, "hello")
    composer.submit()
    wishes.sent[0][2](HeldBackError(is_critical=True))
    _button(composer, "look_first").click()
    assert _asks(composer) == ""
    composer.submit()
    assert not wishes.terms[1].accepts_risk
    wishes.sent[1][2](HeldBackError(is_critical=True))
    composer.show_chat(TOM)
    assert _asks(composer) == ""
    composer.show_chat(ANA)
    composer.submit()
    assert not wishes.terms[2].accepts_risk


def test_a_colleagues_answer_since_the_agent_began_is_shown_and_then_known(
    composer: Composer, cache: Cache, wishes: Wishes
) -> None:
    QTest.keyClicks(composer.edit, "On my")
    sam = a_message("We ship it tomorrow", 2, is_mine=True)
    cache.merge_messages(ANA, [sam], cache.next_sequence())
    QTest.keyClicks(composer.edit, " way")
    composer.submit()
    assert wishes.terms == [SendTerms(RowKey("hello"))]
    wishes.sent[0][2](HeldBackError(answer=sam))
    assert "We ship it tomorrow" in _asks(composer)
    _button(composer, "send_anyway").click()
    assert wishes.terms[1] == SendTerms(RowKey("We ship it tomorrow"))


def test_what_is_known_begins_anew_with_an_empty_field(
    composer: Composer, cache: Cache, wishes: Wishes
) -> None:
    QTest.keyClicks(composer.edit, "x")
    cache.merge_messages(ANA, [a_message("newer", 2, is_mine=True)], cache.next_sequence())
    composer.edit.clear()
    QTest.keyClicks(composer.edit, "y")
    composer.submit()
    assert wishes.terms == [SendTerms(RowKey("newer"))]


def test_the_words_of_a_held_message_name_the_answer_and_its_age() -> None:
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    answer = replace(a_message("m", 0, is_mine=True), sent_at=now - timedelta(seconds=10))
    assert "10 s ago: “" in held_words(HeldBackError(answer=answer), now)
    assert "5 min ago" in held_words(HeldBackError(answer=answer), now + timedelta(minutes=5))
    assert "without words" in held_words(HeldBackError(answer=replace(answer, parts=())), now)


def test_a_stop_word_locks_the_field_at_once(composer: Composer, cache: Cache, wishes: Wishes) -> None:
    QTest.keyClicks(composer.edit, "One more offer")
    cache.merge_messages(ANA, [a_message("m", 2, text="STOP")], cache.next_sequence())
    composer.refresh()
    composer.submit()
    assert wishes.sent == []
    assert composer.edit.isReadOnly()
    assert not composer.sending.line.isVisible()
    says = composer.findChild(QLabel, "composer_says")
    assert isinstance(says, QLabel)
    assert "wrote “STOP”" in says.text()
    assert composer.edit.toPlainText() == "One more offer"


def test_keys_are_passed_on_and_leaving_ends_it(composer: Composer, wishes: Wishes) -> None:
    wishes.typing.clear()
    QTest.keyClicks(composer.edit, "hi")
    QTest.keyClick(composer.edit, Qt.Key.Key_Left)
    QApplication.sendEvent(composer.edit, QInputMethodEvent("に", []))
    QApplication.sendEvent(composer.edit, QInputMethodEvent("", []))
    assert wishes.typing == [ANA, ANA, ANA]
    QApplication.sendEvent(composer.edit, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.PopupFocusReason))
    assert wishes.typing[-1] == ANA
    QApplication.sendEvent(composer.edit, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))
    assert wishes.typing[-1] is None


def test_sending_and_leaving_the_chat_end_the_typing(composer: Composer, wishes: Wishes) -> None:
    QTest.keyClicks(composer.edit, "hi")
    composer.submit()
    wishes.sent[0][2](None)
    assert wishes.typing[-1] is None
    QTest.keyClicks(composer.edit, "hi")
    composer.show_chat(None)
    assert wishes.typing[-1] is None


def test_the_button_wears_the_colour_of_the_likeliest_way(composer: Composer, cache: Cache) -> None:
    assert composer.send_button.accessibleDescription() == "Send to Ana Ruiz · from +1 415 555 0110"
    _over(cache, Service.SMS)
    composer.refresh()
    assert composer.edit.placeholderText() == "Text Message · SMS"
    cache.merge_chats([a_chat(minute=7)])
    composer.refresh()
    assert composer.edit.placeholderText() == "iMessage"


def test_controls_that_have_no_effect_by_this_service_say_so_and_can_be_reached(
    composer: Composer, cache: Cache
) -> None:
    names = ("bold", "italic", "underline", "strikethrough", "text_effects")
    found = [composer.format_bar.findChild(QToolButton, name) for name in names]
    buttons = [each for each in found if isinstance(each, QToolButton)]
    assert len(buttons) == len(names)
    assert {each.accessibleDescription() for each in buttons} == {""}
    _over(cache, Service.SMS)
    composer.refresh()
    for each in buttons:
        assert each.accessibleDescription() == "Has no effect by SMS"
        assert "Has no effect by SMS" in each.toolTip()
        assert each.isEnabled()
        assert each.focusPolicy() & Qt.FocusPolicy.TabFocus
    cache.merge_chats([a_chat(minute=8)])
    composer.refresh()
    assert {each.accessibleDescription() for each in buttons} == {""}


def test_enter_held_down_is_no_second_press(composer: Composer, wishes: Wishes) -> None:
    QTest.keyClicks(composer.edit, "hello")
    composer.submit()
    wishes.sent[0][2](HeldBackError(is_critical=True))
    held = QKeyEvent(
        QEvent.Type.KeyPress,
        Qt.Key.Key_Return,
        Qt.KeyboardModifier.NoModifier,
        "\r",
        autorep=_HELD,
    )
    QApplication.sendEvent(composer.edit, held)
    assert len(wishes.sent) == 1
    assert composer.edit.toPlainText() == "hello"


def test_while_a_sent_message_is_edited_nothing_is_said_of_arriving(composer: Composer, cache: Cache) -> None:
    now = datetime.now(UTC)
    mine = replace(a_message("mine", 2, is_mine=True), sent_at=now, created_at=now)
    cache.merge_messages(ANA, [mine], cache.next_sequence())
    QTest.keyClick(composer.edit, Qt.Key.Key_Up)
    assert composer.edit_mode.is_active
    assert not composer.sending.line.isVisible()
    QTest.keyClick(composer.edit, Qt.Key.Key_Escape)
    assert composer.sending.line.isVisible()
