"""Going to the original of a reply and back."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from linqdesk.domain.errors import NotFoundError, OfflineError
from linqdesk.domain.ids import ChatId, MessageId, RowKey
from linqdesk.domain.message import ReplyTo
from tests.store.messages import ANA, BEGAN, a_message
from tests.ui.acts.conftest import Desk


@pytest.fixture
def many(at_desk: Desk) -> Desk:
    at_desk.tell(*[a_message(f"m{number:03d}", 10 + number) for number in range(200)])
    at_desk.view.jump_to_newest()
    at_desk.desk.jumps.is_reduced = lambda: True
    return at_desk


def _sees(desk: Desk, name: str) -> bool:
    return desk.view.arrangement.place_of(desk.position(name)) is not None


def test_a_quote_leads_to_the_original_and_the_pill_back(many: Desk) -> None:
    jumps = many.desk.jumps
    assert not _sees(many, "question")
    jumps.to_message(MessageId("question"), RowKey("m199"))
    assert _sees(many, "question")
    assert jumps.flash.isVisible()
    assert jumps.pill.isVisible()
    assert many.view.currentIndex().row() == many.position("question")
    QTest.mouseClick(jumps.pill, Qt.MouseButton.LeftButton)
    assert _sees(many, "m199")
    assert not jumps.pill.isVisible()


def test_enter_on_a_quote_jumps_from_there(at_desk: Desk) -> None:
    at_desk.focus("answer")
    at_desk.press(Qt.Key.Key_Right)
    at_desk.press(Qt.Key.Key_Return)
    assert at_desk.view.currentIndex().row() == at_desk.position("question")
    at_desk.desk.jumps.go_back()
    assert at_desk.view.currentIndex().row() == at_desk.position("answer")


def test_several_jumps_go_back_one_by_one(many: Desk) -> None:
    jumps = many.desk.jumps
    jumps.to_message(MessageId("m050"), RowKey("m199"))
    jumps.to_message(MessageId("question"), RowKey("m050"))
    for name in ("m050", "m199"):
        assert jumps.pill.isVisible()
        jumps.go_back()
        assert many.view.currentIndex().row() == many.position(name)
    assert not jumps.pill.isVisible()
    jumps.go_back()
    assert many.view.currentIndex().row() == many.position("m199")


def test_an_original_that_is_not_loaded_is_fetched_first(many: Desk) -> None:
    many.desk.jumps.to_message(MessageId("old"), RowKey("m199"))
    assert many.notice() == "Looking for the original message…"
    message_id, done = many.wishes.sought[0]
    assert message_id == "old"
    many.tell(a_message("old", 0))
    done(None)
    assert _sees(many, "old")
    assert many.notice() == ""


def test_an_original_that_is_gone_is_said_and_nothing_moves(many: Desk) -> None:
    before = many.view.arrangement.top
    many.desk.jumps.to_message(MessageId("gone"), RowKey("m199"))
    _, done = many.wishes.sought[0]
    done(NotFoundError())
    assert many.notice() == "The original message could not be shown. Linq no longer has this."
    assert many.view.arrangement.top == before
    assert not many.desk.jumps.pill.isVisible()


def test_what_was_sought_in_another_chat_moves_nothing_here(many: Desk) -> None:
    many.desk.jumps.to_message(MessageId("old"), RowKey("m199"))
    many.view.show_chat(ChatId("tom"))
    many.view.show_chat(ANA)
    before = many.view.arrangement.top
    many.tell(a_message("old", 0))
    many.wishes.sought[0][1](None)
    assert many.view.arrangement.top == before + 1
    assert not many.desk.jumps.pill.isVisible()


def test_a_message_that_answers_itself_harms_nobody(at_desk: Desk) -> None:
    at_desk.view.acts.quote_activated.emit(ReplyTo(MessageId("question")))
    at_desk.view.acts.quote_activated.emit(ReplyTo(MessageId("answer"), 99))
    assert at_desk.view.currentIndex().row() == at_desk.position("answer")


def test_the_ring_stands_still_where_motion_is_reduced_and_fades_otherwise(many: Desk) -> None:
    jumps, clock = many.desk.jumps, many.view.effects.clock
    many.view.effects.stop()
    jumps.to_row(RowKey("question"))
    assert not clock.is_running
    assert jumps.flash.strength == 1.0
    jumps.is_reduced = lambda: False
    jumps.to_row(RowKey("question"))
    assert clock.is_running
    now = clock.now_s
    clock.tick.emit(now + 0.9)
    assert 0 < jumps.flash.strength < 1
    clock.tick.emit(now + 1.3)
    assert not jumps.flash.isVisible()
    assert not clock.is_running


def test_going_to_a_day_loads_back_and_shows_its_first_message(many: Desk) -> None:
    when = BEGAN + timedelta(minutes=60, seconds=30)
    many.desk.jumps.to_time(when)
    asked, done = many.wishes.sought_times[0]
    assert asked == when
    done(None)
    assert many.view.currentIndex().row() == many.position("m051")
    assert many.desk.jumps.pill.isVisible()


def test_a_day_in_the_future_is_the_newest_message_and_a_fault_on_the_way_is_said(many: Desk) -> None:
    many.desk.jumps.to_time(datetime(2030, 1, 1, tzinfo=UTC))
    many.wishes.sought_times[0][1](OfflineError())
    assert many.view.currentIndex().row() == many.position("m199")
    assert "could be loaded" in many.notice()


def test_nothing_is_sought_without_a_chat(at_desk: Desk) -> None:
    at_desk.view.show_chat(None)
    at_desk.desk.jumps.to_message(MessageId("x"))
    at_desk.desk.jumps.to_time(BEGAN)
    assert at_desk.wishes.sought == []
    assert at_desk.wishes.sought_times == []
