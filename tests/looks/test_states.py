from itertools import product

import pytest
from PySide6.QtWidgets import QApplication

from linqdesk.domain.chat import HealthStatus
from linqdesk.ui.pickers.suggestions import SuggestionList
from linqdesk.ui.theme import DARK, HIGH_CONTRAST, LIGHT
from tests.looks.composer_states import STATES
from tests.looks.faults import faults_in, words_in
from tests.looks.panel_states import STATES as PANEL_STATES
from tests.looks.stage import Stage
from tests.looks.states import State

_NARROW_PX = (1, 560)
opens_windows = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@opens_windows
@pytest.mark.parametrize("state", [pytest.param(each, id=each.name) for each in (*STATES, *PANEL_STATES)])
def test_a_state_of_the_window_says_what_it_is_and_nothing_is_cut_or_covered(
    stage: Stage, state: State
) -> None:
    state.enter(stage)
    stage.settle()
    windows = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    said = "\n".join(words_in(each) for each in windows)
    assert [each for each in state.says if each not in said] == []
    faults = {}
    for theme, zoom in product((LIGHT, DARK, HIGH_CONTRAST), (1.0, 2.0)):
        stage.dress(theme, zoom)
        for window in windows:
            # At 200 % a window has little room: it gets as narrow as it may be.
            if zoom > 1 and window is stage.window:
                window.resize(*_NARROW_PX)
                stage.settle()
            for each in faults_in(window):
                faults[each] = (theme.name, zoom)
    assert faults == {}


def test_a_few_canned_replies_are_seen_whole(stage: Stage) -> None:
    next(each for each in STATES if each.name == "canned-list").enter(stage)
    stage.settle()
    popover = stage.window.findChild(SuggestionList)
    assert isinstance(popover, SuggestionList)
    last = popover.list.visualItemRect(popover.list.item(popover.list.count() - 1))
    assert popover.list.viewport().rect().contains(last)
    assert not popover.list.verticalScrollBar().isVisible()


def test_one_line_stands_in_the_middle_of_its_field(stage: Stage) -> None:
    stage.type("Hello")
    stage.settle()
    edit = stage.composer.edit
    line = edit.cursorRect().translated(edit.viewport().pos())
    assert abs(line.center().y() - edit.rect().center().y()) <= 1


def test_a_text_that_fills_the_field_scrolls_down_and_never_sideways(stage: Stage) -> None:
    stage.composer.edit.setPlainText("All of it. " * 910)
    stage.settle()
    assert stage.composer.edit.verticalScrollBar().isVisible()
    assert not stage.composer.edit.horizontalScrollBar().isVisible()


def test_a_locked_chat_offers_no_emoji(stage: Stage) -> None:
    stage.judge(HealthStatus.OPTED_OUT)
    button = stage.window.area.build().emoji.button
    assert not button.isEnabled()
    stage.judge(HealthStatus.HEALTHY)
    assert button.isEnabled()
