from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from linqdesk.domain.decorations import Decoration
from linqdesk.domain.errors import OfflineError
from linqdesk.domain.ids import AttachmentId, ChatId
from linqdesk.domain.message import MediaPart, Message, TextPart
from linqdesk.domain.outgoing import Draft
from linqdesk.domain.service import Service
from linqdesk.domain.wishes import EditWish
from linqdesk.store.cache import Cache
from linqdesk.ui.composer.composer import Composer
from tests.store.messages import ANA, BEGAN, a_message
from tests.ui.conftest import Wishes

TOM = ChatId("tom")


def _at(minutes: float) -> datetime:
    return BEGAN + timedelta(minutes=minutes)


@pytest.fixture
def writer(composer: Composer, cache: Cache) -> Composer:
    """The composer three minutes after our last message."""
    mine = a_message("m2", 2, is_mine=True, text="See you at 5")
    cache.merge_messages(ANA, [a_message("m1", 1, text="when?"), mine], cache.next_sequence())
    composer.edit_strip.now = lambda: _at(5)
    return composer


def _words(composer: Composer, name: str) -> str:
    label = composer.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return "" if label.isHidden() else label.text()


def _up(composer: Composer) -> None:
    QTest.keyClick(composer.edit, Qt.Key.Key_Up)


def test_up_in_an_empty_composer_edits_our_last_message_with_its_clock(
    writer: Composer, wishes: Wishes
) -> None:
    _up(writer)
    assert writer.edit.toPlainText() == "See you at 5"
    assert writer.edit.textCursor().position() == 12
    assert _words(writer, "edit_strip_title") == "Editing · 12:00 left · 1 of 5"
    assert not writer.send_button.isEnabled()

    QTest.keyClicks(writer.edit, "30")
    assert writer.send_button.isEnabled()
    QTest.keyClick(writer.edit, Qt.Key.Key_Return)
    message_id, wish, done = wishes.changed[0]
    assert (message_id, wish) == ("m2", EditWish(0, "See you at 530"))
    assert wishes.sent == []
    assert writer.edit.isReadOnly()
    done(None)
    assert writer.edit.toPlainText() == ""
    assert not writer.edit.isReadOnly()
    assert writer.edit_strip.isHidden()


def test_up_in_a_text_moves_the_cursor(writer: Composer) -> None:
    QTest.keyClicks(writer.edit, "hello")
    _up(writer)
    assert writer.edit.toPlainText() == "hello"
    assert writer.edit_strip.isHidden()


def test_what_is_unsent_stands_aside_and_comes_back(writer: Composer, cache: Cache) -> None:
    bold = (Decoration(0, 4, style="bold"),)
    cache.set_draft(TOM, Draft("half a thought", 4, bold))
    cache.merge_messages(
        TOM, [replace(a_message("t1", 2, is_mine=True, text="hi Tom"), chat_id=TOM)], cache.next_sequence()
    )
    writer.show_chat(TOM)
    writer.edit_mode.begin_last(TOM)
    assert writer.edit.toPlainText() == "hi Tom"
    assert writer.draft() == Draft("")
    QTest.keyClick(writer.edit, Qt.Key.Key_Escape)
    assert writer.draft() == Draft("half a thought", 4, bold)
    assert writer.edit_strip.isHidden()


def test_another_chat_can_be_looked_at_while_a_message_is_edited(writer: Composer, cache: Cache) -> None:
    _up(writer)
    QTest.keyClicks(writer.edit, "30")
    writer.show_chat(TOM)
    assert writer.edit.toPlainText() == ""
    assert writer.edit_strip.isHidden()
    summary = cache.summary(ANA)
    assert summary is not None
    assert summary.draft is None
    writer.show_chat(ANA)
    assert writer.edit.toPlainText() == "See you at 530"
    assert not writer.edit_strip.isHidden()


def test_a_refused_change_keeps_the_text_and_says_why(writer: Composer, wishes: Wishes) -> None:
    _up(writer)
    QTest.keyClicks(writer.edit, "30")
    writer.submit()
    writer.submit()
    assert len(wishes.changed) == 1
    wishes.changed[0][2](OfflineError("no route"))
    assert writer.edit.toPlainText() == "See you at 530"
    assert _words(writer, "edit_strip_words").startswith("The message was not changed.")
    assert not writer.edit.isReadOnly()
    writer.submit()
    assert len(wishes.changed) == 2


def test_the_clock_runs_out_beside_the_text(writer: Composer, wishes: Wishes) -> None:
    _up(writer)
    QTest.keyClicks(writer.edit, "30")
    writer.edit_strip.now = lambda: _at(17.1)
    writer.edit_strip.refresh()
    assert _words(writer, "edit_strip_title") == "Editing · 0:00 left · 1 of 5"
    assert "that time is over" in _words(writer, "edit_strip_words")
    writer.submit()
    assert wishes.changed == []
    assert writer.edit.toPlainText() == "See you at 530"


@pytest.mark.parametrize(
    ("last", "why"),
    [
        (a_message("old", -20, is_mine=True), "15 minutes"),
        (replace(a_message("sms", 2, is_mine=True), service=Service.SMS), "iMessage"),
    ],
)
def test_what_cannot_be_edited_says_why(composer: Composer, cache: Cache, last: Message, why: str) -> None:
    composer.edit_strip.now = lambda: _at(5)
    cache.merge_messages(ANA, [last], cache.next_sequence())
    _up(composer)
    assert composer.edit.toPlainText() == ""
    assert why in _words(composer, "composer_says")


def test_the_last_text_is_found_behind_files_and_answers(composer: Composer, cache: Cache) -> None:
    composer.edit_strip.now = lambda: _at(5)
    photo = MediaPart(AttachmentId("a"), "cat.jpg", "image/jpeg", 10, None)
    mine = replace(a_message("m2", 2, is_mine=True), parts=(TextPart("look"), photo))
    only_photo = replace(a_message("m3", 3, is_mine=True), parts=(photo,))
    answer = a_message("m4", 4, text="nice")
    cache.merge_messages(ANA, [mine, only_photo, answer], cache.next_sequence())
    _up(composer)
    assert composer.edit.toPlainText() == "look"


def test_edits_are_plain_and_say_so_before(composer: Composer, cache: Cache) -> None:
    composer.edit_strip.now = lambda: _at(5)
    part = TextPart("See you", (Decoration(0, 3, style="bold"),))
    cache.merge_messages(
        ANA, [replace(a_message("m2", 2, is_mine=True), parts=(part,))], cache.next_sequence()
    )
    _up(composer)
    assert "edits are plain" in _words(composer, "edit_strip_words")
    composer.edit.selectAll()
    QTest.keyClick(composer.edit, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    composer.format_bar.take_place()
    assert composer.format_bar.isHidden()
    QTest.keyClick(composer.edit, Qt.Key.Key_Escape)
    assert composer.draft() == Draft("")


@pytest.mark.parametrize("text", ["", "  ", "a" * 10_001])
def test_an_edit_that_would_be_refused_cannot_be_saved(writer: Composer, wishes: Wishes, text: str) -> None:
    _up(writer)
    writer.edit.setPlainText(text)
    assert not writer.send_button.isEnabled()
    assert _words(writer, "edit_strip_words") != ""
    writer.submit()
    assert wishes.changed == []
