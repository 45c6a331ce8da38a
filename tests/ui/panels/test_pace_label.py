from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from linqdesk.store.cache import Cache
from linqdesk.ui.panels.pace_label import PaceLabel
from tests.services.virtual import VirtualClock
from tests.store.messages import ANA, a_chat, a_message


class Desk:
    """A label over one chat, at a time that the test tells."""

    def __init__(self, qtbot: QtBot) -> None:
        self.clock = VirtualClock()
        self.cache = Cache()
        self.cache.merge_chats([a_chat()])
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.label = PaceLabel(self.cache, self.window, self.clock)
        self.label.show_chat(ANA)
        self.window.show()

    def send(self, count: int, *, age_s: float = 1.0, is_mine: bool = True) -> None:
        at = self.clock.now() - timedelta(seconds=age_s)
        told = [
            replace(a_message(f"{age_s}-{is_mine}-{number}", 0, is_mine=is_mine), created_at=at, sent_at=at)
            for number in range(count)
        ]
        self.cache.merge_messages(ANA, told, self.cache.next_sequence())


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.window.close()


def test_far_from_the_limit_nothing_is_said(desk: Desk) -> None:
    desk.send(14)
    desk.send(30, is_mine=False)
    desk.send(30, age_s=61)
    assert not desk.label.isVisible()


def test_near_the_limit_it_is_counted_and_at_it_the_next_one_waits(desk: Desk) -> None:
    desk.send(20)
    assert desk.label.isVisible()
    assert desk.label.text() == "20 of 30 messages this minute"
    desk.send(10, age_s=2)
    assert desk.label.text() == "30 of 30 messages this minute: the next one waits"


async def test_it_goes_when_the_minute_is_over(desk: Desk) -> None:
    desk.send(20)
    await desk.clock.run(61)
    desk.label.refresh()
    assert not desk.label.isVisible()


def test_another_chat_has_a_count_of_its_own(desk: Desk) -> None:
    desk.send(20)
    desk.label.show_chat(None)
    assert not desk.label.isVisible()
