"""The player of an unsent memo, over the real reader and the real player of Qt."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from shiboken6 import delete

from linqdesk.domain.ids import FileKey
from linqdesk.ui.recorder.memo_player import MemoPlayer
from linqdesk.ui.theme import LIGHT
from tests.ui.conftest import Wishes
from tests.ui.media.conftest import reader, recorded
from tests.ui.media.recorded import MEDIA, Desk

__all__ = ["reader", "recorded"]

LEFT, NOTHING = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def player(recorded: Desk, wishes: Wishes) -> MemoPlayer:
    return make(recorded, wishes, MEDIA / "voice memo.m4a")


def make(recorded: Desk, wishes: Wishes, file: Path) -> MemoPlayer:
    made = MemoPlayer(FileKey(file.name), file, recorded.playback, wishes.media, LIGHT)
    made.resize(320, 44)
    recorded.keep(made)
    made.show()
    return made


def test_it_tells_how_long_it_is_once_it_was_read(recorded: Desk, player: MemoPlayer) -> None:
    measured: list[int] = []
    player.measured.connect(measured.append)
    assert player.accessibleName() == "Play voice memo"
    recorded.read()
    assert measured == [player.duration_ms]
    assert abs(player.duration_ms - 4_226) <= 60
    assert player.accessibleName() == "Play voice memo, 4 seconds"


def test_it_plays_and_pauses_by_keyboard(recorded: Desk, player: MemoPlayer) -> None:
    recorded.read()
    QTest.keyClick(player, Qt.Key.Key_Space)
    recorded.until(lambda: recorded.playback.position_ms > 100)
    assert player.is_playing
    assert player.accessibleName().startswith("Pause")
    QTest.keyClick(player, Qt.Key.Key_Return)
    assert not player.is_playing
    QTest.keyClick(player, Qt.Key.Key_Left)
    assert recorded.playback.position_ms == 0


def test_pressing_the_waveform_plays_from_there(recorded: Desk, player: MemoPlayer) -> None:
    recorded.read()
    QTest.mouseClick(player, LEFT, NOTHING, QPoint(150, 22))
    assert 1_500 < recorded.playback.position_ms < 3_000
    QTest.mouseClick(player, LEFT, NOTHING, QPoint(60, 22))
    recorded.until(lambda: recorded.playback.position_ms < 1_000)
    QTest.mouseClick(player, LEFT, NOTHING, QPoint(20, 22))
    assert not player.is_playing


def test_one_thing_plays_at_a_time(recorded: Desk, wishes: Wishes, player: MemoPlayer) -> None:
    other = make(recorded, wishes, MEDIA / "tune.mp3")
    recorded.read()
    player.toggle()
    other.toggle()
    assert other.is_playing
    assert not player.is_playing
    player.rest()
    assert other.is_playing
    other.rest()
    assert recorded.playback.key is None


def test_a_text_that_calls_itself_a_sound_says_so_and_plays_not(
    recorded: Desk, wishes: Wishes, tmp_path: Path
) -> None:
    lie = tmp_path / "song.mp3"
    lie.write_text("words, not sounds")
    player = make(recorded, wishes, lie)
    failed: list[str] = []
    player.failed.connect(failed.append)
    recorded.read()
    assert failed == ["Recordings of this kind are not played here."]
    assert player.accessibleName() == failed[0]
    player.toggle()
    assert recorded.playback.key is None


def test_a_waveform_is_drawn_once_it_is_known(recorded: Desk, player: MemoPlayer) -> None:
    before = player.grab().toImage()
    recorded.read()
    assert player.grab().toImage() != before


def test_what_is_read_after_the_memo_was_sent_is_told_to_nobody(recorded: Desk, wishes: Wishes) -> None:
    file = MEDIA / "voice memo.m4a"
    gone = MemoPlayer(FileKey(file.name), file, recorded.playback, wishes.media, LIGHT)
    measured: list[int] = []
    gone.measured.connect(measured.append)
    delete(gone)
    recorded.read()
    assert measured == []
