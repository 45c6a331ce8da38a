import os
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog

from linqdesk.local.settings import load_settings
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until


@at_the_desk
async def test_what_is_set_holds_at_once_and_is_kept(agent: Agent) -> None:
    window = agent.desk.window
    window.activateWindow()
    await until(window.isActiveWindow, "the window has the focus")
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: window.findChild(QDialog, "settings") is not None, "the settings are open")
    dialog = window.findChild(QDialog, "settings")
    assert isinstance(dialog, QDialog)
    assert dialog.accessibleName() == "Settings"
    for name in ("theme_dark", "zoom_larger", "reduced_motion_on"):
        button = dialog.findChild(QAbstractButton, name)
        assert isinstance(button, QAbstractButton)
        button.click()
    assert window.palette().window().color().lightness() < 60
    assert window.zoom == 1.1
    dialog.accept()

    file = Path(os.environ["LINQDESK_DATA_DIR"]) / "settings.toml"
    await until(lambda: load_settings(file).settings.zoom == 1.1, "it is on disk")
    kept = load_settings(file).settings
    assert (kept.theme, kept.reduced_motion) == ("dark", "on")


@at_the_desk
async def test_the_size_that_keys_set_is_kept_too(agent: Agent) -> None:
    agent.desk.window.set_zoom(1.3)
    assert agent.desk.preferences.current.zoom == 1.3
