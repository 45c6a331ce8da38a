from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from linqdesk.domain.ids import ChatId
from linqdesk.services.pair_meter import PairLoad
from linqdesk.store.cache import Cache
from linqdesk.ui.panels.pace_label import PaceLabel
from tests.store.messages import ANA, a_chat, a_message


class Desk:
    """A label over one chat, and how full its minute is."""

    def __init__(self, qtbot: QtBot) -> None:
        self.cache = Cache()
        self.cache.merge_chats([a_chat()])
        self.loads = dict[ChatId, PairLoad]()
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.label = PaceLabel(self.cache, lambda chat_id: self.loads.get(chat_id, PairLoad()), self.window)
        self.label.show_chat(ANA)
        self.window.show()

    def fill(self, count: int, wait_s: float = 0.0) -> None:
        """Let so many messages have gone; the cache tells of the last of them."""
        self.loads[ANA] = PairLoad(count, wait_s)
        told = a_message(f"message {count}", count, is_mine=True)
        self.cache.merge_messages(ANA, [told], self.cache.next_sequence())


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.window.close()


def test_far_from_the_limit_nothing_is_said(desk: Desk) -> None:
    desk.fill(14)
    assert not desk.label.isVisible()


def test_near_the_limit_it_is_counted_and_at_it_the_next_one_waits(desk: Desk) -> None:
    desk.fill(20)
    assert desk.label.isVisible()
    assert desk.label.text() == "20 of 30 messages this minute"
    desk.fill(28, wait_s=40.0)
    assert desk.label.text() == "28 of 30 messages this minute: the next one waits"
    assert desk.label.accessibleName() == desk.label.text()


def test_it_goes_when_the_minute_is_over(desk: Desk) -> None:
    desk.fill(20)
    desk.loads.clear()
    desk.label.refresh()
    assert not desk.label.isVisible()


def test_another_chat_has_a_count_of_its_own(desk: Desk) -> None:
    desk.fill(20)
    desk.label.show_chat(None)
    assert not desk.label.isVisible()
