"""The menu of a message and what its entries do."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QMenu, QPushButton

from linqdesk.domain.decorations import Decoration
from linqdesk.domain.errors import ApiDetails, RequestRejectedError
from linqdesk.domain.ids import MessageId
from linqdesk.domain.message import TextPart
from linqdesk.domain.outgoing import Content, OutgoingText
from linqdesk.domain.wishes import EditWish
from linqdesk.ui.acts.message_menu import Entry, make_menu
from linqdesk.ui.acts.rich_copy import formatted, markup
from linqdesk.ui.panels.question_dialog import QuestionDialog
from linqdesk.ui.thread.targets import PictureTarget
from tests.domain.files import a_file as own_file
from tests.store.messages import ANA, a_message, a_send
from tests.ui.acts.conftest import Desk, just_sent
from tests.ui.thread.rows import a_file

MENU = [
    "React",
    "Reply",
    "Show thread",
    "Copy",
    "Copy with formatting",
    "Forward…",
    "Message details…",
    "Delete from Linq's records…",
]


def _entries(desk: Desk, name: str, part_index: int = 0) -> list[Entry]:
    return [each for each in desk.desk.entries(desk.aim(name, part_index)) if each is not None]


def _entry(desk: Desk, name: str, label: str, part_index: int = 0) -> Entry:
    return next(each for each in _entries(desk, name, part_index) if each.label.startswith(label))


def _do(desk: Desk, name: str, label: str, part_index: int = 0) -> None:
    act = _entry(desk, name, label, part_index).act
    assert act is not None
    act()


def _dialog(desk: Desk, name: str) -> QDialog:
    dialog = next(each for each in desk.view.findChildren(QDialog) if each.objectName() == name)
    assert isinstance(dialog, QDialog)
    return dialog


def test_every_act_is_in_the_menu(at_desk: Desk) -> None:
    assert [each.label for each in _entries(at_desk, "texted")] == MENU
    assert [each.label for each in _entries(at_desk, "question", 1)] == [
        *MENU[:6],
        "View large",
        "Open in another program",
        "Save…",
        *MENU[6:],
    ]


@pytest.mark.parametrize(
    ("mime_type", "is_offered"),
    [("application/pdf", True), ("text/plain", True), ("application/zip", False), ("text/html", False)],
)
def test_only_harmless_kinds_of_files_are_offered_to_other_programs(
    at_desk: Desk, mime_type: str, is_offered: bool
) -> None:
    at_desk.tell(replace(a_message("file", 9), parts=(a_file("paper", mime_type),)))
    opened: list[int] = []
    at_desk.view.acts.file_open_wanted.connect(lambda _message, index: opened.append(index))
    labels = [each.label for each in _entries(at_desk, "file")]
    assert ("Open in another program" in labels) is is_offered
    if is_offered:
        _do(at_desk, "file", "Open")
    assert opened == [0] * is_offered


def test_what_a_service_cannot_carry_is_grey_with_its_reason(at_desk: Desk) -> None:
    obstacles = {each.label: each.obstacle for each in _entries(at_desk, "texted")}
    assert obstacles["React"] == "SMS carries no reactions."
    assert obstacles["Reply"] == "Only iMessage shows which message is answered."
    assert obstacles["Copy"] is None
    menu = make_menu(_entries(at_desk, "texted"), at_desk.view)
    actions = {each.text().partition("\t")[0]: each for each in menu.actions()}
    assert not actions["React"].isEnabled()
    assert actions["React"].toolTip() == "SMS carries no reactions."
    menu.deleteLater()


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier),
    ],
)
def test_the_menu_opens_by_key_on_the_focused_message(
    at_desk: Desk, monkeypatch: pytest.MonkeyPatch, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    opened: list[list[str]] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: opened.append([a.text() for a in menu.actions()]))
    at_desk.focus("question")
    at_desk.press(key, modifier)
    assert len(opened) == 1
    assert opened[0][1] == "Reply\tR"


def test_the_menu_opens_on_a_message_that_is_on_its_way(
    at_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[list[str]] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: opened.append([a.text() for a in menu.actions()]))
    at_desk.cache.add_outgoing(a_send("sending"))
    at_desk.focus("sending")
    at_desk.press(Qt.Key.Key_Menu)
    assert opened == [["Copy\tC", "Message details…"]]


def test_r_wishes_to_answer_the_focused_message(at_desk: Desk) -> None:
    at_desk.focus("question")
    at_desk.press(Qt.Key.Key_R)
    assert at_desk.replied == [("question", 0)]
    at_desk.focus("texted")
    at_desk.press(Qt.Key.Key_R)
    assert at_desk.replied == [("question", 0)]
    assert at_desk.notice() == "Only iMessage shows which message is answered."


def test_menus_answers_threads_and_forwards_are_wished(at_desk: Desk) -> None:
    _do(at_desk, "question", "Reply", 1)
    _do(at_desk, "question", "Show thread")
    _do(at_desk, "question", "Forward")
    assert at_desk.replied == [("question", 1)]
    assert at_desk.threads == ["question"]
    assert at_desk.forwarded == ["question"]


def test_saving_a_file_is_passed_on(at_desk: Desk) -> None:
    saved: list[int] = []
    at_desk.view.acts.file_save_wanted.connect(lambda _message, index: saved.append(index))
    _do(at_desk, "question", "Save", 1)
    assert saved == [1]


def test_copying_takes_the_part_or_what_is_selected(at_desk: Desk) -> None:
    _do(at_desk, "question", "Copy", 1)
    assert QGuiApplication.clipboard().text() == "Photo cat.jpg"
    at_desk.view.text_selection.select_row(at_desk.position("answer"))
    _do(at_desk, "question", "Copy")
    assert QGuiApplication.clipboard().text() == "Yes"


def test_formatting_is_copied_and_what_was_written_stays_words() -> None:
    text = "<b>no</b> 👍🏽 yes"
    marks = (
        Decoration(10, 18, style="bold"),
        Decoration(14, 999, style="italic"),
        Decoration(0, 3, animation="shake"),
    )
    message = replace(a_message("m", 1), parts=(TextPart(text, marks), TextPart("a\nb")))
    words = "&lt;b&gt;no&lt;/b&gt; <b>👍🏽</b><i><b> yes</b></i>"
    assert markup(message) == f"<p>{words}</p><p>a<br>b</p>"
    data = formatted(message)
    assert data.text() == f"{text}\na\nb"
    assert bytes(data.data("text/html").data()).decode() == markup(message)


def test_an_edit_shows_its_clock_and_its_number(at_desk: Desk) -> None:
    at_desk.tell(just_sent("fresh", "helo"))
    label = _entry(at_desk, "fresh", "Edit").label
    assert label.startswith(("Edit · 14:0", "Edit · 13:5"))
    assert label.endswith(" left · 1 of 5")
    assert _entry(at_desk, "answer", "Edit").obstacle is not None
    assert "Edit" not in [each.label for each in _entries(at_desk, "question")]


def test_editing_is_wished_for_the_part_and_not_while_a_change_is_on_its_way(at_desk: Desk) -> None:
    at_desk.tell(just_sent("fresh", "helo"))
    _do(at_desk, "fresh", "Edit")
    assert at_desk.edited == [("fresh", 0)]
    at_desk.cache.add_wish(ANA, MessageId("fresh"), EditWish(0, "hello"))
    assert _entry(at_desk, "fresh", "Edit").obstacle == "Another change is on its way."


def test_a_deletion_that_failed_is_said(at_desk: Desk) -> None:
    _do(at_desk, "answer", "Delete")
    dialog = _dialog(at_desk, "delete_question")
    assert isinstance(dialog, QuestionDialog)
    dialog.press("Delete")
    at_desk.wishes.deleted[0][1](RequestRejectedError("", ApiDetails(409, 2015)))
    assert at_desk.notice().startswith("The message was not deleted. This is no longer as you see it")


def test_deleting_asks_first_and_says_who_keeps_the_message(at_desk: Desk) -> None:
    _do(at_desk, "answer", "Delete")
    dialog = _dialog(at_desk, "delete_question")
    assert isinstance(dialog, QuestionDialog)
    words = [each.text() for each in dialog.findChildren(QLabel)]
    assert words[1] == "Removes it from Linq's records. Ana Ruiz still has it."
    assert at_desk.wishes.deleted == []
    dialog.press("Delete")
    assert at_desk.wishes.deleted[0][0] == "answer"
    assert at_desk.aim("answer").row.is_deleted
    assert _entry(at_desk, "answer", "Delete").obstacle is not None
    assert _entry(at_desk, "answer", "React").obstacle == "It is deleted from Linq's records."


def test_keeping_a_message_deletes_nothing(at_desk: Desk) -> None:
    _do(at_desk, "answer", "Delete")
    QTest.keyClick(_dialog(at_desk, "delete_question"), Qt.Key.Key_Return)
    assert at_desk.wishes.deleted == []


def test_the_details_can_be_read_and_copied(at_desk: Desk) -> None:
    _do(at_desk, "answer", "Message details")
    dialog = _dialog(at_desk, "message_details")
    words = [each.text() for each in dialog.findChildren(QLabel)]
    assert "iMessage" in words
    assert "answer" in words
    button = dialog.findChild(QPushButton, "copy_details")
    assert isinstance(button, QPushButton)
    button.click()
    assert "Message id: answer" in QGuiApplication.clipboard().text()
    dialog.close()


def test_a_picture_is_seen_large_by_its_menu_and_by_a_key(at_desk: Desk) -> None:
    seen: list[tuple[str, int]] = []
    at_desk.view.acts.picture_activated.connect(lambda message, index: seen.append((message.id, index)))
    _do(at_desk, "question", "View large", 1)
    at_desk.focus("question")
    at_desk.press(Qt.Key.Key_V)
    assert seen == [("question", 1)]
    picture = next(
        place
        for place in at_desk.view.arrangement.layout_of(at_desk.position("question")).places
        if isinstance(place.target, PictureTarget)
    )
    while at_desk.view.parts.place_in(at_desk.position("question")) != picture:
        assert at_desk.view.parts.step(at_desk.position("question"), 1)
    at_desk.press(Qt.Key.Key_V)
    assert seen == [("question", 1)] * 2


def test_a_picture_on_its_way_can_be_seen_large_and_its_upload_cancelled(at_desk: Desk) -> None:
    content = Content((OutgoingText("look"), own_file("cat.jpg")))
    at_desk.cache.add_outgoing(replace(a_send("local"), content=content))
    row = at_desk.view.messages.row_at(at_desk.position("local"))
    shown: list[int] = []
    at_desk.view.acts.picture_activated.connect(lambda _message, index: shown.append(index))
    entries = {each.label: each.act for each in at_desk.desk.entries_of_unsent(row) if each is not None}
    for label in ("View large", "Cancel upload"):
        act = entries[label]
        assert act is not None
        act()
    assert shown == [1]
    assert at_desk.wishes.cancelled == ["local"]


def test_a_text_on_its_way_has_nothing_to_see_large_or_to_cancel(at_desk: Desk) -> None:
    at_desk.cache.add_outgoing(a_send("local"))
    row = at_desk.view.messages.row_at(at_desk.position("local"))
    labels = [each.label for each in at_desk.desk.entries_of_unsent(row) if each is not None]
    assert labels == ["Copy", "Message details…"]
