"""Uploads are cancelled and taken up again by hand; what the customer received is the judge."""

import hashlib
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from linqdesk.domain.ids import FileKey
from linqdesk.store.uploads import UploadState
from linqdesk.store.view import ThreadRow
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until
from tests.journeys.received import received
from tests.ui.drop.drags import Drag, files_data

PUT = {"method": "PUT", "path": "^/uploads/"}
SLOWLY = {"match": PUT, "do": {"slow_bytes_per_s": 200_000}}


class Uploading:
    """Large pictures on their way through a slow line."""

    def __init__(self, agent: Agent, folder: Path) -> None:
        self.agent = agent
        self._folder = folder
        self._origin = urlsplit(agent.sandbox.cdn_url).port

    async def send(self, name: str, size_bytes: int = 3_000_000) -> str:
        """Drop a picture on the open chat and send it; returns the hash of its bytes."""
        data = b"\x89PNG\r\n\x1a\n" + name.encode() + bytes(size_bytes)
        (self._folder / name).write_bytes(data)
        composer = self.agent.desk.window.area.composer
        drag = Drag(self.agent.desk.window.area.messages.viewport(), files_data([self._folder / name]))
        drag.enter(QPoint(100, 100))
        drag.drop(QPoint(100, 100))
        await until(lambda: len(composer.draft().files) == 1, "the picture is in the tray")
        self.agent.press(Qt.Key.Key_Return)
        await until(lambda: composer.draft().is_empty, "it is taken")
        return hashlib.sha256(data).hexdigest()

    async def under_way(self) -> None:
        """Wait until bytes are on their way."""
        await until(lambda: self.states() == [UploadState.RUNNING] and self.connections(), "it uploads")

    def states(self) -> list[UploadState]:
        board = self.agent.desk.cache.uploads
        files = [file for each in self.agent.desk.cache.unsent() for file in each.content.files]
        known = [board.of(file.key) for file in files]
        return [each.state for each in known if each is not None]

    def connections(self) -> int:
        """How many connections of this computer to the upload origin are open."""
        mine = psutil.Process().net_connections("tcp")
        return sum(
            each.status == psutil.CONN_ESTABLISHED and each.raddr.port == self._origin for each in mine
        )

    def row(self) -> ThreadRow:
        messages = self.agent.desk.window.area.messages.messages
        return messages.row_at(messages.rowCount() - 1)

    def says(self) -> str:
        return self.agent.shown()[-1]

    def choose(self, label: str) -> None:
        """Choose from the menu of the newest message."""
        entries = self.agent.desk.window.area.build().desk.entries_of_unsent(self.row())
        next(each.act for each in entries if each is not None and each.label.startswith(label) and each.act)()

    def press(self, name: str) -> None:
        """Press a button that can be seen."""
        buttons = self.agent.desk.window.findChildren(QPushButton, name)
        next(each for each in buttons if each.isVisible()).click()


@pytest.fixture
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the agent's own."""
    return tmp_path_factory.mktemp("desktop")


@at_the_desk
async def test_a_cancelled_upload_hangs_up_and_is_taken_up_again_by_hand(agent: Agent, desktop: Path) -> None:
    await agent.open("Ana Ruiz")
    uploading = Uploading(agent, desktop)
    await agent.outside.fault(SLOWLY)
    picture = await uploading.send("lake.png")
    await uploading.under_way()
    assert "uploaded)" in uploading.says()
    uploading.choose("Cancel upload")
    await until(lambda: not uploading.connections(), "the connection is closed")
    await until(lambda: "upload was cancelled" in uploading.says(), "it says so")
    assert "(not uploaded)" in uploading.says()
    assert await received(agent) == []

    await agent.outside.fault()
    uploading.press("retry")
    await until(lambda: not agent.desk.cache.unsent(), "it is sent")
    await agent.outside.world(advance_s=5)
    assert await received(agent) == [("message", [picture])]
    requests = [(each["method"], each["status"]) for each in await agent.outside.requests()]
    assert requests.count(("DELETE", 204)) == 1


@at_the_desk
async def test_a_cancelled_upload_that_is_discarded_leaves_nothing(agent: Agent, desktop: Path) -> None:
    await agent.open("Ana Ruiz")
    known = len(agent.shown())
    uploading = Uploading(agent, desktop)
    await agent.outside.fault(SLOWLY)
    await uploading.send("lake.png")
    await uploading.under_way()
    uploading.choose("Cancel upload")
    await until(lambda: "upload was cancelled" in uploading.says(), "it says so")
    uploading.press("discard")
    await until(lambda: len(agent.shown()) == known, "the bubble is gone")
    folder = agent.desk.session.files.path_of(FileKey("any")).parent
    await until(lambda: not list(folder.iterdir()), "its copy is gone")
    assert await received(agent) == []


@at_the_desk
async def test_one_line_counts_the_files_of_all_chats_and_cancels_them_all(
    agent: Agent, desktop: Path
) -> None:
    uploading = Uploading(agent, desktop)
    await agent.outside.fault(SLOWLY)
    for chat, name in (("Ana Ruiz", "lake.png"), ("Tom Becker", "hill.png"), ("Tom Becker", "sea.png")):
        await agent.open(chat)
        await uploading.send(name)
    window = agent.desk.window
    line = window.findChild(QWidget, "uploads")
    words = window.findChild(QLabel, "uploads_words")
    assert isinstance(line, QWidget)
    assert isinstance(words, QLabel)
    await until(lambda: line.isVisible() and words.text().startswith("0 of 3 files uploaded, "), "it counts")
    uploading.press("cancel_uploads")
    await until(lambda: not uploading.connections(), "the connections are closed")
    await until(lambda: not line.isVisible(), "the line is gone")
    await until(
        lambda: [each.state for each in agent.desk.cache.unsent()] == ["failed"] * 3, "all are stopped"
    )
    assert await received(agent) == []
