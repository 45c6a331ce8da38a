from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.domain.blocking import BlockedHandle, BlockList
from linqdesk.domain.chat import Chat, ChatHealth, HealthStatus, MemberStatus
from linqdesk.domain.contacts import Contact
from linqdesk.domain.errors import ApiDetails, LinqDeskError, NotAllowedError
from linqdesk.domain.group_changes import (
    AddMember,
    ChangeIcon,
    ChangeNotSeenError,
    GroupChange,
    LeaveGroup,
    RemoveMember,
    RenameGroup,
)
from linqdesk.domain.ids import ChatId, Handle
from linqdesk.domain.send_gate import Lock, LockReason
from linqdesk.domain.service import Service
from linqdesk.ui.contacts.add_dialog import AddDialog
from linqdesk.ui.contacts.group_dialogs import IconDialog
from linqdesk.ui.handle_drag import dragged_handles, handle_data
from linqdesk.ui.panels.health_card import advice_words, fact_words
from linqdesk.ui.panels.health_chip import HealthChip
from linqdesk.ui.panels.question_dialog import QuestionDialog
from tests.store.messages import ANA, BEGAN, a_chat, a_message
from tests.ui.panels.people import PEOPLE, Bench, G, a_group

Make = Callable[[Chat], Bench]


@pytest.fixture
def bench(qtbot: QtBot) -> Make:
    def make(chat: Chat) -> Bench:
        window = QWidget()
        qtbot.addWidget(window)
        return Bench(chat, window)

    return make


def dialog(bench: Bench) -> QDialog:
    found = [each for each in bench.parent.findChildren(QDialog) if each.isVisible()]
    assert len(found) == 1
    return found[0]


def answer(bench: Bench, name: str) -> None:
    question = dialog(bench)
    assert isinstance(question, QuestionDialog)
    question.press(name)


def changes(bench: Bench) -> list[GroupChange]:
    return [change for _, change, _, _ in bench.wishes.people.changes]


def text_of(bench: Bench, name: str) -> str:
    label = bench.panel.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text() if label.isVisibleTo(bench.panel) else ""


def test_members_are_told_with_number_service_and_dates_and_those_who_went_apart(bench: Make) -> None:
    made = bench(a_group(3, gone=(MemberStatus.LEFT, MemberStatus.REMOVED)))
    rows = made.rows()
    assert rows[0].startswith("This desk, +1 415 555 0110, iMessage, since 1 Mar")
    assert rows[1].startswith("+1 415 555 0200, iMessage, since 1 Mar")
    assert "left 1 Mar" in rows[4]
    assert "removed 2 Mar" in rows[5]
    firsts = [made.panel.people.members.row_at(row).is_first_gone for row in range(6)]
    assert firsts == [False, False, False, False, True, False]


def test_a_button_says_its_reason_before_the_call_could_fail(bench: Make) -> None:
    small = bench(a_group(2))
    assert not small.panel.group.leave.button.isEnabled()
    assert small.panel.group.leave.reason == "Leave needs 4 active members, you included; this group has 3."
    small.panel.people.open_member(PEOPLE[0])
    strip = small.panel.people.actions_strip
    assert not strip.remove.isEnabled()
    assert strip.reason == "Remove needs 3 left, you included; this would leave 2."
    assert strip.remove.accessibleDescription() == strip.reason
    assert small.panel.add.button.isEnabled()

    sms = bench(a_group(4, service=Service.SMS))
    assert sms.panel.add.reason == "Members can be added to iMessage groups only."
    assert sms.panel.group.leave.reason == "Only iMessage groups can be left."
    assert sms.panel.group.rename.button.isEnabled()


def test_a_change_under_way_counts_for_the_next_one(bench: Make) -> None:
    made = bench(a_group(3))
    strip = made.panel.people.actions_strip
    made.panel.people.open_member(PEOPLE[0])
    assert strip.remove.isEnabled()
    strip.remove.click()
    answer(made, "Remove")
    made.refresh()
    assert changes(made) == [RemoveMember(PEOPLE[0])]
    assert made.rows()[1].endswith("being removed…")
    assert not strip.remove.isEnabled()
    made.panel.people.open_member(PEOPLE[1])
    assert strip.reason == "Remove needs 3 left, you included; this would leave 2."
    assert not made.panel.group.leave.button.isEnabled()


