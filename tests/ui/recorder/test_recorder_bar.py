from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.domain.ids import ChatId
from linqdesk.domain.recording import MAX_RECORDING_MS, SoundForm
from linqdesk.ui.recorder.microphone import NO_MICROPHONE, NOT_ALLOWED
from linqdesk.ui.recorder.recorder_bar import RecorderBar
from linqdesk.ui.system_opener import microphone_page
from linqdesk.ui.theme import LIGHT
from tests.ui.recorder.conftest import Studio
from tests.ui.recorder.virtual import tone

ANA, TOM = ChatId("ana"), ChatId("tom")
NAMES = {ANA: "Ana Ruiz", TOM: "Tom Becker"}


@pytest.fixture
def bar(studio: Studio, qtbot: QtBot) -> Iterator[RecorderBar]:
    window = QWidget()
    qtbot.addWidget(window)
    made = RecorderBar(studio.recorder, NAMES.__getitem__, LIGHT, window)
    made.resize(500, 44)
    window.resize(500, 80)
    window.show()
    made.show_chat(ANA)
    yield made
    studio.recorder.discard()


def shown(bar: RecorderBar) -> set[str]:
    """The names of the buttons that can be pressed."""
    buttons = (bar.discard, bar.pause, bar.resume, bar.listen, bar.send, bar.go_there, bar.settings)
    return {each.accessibleName() for each in buttons if each.isVisibleTo(bar)}


def words(bar: RecorderBar, name: str) -> str:
    label = bar.findChild(QLabel, name)
    assert label is not None
    return label.text()


def test_nothing_is_shown_while_nothing_is_recorded(bar: RecorderBar) -> None:
    assert bar.isHidden()


def test_a_recording_can_be_paused_discarded_listened_to_and_sent(studio: Studio, bar: RecorderBar) -> None:
    studio.recorder.start(ANA)
    studio.say(12_000)
    assert bar.isVisible()
    assert words(bar, "recorder_time") == "0:12"
    assert shown(bar) == {
        "Discard recording",
        "Pause recording",
        "Listen before sending",
        "Send voice memo",
    }
    bar.pause.click()
    assert "Go on recording" in shown(bar)
    assert "Pause recording" not in shown(bar)
    bar.resume.click()
    bar.send.click()
    assert words(bar, "recorder_words") == "Preparing the voice memo…"
    assert shown(bar) == set()
    studio.tape.encode()
    assert studio.wishes[0].is_to_be_sent
    assert bar.isHidden()


def test_listening_first_sends_nothing(studio: Studio, bar: RecorderBar) -> None:
    studio.recorder.start(ANA)
    studio.say(1_000)
    bar.listen.click()
    studio.tape.encode()
    assert not studio.wishes[0].is_to_be_sent


def test_in_another_chat_it_says_for_whom_and_leads_there(studio: Studio, bar: RecorderBar) -> None:
    wanted: list[object] = []
    bar.chat_wanted.connect(wanted.append)
    studio.recorder.start(ANA)
    studio.say(1_000)
    bar.show_chat(TOM)
    assert words(bar, "recorder_words") == "Voice memo for Ana Ruiz"
    assert shown(bar) == {"Go there"}
    studio.say(4_000)
    assert words(bar, "recorder_time") == "0:05"
    bar.go_there.click()
    assert wanted == [ANA]
    bar.show_chat(ANA)
    assert "Send voice memo" in shown(bar)


def test_without_a_microphone_it_says_why_and_leads_to_the_settings(
    studio: Studio, bar: RecorderBar, qtbot: QtBot
) -> None:
    studio.microphones.fails_with = NO_MICROPHONE
    studio.recorder.start(ANA)
    assert bar.isVisible()
    assert words(bar, "recorder_words") == NO_MICROPHONE
    assert bar.accessibleName() == NO_MICROPHONE
    with qtbot.waitSignal(bar.settings_wanted):
        bar.settings.click()
    bar.show_chat(TOM)
    assert bar.isHidden()
    bar.show_chat(ANA)
    bar.close_trouble.click()
    assert bar.isHidden()


@pytest.mark.skipif(microphone_page() is not None, reason="the system's own settings would open")
def test_without_permission_our_own_settings_open_where_the_system_has_none(
    studio: Studio, bar: RecorderBar, qtbot: QtBot
) -> None:
    studio.microphones.fails_with = NOT_ALLOWED
    studio.recorder.start(ANA)
    assert words(bar, "recorder_words") == NOT_ALLOWED
    with qtbot.waitSignal(bar.settings_wanted):
        bar.settings.click()


@pytest.mark.parametrize(
    ("system", "scheme"), [("darwin", "x-apple"), ("win32", "ms-settings"), ("linux", None)]
)
def test_each_system_has_its_own_page_of_the_microphone(system: str, scheme: str | None) -> None:
    page = microphone_page(system)
    assert page is None if scheme is None else page is not None and page.scheme().startswith(scheme)


def test_the_last_minute_is_counted_down(studio: Studio, bar: RecorderBar) -> None:
    studio.microphones.form = SoundForm(8_000, 1)
    studio.recorder.start(ANA)
    minute = tone(60_000, form=studio.microphones.form)
    for _ in range(MAX_RECORDING_MS // 60_000 - 1):
        studio.microphones.newest.heard.emit(minute)
    studio.say(20_000)
    assert words(bar, "recorder_time") == "0:40 left"


def test_the_keyboard_stays_where_it_was_over_a_pause(studio: Studio, bar: RecorderBar, qtbot: QtBot) -> None:
    studio.recorder.start(ANA)
    bar.pause.setFocus()
    qtbot.waitUntil(bar.pause.hasFocus)
    QTest.keyClick(bar.pause, Qt.Key.Key_Space)
    assert bar.resume.hasFocus()
    QTest.keyClick(bar.resume, Qt.Key.Key_Space)
    assert bar.pause.hasFocus()


def test_the_meter_moves_by_what_is_heard_and_by_no_timer(studio: Studio, bar: RecorderBar) -> None:
    studio.recorder.start(ANA)
    before = bar.meter.grab().toImage()
    studio.say(2_000)
    assert bar.meter.grab().toImage() != before
    assert not [timer for timer in bar.window().findChildren(QTimer) if timer.isActive()]


def test_with_less_motion_the_meter_stands_still_within_half_a_second(
    studio: Studio, bar: RecorderBar
) -> None:
    bar.meter.set_still(is_still=True)
    studio.recorder.start(ANA)
    studio.say(1_000)
    before = bar.meter.grab().toImage()
    studio.say(300)
    assert bar.meter.grab().toImage() == before


def test_every_button_has_a_name_and_a_place_in_the_order_of_tabs(bar: RecorderBar) -> None:
    for button in (bar.discard, bar.pause, bar.resume, bar.listen, bar.send, bar.close_trouble):
        assert button.accessibleName()
        assert button.objectName()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
