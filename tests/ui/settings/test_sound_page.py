from collections.abc import Iterator
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.local.settings import Settings
from linqdesk.ui.preferences import Preferences
from linqdesk.ui.recorder.microphone import NO_MICROPHONE
from linqdesk.ui.settings.sound_page import SoundPage
from linqdesk.ui.theme import LIGHT
from tests.ui.recorder.virtual import Microphones

Kind = TypeVar("Kind", bound=QWidget)


class Desk:
    """The page, its preferences and the microphones that it gets."""

    def __init__(self, qtbot: QtBot, microphone: str = "") -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.preferences = Preferences(Settings(microphone=microphone))
        self.page = SoundPage(self.preferences, LIGHT, self.window)
        self.microphones = Microphones()
        self.page.make_microphone = self.microphones
        self.window.show()

    @property
    def devices(self) -> QComboBox:
        return self._find(QComboBox, "microphone")

    @property
    def button(self) -> QPushButton:
        return self._find(QPushButton, "try_microphone")

    @property
    def words(self) -> str:
        return self._find(QLabel, "microphone_says").text()

    def _find(self, kind: type[Kind], name: str) -> Kind:
        found = self.page.findChild(kind, name)
        assert found is not None
        return found


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.page.hide()


def test_the_limits_of_a_memo_are_said_before_one_is_recorded(desk: Desk) -> None:
    assert "20 minutes" in desk.words
    assert "10 MB" in desk.words


def test_one_that_is_not_plugged_in_stays_chosen(qtbot: QtBot) -> None:
    desk = Desk(qtbot, microphone="headset")
    assert desk.devices.currentText() == "The one chosen before (not plugged in)"
    desk.devices.setCurrentIndex(0)
    desk.devices.activated.emit(0)
    assert desk.preferences.current.microphone == ""


def test_it_listens_only_while_it_is_tried_and_seen(desk: Desk) -> None:
    assert desk.microphones.made == []
    desk.button.click()
    before = desk.page.meter.grab().toImage()
    desk.microphones.newest.say(1_000)
    assert desk.page.meter.grab().toImage() != before
    assert desk.button.text() == "Stop"
    desk.page.hide()
    assert not desk.microphones.newest.is_on
    assert desk.button.text() == "Try it"
    desk.page.show()
    desk.button.click()
    desk.button.click()
    assert not desk.microphones.newest.is_on


def test_another_choice_is_tried_at_once(desk: Desk) -> None:
    desk.button.click()
    desk.devices.addItem("Headset", "headset")
    desk.devices.activated.emit(desk.devices.findData("headset"))
    assert desk.preferences.current.microphone == "headset"
    assert desk.microphones.newest.device_id == "headset"


def test_without_a_microphone_it_says_so(desk: Desk) -> None:
    desk.microphones.fails_with = NO_MICROPHONE
    desk.button.click()
    assert desk.words == NO_MICROPHONE
    assert desk.button.text() == "Try it"
