from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from linqdesk.domain.chat import ChatHealth, HealthStatus
from linqdesk.domain.composing import content_of
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.errors import LinqDeskError, LocalFaultError
from linqdesk.domain.ids import ChatId, MessageId
from linqdesk.domain.message import Effect, ReplyTo
from linqdesk.domain.outgoing import Content, Draft, OutgoingText
from linqdesk.domain.send_gate import HeldBackError
from linqdesk.domain.service import Service
from linqdesk.store.cache import Cache
from linqdesk.ui.composer.composer import Composer
from tests.store.messages import ANA, a_chat
from tests.ui.conftest import Wishes

TOM = ChatId("tom")


def _says(composer: Composer) -> str:
    label = composer.findChild(QLabel, "composer_says")
    assert isinstance(label, QLabel)
    return "" if label.isHidden() else label.text()


def test_enter_sends_and_the_text_stays_until_it_is_safe(composer: Composer, wishes: Wishes) -> None:
    QTest.keyClicks(composer.edit, "hello")
    QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    assert [(chat, text) for chat, text, _ in wishes.sent] == [(ANA, "hello")]
    assert composer.edit.toPlainText() == "hello"
    QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    assert len(wishes.sent) == 1

    QTest.keyClicks(composer.edit, " and more")
    wishes.sent[0][2](None)
    assert composer.edit.toPlainText() == " and more"


def test_what_could_not_be_kept_stays_and_says_why(composer: Composer, wishes: Wishes) -> None:
    QTest.keyClicks(composer.edit, "hello")
    composer.send_button.click()
    wishes.sent[0][2](LocalFaultError("The disk is full."))
    assert composer.edit.toPlainText() == "hello"
    assert "The disk is full." in _says(composer)


@pytest.mark.parametrize("error", [LocalFaultError("The disk is full."), HeldBackError(is_critical=True)])
def test_what_was_not_taken_is_kept_as_a_draft_though_another_chat_was_opened_meanwhile(
    composer: Composer, cache: Cache, wishes: Wishes, error: LinqDeskError
) -> None:
    QTest.keyClicks(composer.edit, "hello")
    composer.submit()
    composer.show_chat(TOM)
    wishes.sent[0][2](error)
    summary = cache.summary(ANA)
    assert summary is not None
    assert summary.draft == Draft("hello", 5)


def test_enter_while_an_input_method_composes_sends_nothing(composer: Composer, wishes: Wishes) -> None:
    QApplication.sendEvent(composer.edit, QInputMethodEvent("にほ", []))
    QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    assert wishes.sent == []
    done = QInputMethodEvent("", [])
    done.setCommitString("日本")
    QApplication.sendEvent(composer.edit, done)
    QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    assert [text for _, text, _ in wishes.sent] == ["日本"]


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_nothing_is_not_sent(composer: Composer, wishes: Wishes, text: str) -> None:
    composer.edit.setPlainText(text)
    composer.submit()
    assert wishes.sent == []
    assert not composer.send_button.isEnabled()


def test_only_text_comes_from_the_clipboard(composer: Composer) -> None:
    clip = QMimeData()
    clip.setHtml("<b>bold</b><img src='file:///etc/passwd'>")
    clip.setText("bold")
    composer.edit.insertFromMimeData(clip)
    assert composer.edit.toPlainText() == "bold"


def test_the_field_grows_with_its_text_within_bounds(composer: Composer) -> None:
    one_line = composer.edit.height()
    assert one_line == 36
    composer.edit.setPlainText("line\n" * 4)
    assert composer.edit.height() > one_line + 40
    composer.edit.setPlainText("line\n" * 90)
    assert composer.edit.height() == 224
    composer.edit.setPlainText("")
    assert composer.edit.height() == one_line


def test_drafts_belong_to_their_chats_and_come_back_with_their_cursor(
    composer: Composer, cache: Cache
) -> None:
    QTest.keyClicks(composer.edit, "for Ana")
    composer.show_chat(TOM)
    assert composer.edit.toPlainText() == ""
    summary = cache.summary(ANA)
    assert summary is not None
    assert summary.draft == Draft("for Ana", 7)
    composer.show_chat(ANA)
    assert (composer.edit.toPlainText(), composer.edit.textCursor().position()) == ("for Ana", 7)


def test_a_draft_from_elsewhere_is_restored(composer: Composer, cache: Cache) -> None:
    cache.set_draft(TOM, Draft("half a", 4))
    composer.show_chat(TOM)
    assert (composer.edit.toPlainText(), composer.edit.textCursor().position()) == ("half a", 4)


def test_a_very_long_text_is_counted_and_too_long_a_one_is_not_sent(
    composer: Composer, wishes: Wishes, qtbot: QtBot
) -> None:
    composer.edit.setPlainText("a" * 8_999)
    qtbot.waitUntil(composer.send_button.isEnabled)
    assert _says(composer) == ""
    composer.edit.setPlainText("a" * 9_500)
    qtbot.waitUntil(lambda: _says(composer) == "9,500 of 10,000 characters")
    composer.edit.setPlainText("a" * 10_003)
    qtbot.waitUntil(lambda: _says(composer).startswith("3 characters too many"))
    composer.submit()
    assert wishes.sent == []


def test_a_long_text_is_judged_by_what_stands_there_when_it_is_sent(
    composer: Composer, wishes: Wishes
) -> None:
    composer.edit.setPlainText("a" * 9_999)
    composer.edit.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(composer.edit, "bc")
    QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    assert wishes.sent == []
    QTest.keyClick(composer.edit, Qt.Key.Key_Backspace)
    QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    assert [text for _, text, _ in wishes.sent] == ["a" * 9_999 + "b"]


