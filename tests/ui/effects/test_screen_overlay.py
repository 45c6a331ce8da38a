import pytest
from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.ui.effects.frame_clock import FrameClock
from linqdesk.ui.effects.screen_overlay import MOST_WAITING, ScreenOverlay, Target


class Stage:
    """An overlay over a button, with a clock whose time the test tells."""

    def __init__(self, qtbot: QtBot) -> None:
        self.now_s = 100.0
        self.ground = QWidget()
        qtbot.addWidget(self.ground)
        self.ground.resize(400, 300)
        self.button = QPushButton("Press", self.ground)
        self.button.setGeometry(0, 0, 400, 300)
        self.clock = FrameClock(self.ground, now=lambda: self.now_s)
        self.overlay = ScreenOverlay(self.clock, self.ground)
        self.overlay.cover()
        self.ended: list[str] = []
        self.overlay.finished.connect(self.ended.append)
        with qtbot.waitExposed(self.ground):
            self.ground.show()

    def wait(self, seconds: float) -> None:
        self.now_s += seconds
        self.clock.tick.emit(self.now_s)


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


def test_at_rest_the_overlay_is_hidden_and_no_timer_runs(stage: Stage) -> None:
    assert stage.overlay.isHidden()
    assert not stage.clock.is_running


def test_an_effect_plays_and_after_its_last_frame_no_timer_is_left(stage: Stage) -> None:
    stage.overlay.play("confetti", 1)
    assert stage.overlay.isVisible()
    assert stage.clock.is_running
    stage.wait(3.9)
    assert stage.overlay.playing == "confetti"
    stage.wait(0.2)
    assert stage.ended == ["confetti"]
    assert stage.overlay.isHidden()
    assert not stage.clock.is_running


def test_effects_play_one_at_a_time_in_the_order_of_their_messages(stage: Stage) -> None:
    for name in ("hearts", "balloons", "love"):
        stage.overlay.play(name, 1)
    seen = []
    while stage.overlay.playing:
        seen.append(stage.overlay.playing)
        stage.wait(4.1)
    assert seen == stage.ended == ["hearts", "balloons", "love"]


def test_of_many_effects_only_some_wait(stage: Stage) -> None:
    for _ in range(50):
        stage.overlay.play("hearts", 1)
    for _ in range(MOST_WAITING + 1):
        stage.wait(4.1)
    assert stage.overlay.playing == ""
    assert len(stage.ended) == MOST_WAITING + 1


def test_stopping_ends_what_plays_and_what_waits(stage: Stage) -> None:
    stage.overlay.play("hearts", 1)
    stage.overlay.play("love", 1)
    stage.overlay.stop()
    assert stage.overlay.isHidden()
    assert not stage.clock.is_running
    assert stage.ended == ["hearts"]


def test_clicks_go_through_to_what_lies_below(stage: Stage, qtbot: QtBot) -> None:
    stage.overlay.play("confetti", 1)
    window = stage.ground.windowHandle()
    with qtbot.waitSignal(stage.button.clicked):
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=stage.button.rect().center())


def test_a_still_shows_one_frame_and_moves_nothing(stage: Stage) -> None:
    stage.overlay.show_still("fireworks", 1)
    assert stage.overlay.isVisible()
    assert not stage.clock.is_running
    first = stage.overlay.grab().toImage()
    stage.wait(0.5)
    assert stage.overlay.grab().toImage() == first
    (two_seconds,) = stage.overlay.findChildren(QTimer)
    assert two_seconds.isActive()
    assert two_seconds.interval() == 2_000
    two_seconds.timeout.emit()
    assert stage.overlay.isHidden()
    assert not two_seconds.isActive()


def test_unknown_effects_play_nothing(stage: Stage) -> None:
    stage.overlay.play("moonwalk", 1)
    stage.overlay.show_still("moonwalk", 1)
    assert stage.overlay.isHidden()
    assert not stage.clock.is_running


def test_the_message_is_looked_for_when_its_effect_begins(stage: Stage) -> None:
    asked: list[str] = []

    def target(name: str) -> Target:
        asked.append(name)
        return Target(QRectF(10, 10, 100, 36))

    stage.overlay.play("spotlight", 1, lambda: target("first"))
    stage.overlay.play("echo", 1, lambda: target("second"))
    assert asked == ["first"]
    stage.wait(4.1)
    assert asked == ["first", "second"]


def test_in_another_size_of_the_window_an_effect_goes_on_at_its_moment(stage: Stage) -> None:
    stage.overlay.play("fireworks", 1)
    stage.wait(2.0)
    stage.ground.resize(500, 350)
    stage.overlay.cover()
    assert stage.overlay.size() == stage.ground.size()
    picture = stage.overlay.grab().toImage()
    assert picture.pixelColor(490, 340).alpha() > 200
    stage.wait(2.1)
    assert stage.overlay.isHidden()
