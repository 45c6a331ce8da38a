from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QListWidget, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.local.settings import Settings
from linqdesk.ui.preferences import Preferences
from linqdesk.ui.settings.settings_dialog import SettingsDialog


@pytest.fixture
def preferences() -> Preferences:
    return Preferences()


@pytest.fixture
def dialog(preferences: Preferences, qtbot: QtBot) -> Iterator[SettingsDialog]:
    window = QWidget()
    qtbot.addWidget(window)
    made = SettingsDialog(preferences, window)
    made.open()
    # The window must outlive the test: Qt deletes its children with it.
    yield made
    window.close()


def _button(dialog: SettingsDialog, name: str) -> QAbstractButton:
    found = dialog.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton)
    return found


@pytest.mark.parametrize(
    ("button", "changed"),
    [
        ("theme_dark", Settings(theme="dark")),
        ("theme_high_contrast", Settings(theme="high-contrast")),
        ("zoom_larger", Settings(zoom=1.1)),
        ("send_key_ctrl_enter", Settings(send_key="ctrl-enter")),
        ("spelling_off", Settings(spelling="off")),
        ("typing_indicator_hidden", Settings(typing_indicator=False)),
        ("requests_per_s_five", Settings(requests_per_s=5.0)),
        ("autoplay_never", Settings(autoplay="never")),
        ("reduced_motion_on", Settings(reduced_motion="on")),
    ],
)
def test_a_choice_holds_at_once(
    dialog: SettingsDialog, preferences: Preferences, button: str, changed: Settings
) -> None:
    told: list[Settings] = []
    preferences.changed.connect(told.append)
    _button(dialog, button).click()
    assert told == [changed]
    assert preferences.current == changed


def test_it_shows_what_holds_even_where_that_changed_elsewhere(
    dialog: SettingsDialog, preferences: Preferences
) -> None:
    preferences.set(Settings(theme="light", zoom=2.0))
    assert _button(dialog, "theme_light").isChecked()
    assert not _button(dialog, "zoom_larger").isEnabled()
    percent = dialog.findChild(QLabel, "zoom_percent")
    assert isinstance(percent, QLabel)
    assert percent.text() == "200%"


def test_the_keyboard_turns_the_pages(dialog: SettingsDialog) -> None:
    names, pages = dialog.findChild(QListWidget), dialog.findChild(QStackedWidget)
    assert isinstance(names, QListWidget)
    assert isinstance(pages, QStackedWidget)
    QTest.keyClick(names, Qt.Key.Key_Down)
    assert pages.currentIndex() == 1
    dialog.show_page("General")
    assert pages.currentIndex() == 0
    assert dialog.accessibleName() == "Settings"


def test_every_control_of_it_has_a_name(dialog: SettingsDialog) -> None:
    unnamed = [
        each
        for each in dialog.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and not each.accessibleName()
    ]
    assert unnamed == []
