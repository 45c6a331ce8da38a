"""The real player of Qt, off screen and without a device."""

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from linqdesk.domain.ids import AttachmentId, MessageId
from linqdesk.ui.media.playback import RecordingKey
from tests.ui.media.recorded import MEDIA, Desk

MEMO = RecordingKey(MessageId("m"), 0, AttachmentId("voice memo.m4a"))
FILM = RecordingKey(MessageId("f"), 1, AttachmentId("rolling.mp4"))
MEMO_FILE, FILM_FILE = MEDIA / "voice memo.m4a", MEDIA / "rolling.mp4"


def test_nothing_is_loaded_of_qt_multimedia_before_something_plays() -> None:
    code = (
        "import sys, linqdesk.ui.windows.chat_page\n"
        "assert 'linqdesk.ui.media.playback' in sys.modules\n"
        "sys.exit('PySide6.QtMultimedia' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_a_recording_plays_without_a_device_and_can_be_paused(recorded: Desk) -> None:
    playback = recorded.playback
    playback.start(MEMO, MEMO_FILE)
    recorded.until(lambda: playback.position_ms > 200)
    assert playback.key == MEMO
    assert playback.is_playing
    playback.toggle()
    assert not playback.is_playing
    stood_at = playback.position_ms
    assert playback.key == MEMO
    playback.toggle()
    recorded.until(lambda: playback.position_ms > stood_at)


def test_it_goes_where_it_is_wanted_and_never_before_the_beginning(recorded: Desk) -> None:
    playback = recorded.playback
    playback.start(MEMO, MEMO_FILE)
    recorded.until(lambda: playback.position_ms > 0)
    playback.pause()
    playback.seek(2_500)
    assert playback.position_ms == 2_500
    playback.step(-1_000)
    assert playback.position_ms == 1_500
    playback.step(-60_000)
    assert playback.position_ms == 0


def test_it_can_begin_in_the_middle(recorded: Desk) -> None:
    playback = recorded.playback
    playback.start(MEMO, MEMO_FILE, 3_000)
    assert playback.position_ms == 3_000
    recorded.until(lambda: playback.position_ms > 3_050)


def test_the_pace_goes_round_and_stays_for_what_comes_next(recorded: Desk) -> None:
    playback = recorded.playback
    rates = []
    for _ in range(3):
        playback.next_rate()
        rates.append(playback.rate)
    assert rates == [1.5, 2.0, 1.0]
    playback.next_rate()
    playback.start(MEMO, MEMO_FILE)
    playback.next_rate()
    playback.start(FILM, FILM_FILE)
    assert playback.rate == 2.0


def test_only_one_thing_plays_at_a_time(recorded: Desk) -> None:
    playback = recorded.playback
    changed: list[object] = []
    playback.changed.connect(changed.append)
    playback.start(MEMO, MEMO_FILE)
    recorded.until(lambda: playback.position_ms > 0)
    changed.clear()
    playback.start(FILM, FILM_FILE)
    assert playback.key == FILM
    assert changed[0] == MEMO
    assert FILM in changed


def test_at_its_end_it_is_let_go_and_nothing_runs_on(recorded: Desk) -> None:
    playback = recorded.playback
    playback.next_rate()
    playback.next_rate()
    playback.start(FILM, FILM_FILE, 3_500)
    recorded.until(lambda: playback.key is None)
    assert not playback.is_playing
    assert playback.position_ms == 0
    assert playback.frame is None
    assert not [timer for timer in recorded.owner.findChildren(QTimer) if timer.isActive()]


def test_a_video_shows_pictures_no_larger_than_their_room(recorded: Desk) -> None:
    playback = recorded.playback
    playback.set_room(320, 176)
    playback.start(FILM, FILM_FILE)
    recorded.until(lambda: playback.frame is not None)
    assert playback.frame is not None
    assert (playback.frame.width(), playback.frame.height()) == (320, 176)


def test_what_cannot_be_played_says_so_once(recorded: Desk) -> None:
    failed: list[tuple[object, str]] = []
    recorded.playback.failed.connect(lambda key, words: failed.append((key, words)))
    recorded.playback.start(MEMO, MEDIA / "manuals.zip")
    recorded.until(lambda: bool(failed))
    assert failed == [(MEMO, "This recording cannot be played here.")]
    assert recorded.playback.key is None


def test_what_is_no_longer_there_is_told_apart(recorded: Desk, tmp_path: Path) -> None:
    lost: list[object] = []
    recorded.playback.lost.connect(lost.append)
    recorded.playback.start(MEMO, tmp_path / "gone")
    recorded.until(lambda: bool(lost))
    assert lost == [MEMO]
    assert recorded.playback.key is None


def test_without_a_recording_keys_and_buttons_do_nothing(recorded: Desk) -> None:
    playback = recorded.playback
    playback.toggle()
    playback.step(5_000)
    playback.pause()
    playback.stop()
    assert playback.key is None
    assert playback.position_ms == 0
