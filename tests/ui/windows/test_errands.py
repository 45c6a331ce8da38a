"""What leads from a message to another part of the window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from linqdesk.domain.ids import ChatId, MessageId, RowKey
from linqdesk.domain.message import Message, ReplyTo
from linqdesk.store.cache import Cache
from linqdesk.ui.acts.chat_picker import ChatPicker
from linqdesk.ui.acts.date_dialog import DateDialog
from linqdesk.ui.acts.thread_panel import ThreadPanel
from linqdesk.ui.theme import DARK, LIGHT
from linqdesk.ui.windows.main_window import MainWindow
from tests.store.messages import ANA, BEGAN, a_message
from tests.ui.acts.conftest import just_sent
from tests.ui.conftest import Wishes
from tests.ui.thread.rows import a_photo

ROOT = a_message("root", 1, text="Is the bike there?")
REPLY = replace(a_message("reply", 2, is_mine=True, text="Yes"), reply_to=ReplyTo(MessageId("root")))


@pytest.fixture
def window(cache: Cache, wishes: Wishes, qtbot: QtBot) -> MainWindow:
    cache.merge_messages(ANA, [ROOT, REPLY], cache.next_sequence())
    made = MainWindow(cache, wishes, LIGHT)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.open_chat(ANA)
    return made


def _shows_details(window: MainWindow) -> bool:
    """Tell whether the header says that the details stand beside the chat, as a screen reader hears it."""
    return window.area.header.details.accessibleDescription() == "shown"


def _ctrl(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)


def _dialog(window: MainWindow, name: str) -> QDialog:
    found = window.findChild(QDialog, name)
    assert isinstance(found, QDialog)
    return found


def _wish(window: MainWindow, name: str, message: Message) -> None:
    getattr(window.area.build().desk, name).emit(message)


def _thread(window: MainWindow) -> ThreadPanel:
    panel = window.findChild(ThreadPanel, "thread_panel")
    assert isinstance(panel, ThreadPanel)
    return panel


def test_a_wish_to_answer_reaches_the_composer(window: MainWindow, wishes: Wishes) -> None:
    window.area.build().desk.reply_wished.emit(ROOT, 0)
    composer = window.area.composer
    assert composer.edit.hasFocus()
    QTest.keyClicks(composer.edit, "Yes")
    QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    assert wishes.contents[0].reply_to == ReplyTo(MessageId("root"), 0)


def test_a_message_of_another_chat_is_not_answered_here(window: MainWindow) -> None:
    window.open_chat(ChatId("tom"))
    window.area.build().desk.reply_wished.emit(ROOT, 0)
    assert window.area.composer.draft().reply_to is None


def test_a_wish_to_edit_puts_the_sent_text_into_the_field(window: MainWindow, cache: Cache) -> None:
    cache.merge_messages(ANA, [just_sent("fresh", "helo")], cache.next_sequence())
    row = cache.row(ANA, RowKey("fresh"))
    window.area.build().desk.edit_wished.emit(row, 0)
    assert window.area.composer.edit.toPlainText() == "helo"
    assert window.area.composer.edit.hasFocus()
    window.area.composer.edit_mode.leave()
    window.open_chat(ChatId("tom"))
    window.area.build().desk.edit_wished.emit(row, 0)
    assert window.area.composer.edit.toPlainText() == ""


def test_what_is_wished_in_a_thread_reaches_the_window(window: MainWindow) -> None:
    _wish(window, "thread_wished", REPLY)
    panel = _thread(window)
    window.area.messages.setFocus()
    panel.desk.reply_wished.emit(ROOT, 0)
    assert panel.answer.edit.hasFocus()
    panel.desk.forward_wished.emit(ROOT)
    assert _dialog(window, "forward_to").isVisible()


def test_a_thread_takes_the_place_of_the_details_and_gives_it_back(window: MainWindow) -> None:
    window.open_panel()
    _wish(window, "thread_wished", REPLY)
    panel = _thread(window)
    assert panel.isVisible()
    assert panel.answer.edit.hasFocus()
    assert not _shows_details(window)
    window.area.header.details.click()
    assert not panel.isVisible()
    assert _shows_details(window)
    _wish(window, "thread_wished", REPLY)
    QTest.keyClick(panel.answer.edit, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_another_chat_takes_the_thread_away(window: MainWindow) -> None:
    _wish(window, "thread_wished", REPLY)
    window.open_chat(ChatId("tom"))
    assert not _thread(window).isVisible()


def test_pictures_and_files_of_a_thread_are_seen_and_opened_as_in_the_chat(
    window: MainWindow, cache: Cache, wishes: Wishes
) -> None:
    photo = replace(a_message("photo", 3), parts=(a_photo(),), reply_to=ReplyTo(MessageId("root")))
    cache.merge_messages(ANA, [photo], cache.next_sequence())
    _wish(window, "thread_wished", photo)
    wishes.media.wanted.clear()
    _thread(window).messages.viewport().grab()
    assert wishes.media.wanted == [("photo", 0)]


def test_the_button_in_the_header_finds(window: MainWindow) -> None:
    window.area.header.find_button.click()
    assert window.area.build().find_bar.field.hasFocus()


def test_a_thread_wears_the_windows_colours(window: MainWindow) -> None:
    _wish(window, "thread_wished", REPLY)
    before = _thread(window).grab().toImage()
    window.set_theme(DARK)
    assert _thread(window).grab().toImage() != before


def test_a_forwarded_text_goes_behind_the_draft_of_the_chosen_chat_and_is_not_sent(
    window: MainWindow, wishes: Wishes
) -> None:
    window.open_chat(ChatId("tom"))
    QTest.keyClicks(window.area.composer.edit, "Look:")
    window.open_chat(ANA)
    _wish(window, "forward_wished", ROOT)
    picker = _dialog(window, "forward_to")
    assert isinstance(picker, ChatPicker)
    QTest.keyClicks(picker.field, "tom")
    QTest.keyClick(picker.field, Qt.Key.Key_Down)
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert window.open_chat_id == "tom"
    assert window.area.composer.edit.toPlainText() == "Look:\nIs the bike there?"
    assert wishes.sent == []


def test_ctrl_k_goes_to_a_chat_by_its_name(window: MainWindow, wishes: Wishes) -> None:
    _ctrl(window, Qt.Key.Key_K)
    switcher = _dialog(window, "quick_switcher")
    assert isinstance(switcher, ChatPicker)
    assert switcher.accessibleName() == "Quick switcher"
    assert switcher.focusWidget() is switcher.field
    QTest.keyClicks(switcher.field, "tom")
    QTest.keyClick(switcher.field, Qt.Key.Key_Return)
    assert window.open_chat_id == "tom"
    assert not any(each.isVisible() for each in window.findChildren(ChatPicker))
    assert wishes.sent == []


def test_no_chat_is_chosen_where_none_matches(window: MainWindow) -> None:
    _wish(window, "forward_wished", ROOT)
    picker = _dialog(window, "forward_to")
    assert isinstance(picker, ChatPicker)
    QTest.keyClicks(picker.field, "nobody")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert picker.isVisible()
    assert window.open_chat_id == ANA


def test_ctrl_f_finds_and_escape_closes_what_lies_on_top_first(window: MainWindow) -> None:
    window.open_panel()
    _ctrl(window, Qt.Key.Key_F)
    bar = window.area.build().find_bar
    assert bar.field.hasFocus()
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert _shows_details(window)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not _shows_details(window)


def test_escape_leaves_the_bar_of_a_message(window: MainWindow) -> None:
    view, desk = window.area.messages, window.area.build().desk
    view.setFocus()
    view.setCurrentIndex(view.messages.index(0))
    QTest.keyClick(view, Qt.Key.Key_E)
    assert desk.bar.has_keyboard()
    QTest.keyClick(desk.bar.tapbacks["love"], Qt.Key.Key_Escape)
    assert not desk.bar.isVisible()
    assert view.hasFocus()


def test_ctrl_g_asks_for_a_day_and_goes_there(window: MainWindow, wishes: Wishes) -> None:
    _ctrl(window, Qt.Key.Key_G)
    dialog = _dialog(window, "go_to_date")
    assert isinstance(dialog, DateDialog)
    assert dialog.calendar.selectedDate() == QDate(BEGAN.year, BEGAN.month, BEGAN.day)
    dialog.calendar.setSelectedDate(QDate(2026, 2, 27))
    go = dialog.findChild(QPushButton, "go")
    assert isinstance(go, QPushButton)
    go.click()
    when, done = wishes.sought_times[0]
    assert (when.year, when.month, when.day, when.hour) == (2026, 2, 27, 0)
    assert when.tzinfo is not None
    done(None)
    assert window.area.messages.currentIndex().row() == 0


def test_alt_left_goes_back_from_a_jump(window: MainWindow) -> None:
    jumps = window.area.build().desk.jumps
    jumps.to_message(MessageId("root"), RowKey("reply"))
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.area.messages.currentIndex().row() == 1


def test_keys_that_need_a_chat_do_nothing_without_one(cache: Cache, wishes: Wishes, qtbot: QtBot) -> None:
    window = MainWindow(cache, wishes, LIGHT)
    qtbot.addWidget(window)
    window.show()
    for key in (Qt.Key.Key_F, Qt.Key.Key_G):
        _ctrl(window, key)
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.findChildren(QDialog) == []
