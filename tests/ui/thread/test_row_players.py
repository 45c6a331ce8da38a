"""Playing sounds and videos in the thread, by pointer, by keys and by what a screen reader presses."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from linqdesk.domain.ids import AttachmentId
from linqdesk.domain.message import Message
from linqdesk.local.recording_reader import RecordingReader
from linqdesk.store.cache import Cache
from linqdesk.store.media import MediaFile, MediaState
from linqdesk.ui.theme import HIGH_CONTRAST, LIGHT
from linqdesk.ui.thread.pieces import AudioPiece, VideoPiece
from linqdesk.ui.thread.player_controls import PlayerButton, PositionStrip
from linqdesk.ui.thread.thread_view import ThreadView
from tests.store.messages import ANA
from tests.ui.conftest import Wishes
from tests.ui.media.recorded import MEDIA, Desk, a_recording

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def reader() -> Iterator[RecordingReader]:
    made = RecordingReader()
    yield made
    made.close()


class Stage:
    """A thread with recordings."""

    def __init__(self, view: ThreadView, desk: Desk) -> None:
        self.view = view
        self.desk = desk
        view.players.hear_through(desk.recordings)

    def show(self, *messages: Message, is_here: bool = True) -> None:
        self.desk.cache.merge_messages(ANA, messages, self.desk.cache.next_sequence())
        self.view.show_chat(ANA)
        if is_here:
            for message in messages:
                for part in message.parts:
                    self.desk.arrive(getattr(part, "filename", ""))
            self.draw()
            self.desk.read()
        self.draw()

    def draw(self) -> QImage:
        return self.view.grab().toImage()

    def controls(self, name: str) -> list[PlayerButton]:
        found = self.view.viewport().findChildren(PlayerButton)
        return [each for each in found if each.isVisible() and each.accessibleName().startswith(name)]

    def button(self, name: str) -> PlayerButton:
        (only,) = self.controls(name)
        return only

    @property
    def strip(self) -> PositionStrip:
        (only,) = [each for each in self.view.viewport().findChildren(PositionStrip) if each.isVisible()]
        return only

    def piece(self, row: int = 0) -> AudioPiece | VideoPiece:
        piece = self.view.arrangement.layout_of(row).pieces[0]
        assert isinstance(piece, AudioPiece | VideoPiece)
        return piece

    def place(self, box: QRectF, row: int = 0) -> QRectF:
        top = self.view.arrangement.place_of(row)
        assert top is not None
        return box.translated(0, round(top))

    def focus(self, row: int = 0) -> None:
        self.view.setFocus()
        self.view.setCurrentIndex(self.view.messages.index(row))


@pytest.fixture
def stage(
    view: ThreadView, cache: Cache, wishes: Wishes, reader: RecordingReader, qtbot: QtBot
) -> Iterator[Stage]:
    desk = Desk(cache, wishes, reader, qtbot)
    yield Stage(view, desk)
    desk.leave()


def test_controls_lie_over_what_is_painted_and_say_what_they_do(stage: Stage) -> None:
    stage.show(a_recording("voice memo.m4a"))
    player = stage.piece()
    assert isinstance(player, AudioPiece)
    play = stage.button("Play voice memo.m4a")
    assert QRectF(play.geometry()).contains(stage.place(player.player.disc).center())
    assert stage.strip.geometry().width() == pytest.approx(player.player.wave.width(), abs=1)
    assert stage.strip.accessibleName() == "Position in voice memo.m4a"
    assert stage.strip.accessibleDescription() == "4 seconds left"
    assert stage.button("Speed").accessibleName() == "Speed 1×"
    for control in (play, stage.strip, stage.button("Speed")):
        assert min(control.width(), control.height()) >= 24
        assert control.focusPolicy() == Qt.FocusPolicy.TabFocus


def test_the_button_plays_and_pauses(stage: Stage) -> None:
    stage.show(a_recording("voice memo.m4a"))
    stage.button("Play").click()
    stage.desk.until(lambda: bool(stage.controls("Pause voice memo.m4a")))
    stage.button("Pause").click()
    stage.desk.until(lambda: bool(stage.controls("Play voice memo.m4a")))
    assert stage.desk.playback.key is not None


def test_what_plays_looks_other_than_what_rests_and_its_waveform_fills(stage: Stage) -> None:
    stage.show(a_recording("voice memo.m4a"))
    resting = stage.draw()
    stage.button("Play").click()
    stage.desk.until(lambda: stage.desk.playback.position_ms > 400)
    playing = stage.draw()
    player = stage.piece()
    assert isinstance(player, AudioPiece)
    wave = stage.place(player.player.wave).toRect()
    disc = stage.place(player.player.disc).toRect()
    assert resting.copy(disc) != playing.copy(disc)
    assert resting.copy(wave) != playing.copy(wave)
    ahead = wave.adjusted(wave.width() * 3 // 4, 0, 0, 0)
    assert resting.copy(ahead) == playing.copy(ahead)


def test_the_waveform_is_pressed_and_dragged_to_a_position(stage: Stage) -> None:
    memo = a_recording("voice memo.m4a")
    stage.show(memo)
    strip, middle = stage.strip, stage.strip.rect().center()
    QTest.mousePress(strip, LEFT, Qt.KeyboardModifier.NoModifier, middle)
    assert stage.desk.look(memo).position_ms == pytest.approx(2_113, abs=60)
    QTest.mouseMove(strip, QPoint(strip.width() * 3 // 4, middle.y()))
    assert stage.desk.look(memo).position_ms == pytest.approx(3_170, abs=120)
    QTest.mouseRelease(strip, LEFT)
    stage.desk.until(lambda: stage.desk.look(memo).position_ms > 3_300)


def test_arrows_on_the_waveform_go_five_seconds(stage: Stage) -> None:
    memo = a_recording("tune.aac")
    stage.show(memo)
    stage.desk.recordings.play_from(memo, 0, 1_000)
    stage.desk.until(lambda: stage.desk.look(memo).position_ms > 1_000)
    stage.desk.playback.pause()
    QTest.keyClick(stage.strip, Qt.Key.Key_Left)
    assert stage.desk.look(memo).position_ms == 0


def test_the_pace_is_changed_for_all(stage: Stage) -> None:
    stage.show(a_recording("voice memo.m4a"), a_recording("tune.mp3", number=2))
    stage.controls("Speed")[0].click()
    stage.draw()
    assert stage.desk.playback.rate == 1.5
    stage.view.players.arranged()
    assert [each.accessibleName() for each in stage.controls("Speed")] == ["Speed 1.5×"] * 2


def test_keys_on_the_focused_message_play_and_seek(stage: Stage) -> None:
    memo = a_recording("voice memo.m4a")
    stage.show(memo)
    stage.focus()
    QTest.keyClick(stage.view, Qt.Key.Key_Space)
    stage.desk.until(lambda: stage.desk.look(memo).position_ms > 100)
    QTest.keyClick(stage.view, Qt.Key.Key_Space)
    assert not stage.desk.look(memo).is_playing
    QTest.keyClick(stage.view, Qt.Key.Key_Left)
    assert stage.desk.look(memo).position_ms == 0
    QTest.keyClick(stage.view, Qt.Key.Key_Right)
    stage.desk.until(lambda: stage.desk.playback.key is None or stage.desk.look(memo).position_ms > 4_000)


def test_arrows_reach_parts_where_nothing_plays(stage: Stage) -> None:
    stage.show(a_recording("voice memo.m4a"))
    stage.focus()
    QTest.keyClick(stage.view, Qt.Key.Key_Right)
    QTest.keyClick(stage.view, Qt.Key.Key_Return)
    stage.desk.until(lambda: stage.desk.playback.is_playing)


def test_only_what_is_focused_takes_the_space_bar(stage: Stage) -> None:
    first, second = a_recording("voice memo.m4a"), a_recording("tune.mp3", number=2)
    stage.show(first, second)
    stage.focus(1)
    QTest.keyClick(stage.view, Qt.Key.Key_Space)
    assert stage.desk.recordings.is_current(second, 0)
    assert not stage.desk.recordings.is_current(first, 0)


def test_a_video_plays_in_its_place_with_controls_along_its_foot(stage: Stage) -> None:
    film = a_recording("rolling.mp4")
    stage.show(film)
    assert stage.piece().box.width() == pytest.approx(380, abs=1)
    poster = stage.draw()
    stage.button("Play rolling.mp4").click()
    stage.desk.until(lambda: stage.desk.playback.position_ms > 300)
    box = stage.place(stage.piece().box)
    playing = stage.draw()
    upper = box.adjusted(0, 0, 0, -60).toRect()
    assert poster.copy(upper) != playing.copy(upper)
    assert stage.button("Pause rolling.mp4").geometry().bottom() <= box.bottom()
    assert stage.strip.width() > 100
    frame = stage.desk.playback.frame
    assert frame is not None
    assert frame.width() <= 380 * stage.view.devicePixelRatioF() + 1


def test_a_video_shows_its_poster_before_it_plays(stage: Stage) -> None:
    stage.show(a_recording("rolling.mp4"), is_here=False)
    empty = stage.draw().copy(stage.place(stage.piece().box).toRect())
    assert len({empty.pixel(x, 20) for x in range(20, empty.width() - 20)}) == 1
    stage.desk.arrive("rolling.mp4")
    stage.draw()
    stage.desk.read()
    poster = stage.draw().copy(stage.place(stage.piece().box).toRect())
    assert len({poster.pixel(x, 40) for x in range(20, poster.width() - 20)}) > 3


def test_what_cannot_be_played_says_why_and_offers_to_save(stage: Stage) -> None:
    memo = a_recording("voice memo.m4a")
    stage.show(memo, is_here=False)
    before = stage.draw()
    stage.desk.arrive("voice memo.m4a", MEDIA / "manuals.zip")
    stage.draw()
    stage.desk.read()
    assert stage.draw() != before
    saved: list[tuple[object, int]] = []
    stage.view.acts.file_save_wanted.connect(lambda message, index: saved.append((message.id, index)))
    stage.button("Save").click()
    assert saved == [(memo.id, 0)]


def test_what_failed_to_come_is_asked_for_again(stage: Stage) -> None:
    memo = a_recording("voice memo.m4a")
    stage.show(memo, is_here=False)
    stage.desk.cache.set_media(AttachmentId("voice memo.m4a"), MediaFile(MediaState.FAILED))
    stage.view.players.arranged()
    stage.button("Retry").click()
    assert stage.desk.wishes.media.retried == [(memo.id, 0)]


def test_what_is_gone_has_no_button(stage: Stage) -> None:
    stage.show(a_recording("voice memo.m4a"), is_here=False)
    stage.desk.cache.set_media(AttachmentId("voice memo.m4a"), MediaFile(MediaState.GONE))
    stage.view.players.arranged()
    assert stage.controls("") == []


def test_leaving_the_chat_ends_what_plays_and_takes_the_controls_away(stage: Stage) -> None:
    stage.show(a_recording("voice memo.m4a"))
    stage.button("Play").click()
    assert not stage.view.is_settled
    stage.view.show_chat(None)
    assert stage.desk.playback.key is None
    assert stage.controls("") == []


def test_controls_are_used_again_and_the_focus_stays_with_its_recording(stage: Stage) -> None:
    many = [a_recording("voice memo.m4a", number=number) for number in range(30)]
    stage.show(*many)
    pool = len(stage.view.viewport().findChildren(PositionStrip))
    assert pool < 12
    stage.view.verticalScrollBar().setValue(0)
    assert len(stage.view.viewport().findChildren(PositionStrip)) <= pool + 1


def test_hiding_the_thread_ends_what_plays(stage: Stage) -> None:
    stage.show(a_recording("voice memo.m4a"))
    stage.button("Play").click()
    stage.desk.until(lambda: stage.desk.playback.position_ms > 0)
    stage.view.hide()
    assert stage.desk.playback.key is None


@pytest.mark.parametrize("name", ["play", "position"])
def test_the_focus_is_seen_on_a_control(stage: Stage, name: str) -> None:
    stage.show(a_recording("voice memo.m4a"))
    stage.view.activateWindow()
    control = stage.button("Play") if name == "play" else stage.strip
    before = stage.draw()
    control.setFocus()
    stage.desk.until(control.hasFocus)
    assert stage.draw() != before


def test_a_sound_is_drawn_in_every_theme(stage: Stage) -> None:
    stage.show(a_recording("voice memo.m4a"), a_recording("tune.mp3", number=2, is_mine=True))
    light = stage.draw()
    stage.view.set_theme(HIGH_CONTRAST)
    assert stage.draw() != light
    stage.view.set_theme(LIGHT)
    assert stage.draw() == light
