"""Reacting by keys, by the bar and by clicks on what others left."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.domain.errors import OfflineError
from linqdesk.domain.ids import MessageId
from linqdesk.domain.message import Reaction, TextPart
from linqdesk.domain.wishes import ReactionWish
from linqdesk.ui.thread.targets import ReactionTarget
from tests.store.messages import ANA, LINE
from tests.ui.acts.conftest import ANSWER, Desk
from tests.ui.assistive import toggle

if TYPE_CHECKING:
    from collections.abc import Callable

KEYS = [Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_6]
KINDS = ["love", "like", "dislike", "laugh", "emphasize", "question"]


@pytest.mark.parametrize(("key", "kind"), list(zip(KEYS, KINDS, strict=True)))
def test_a_number_reacts_to_the_focused_message_at_once(at_desk: Desk, key: Qt.Key, kind: str) -> None:
    at_desk.focus("answer")
    at_desk.press(key)
    assert at_desk.kinds("answer") == [(kind, True)]
    message_id, wish, _ = at_desk.wishes.changed[0]
    assert (message_id, wish) == (MessageId("answer"), ReactionWish(0, kind))


def test_a_reaction_that_is_not_confirmed_says_so_and_looks_otherwise(at_desk: Desk) -> None:
    def spoken() -> str:
        index = at_desk.view.messages.index(at_desk.position("answer"))
        return str(index.data(Qt.ItemDataRole.AccessibleTextRole))

    at_desk.focus("answer")
    at_desk.press(Qt.Key.Key_1)
    pending = at_desk.view.viewport().grab().toImage()
    assert "love from you (not confirmed yet)" in spoken()
    reaction = Reaction(LINE, is_me=True, kind="love")
    at_desk.tell(replace(ANSWER, parts=(TextPart("Yes", (), (reaction,)),)))
    assert spoken().endswith("reactions: love from you, sent")
    assert at_desk.view.viewport().grab().toImage() != pending


def test_a_number_reacts_to_the_part_that_the_keyboard_has_reached(at_desk: Desk) -> None:
    at_desk.focus("question")
    places = at_desk.view.arrangement.layout_of(at_desk.position("question")).places
    for _ in places:
        at_desk.press(Qt.Key.Key_Right)
        place = at_desk.view.parts.place_in(at_desk.position("question"))
        if place is not None and getattr(place.target, "part_index", 0) == 1:
            break
    at_desk.press(Qt.Key.Key_1)
    assert at_desk.kinds("question", 1) == [("love", True)]


def test_the_same_key_takes_the_reaction_back_and_another_changes_it(at_desk: Desk) -> None:
    at_desk.focus("answer")
    at_desk.press(Qt.Key.Key_1)
    at_desk.press(Qt.Key.Key_4)
    assert at_desk.kinds("answer") == [("laugh", True)]
    at_desk.press(Qt.Key.Key_4)
    assert at_desk.kinds("answer") == []
    assert [wish for _, wish, _ in at_desk.wishes.changed] == [
        ReactionWish(0, "love"),
        ReactionWish(0, "laugh"),
        ReactionWish(0, "laugh", is_removal=True),
    ]


def test_what_failed_is_said_in_words(at_desk: Desk) -> None:
    at_desk.focus("answer")
    at_desk.press(Qt.Key.Key_1)
    _, _, done = at_desk.wishes.changed[0]
    done(OfflineError())
    assert at_desk.notice() == "The reaction did not go through. Linq cannot be reached."


def test_a_reaction_over_sms_is_not_asked_for_and_says_why(at_desk: Desk) -> None:
    at_desk.focus("texted")
    at_desk.press(Qt.Key.Key_1)
    assert at_desk.wishes.changed == []
    assert at_desk.notice() == "SMS carries no reactions."


def test_a_click_on_a_badge_joins_in_and_takes_back(at_desk: Desk) -> None:
    badge = at_desk.view.arrangement.layout_of(0).place_of(ReactionTarget(0, "laugh"))
    top = at_desk.view.arrangement.place_of(0)
    assert badge is not None
    assert top is not None
    centre = badge.boxes[0].center().toPoint() + QPoint(0, round(top))
    QTest.mouseClick(at_desk.view.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    assert at_desk.kinds("question") == [("laugh", False), ("laugh", True)]
    at_desk.view.acts.reaction_activated.emit(at_desk.aim("question").message, 0, "laugh")
    assert at_desk.kinds("question") == [("laugh", False)]


def test_the_bar_comes_to_the_message_under_the_pointer_and_goes_with_it(at_desk: Desk, qtbot: QtBot) -> None:
    bar, viewport = at_desk.desk.bar, at_desk.view.viewport()
    QTest.mouseMove(viewport, at_desk.spot("answer"))
    qtbot.waitUntil(bar.isVisible)
    box = at_desk.spot("answer")
    assert bar.geometry().bottom() < box.y()
    QTest.mouseMove(viewport, QPoint(350, 5))
    assert not bar.isVisible()


def test_the_bar_offers_everything_by_name_and_marks_what_is_ours(at_desk: Desk) -> None:
    at_desk.focus("answer")
    at_desk.press(Qt.Key.Key_1)
    at_desk.press(Qt.Key.Key_E)
    names = [each.accessibleName() for each in at_desk.desk.bar.findChildren(QToolButton)]
    assert names == [
        "Take Love back",
        "Like",
        "Dislike",
        "Laugh",
        "Emphasize",
        "Question",
        "Any emoji",
        "Reply",
        "More actions",
    ]
    assert at_desk.desk.bar.tapbacks["love"].isChecked()


def test_a_screen_reader_reacts_by_the_bar(at_desk: Desk) -> None:
    at_desk.focus("answer")
    at_desk.press(Qt.Key.Key_E)
    toggle(at_desk.desk.bar.tapbacks["laugh"])
    assert at_desk.kinds("answer") == [("laugh", True)]


def test_the_bar_goes_by_keys_alone(at_desk: Desk) -> None:
    at_desk.focus("answer")
    at_desk.press(Qt.Key.Key_E)
    bar = at_desk.desk.bar
    assert bar.tapbacks["love"].hasFocus()
    QTest.keyClick(bar.tapbacks["love"], Qt.Key.Key_Right)
    assert bar.tapbacks["like"].hasFocus()
    QTest.keyClick(bar.tapbacks["like"], Qt.Key.Key_Left)
    QTest.keyClick(bar.tapbacks["love"], Qt.Key.Key_Left)
    assert bar.more.hasFocus()
    QTest.keyClick(bar.more, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert at_desk.view.hasFocus()
    at_desk.press(Qt.Key.Key_E)
    QTest.keyClick(bar.tapbacks["love"], Qt.Key.Key_Space)
    assert at_desk.kinds("answer") == [("love", True)]
    assert at_desk.view.hasFocus()


def test_the_bar_says_of_sms_why_its_buttons_are_grey(at_desk: Desk) -> None:
    at_desk.focus("texted")
    at_desk.press(Qt.Key.Key_E)
    bar = at_desk.desk.bar
    assert not bar.tapbacks["love"].isEnabled()
    assert bar.tapbacks["love"].toolTip() == "SMS carries no reactions."
    assert bar.reply.toolTip() == "Only iMessage shows which message is answered."
    assert bar.more.hasFocus()


def test_the_bar_goes_when_its_message_goes_out_of_reach(at_desk: Desk) -> None:
    at_desk.focus("answer")
    at_desk.press(Qt.Key.Key_E)
    at_desk.cache.mark_deleted(ANA, MessageId("answer"))
    assert not at_desk.desk.bar.isVisible()


def test_any_emoji_is_asked_for_over_the_part_and_reacts(at_desk: Desk) -> None:
    asked: list[tuple[QWidget, Callable[[str], None]]] = []
    at_desk.desk.emoji_wished.connect(lambda opener, take: asked.append((opener, take)))
    entries = [each for each in at_desk.desk.entries(at_desk.aim("answer")) if each is not None]
    other = next(each for each in entries[0].entries if each.label == "Any emoji…")
    assert other.act is not None
    other.act()
    opener, take = asked[0]
    top = opener.mapTo(at_desk.view.viewport(), QPoint(0, 0))
    assert abs(top.y() - at_desk.spot("answer").y()) < 40
    assert opener.focusProxy() is at_desk.view
    take("🦄")
    assert at_desk.kinds("answer") == [("🦄", True)]