def test_a_long_text_is_kept_for_its_chat_though_the_keys_never_rested(
    composer: Composer, cache: Cache
) -> None:
    composer.edit.setPlainText("a" * 900)
    composer.edit.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(composer.edit, "bc")
    composer.show_chat(TOM)
    summary = cache.summary(ANA)
    assert summary is not None
    assert summary.draft is not None
    assert summary.draft.text == "a" * 900 + "bc"


def test_the_text_never_moves_sideways(composer: Composer) -> None:
    edit = composer.edit
    edit.setPlainText("some words about an order " * 200)
    bar = edit.horizontalScrollBar()
    bar.setRange(0, 7)
    for key in (Qt.Key.Key_End, Qt.Key.Key_Home):
        QTest.keyClick(edit, key)
    bar.setValue(5)
    assert (bar.value(), bar.isVisible()) == (0, False)


def test_nothing_can_be_sent_to_who_opted_out(composer: Composer, cache: Cache, wishes: Wishes) -> None:
    health = ChatHealth(HealthStatus.OPTED_OUT, "OPTED_OUT")
    cache.merge_chats([replace(a_chat(minute=1), health=health)])
    composer.refresh()
    assert composer.edit.isReadOnly()
    assert "opted out" in _says(composer)
    composer.edit.setPlainText("please")
    composer.submit()
    assert wishes.sent == []


def test_the_button_says_to_whom_and_from_which_line(composer: Composer) -> None:
    assert composer.send_button.toolTip() == "Send to Ana Ruiz · from +1 415 555 0110"
    assert composer.edit.placeholderText() == "iMessage"


def test_all_of_a_draft_is_kept_and_sent_and_gone_once_it_is_safe(
    composer: Composer, cache: Cache, wishes: Wishes
) -> None:
    bold, shake = Decoration(2, 4, style="bold"), Decoration(5, 8, animation="shake")
    effect, reply_to = Effect("screen", "confetti"), ReplyTo(MessageId("m1"), 1)
    draft = Draft("  hi you ", 3, (bold, shake), effect, reply_to, Service.IMESSAGE)
    cache.set_draft(TOM, draft)
    composer.show_chat(TOM)
    assert composer.draft() == draft
    composer.show_chat(ANA)
    summary = cache.summary(TOM)
    assert summary is not None
    assert summary.draft == draft

    composer.show_chat(TOM)
    composer.submit()
    text = OutgoingText("hi you", (Decoration(0, 2, style="bold"), Decoration(3, 6, animation="shake")))
    assert wishes.contents == [Content((text,), effect, reply_to, Service.IMESSAGE)]
    wishes.sent[0][2](None)
    assert composer.draft() == Draft("", preferred_service=Service.IMESSAGE)


def test_what_is_chosen_after_sending_belongs_to_the_next_message(composer: Composer, wishes: Wishes) -> None:
    QTest.keyClicks(composer.edit, "hi")
    composer.submit()
    composer.set_effect(Effect("bubble", "slam"))
    wishes.sent[0][2](None)
    assert composer.draft() == Draft("", effect=Effect("bubble", "slam"))


def test_a_change_is_told_once_what_would_be_sent_has_changed(composer: Composer) -> None:
    heard: list[Content] = []
    composer.content_changed.connect(lambda: heard.append(content_of(composer.draft())))
    QTest.keyClicks(composer.edit, "h")
    composer.set_effect(Effect("bubble", "slam"))
    composer.set_effect(Effect("bubble", "slam"))
    assert heard == [
        Content((OutgoingText("h"),)),
        Content((OutgoingText("h"),), Effect("bubble", "slam")),
    ]


def test_enter_breaks_the_line_where_ctrl_and_enter_send(composer: Composer, wishes: Wishes) -> None:
    composer.edit.enter_sends = False
    QTest.keyClicks(composer.edit, "one")
    QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    QTest.keyClick(composer.edit, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert composer.edit.toPlainText() == "one\n\n"
    assert wishes.sent == []
    QTest.keyClick(composer.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [text for _, text, _ in wishes.sent] == ["one"]


def test_what_cannot_be_seen_does_not_come_from_the_clipboard(composer: Composer) -> None:
    clip = QMimeData()
    clip.setText("a\x00b\x07c\td\r\ne")
    composer.edit.insertFromMimeData(clip)
    assert composer.draft().text == "abc\td\ne"


def test_what_linq_would_refuse_says_why_and_is_not_sent(
    composer: Composer, cache: Cache, wishes: Wishes
) -> None:
    bold = tuple(Decoration(at, at + 1, style="bold") for at in range(0, 202, 2))
    cache.set_draft(TOM, Draft("ab" * 101, 0, bold))
    composer.show_chat(TOM)
    assert "100 decorations at most" in _says(composer)
    assert not composer.send_button.isEnabled()
    composer.submit()
    assert wishes.sent == []
    composer.edit.selectAll()
    composer.decorator.clear()
    assert _says(composer) == ""
    assert composer.send_button.isEnabled()


def test_a_draft_that_is_shown_before_there_is_room_takes_no_more_than_it_needs(
    composer: Composer, cache: Cache
) -> None:
    cache.set_draft(TOM, Draft("Yes, it left this morning, and it comes tomorrow"))
    composer.resize(140, 400)
    composer.show_chat(TOM)
    QApplication.processEvents()
    assert composer.edit.height() > 36
    composer.resize(900, 120)
    QApplication.processEvents()
    assert composer.edit.height() == 36
