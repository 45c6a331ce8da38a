from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.domain.outgoing import Content
from linqdesk.store.cache import Cache
from linqdesk.store.uploads import Upload, UploadState
from linqdesk.ui.windows.uploads_line import UploadsLine
from tests.domain.files import a_file
from tests.store.messages import a_send
from tests.ui.conftest import Wishes

WAITING, RUNNING, DONE = UploadState.WAITING, UploadState.RUNNING, UploadState.DONE


class Desk:
    """The line, and uploads that move as the test says."""

    def __init__(self, cache: Cache, wishes: Wishes, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.cache = cache
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.line = UploadsLine(cache, wishes, self.window)
        self.said: list[str] = []
        self.line.said.connect(self.said.append)
        self.window.show()

    def put(self, name: str, state: UploadState, sent_bytes: int = 0) -> None:
        self.cache.uploads.set(a_file(name).key, Upload(state, sent_bytes, 1_000))

    def until_shown(self) -> None:
        self.qtbot.waitUntil(self.line.isVisible)

    @property
    def words(self) -> str:
        label = self.line.findChild(QLabel, "uploads_words")
        assert isinstance(label, QLabel)
        assert label.accessibleName() == label.text()
        return label.text()


@pytest.fixture
def desk(cache: Cache, wishes: Wishes, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(cache, wishes, qtbot)
    yield made
    made.window.close()


def test_one_file_alone_shows_nothing(desk: Desk) -> None:
    desk.put("a", RUNNING)
    assert not desk.line.is_about_to_appear
    assert not desk.line.isVisible()


def test_several_files_are_one_line_until_the_last_is_done(desk: Desk) -> None:
    for name in "abc":
        desk.put(name, WAITING)
    desk.until_shown()
    assert desk.words == "0 of 3 files uploaded, 0%"
    desk.put("a", DONE)
    desk.put("b", RUNNING, 500)
    assert desk.words == "1 of 3 files uploaded, 50%"
    desk.put("b", DONE)
    desk.put("c", DONE)
    assert not desk.line.isVisible()
    assert not desk.line.is_about_to_appear
    assert desk.said == ["Uploading 3 files", "3 files uploaded"]


def test_what_is_done_at_once_shows_and_says_nothing(desk: Desk) -> None:
    for state in (WAITING, RUNNING, DONE):
        for name in "ab":
            desk.put(name, state)
    assert not desk.line.is_about_to_appear
    assert not desk.line.isVisible()
    assert desk.said == []


def test_a_screen_reader_hears_of_trouble_and_not_of_each_step(desk: Desk) -> None:
    for name in "abc":
        desk.put(name, WAITING)
    desk.until_shown()
    for sent_bytes in range(100, 900, 100):
        desk.put("a", RUNNING, sent_bytes)
    desk.put("b", UploadState.FAILED)
    assert desk.words == "0 of 3 files uploaded, 27%, 1 stopped"
    desk.put("a", DONE)
    desk.put("c", UploadState.HELD)
    assert desk.said == [
        "Uploading 3 files",
        "1 file could not be uploaded",
        "1 of 3 files uploaded, the others wait for you",
    ]


def test_cancel_all_stops_every_message_that_has_files_to_upload(
    desk: Desk, cache: Cache, wishes: Wishes
) -> None:
    with_file, uploaded, text = a_send("with file"), a_send("uploaded"), a_send("text")
    cache.add_outgoing(replace(with_file, content=Content((a_file("a"),))))
    cache.add_outgoing(replace(uploaded, content=Content((a_file("b", attachment="b1"),))))
    cache.add_outgoing(text)
    for name in "ab":
        desk.put(name, WAITING)
    desk.until_shown()
    button = desk.line.findChild(QPushButton, "cancel_uploads")
    assert isinstance(button, QPushButton)
    button.click()
    assert wishes.cancelled == [with_file.local_id]
