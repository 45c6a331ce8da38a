import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.domain.delivery import Delivery
from linqdesk.domain.errors import NotAllowedError
from linqdesk.domain.ids import LocalId, RowKey
from linqdesk.domain.message import TextPart
from linqdesk.domain.outgoing import OutgoingState
from linqdesk.domain.service import Service
from linqdesk.store.cache import Cache
from linqdesk.ui.models.message_list_model import MessageListModel
from linqdesk.ui.models.remedies import Remedy
from linqdesk.ui.theme import DARK, LIGHT
from linqdesk.ui.thread.accessibility import ThreadAccessibility
from linqdesk.ui.thread.pieces import TextPiece
from linqdesk.ui.thread.thread_view import ThreadView
from tests.store.messages import ANA, BEGAN, a_message, a_send
from tests.ui.thread.rows import a_photo


def _fill(cache: Cache, first: int, count: int) -> None:
    messages = [
        a_message(f"{number:05d}", number * 2, text=f"text {number} " * (1 + number % 9))
        for number in range(first, first + count)
    ]
    cache.merge_messages(ANA, messages, cache.next_sequence())


def _bottom_of(view: ThreadView, key: RowKey) -> float:
    row = view.messages.position_of(key)
    assert row is not None
    place = view.arrangement.place_of(row)
    assert place is not None
    return place + view.arrangement.layout_of(row).bubble.bottom()


def _text_piece(view: ThreadView, row: int) -> TextPiece:
    piece = view.arrangement.layout_of(row).pieces[0]
    assert isinstance(piece, TextPiece)
    return piece


def test_a_thread_opens_at_its_newest_message(cache: Cache, view: ThreadView) -> None:
    _fill(cache, 0, 300)
    view.show_chat(ANA)
    rows = [row for row, _ in view.arrangement.visible()]
    assert rows[-1] == 299
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()


def test_a_thread_opens_at_its_first_unread_message(cache: Cache, view: ThreadView) -> None:
    _fill(cache, 0, 100)
    cache.mark_seen(ANA)
    _fill(cache, 100, 60)
    cache.mark_opened(ANA)
    view.show_chat(ANA)
    rows = dict(view.arrangement.visible())
    assert 100 in rows
    assert 159 not in rows


def test_older_messages_move_nothing_on_screen(cache: Cache, view: ThreadView) -> None:
    _fill(cache, 200, 100)
    view.show_chat(ANA)
    for value in (0, 700, 1_500):
        view.verticalScrollBar().setValue(value)
        keys = [view.messages.row_at(row).key for row, y in view.arrangement.visible() if y >= 0]
        was = [_bottom_of(view, key) for key in keys]
        oldest = int(view.messages.row_at(0).key)
        _fill(cache, oldest - 20, 20)
        assert [_bottom_of(view, key) for key in keys] == was


def test_scrolling_up_and_down_again_is_exact(cache: Cache, view: ThreadView) -> None:
    _fill(cache, 0, 400)
    view.show_chat(ANA)
    arrangement = view.arrangement
    for _ in range(40):
        arrangement.scroll_by(-97)
    key = view.messages.row_at(arrangement.top).key
    was = _bottom_of(view, key)
    for delta in (-300, 250, -150, 200):
        arrangement.scroll_by(delta)
    assert _bottom_of(view, key) == pytest.approx(was)


def test_at_the_end_new_messages_are_seen_and_above_it_they_are_counted(
    cache: Cache, view: ThreadView
) -> None:
    _fill(cache, 0, 100)
    view.show_chat(ANA)
    _fill(cache, 100, 1)
    assert [row for row, _ in view.arrangement.visible()][-1] == 100
    view.verticalScrollBar().setValue(500)
    top = view.messages.row_at(view.arrangement.top).key
    was = _bottom_of(view, top)
    _fill(cache, 101, 2)
    assert _bottom_of(view, top) == was
    jump = view.findChild(QWidget, "jump_to_newest")
    assert isinstance(jump, QWidget)
    assert jump.isVisible()
    assert jump.accessibleDescription() == "2 new messages"
    view.jump_to_newest()
    assert not jump.isVisible()
    assert [row for row, _ in view.arrangement.visible()][-1] == 102


def test_resizing_keeps_the_end_at_the_end(cache: Cache, view: ThreadView) -> None:
    _fill(cache, 0, 100)
    view.show_chat(ANA)
    for width in (420, 1_300, 600):
        view.resize(width, 500)
        assert [row for row, _ in view.arrangement.visible()][-1] == 99
        assert view.arrangement.is_at_bottom