def test_removing_and_leaving_ask_first_and_cancel_changes_nothing(bench: Make) -> None:
    made = bench(a_group(4))
    made.panel.people.open_member(PEOPLE[0])
    made.panel.people.actions_strip.remove.click()
    answer(made, "Cancel")
    made.panel.group.leave.button.click()
    answer(made, "Cancel")
    assert changes(made) == []
    made.panel.group.leave.button.click()
    answer(made, "Leave")
    made.refresh()
    assert changes(made) == [LeaveGroup()]
    assert not made.panel.group.leave.button.isEnabled()
    assert "Leaving the group…" in text_of(made, "group_pending")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ChangeNotSeenError(RenameGroup("Sunday")), "Linq accepted it, but the group is still as it was."),
        (NotAllowedError("no", ApiDetails(403, 2027, trace_id="abc")), "The group was not renamed"),
    ],
)
def test_what_did_not_come_about_is_said_until_it_is_dismissed(
    bench: Make, error: LinqDeskError, words: str
) -> None:
    made = bench(a_group(3))
    made.desk.change(G, RenameGroup("Sunday"))
    made.refresh()
    assert "Renaming to “Sunday”" in text_of(made, "group_pending")
    made.wishes.people.changes[0][3](error)
    made.refresh()
    assert text_of(made, "group_pending") == ""
    assert words in text_of(made, "change_failed")
    assert made.said == [text_of(made, "change_failed")]
    made.cache.merge_chats([a_chat()])
    made.chat_id = ANA
    made.refresh()
    assert text_of(made, "change_failed") == ""
    made.chat_id = G
    made.refresh()
    assert words in text_of(made, "change_failed")
    if error.details.trace_id:
        made.panel.notice.details.click()
        assert "abc" in dialog(made).findChildren(QLabel)[-1].text()
        dialog(made).reject()
    made.panel.notice.dismiss.click()
    assert text_of(made, "change_failed") == ""


def test_a_group_is_renamed_by_the_keyboard(bench: Make) -> None:
    made = bench(a_group(2))
    QTest.keyClick(made.panel.group.rename.button, Qt.Key.Key_Space)
    field = dialog(made).findChild(QLineEdit, "new_group_name")
    assert isinstance(field, QLineEdit)
    assert field.text() == "Riders"
    agree = dialog(made).findChild(QPushButton, "form_rename")
    assert isinstance(agree, QPushButton)
    assert not agree.isEnabled()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert changes(made) == []
    field.setText("Sunday\u202e ride")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert changes(made) == [RenameGroup("Sunday ride")]


def test_an_icon_is_a_file_or_an_https_address(bench: Make, tmp_path: Path) -> None:
    made = bench(a_group(2))
    made.panel.group.icon.button.click()
    asking = dialog(made)
    assert isinstance(asking, IconDialog)
    QTest.keyClicks(asking.address, "http://x.test/a.png")
    assert "begins with https://" in asking.says.text()
    assert not asking.agree.isEnabled()
    asking.address.clear()
    QTest.keyClicks(asking.address, "https://x.test/a.png")
    QTest.keyClick(asking.address, Qt.Key.Key_Return)
    made.panel.group.icon.button.click()
    asking = dialog(made)
    assert isinstance(asking, IconDialog)
    asking.take_file(str(tmp_path / "logo.png"))
    asked = [(change, icon) for _, change, icon, _ in made.wishes.people.changes]
    assert asked == [
        (ChangeIcon("https://x.test/a.png"), None),
        (ChangeIcon("logo.png"), tmp_path / "logo.png"),
    ]


def adding(bench: Bench) -> AddDialog:
    bench.panel.add.button.click()
    found = dialog(bench)
    assert isinstance(found, AddDialog)
    return found


