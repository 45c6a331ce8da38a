"""A team's file of canned replies is changed from the window, and what the team wrote in it stays."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from linqdesk.local.canned_file import load_canned
from linqdesk.ui.settings.canned_page import CannedPage
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until

TEAM = """\
# Ask Kim before you change prices.
[[reply]]  # the usual one
name = "thanks"
owner = "Kim"
text = "Thank you"

# unfinished
[[reply]]
name = "later"
"""


@pytest.fixture
def team(tmp_path: Path) -> Path:
    folder = tmp_path / "team"
    folder.mkdir()
    return folder


def _shared(agent: Agent, file: Path) -> None:
    file.write_text(TEAM)
    agent.desk.preferences.set(replace(agent.desk.preferences.current, canned_file=str(file)))


def _page(agent: Agent) -> CannedPage:
    page = agent.desk.window.findChild(CannedPage)
    assert isinstance(page, CannedPage)
    return page


@at_the_desk
async def test_a_reply_that_is_saved_from_the_field_leaves_the_teams_comments(
    agent: Agent, team: Path
) -> None:
    file = team / "team.toml"
    _shared(agent, file)
    await agent.open("Ana Ruiz")
    shelf = agent.desk.settings.canned
    await until(lambda: len(shelf.replies) == 1, "the team's reply is read")
    agent.type("See you tomorrow")
    agent.desk.window.area.build().completion.save_as_reply()
    await until(lambda: len(load_canned(file)) == 2, "it is saved")
    assert file.read_text().startswith(TEAM.partition("\n# unfinished")[0])
    assert file.read_text().endswith(TEAM.partition("\n# unfinished")[2])


@at_the_desk
async def test_settings_and_a_colleague_change_one_file(agent: Agent, team: Path) -> None:
    file = team / "team.toml"
    _shared(agent, file)
    agent.desk.settings.open("Canned replies")
    page = _page(agent)
    await until(lambda: page.name.text() == "thanks", "the team's reply is shown")
    QTest.keyClicks(page.text, "So much: ")
    file.write_text(TEAM.replace("Kim before", "Lee before").replace("Thank you", "Thanks a lot"))
    page.hide()
    await until(lambda: "thanks 2" in file.read_text(), "both versions are in the file")
    texts = {each.name: each.text for each in load_canned(file)}
    assert texts == {"thanks": "Thanks a lot", "thanks 2": "So much: Thank you"}
    assert "# Ask Lee before you change prices." in file.read_text()
    assert 'name = "later"' in file.read_text()
    says = page.findChild(QLabel, "canned_says")
    assert isinstance(says, QLabel)
    await until(lambda: "A colleague changed /thanks too" in says.text(), "that is said")
    agent.desk.settings.open("Canned replies")
    QTest.keyClick(page.window(), Qt.Key.Key_Escape)


@at_the_desk
async def test_a_file_is_added_to_a_reply_in_settings(agent: Agent, team: Path) -> None:
    file, prices = team / "team.toml", team.parent / "prices.pdf"
    prices.write_bytes(b"%PDF-1.7")
    _shared(agent, file)
    agent.desk.settings.open("Canned replies")
    page = _page(agent)
    await until(lambda: page.name.text() == "thanks", "the team's reply is shown")
    page.files.take([str(prices)])
    await until(lambda: load_canned(file)[0].files == ("canned files/prices.pdf",), "it is in the file")
    await until(lambda: page.files.list.item(0).text() == "prices.pdf · 8 bytes", "it is shown with its size")
    assert (file.parent / "canned files" / "prices.pdf").read_bytes() == b"%PDF-1.7"
    (file.parent / "canned files" / "prices.pdf").unlink()
    page.files.show_files(page.files.files)
    await until(lambda: "missing" in page.files.list.item(0).text(), "that it is missing is said")
