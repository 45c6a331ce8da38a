from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from linqdesk.domain.decorations import Decoration
from linqdesk.domain.ids import ChatId, RowKey
from linqdesk.domain.message import Effect, Message, TextPart
from linqdesk.store.cache import Cache
from linqdesk.ui.effects.autoplay import Autoplay
from linqdesk.ui.effects.frame_clock import FrameClock
from linqdesk.ui.theme import LIGHT
from linqdesk.ui.thread.thread_view import ThreadView
from tests.store.messages import ANA, a_message, a_send

SHAKING = Decoration(0, 5, animation="shake")


class Stage:
    """A thread with some messages in a window that has the focus."""

    def __init__(self, cache: Cache, qtbot: QtBot) -> None:
        self.cache = cache
        self.minutes = count(100)
        self.merge(*(a_message(f"old {number}", number) for number in range(20)))
        self.now_s = 1_000.0
        clock = FrameClock(now=lambda: self.now_s)
        self.view = ThreadView(cache, LIGHT, clock=clock)
        qtbot.addWidget(self.view)
        self.view.resize(700, 500)
        with qtbot.waitActive(self.view):
            self.view.show()
            self.view.activateWindow()
        self.view.show_chat(ANA)
        self.effects = self.view.effects

    def merge(self, *messages: Message) -> None:
        self.cache.merge_messages(ANA, messages, self.cache.next_sequence())

    def arrive(self, effect: str | None = None, *moves: Decoration, text: str = "Hello there") -> RowKey:
        """Let a message come in; returns its row's key."""
        minute = next(self.minutes)
        made = replace(a_message(f"new {minute}", minute), parts=(TextPart(text, moves),))
        self.merge(replace(made, effect=Effect("screen", effect) if effect else None))
        return RowKey(made.id)

    def pass_time(self, seconds: float) -> None:
        """Let some seconds go by, frame by frame."""
        clock = self.effects.clock
        for _ in range(round(seconds * 20)):
            self.now_s += 1 / 20
            if clock.is_running:
                clock.tick.emit(self.now_s)

    def picture(self) -> QImage:
        return self.view.viewport().grab().toImage()

    def is_still(self) -> bool:
        return not self.effects.clock.is_running and not self.effects.is_moving

    def hover(self, key: RowKey | None) -> None:
        self.effects.look_at(self.view.messages.position_of(key) if key is not None else None)


@pytest.fixture
def stage(cache: Cache, qtbot: QtBot) -> Stage:
    return Stage(cache, qtbot)


def test_opening_a_chat_moves_nothing(stage: Stage) -> None:
    stage.arrive("confetti", SHAKING)
    stage.effects.stop()
    stage.view.show_chat(None)
    stage.view.show_chat(ANA)
    assert stage.is_still()


def test_an_arriving_screen_effect_plays_once_and_leaves_no_timer(stage: Stage) -> None:
    stage.arrive("confetti")
    assert stage.effects.overlay.playing == "confetti"
    assert stage.effects.overlay.geometry() == stage.view.viewport().rect()
    assert not stage.view.is_settled
    stage.pass_time(4.2)
    assert stage.is_still()
    assert stage.effects.overlay.isHidden()


def test_an_arriving_text_takes_two_turns(stage: Stage) -> None:
    key = stage.arrive(None, SHAKING)
    row = stage.cache.row(ANA, key)
    assert row is not None
    stage.pass_time(2.3)
    assert stage.effects.motion_of(row).text_s is not None
    stage.pass_time(0.3)
    assert stage.is_still()


def test_a_moving_text_is_drawn_moving_and_then_at_rest_again(stage: Stage) -> None:
    stage.arrive(None, Decoration(0, 11, animation="explode"))
    stage.effects.stop()
    rest = stage.picture()
    stage.view.setFocus()
    stage.hover(RowKey("new 100"))
    stage.pass_time(0.5)
    assert stage.picture() != rest
    stage.pass_time(2.5)
    stage.hover(None)
    assert stage.picture() == rest


@pytest.mark.parametrize("name", ["slam", "loud", "gentle"])
def test_an_arriving_bubble_comes_in_by_its_effect(stage: Stage, name: str) -> None:
    key = stage.arrive(name)
    row = stage.cache.row(ANA, key)
    assert row is not None
    stage.pass_time(0.1)
    assert stage.effects.motion_of(row).is_moving
    stage.pass_time(2)
    assert not stage.effects.motion_of(row).is_moving
    assert stage.is_still()


def test_a_slam_shakes_the_rows_around_it(stage: Stage) -> None:
    stage.arrive("slam")
    before = {row: y for row, y, _ in stage.effects.placed()}
    stage.pass_time(0.4)
    after = {row: y for row, y, _ in stage.effects.placed()}
    moved = {row: abs(after[row] - before[row]) for row in before}
    newest = max(before)
    assert moved[newest] == 0
    assert moved[newest - 1] > moved[min(before)] > 0