def test_somebody_joins_by_the_recipient_field(bench: Make) -> None:
    made = bench(a_group(3))
    asking = adding(made)
    assert not asking.agree.isEnabled()
    edit = asking.findChild(QLineEdit, "recipients")
    assert isinstance(edit, QLineEdit)
    QTest.keyClicks(edit, "415 555")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert not asking.agree.isEnabled()
    edit.clear()
    QTest.keyClicks(edit, "(415) 555-0177")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert asking.agree.isEnabled()
    QTest.keyClick(edit, Qt.Key.Key_Return)
    made.refresh()
    assert changes(made) == [AddMember(Handle("+14155550177"))]
    assert made.rows()[-1] == "+1 415 555 0177, iMessage, joining…"


def test_who_cannot_join_is_told_and_a_new_group_offered(bench: Make) -> None:
    made = bench(a_group(2))
    sms = replace(a_chat(), service=Service.SMS)
    sms = replace(sms, handles=tuple(replace(each, service=Service.SMS) for each in sms.handles))
    made.cache.merge_chats([sms])
    who = sms.others[0].handle
    wanted: list[tuple[Handle, ...]] = []
    made.desk.new_chat_wanted.connect(wanted.append)
    made.desk.add_to(G, (who,))
    asking = dialog(made)
    assert isinstance(asking, AddDialog)
    assert asking.says.text().startswith("This person cannot join this iMessage group.")
    assert not asking.agree.isEnabled()
    asking.instead.click()
    assert wanted == [(PEOPLE[0], PEOPLE[1], who)]
    assert changes(made) == []


def test_who_is_in_the_group_cannot_join_again(bench: Make) -> None:
    made = bench(a_group(2))
    made.desk.add_to(G, (PEOPLE[0],))
    asking = dialog(made)
    assert isinstance(asking, AddDialog)
    assert asking.says.text() == "This person is in the group already."


def test_a_group_that_was_left_can_only_be_read_and_says_so(bench: Make) -> None:
    made = bench(a_group(4, mine=MemberStatus.LEFT))
    assert "no longer in this group" in text_of(made, "left_words")
    for each in (made.panel.group.rename, made.panel.group.icon, made.panel.group.leave):
        assert not each.button.isEnabled()
    assert "no longer in this chat" in made.panel.group.leave.reason
    assert not made.panel.add.isVisibleTo(made.panel)
    assert not made.panel.share.isVisibleTo(made.panel)


def test_of_many_people_some_are_shown_until_all_are_wanted(bench: Make) -> None:
    made = bench(a_group(31))
    people = made.panel.people
    assert made.panel.everybody.text() == "Show 24 more people"
    short = people.height()
    people.setFocus()
    people.setCurrentIndex(people.members.index(7))
    assert people.height() == short
    QTest.keyClick(people, Qt.Key.Key_Down)
    assert people.height() == 4 * short
    assert not made.panel.everybody.isVisibleTo(made.panel)
    made.show(replace(a_group(32), updated_at=BEGAN + timedelta(minutes=1)))
    assert people.height() > 4 * short


def test_members_are_called_written_to_and_copied_by_the_keyboard(bench: Make) -> None:
    made = bench(a_group(3))
    made.cache.merge_chats([a_chat()])
    people, strip = made.panel.people, made.panel.people.actions_strip
    people.setFocus()
    people.setCurrentIndex(people.members.index(1))
    QTest.keyClick(people, Qt.Key.Key_Return)
    assert strip.isVisible()
    strip.call.click()
    strip.call.click()
    assert made.dialled == [PEOPLE[0], PEOPLE[0]]
    assert made.said == ["No program on this computer makes calls. The number: +1 415 555 0200"]
    strip.copy.click()
    assert QGuiApplication.clipboard().text() == PEOPLE[0]
    wanted: list[tuple[Handle, ...]] = []
    made.desk.new_chat_wanted.connect(wanted.append)
    strip.message.click()
    assert wanted == [(PEOPLE[0],)]
    QTest.keyClick(people, Qt.Key.Key_Return)
    assert not strip.isVisible()
    people.open_member("+14155550110")
    assert not strip.remove.isVisibleTo(strip)
    assert not strip.message.isVisibleTo(strip)


