"""A voice memo beside the first message; the recorder is the window's, over a microphone that is none."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from linqdesk.domain.beginning import UNBEGUN
from linqdesk.domain.ids import ChatId
from linqdesk.domain.outgoing import OutgoingText
from linqdesk.domain.outgoing_files import DraftFile, OutgoingVoiceMemo, Taken
from linqdesk.ui.media.playback import Playback
from linqdesk.ui.recorder.recorder import Recorder
from linqdesk.ui.recorder.studio import Studio
from linqdesk.ui.theme import DARK, LIGHT
from tests.domain.files import a_file
from tests.store.messages import ANA
from tests.ui.new_chat.test_new_chat_dialog import Desk, desk
from tests.ui.recorder.virtual import Microphones

__all__ = ["desk"]

FILE = a_file("Voice memo.m4a", "audio/x-m4a")
MEMO = DraftFile(FILE, is_voice_memo=True, duration_ms=2_000)


class Booth:
    """The dialog, and what it records with."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.wishes = desk, desk.wishes
        self.owner = QObject()
        self.microphones = Microphones()
        self.recorder = Recorder(desk.wishes.recording, self.microphones, self.owner)
        studio = Studio(self.recorder, Playback(self.owner), lambda chat_id: f"chat {chat_id}")
        self.memo = desk.dialog.record_in(studio, LIGHT)

    def record(self, *, is_to_be_sent: bool = False) -> None:
        self.memo.button.click()
        self.microphones.newest.say(2_000)
        (self.memo.bar.send if is_to_be_sent else self.memo.bar.listen).click()
        self.wishes.recording.encode()

    def take(self) -> None:
        self.wishes.files.taking.pop()[1](Taken(0, FILE))


@pytest.fixture
def booth(desk: Desk) -> Iterator[Booth]:
    made = Booth(desk)
    yield made
    made.recorder.discard()


def test_a_memo_is_recorded_by_key_and_goes_right_after_the_first_message(booth: Booth) -> None:
    desk = booth.desk
    desk.type("+14155559001")
    QTest.keyClicks(desk.message, "Hello Kim")
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(desk.message, Qt.Key.Key_R, keys)
    booth.microphones.newest.say(2_000)
    QTest.keyClick(desk.message, Qt.Key.Key_R, keys)
    booth.wishes.recording.encode()
    booth.take()
    assert len(booth.memo.shelf.players) == 1
    desk.send.click()
    ((_, contents, _),) = booth.wishes.begun
    assert [each.parts for each in contents] == [
        (OutgoingText("Hello Kim"),),
        (OutgoingVoiceMemo(FILE, 2_000),),
    ]


def test_send_on_the_bar_sends_the_message_with_the_memo(booth: Booth) -> None:
    booth.desk.type("+14155559001")
    QTest.keyClicks(booth.desk.message, "Hello Kim")
    booth.record(is_to_be_sent=True)
    booth.take()
    assert len(booth.wishes.begun) == 1


def test_a_memo_alone_waits_and_says_beside_send_why(booth: Booth) -> None:
    booth.desk.type("+14155559001")
    booth.record(is_to_be_sent=True)
    booth.take()
    assert booth.wishes.begun == []
    assert not booth.desk.send.isEnabled()
    assert "A voice memo cannot open a chat" in booth.desk.says("first_message_words")
    assert "waits here" in booth.desk.says("composer_says")
    QTest.keyClicks(booth.desk.message, "Hello Kim")
    assert booth.desk.send.isEnabled()
    assert booth.desk.says("first_message_words") == ""


def test_a_memo_that_is_done_after_the_dialog_closed_is_kept(booth: Booth) -> None:
    booth.desk.type("+14155559001")
    booth.memo.button.click()
    booth.microphones.newest.say(2_000)
    booth.desk.dialog.reject()
    booth.recorder.finish(is_to_be_sent=False)
    booth.wishes.recording.encode()
    booth.take()
    kept = booth.desk.cache.draft(UNBEGUN)
    assert kept is not None
    assert kept.tray == (MEMO,)
    booth.desk.dialog.begin()
    assert booth.desk.composer.draft().tray == (MEMO,)


def test_what_is_recorded_while_the_message_goes_is_for_the_chat_that_came_of_it(booth: Booth) -> None:
    booth.desk.type("+14155559001")
    QTest.keyClicks(booth.desk.message, "Hello Kim")
    booth.memo.button.click()
    booth.microphones.newest.say(2_000)
    booth.desk.send.click()
    booth.wishes.begun[0][2](ChatId("new:1"), None)
    assert booth.recorder.chat_id == "new:1"
    recorded: list[ChatId] = []
    booth.recorder.recorded.connect(lambda wish: recorded.append(wish.memo.chat_id))
    booth.recorder.finish(is_to_be_sent=False)
    booth.wishes.recording.encode()
    assert recorded == ["new:1"]
    assert booth.wishes.files.taking == []


def test_clear_drops_what_is_being_recorded(booth: Booth) -> None:
    booth.desk.type("ana")
    booth.memo.button.click()
    booth.microphones.newest.say(2_000)
    booth.desk.find(QPushButton, "clear_new_chat").click()
    assert not booth.recorder.is_busy
    assert not booth.memo.bar.isVisible()


def test_while_another_chat_is_recorded_for_the_button_leads_there(booth: Booth, qtbot: QtBot) -> None:
    booth.recorder.start(ANA)
    booth.microphones.newest.say(1_000)
    assert booth.memo.bar.accessibleName() == "Voice memo for chat ana"
    with qtbot.waitSignal(booth.desk.dialog.existing_wanted) as wanted:
        booth.memo.button.click()
    assert wanted.args == [ANA]
    booth.desk.find(QPushButton, "clear_new_chat").click()
    assert booth.recorder.is_busy


def test_other_colours_reach_the_bar(booth: Booth) -> None:
    booth.memo.button.click()
    booth.microphones.newest.say(1_000)
    light = booth.memo.bar.grab().toImage()
    booth.desk.dialog.set_theme(DARK)
    assert booth.memo.bar.grab().toImage() != light


def test_a_sound_that_is_dropped_as_a_memo_goes_after_the_text_too(booth: Booth) -> None:
    desk = booth.desk
    desk.type("+14155559001")
    desk.composer.take_files([Path("hello.m4a")], as_memos=True)
    booth.take()
    QTest.keyClicks(desk.message, "Hello Kim")
    desk.send.click()
    ((_, contents, _),) = booth.wishes.begun
    assert [bool(each.voice_memo) for each in contents] == [False, True]