def test_the_spotlight_follows_its_message(stage: Stage) -> None:
    stage.view.setFixedHeight(300)
    stage.arrive("spotlight")
    stage.pass_time(2)
    before = stage.effects.overlay.grab().toImage()
    stage.view.verticalScrollBar().setValue(stage.view.verticalScrollBar().value() - 60)
    assert stage.effects.overlay.playing == "spotlight"
    assert stage.effects.overlay.grab().toImage() != before
    stage.view.verticalScrollBar().setValue(0)
    stage.pass_time(2.1)
    assert stage.is_still()


def test_of_several_arrivals_only_the_newest_effect_plays(stage: Stage) -> None:
    messages = [
        replace(a_message(f"m{each}", 200 + each), effect=Effect("screen", name))
        for each, name in enumerate(["hearts", "love", "lasers"])
    ]
    stage.merge(*messages)
    assert stage.effects.overlay.playing == "lasers"
    stage.pass_time(4.2)
    assert stage.is_still()


def test_older_messages_that_load_play_nothing(stage: Stage) -> None:
    stage.merge(replace(a_message("older", -50), effect=Effect("screen", "confetti")))
    stage.merge(replace(a_message("between", 10), effect=Effect("screen", "confetti")))
    assert stage.is_still()


def test_the_first_page_of_a_chat_plays_nothing(stage: Stage, cache: Cache) -> None:
    stage.view.show_chat(ChatId("tom"))
    first = replace(a_message("hello", 5), chat_id=ChatId("tom"), effect=Effect("screen", "confetti"))
    cache.merge_messages(ChatId("tom"), [first], cache.next_sequence())
    assert stage.view.messages.rowCount() == 1
    assert stage.is_still()


def test_nothing_plays_by_itself_where_the_setting_says_never(stage: Stage) -> None:
    stage.effects.set_wishes(Autoplay.NEVER, lambda: False)
    key = stage.arrive("confetti", SHAKING)
    assert stage.effects.overlay.playing == ""
    stage.pass_time(0.25)
    assert stage.is_still()
    assert stage.effects.replay(key)
    assert stage.effects.overlay.playing == "confetti"


def test_always_plays_the_newest_effect_at_each_opening(stage: Stage) -> None:
    stage.effects.set_wishes(Autoplay.ALWAYS, lambda: False)
    stage.arrive("hearts")
    stage.view.show_chat(None)
    assert stage.is_still()
    stage.view.show_chat(ANA)
    assert stage.effects.overlay.playing == "hearts"


def test_where_motion_is_reduced_nothing_moves_and_replay_shows_a_still(stage: Stage) -> None:
    stage.effects.set_wishes(Autoplay.ALWAYS, lambda: True)
    key = stage.arrive("fireworks", SHAKING)
    assert stage.is_still()
    stage.hover(key)
    assert stage.is_still()
    stage.effects.replay(key)
    assert stage.effects.overlay.playing == "fireworks"
    assert not stage.effects.clock.is_running


def test_replay_plays_effect_and_text_again(stage: Stage) -> None:
    key = stage.arrive("love", SHAKING)
    stage.pass_time(4.2)
    stage.view.acts.effect_replay_wanted.emit(key)
    assert stage.effects.overlay.playing == "love"
    assert stage.effects.rows.is_moving


def test_the_space_bar_replays_the_focused_message(stage: Stage) -> None:
    stage.arrive("balloons")
    stage.pass_time(4.2)
    stage.view.setFocus()
    stage.view.setCurrentIndex(stage.view.messages.index(stage.view.messages.rowCount() - 1))
    QTest.keyClick(stage.view, Qt.Key.Key_Space)
    assert stage.effects.overlay.playing == "balloons"


def test_text_moves_again_when_it_is_reached_by_keys(stage: Stage) -> None:
    key = stage.arrive(None, SHAKING)
    stage.pass_time(3)
    assert stage.is_still()
    stage.view.setFocus()
    position = stage.view.messages.position_of(key)
    assert position is not None
    stage.view.setCurrentIndex(stage.view.messages.index(position))
    assert stage.effects.rows.is_moving


def test_leaving_the_chat_stops_everything(stage: Stage) -> None:
    stage.arrive("confetti", SHAKING)
    stage.view.show_chat(None)
    assert stage.is_still()
    assert stage.effects.overlay.isHidden()


def _lose_focus(view: ThreadView) -> None:
    QApplication.sendEvent(view.viewport(), QEvent(QEvent.Type.WindowDeactivate))


@pytest.mark.parametrize("act", [ThreadView.hide, _lose_focus])
def test_a_window_that_nobody_looks_at_stops_everything(
    stage: Stage, act: Callable[[ThreadView], None]
) -> None:
    stage.arrive("confetti", SHAKING)
    act(stage.view)
    assert stage.is_still()


