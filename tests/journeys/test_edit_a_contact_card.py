from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from linqdesk.sandbox.server import SandboxAddress
from linqdesk.ui.settings.lines_page import LinesPage
from linqdesk.ui.settings.settings_dialog import SettingsDialog
from tests.journeys.agent import Agent, sitting
from tests.journeys.outside import until


def _page(agent: Agent) -> LinesPage:
    agent.desk.settings.open()
    dialog = agent.desk.window.findChild(SettingsDialog, "settings")
    assert isinstance(dialog, SettingsDialog)
    dialog.show_page("Lines")
    page = dialog.findChild(LinesPage)
    assert isinstance(page, LinesPage)
    return page


def _state(page: LinesPage) -> str:
    label = page.findChild(QLabel, "card_state")
    return label.text() if isinstance(label, QLabel) else ""


def _colour(page: LinesPage) -> QColor:
    return page.face.grab().toImage().pixelColor(page.face.rect().center())


async def test_name_and_picture_of_a_line_are_what_customers_get(
    sandbox: SandboxAddress, tmp_path: Path
) -> None:
    async with sitting(sandbox, tmp_path / "data") as agent:
        await until(lambda: agent.desk.cache.lines, "the lines are known")
        logo = tmp_path / "logo.png"
        image = QImage(240, 240, QImage.Format.Format_RGB32)
        image.fill(0x336699)
        assert image.save(str(logo))
        page = _page(agent)
        await until(page.save.isEnabled, "the card is read")
        page.first.setText("Fern")
        page.last.setText("Hill")
        page.take_picture(str(logo))
        QTest.keyClick(page.last, Qt.Key.Key_Return)
        await until(lambda: _state(page).startswith("Saved."), "it is saved")
        assert page.isVisible()
        # What Linq shows of the card, not the file of this computer.
        await until(lambda: _colour(page) == QColor(0x336699), "the picture is seen")
        page.first.setText("")
        page.save.click()
        await until(lambda: "needs a first name" in _state(page), "it says what is missing")
        writes = [each for each in await agent.outside.requests() if each["path"].endswith("contact_card")]
        assert [each["method"] for each in writes if each["method"] != "GET"] == ["PATCH"]
        agent.desk.settings.open()
        page.hide()
        page.show()
        await until(lambda: page.first.text() == "Fern" and page.last.text() == "Hill", "Linq has it")
