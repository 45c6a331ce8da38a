"""Videos in the viewer: a real file, read by the real reader and played by the real player."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.local.recording_reader import RecordingReader
from linqdesk.store.cache import Cache
from linqdesk.ui.media.pictures import Pictures
from linqdesk.ui.media.saver import MediaItem, Saver
from linqdesk.ui.theme import LIGHT
from linqdesk.ui.windows.picture_viewer import MediaSources, PictureViewer
from tests.ui.conftest import Wishes
from tests.ui.media.desk import photo
from tests.ui.media.recorded import Desk, a_recording

FILM = a_recording("rolling.mp4")


class Stage:
    """A viewer with a picture and a video."""

    def __init__(self, qtbot: QtBot, recorded: Desk) -> None:
        window = QWidget()
        qtbot.addWidget(window)
        window.resize(1_000, 800)
        window.show()
        self.recorded = recorded
        pictures = Pictures(recorded.cache, recorded.wishes, window)
        sources = MediaSources(pictures, pictures, recorded.recordings)
        self.viewer = PictureViewer(sources, Saver(recorded.wishes, window), LIGHT, window)
        self.viewer.show_items([MediaItem(photo(), 0), MediaItem(FILM, 0)], 1)

    def button(self, name: str) -> QAbstractButton:
        found = self.viewer.findChild(QAbstractButton, name)
        assert found is not None
        return found

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.viewer.canvas, key)


@pytest.fixture
def recorded(cache: Cache, wishes: Wishes, qtbot: QtBot) -> Iterator[Desk]:
    reader = RecordingReader()
    made = Desk(cache, wishes, reader, qtbot)
    made.known("rolling.mp4")
    yield made
    made.leave()
    reader.close()


@pytest.fixture
def stage(qtbot: QtBot, recorded: Desk) -> Stage:
    return Stage(qtbot, recorded)


def test_a_video_is_played_sought_and_paused(stage: Stage) -> None:
    playback = stage.recorded.playback
    play = stage.button("play_video")
    assert play.accessibleName() == "Play video"
    play.click()
    stage.recorded.until(lambda: playback.frame is not None and playback.position_ms > 0)
    assert play.accessibleName() == "Pause video"
    stage.press(Qt.Key.Key_Space)
    assert not playback.is_playing
    line = stage.viewer.findChild(QAbstractSlider, "recording_position")
    assert line is not None
    assert line.maximum() == 4_000
    line.setValue(3_000)
    assert playback.position_ms == 3_000
    stage.press(Qt.Key.Key_Left)
    assert playback.position_ms == 0
    assert stage.viewer.item == MediaItem(FILM, 0)


def test_going_to_a_neighbour_ends_it_and_hides_its_controls(stage: Stage) -> None:
    stage.press(Qt.Key.Key_Space)
    stage.press(Qt.Key.Key_PageUp)
    assert stage.recorded.playback.key is None
    bar = stage.viewer.findChild(QWidget, "film_bar")
    assert bar is not None
    assert not bar.isVisible()
    stage.press(Qt.Key.Key_Space)
    assert stage.recorded.playback.key is None


def test_arrows_go_to_neighbours_while_nothing_plays(stage: Stage) -> None:
    stage.press(Qt.Key.Key_Left)
    assert stage.viewer.item == MediaItem(photo(), 0)


def test_its_pace_and_facts_are_said(stage: Stage) -> None:
    rate = stage.button("film_rate")
    rate.click()
    assert rate.accessibleName() == "Speed 1.5×"
    facts = stage.viewer.findChild(QWidget, "picture_facts")
    assert facts is not None
    assert "640 × 352 · 0:04" in str(facts.property("text"))