def test_a_direct_chat_over_the_same_line_is_opened(bench: Make) -> None:
    direct = a_chat()
    who = direct.others[0]
    group = a_group(2)
    made = bench(replace(group, handles=(*group.handles, who)))
    made.cache.merge_chats([direct])
    opened: list[ChatId] = []
    made.desk.chat_wanted.connect(opened.append)
    made.panel.wishes.message_wanted.emit(who.handle)
    assert opened == [ANA]


def test_a_name_and_a_note_are_written_and_the_number_stays_beside_the_name(bench: Make) -> None:
    made = bench(a_chat())
    who = a_chat().others[0].handle
    QTest.keyClick(made.panel.notes.edit, Qt.Key.Key_Space)
    asking = dialog(made)
    name, note = asking.findChild(QLineEdit, "contact_name"), asking.findChild(QPlainTextEdit, "note_edit")
    assert isinstance(name, QLineEdit)
    assert isinstance(note, QPlainTextEdit)
    assert name.placeholderText() == "Ana Ruiz"
    QTest.keyClicks(name, "Ana <b>bakery</b>")
    note.setPlainText("Likes tea.")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert made.wishes.people.contact(who) == Contact("Ana <b>bakery</b>", "Likes tea.")
    made.refresh()
    assert text_of(made, "note") == "Likes tea."
    assert made.rows()[1].startswith("Ana <b>bakery</b>, +1 415 555 ")


def test_a_group_has_a_note_of_its_own(bench: Make) -> None:
    made = bench(a_group(3))
    made.panel.notes.edit.click()
    note = dialog(made).findChild(QPlainTextEdit, "note_edit")
    save = dialog(made).findChild(QPushButton, "form_save")
    assert isinstance(note, QPlainTextEdit)
    assert isinstance(save, QPushButton)
    note.setPlainText("Every Saturday at nine")
    save.click()
    assert text_of(made, "note") == "Every Saturday at nine"


def test_the_contact_card_has_its_rules(bench: Make) -> None:
    made = bench(a_chat())
    made.cache.merge_messages(ANA, [a_message("m", 1)], made.cache.next_sequence())
    made.cache.set_history(ANA, replace(made.cache.history(ANA), has_older=False))
    made.refresh()
    assert made.panel.share.share.reason == "Send a message first; the contact card can be shared after it."
    made.cache.merge_messages(ANA, [a_message("n", 2, is_mine=True)], made.cache.next_sequence())
    made.refresh()
    button = made.panel.share.share.button
    assert button.isEnabled()
    button.click()
    assert not button.isEnabled()
    made.wishes.people.note_share(ANA, datetime.now(UTC) - timedelta(seconds=30))
    made.wishes.people.shares[0][1](None)
    assert made.said == ["Contact card shared."]
    assert not button.isEnabled()
    assert made.panel.share.share.reason == "At most once in 5 minutes: again in 5 min."
    assert "Last shared from here: " in text_of(made, "card_last_shared")
    made.panel.wishes.share_wanted.emit()
    made.wishes.people.shares[1][1](NotAllowedError("no", ApiDetails(404, 2012)))
    assert made.said[-1] == "The contact card was not shared. This line has no contact card."


@pytest.mark.parametrize("status", list(HealthStatus))
def test_each_health_says_what_it_means(bench: Make, status: HealthStatus) -> None:
    health = ChatHealth(status, "ODD", score=42.0, reason="Nobody answers.", updated_at=BEGAN)
    assert advice_words(health).startswith("Nobody answers. ")
    assert advice_words(health) != "Nobody answers. "
    assert fact_words(health, BEGAN).startswith("Score 42 of 100 · as of today ")
    made = bench(replace(a_chat(), health=health))
    assert text_of(made, "health_advice")
    if status is HealthStatus.OPTED_OUT:
        assert "Nothing can be sent here until they write again." in text_of(made, "health_advice")