def test_older_pages_are_asked_for_near_the_upper_end_only(cache: Cache, view: ThreadView) -> None:
    _fill(cache, 0, 300)
    wanted: list[object] = []
    view.older_wanted.connect(wanted.append)
    view.show_chat(ANA)
    assert wanted == []
    view.verticalScrollBar().setValue(100)
    assert wanted[0] == ANA


@pytest.mark.usefixtures("qapp")
def test_the_model_keeps_qts_rules_whatever_happens(cache: Cache) -> None:
    model = MessageListModel(cache)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_chat(ANA)
    chance = random.Random(7)
    for step in range(60):
        first = chance.randint(0, 200)
        _fill(cache, first, chance.randint(1, 9))
        name = LocalId(f"send {step}")
        cache.add_outgoing(a_send(name))
        if step % 3 == 0:
            cache.remove_outgoing(ANA, name)
        elif step % 3 == 1:
            cache.confirm(ANA, name, a_message(f"sent {step}", chance.randint(0, 400), is_mine=True))
        shown = [model.row_at(row).key for row in range(model.rowCount())]
        assert shown == [row.key for row in cache.rows(ANA)]
    tester.deleteLater()


def test_a_row_is_spoken_in_plain_words(cache: Cache) -> None:
    model = MessageListModel(cache)
    model.show_chat(ANA)
    cache.merge_messages(ANA, [a_message("a", 1, text="<b>hello</b>")], cache.next_sequence())
    said = str(model.index(0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert said.endswith(": <b>hello</b>")


def test_only_the_newest_own_message_of_each_state_says_how_far_it_came(cache: Cache) -> None:
    states = (Delivery.READ, Delivery.READ, Delivery.DELIVERED, Delivery.SENT, Delivery.SENT)
    messages = [
        replace(a_message(f"{number}", number, is_mine=True, delivery=state), read_at=BEGAN)
        for number, state in enumerate(states)
    ]
    cache.merge_messages(ANA, messages, cache.next_sequence())
    model = MessageListModel(cache)
    model.show_chat(ANA)
    words = [model.context_at(row).status for row in range(5)]
    assert words[0] is None
    assert str(words[1]).startswith("✓✓ Read")
    assert words[2:] == ["✓✓ Delivered", None, "✓ Sent"]


def test_messages_close_in_time_form_groups_under_headings(cache: Cache) -> None:
    at = (0, 1, 2, 50, 51)
    cache.merge_messages(ANA, [a_message(f"{minute:02d}", minute) for minute in at], cache.next_sequence())
    model = MessageListModel(cache)
    model.show_chat(ANA)
    contexts = [model.context_at(row) for row in range(5)]
    assert [context.heading_at is not None for context in contexts] == [True, False, False, True, False]
    assert [context.is_group_first for context in contexts] == [True, False, False, True, False]
    assert [context.is_group_last for context in contexts] == [False, False, True, False, True]


def test_a_failed_row_has_buttons_that_keys_reach(cache: Cache, view: ThreadView) -> None:
    view.show_chat(ANA)
    failure = NotAllowedError("no")
    send = replace(a_send("local", OutgoingState.FAILED), failure=failure, created_at=datetime.now(UTC))
    cache.add_outgoing(send)
    retried: list[object] = []
    view.buttons.pressed.connect(lambda remedy, key, _button: retried.append((remedy, key)))
    buttons = {each.accessibleName(): each for each in view.findChildren(QPushButton) if each.isVisible()}
    assert set(buttons) == {"Why", "Retry", "Edit", "Send as SMS", "Discard"}
    assert buttons["Retry"].focusPolicy() & Qt.FocusPolicy.TabFocus
    buttons["Retry"].click()
    assert retried == [(Remedy.RETRY, "local")]
    cache.remove_outgoing(ANA, LocalId("local"))
    assert not any(each.isVisible() for each in buttons.values())


def test_text_is_selected_and_copied_within_a_bubble_and_over_several(cache: Cache, view: ThreadView) -> None:
    texts = ("first text", "second text")
    messages = [a_message(f"{number}", number, text=text) for number, text in enumerate(texts)]
    cache.merge_messages(ANA, messages, cache.next_sequence())
    view.show_chat(ANA)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_point_in(view, 1, 9))
    assert view.text_selection.text().strip() == "second"

    view.text_selection.select_all()
    lines = view.text_selection.text().split("\n")
    assert [line.rpartition(": ")[2] for line in lines] == list(texts)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "\n".join(lines)


def test_the_keyboard_walks_through_messages_and_copies_one(cache: Cache, view: ThreadView) -> None:
    _fill(cache, 0, 30)
    view.show_chat(ANA)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.currentIndex().row() == 29
    QTest.keyClick(view, Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text() == view.messages.row_at(28).content.text
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.currentIndex().row() == 0
    assert view.arrangement.place_of(0) is not None


@pytest.mark.parametrize(
    "text",
    ["a" * 30_000, "😀" * 2_000, "e" + "\u0301" * 10_000, "\ud800" * 50, "\u202egnp.exe", "<img src=x>"],
)
def test_hostile_texts_are_drawn_within_the_column(cache: Cache, view: ThreadView, text: str) -> None:
    message = a_message("hostile", 1)
    part = TextPart(text)
    cache.merge_messages(ANA, [replace(message, parts=(part,))], cache.next_sequence())
    view.show_chat(ANA)
    view.viewport().repaint()
    layout = view.arrangement.layout_of(0)
    assert layout.bubble.width() <= 520
    assert _text_piece(view, 0).block.text == text[:10_000]


def test_a_long_text_is_cut_until_the_agent_asks_for_all(cache: Cache, view: ThreadView) -> None:
    cache.merge_messages(ANA, [a_message("long", 1, text="word " * 4_000)], cache.next_sequence())
    view.show_chat(ANA)
    assert len(_text_piece(view, 0).block.text) == 10_000
    view.show_more(RowKey("long"))
    assert len(_text_piece(view, 0).block.text) == 20_000


def test_a_theme_is_worn_at_once(cache: Cache, view: ThreadView) -> None:
    _fill(cache, 0, 3)
    view.show_chat(ANA)
    view.set_theme(DARK)
    assert view.viewport().grab().toImage().pixelColor(2, 2) == DARK.window


def test_a_screen_reader_reads_every_message(cache: Cache, qtbot: QtBot) -> None:
    accessibility = ThreadAccessibility()
    accessibility.install()
    _fill(cache, 0, 3)
    view = ThreadView(cache, LIGHT)
    qtbot.addWidget(view)
    view.show_chat(ANA)
    thread = QAccessible.queryAccessibleInterface(view)
    assert thread.role() is QAccessible.Role.List
    assert thread.text(QAccessible.Text.Name) == "Messages"
    assert thread.childCount() == 3
    item = thread.child(2)
    assert item.role() is QAccessible.Role.ListItem
    assert "text 2" in item.text(QAccessible.Text.Name)
    assert thread.indexOfChild(item) == 2


def test_a_screen_reader_finds_the_parts_of_a_message_on_screen(cache: Cache, qtbot: QtBot) -> None:
    accessibility = ThreadAccessibility()
    accessibility.install()
    _fill(cache, 0, 60)
    linked = replace(a_message("linked", 900, text="See https://example.com now"), service=Service.IMESSAGE)
    told = replace(linked, parts=(*linked.parts, a_photo()))
    cache.merge_messages(ANA, [told], cache.next_sequence())
    view = ThreadView(cache, LIGHT)
    qtbot.addWidget(view)
    view.resize(600, 500)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.show_chat(ANA)
    thread = QAccessible.queryAccessibleInterface(view)
    item = thread.child(60)
    assert thread.child(0).childCount() == 0
    link, photo = item.child(0), item.child(1)
    assert link.role() is QAccessible.Role.Link
    assert "example.com" in link.text(QAccessible.Text.Name)
    assert photo.role() is QAccessible.Role.Graphic
    assert "cat.jpg" in photo.text(QAccessible.Text.Name)
    assert item.rect().contains(photo.rect())
    assert item.childAt(photo.rect().center().x(), photo.rect().center().y()) is photo
    assert item.indexOfChild(photo) == 1
    view.setFocus()
    view.setCurrentIndex(view.messages.index(60))
    assert thread.focusChild() is item
    assert view.parts.step(60, 1)
    assert thread.focusChild() is link
    assert link.state().focused


def test_a_screen_reader_finds_the_buttons_of_a_message(cache: Cache, view: ThreadView) -> None:
    accessibility = ThreadAccessibility()
    accessibility.install()
    view.show_chat(ANA)
    cache.add_outgoing(replace(a_send("local", OutgoingState.FAILED), failure=NotAllowedError("no")))
    thread = QAccessible.queryAccessibleInterface(view)
    message = thread.child(thread.childCount() - 1)
    strip = message.child(message.childCount() - 1)
    buttons = {strip.child(number).text(QAccessible.Text.Name) for number in range(strip.childCount())}
    assert {"Retry", "Discard"} <= buttons
    assert message.indexOfChild(strip) == message.childCount() - 1
    assert message.rect().contains(strip.rect().center())
    cache.remove_outgoing(ANA, LocalId("local"))
    assert thread.childCount() == 0


def test_a_thread_without_messages_says_so_once_it_is_read(cache: Cache, view: ThreadView) -> None:
    view.show_chat(ANA)
    assert not view.is_settled
    cache.set_history(ANA, replace(cache.history(ANA), has_older=False))
    assert view.is_settled


def test_what_is_under_way_for_long_says_so(cache: Cache) -> None:
    old = replace(a_send("local"), created_at=datetime.now(UTC) - timedelta(seconds=9))
    cache.add_outgoing(old)
    model = MessageListModel(cache)
    model.show_chat(ANA)
    assert model.context_at(0).status == "○ Still sending…"


def _point_in(view: ThreadView, row: int, x: float) -> QPoint:
    place = view.arrangement.place_of(row)
    assert place is not None
    text_at = _text_piece(view, row).text_at
    return QPoint(round(text_at.x() + x), round(place + text_at.y()) + 8)


def test_dragging_selects_from_bubble_to_bubble_and_a_click_selects_nothing(
    cache: Cache, view: ThreadView
) -> None:
    messages = [a_message(f"{number}", number, text=f"text of {number}") for number in range(3)]
    cache.merge_messages(ANA, messages, cache.next_sequence())
    view.show_chat(ANA)
    viewport, left = view.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(viewport, left, pos=_point_in(view, 0, 0))
    QTest.mouseMove(viewport, _point_in(view, 0, 500))
    assert view.text_selection.text() == "text of 0"
    QTest.mouseMove(viewport, _point_in(view, 2, 500))
    QTest.mouseRelease(viewport, left, pos=_point_in(view, 2, 500))
    assert [line.rpartition(": ")[2] for line in view.text_selection.text().split("\n")] == [
        "text of 0",
        "text of 1",
        "text of 2",
    ]
    QTest.mouseMove(viewport, _point_in(view, 1, 0))
    assert view.text_selection.text().count("\n") == 2
    QTest.mouseClick(viewport, left, pos=_point_in(view, 1, 3))
    assert view.text_selection.text() == ""


def test_shift_and_a_click_extend_the_selection(cache: Cache, view: ThreadView) -> None:
    messages = [a_message(f"{number}", number, text=f"text of {number}") for number in range(2)]
    cache.merge_messages(ANA, messages, cache.next_sequence())
    view.show_chat(ANA)
    viewport, left = view.viewport(), Qt.MouseButton.LeftButton
    QTest.mouseClick(viewport, left, pos=_point_in(view, 0, 0))
    QTest.mouseClick(viewport, left, Qt.KeyboardModifier.ShiftModifier, pos=_point_in(view, 1, 500))
    assert view.text_selection.text().endswith("text of 1")
    view.viewport().repaint()


def test_show_more_is_clicked_and_hovering_shows_a_time(cache: Cache, view: ThreadView) -> None:
    cache.merge_messages(ANA, [a_message("long", 1, text="word " * 4_000)], cache.next_sequence())
    view.show_chat(ANA)
    view.jump_to_newest()
    layout, place = view.arrangement.layout_of(0), view.arrangement.place_of(0)
    assert layout.more is not None
    assert place is not None
    spot = QPoint(round(layout.more.center().x()), round(place + layout.more.center().y()))
    QTest.mouseMove(view.viewport(), spot)
    view.viewport().repaint()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert len(_text_piece(view, 0).block.text) == 20_000


def test_shift_and_arrows_select_whole_messages(cache: Cache, view: ThreadView) -> None:
    _fill(cache, 0, 10)
    view.show_chat(ANA)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Up)
    view.text_selection.select_row(9)
    for _ in range(2):
        QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert view.text_selection.text().count("\n") == 2
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert view.text_selection.text().count("\n") == 9
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.text_selection.text() == ""