def test_nothing_plays_in_a_window_without_focus(stage: Stage, qtbot: QtBot) -> None:
    other = ThreadView(stage.cache, LIGHT)
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    assert not stage.view.isActiveWindow()
    stage.arrive("confetti", SHAKING)
    assert stage.is_still()


def test_unknown_effects_and_animations_do_no_harm(stage: Stage) -> None:
    key = stage.arrive("moonwalk", Decoration(0, 5, animation="somersault"))
    stage.pass_time(0.25)
    assert stage.is_still()
    stage.effects.replay(key)
    assert stage.is_still()
    assert not stage.effects.replay(RowKey("nobody"))


def _ink(stage: Stage, key: RowKey) -> float:
    row = stage.cache.row(ANA, key)
    assert row is not None
    moment = stage.effects.motion_of(row).ink
    assert moment is not None
    return moment.reveal


def test_invisible_ink_hides_the_text_until_the_pointer_comes(stage: Stage) -> None:
    plain = stage.arrive(None, text="The code is 4711")
    open_ = stage.picture()
    stage.cache.merge_messages(
        ANA,
        [
            replace(
                a_message(str(plain), 100),
                parts=(TextPart("The code is 4711"),),
                effect=Effect("bubble", "invisible"),
                updated_at=a_message("x", 900).created_at,
            )
        ],
        stage.cache.next_sequence(),
    )
    assert stage.picture() != open_
    stage.hover(plain)
    stage.pass_time(0.5)
    assert _ink(stage, plain) == 1
    stage.hover(None)
    stage.pass_time(0.5)
    assert _ink(stage, plain) == 0
    stage.pass_time(5)
    assert stage.is_still()


def test_invisible_ink_stays_open_after_a_key_or_a_click(stage: Stage) -> None:
    key = stage.arrive("invisible")
    stage.effects.replay(key)
    stage.hover(key)
    stage.hover(None)
    stage.pass_time(5)
    assert _ink(stage, key) == 1
    stage.effects.replay(key)
    stage.pass_time(5)
    assert _ink(stage, key) == 0
    stage.effects.replay(key)
    stage.view.show_chat(None)
    stage.view.show_chat(ANA)
    assert _ink(stage, key) == 0


def test_where_motion_is_reduced_ink_gives_way_at_once(stage: Stage) -> None:
    stage.effects.set_wishes(Autoplay.ONCE, lambda: True)
    key = stage.arrive("invisible")
    stage.hover(key)
    assert _ink(stage, key) == 1
    assert stage.is_still()
    stage.hover(None)
    assert _ink(stage, key) == 0


def test_the_pointer_over_a_row_reveals_its_ink(stage: Stage) -> None:
    key = stage.arrive("invisible")
    position = stage.view.messages.position_of(key)
    assert position is not None
    top = stage.view.arrangement.place_of(position)
    assert top is not None
    bubble = stage.view.arrangement.layout_of(position).bubble
    place = QPoint(round(bubble.center().x()), round(top + bubble.center().y()))
    QTest.mouseMove(stage.view.viewport(), place)
    stage.pass_time(0.5)
    assert _ink(stage, key) == 1


def test_an_effect_plays_once_though_its_message_changes_later(stage: Stage) -> None:
    key = stage.arrive("hearts")
    stage.pass_time(4.2)
    row = stage.cache.row(ANA, key)
    assert row is not None
    assert isinstance(row.content, Message)
    stage.merge(replace(row.content, updated_at=a_message("x", 900).created_at))
    assert stage.is_still()


def test_an_effect_of_ours_plays_as_soon_as_it_is_sent(stage: Stage) -> None:
    sent = a_send("Congratulations!")
    stage.cache.add_outgoing(replace(sent, content=replace(sent.content, effect=Effect("screen", "hearts"))))
    assert stage.effects.overlay.playing == "hearts"


def _below_px(stage: Stage, key: RowKey) -> float:
    row = stage.cache.row(ANA, key)
    assert row is not None
    return stage.effects.motion_of(row).pose.dy_px


def test_a_new_bubble_rises_and_then_no_timer_is_left(stage: Stage) -> None:
    key = stage.arrive()
    assert _below_px(stage, key) == 8
    stage.pass_time(0.1)
    assert 0 < _below_px(stage, key) < 8
    stage.pass_time(0.1)
    assert _below_px(stage, key) == 0
    assert stage.is_still()


def test_nothing_rises_where_motion_is_reduced_or_nobody_looks(stage: Stage) -> None:
    stage.effects.set_wishes(Autoplay.ONCE, lambda: True)
    assert _below_px(stage, stage.arrive()) == 0
    assert stage.is_still()


def test_what_is_older_or_out_of_sight_does_not_rise(stage: Stage) -> None:
    stage.merge(*(a_message(f"older {number}", number - 50) for number in range(10)))
    assert stage.is_still()
    stage.view.verticalScrollBar().setValue(0)
    stage.arrive()
    assert stage.is_still()
    stage.view.show_chat(None)
    stage.view.show_chat(ANA)
    assert stage.is_still()