def test_a_chat_that_linq_has_not_assessed_says_so(bench: Make) -> None:
    made = bench(a_chat())
    assert text_of(made, "health_advice") == "Linq has not assessed this chat yet."
    assert fact_words(None, BEGAN) == ""
    assert fact_words(ChatHealth(HealthStatus.HEALTHY, "HEALTHY"), BEGAN) == ""


def drop(bench: Bench, data: QMimeData) -> bool:
    place, copy = QPointF(100, 300), Qt.DropAction.CopyAction
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place.toPoint(), copy, data, button, keys)
    bench.panel.dragEnterEvent(enter)
    bench.panel.dropEvent(QDropEvent(place, copy, data, button, keys))
    return enter.isAccepted()


def test_a_handle_dropped_onto_the_panel_asks_to_add_it(bench: Make) -> None:
    made = bench(a_group(3))
    assert not drop(made, handle_data([PEOPLE[0]]))
    files = QMimeData()
    files.setUrls([QUrl("file:///etc/passwd")])
    files.setText("+14155550177")
    assert not drop(made, files)
    assert drop(made, handle_data([Handle("+14155550177")]))
    asking = dialog(made)
    assert isinstance(asking, AddDialog)
    asking.agree.click()
    assert changes(made) == [AddMember(Handle("+14155550177"))]


def test_others_can_be_dragged_and_we_cannot(bench: Make) -> None:
    members = bench(a_group(3)).panel.people.members
    can_drag = [bool(members.flags(members.index(row)) & Qt.ItemFlag.ItemIsDragEnabled) for row in range(4)]
    assert can_drag == [False, True, True, True]
    data = members.mimeData([members.index(1)])
    assert dragged_handles(data) == (PEOPLE[0],)
    assert data.text() == PEOPLE[0]
    hostile = QMimeData()
    hostile.setData("application/x-linqdesk-handles", b"\xff<b>\n+1\n" + b"+14155550100" * 9_999)
    assert dragged_handles(hostile) == ()


def test_the_contact_card_is_not_shared_with_who_wants_no_messages(bench: Make) -> None:
    made = bench(replace(a_chat(), health=ChatHealth(HealthStatus.OPTED_OUT, "OPTED_OUT")))
    assert not made.panel.share.share.button.isEnabled()
    assert made.panel.share.share.reason == "The customer has opted out of messages."


def test_who_is_blocked_is_marked_in_a_group_and_locks_the_direct_chat(bench: Make) -> None:
    person = a_chat().others[0].handle
    blocks = BlockList(BEGAN, {each: BlockedHandle(each, "Abuse") for each in (person, PEOPLE[1])})
    group = bench(a_group(3))
    group.cache.set_blocks(blocks)
    group.refresh()
    assert [row.endswith("blocked") for row in group.rows()] == [False, False, True, False]
    assert "blocked" not in text_of(group, "health_advice")
    direct = bench(a_chat())
    direct.cache.set_blocks(blocks)
    direct.refresh()
    assert "has blocked this customer (“Abuse”)" in text_of(direct, "health_advice")
    chip = direct.panel.health.findChild(HealthChip)
    assert isinstance(chip, HealthChip)
    assert chip.accessibleName() == "Chat health: Blocked"


@pytest.mark.parametrize(
    ("lock", "words"),
    [(LockReason.STOP_WORD, "Opted out"), (LockReason.REFUSED, "Opted out"), (LockReason.LEFT, "Critical")],
)
def test_a_lock_is_told_before_the_health(bench: Make, lock: LockReason, words: str) -> None:
    made = bench(a_chat())
    chip = made.panel.health.findChild(HealthChip)
    assert isinstance(chip, HealthChip)
    chip.show_state(ChatHealth(HealthStatus.CRITICAL, "CRITICAL"), Lock(lock, "STOP"))
    assert chip.accessibleName() == f"Chat health: {words}"
