from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from linqdesk.domain.message import Effect
from linqdesk.ui.effects.frame_clock import FrameClock
from linqdesk.ui.effects.screen.catalogue import SCREEN_EFFECTS
from linqdesk.ui.pickers.effect_preview import EffectPreview
from linqdesk.ui.theme import LIGHT

EVERY = [Effect("screen", name) for name in SCREEN_EFFECTS] + [
    Effect("bubble", name) for name in ("slam", "loud", "gentle", "invisible")
]


class Stage:
    """A thread's place with a preview over it and a clock that the test turns."""

    def __init__(self, qtbot: QtBot) -> None:
        self.now_s = 10.0
        self.is_reduced = False
        self.ended = 0
        self.over = QWidget()
        self.over.resize(500, 400)
        self.clock = FrameClock(self.over, now=lambda: self.now_s)
        self.preview = EffectPreview(self.clock, lambda: self.is_reduced, self.over)
        self.preview.ended.connect(self._on_ended)
        qtbot.addWidget(self.over)
        with qtbot.waitExposed(self.over):
            self.over.show()

    def _on_ended(self) -> None:
        self.ended += 1

    def play(self, effect: Effect) -> None:
        self.preview.play(effect, "Congratulations!", LIGHT.imessage, LIGHT)

    def turn_to(self, time_s: float) -> None:
        self.now_s = 10.0 + time_s
        self.clock.tick.emit(self.now_s)


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[Stage]:
    made = Stage(qtbot)
    # The window must outlive the test: Qt deletes its children with it.
    yield made
    made.over.close()


@pytest.mark.parametrize("effect", EVERY, ids=lambda effect: effect.name)
def test_every_effect_plays_and_ends_by_itself(stage: Stage, effect: Effect) -> None:
    stage.play(effect)
    stage.turn_to(0.3)
    one = stage.preview.grab().toImage()
    stage.turn_to(0.9)
    assert stage.preview.grab().toImage() != one
    stage.turn_to(5.0)
    assert not stage.preview.is_playing
    assert stage.ended == 1
    assert not stage.clock.is_running


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_A])
def test_any_key_stops_it(stage: Stage, key: Qt.Key) -> None:
    stage.play(EVERY[0])
    QTest.keyClick(stage.preview, key)
    assert (stage.preview.isHidden(), stage.ended) == (True, 1)
    assert not stage.clock.is_running


def test_where_motion_is_reduced_it_stands_still(stage: Stage) -> None:
    stage.is_reduced = True
    stage.play(EVERY[0])
    one = stage.preview.grab().toImage()
    stage.turn_to(1.0)
    assert stage.preview.grab().toImage() == one
    assert not stage.clock.is_running
    assert stage.preview.accessibleName() == "Preview of Confetti. Escape stops it."


def test_leaving_the_thread_stops_it(stage: Stage) -> None:
    stage.play(EVERY[0])
    stage.over.hide()
    assert not stage.preview.is_playing
