from pytestqt.qtbot import QtBot

from linqdesk.ui.effects.frame_clock import FrameClock


def test_clock_stands_still_until_somebody_holds_it(qtbot: QtBot) -> None:
    clock = FrameClock()
    assert not clock.is_running
    ticks: list[float] = []
    clock.tick.connect(ticks.append)
    clock.hold("one")
    with qtbot.waitSignal(clock.tick):
        pass
    assert clock.is_running
    assert ticks == sorted(ticks)


def test_clock_runs_until_its_last_holder_lets_go(qtbot: QtBot) -> None:
    del qtbot
    clock = FrameClock()
    first, second = object(), object()
    clock.hold(first)
    clock.hold(second)
    clock.hold(second)
    clock.release(first)
    assert clock.is_running
    clock.release(second)
    assert not clock.is_running
    clock.release(second)
    assert not clock.is_running


def test_clock_carries_the_time_that_it_is_given(qtbot: QtBot) -> None:
    clock = FrameClock(now=lambda: 7.5)
    assert clock.now_s == 7.5
    clock.hold("one")
    with qtbot.waitSignal(clock.tick) as told:
        pass
    assert told.args == [7.5]
    clock.release("one")
