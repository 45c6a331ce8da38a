from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.domain.beginning import UNBEGUN, Beginning
from linqdesk.domain.capability import Reach, ReachState
from linqdesk.domain.chat import Line, Reputation
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import ChatId, Handle
from linqdesk.domain.message import Effect
from linqdesk.domain.outgoing import OutgoingText
from linqdesk.domain.outgoing_files import Taken
from linqdesk.domain.send_gate import HeldBackError
from linqdesk.domain.service import Service
from linqdesk.store.cache import Cache
from linqdesk.ui.composer.composer import Composer
from linqdesk.ui.composer.message_edit import MessageEdit
from linqdesk.ui.composer.send_button import SendButton
from linqdesk.ui.new_chat.new_chat_dialog import NewChatDialog
from linqdesk.ui.new_chat.recipient_chip import RecipientChip
from linqdesk.ui.new_chat.suggestions import SuggestionList
from linqdesk.ui.preferences import Preferences
from linqdesk.ui.theme import DARK, LIGHT
from linqdesk.ui.writing.ways import WritingWays
from tests.domain.files import a_file
from tests.store.messages import ANA, LINE, a_chat, a_message
from tests.ui.conftest import Wishes

HEALTHY = Handle("+14155550120")
KIM = Handle("+14155559001")
_CTRL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """The dialog on screen and hands on it."""

    def __init__(self, cache: Cache, wishes: Wishes) -> None:
        self.cache = cache
        self.wishes = wishes
        self.window = QWidget()
        self.ways = WritingWays(Preferences())
        self.dialog = NewChatDialog(cache, wishes, LIGHT, self.ways, self.window)
        self.window.show()
        self.dialog.begin()

    def find(self, kind: type[QWidget], name: str) -> Any:
        found = self.dialog.findChild(kind, name)
        assert isinstance(found, kind)
        return found

    @property
    def edit(self) -> QLineEdit:
        found: QLineEdit = self.find(QLineEdit, "recipients")
        return found

    @property
    def message(self) -> MessageEdit:
        found: MessageEdit = self.find(MessageEdit, "first_message")
        return found

    @property
    def composer(self) -> Composer:
        found: Composer = self.find(Composer, "composer")
        return found

    @property
    def send(self) -> SendButton:
        found: SendButton = self.find(SendButton, "send")
        return found

    @property
    def line(self) -> QComboBox:
        found: QComboBox = self.find(QComboBox, "from_line")
        return found

    def type(self, text: str, key: Qt.Key | None = Qt.Key.Key_Return) -> None:
        QTest.keyClicks(self.edit, text)
        if key is not None:
            QTest.keyClick(self.edit, key)

    def chips(self) -> list[RecipientChip]:
        chips: list[RecipientChip] = self.dialog.findChildren(RecipientChip)
        return [each for each in chips if not each.isHidden()]

    def names(self) -> list[str]:
        return [each.person.name for each in self.chips()]

    def says(self, name: str) -> str:
        label: QLabel = self.find(QLabel, name)
        return label.text() if label.isVisible() else ""

    def offered(self) -> list[str]:
        people: SuggestionList = self.find(SuggestionList, "suggestions")
        return [people.item(row).text() for row in range(people.count())] if people.isVisible() else []


@pytest.fixture
def desk(qtbot: QtBot, cache: Cache, wishes: Wishes) -> Iterator[Desk]:
    cache.set_lines((Line("1", LINE, Reputation.AT_RISK), Line("2", HEALTHY, Reputation.HEALTHY)))
    made = Desk(cache, wishes)
    qtbot.addWidget(made.window)
    yield made
    made.dialog.close()


def test_the_healthiest_line_is_suggested_until_the_agent_chooses(desk: Desk) -> None:
    assert desk.line.currentText() == "+1 415 555 0120 · healthy"
    desk.line.setCurrentIndex(0)
    desk.line.activated.emit(0)
    desk.type("+1 415 555 9001")
    assert desk.line.currentIndex() == 0


def test_names_are_completed_and_enter_takes_the_first(desk: Desk) -> None:
    desk.type("an", None)
    assert desk.offered() == ["Ana Ruiz"]
    QTest.keyClick(desk.edit, Qt.Key.Key_Return)
    assert desk.names() == ["Ana Ruiz"]
    assert desk.edit.text() == ""
    assert desk.offered() == []


def test_arrow_keys_choose_among_those_offered_and_esc_closes_only_the_list(desk: Desk) -> None:
    desk.cache.merge_chats([a_chat(ChatId("another"), name="Ana Lima")])
    desk.type("ana", None)
    assert set(desk.offered()) == {"Ana Ruiz", "Ana Lima"}
    second = desk.offered()[1]
    QTest.keyClick(desk.edit, Qt.Key.Key_Down)
    QTest.keyClick(desk.edit, Qt.Key.Key_Return)
    assert desk.names() == [second]
    desk.type("ana", None)
    QTest.keyClick(desk.dialog, Qt.Key.Key_Escape)
    assert desk.offered() == []
    assert desk.dialog.isVisible()
    QTest.keyClick(desk.dialog, Qt.Key.Key_Escape)
    assert not desk.dialog.isVisible()


def test_half_a_number_never_becomes_somebody_whose_number_begins_alike(desk: Desk) -> None:
    desk.type("415 555")
    assert desk.names() == []
    assert "Too short" in desk.says("recipient_says")
    QTest.keyClick(desk.edit, Qt.Key.Key_Space)
    assert desk.offered()
    QTest.keyClick(desk.edit, Qt.Key.Key_Up)
    QTest.keyClick(desk.edit, Qt.Key.Key_Return)
    assert len(desk.names()) == 1


def test_a_pasted_list_becomes_chips_and_what_is_none_stays_with_its_reason(desk: Desk) -> None:
    desk.edit.insert("kim@example.com; +1 415 555 9001, nonsense, +14155559001")
    assert [each.person.handle for each in desk.chips()] == ["kim@example.com", KIM]
    assert desk.edit.text() == "nonsense"
    assert desk.says("recipient_says").startswith("Write a phone number")
    assert not desk.send.isEnabled()


def test_going_on_takes_what_is_typed(desk: Desk) -> None:
    desk.type("415 555 9001", Qt.Key.Key_Tab)
    assert [each.person.handle for each in desk.chips()] == [KIM]


def test_chips_are_removed_by_the_keyboard(desk: Desk) -> None:
    desk.type("ana")
    desk.type("kim@example.com")
    QTest.keyClick(desk.edit, Qt.Key.Key_Backspace)
    assert desk.names() == ["Ana Ruiz", "kim@example.com"]
    QTest.keyClick(desk.chips()[1], Qt.Key.Key_Left)
    QTest.keyClick(desk.chips()[0], Qt.Key.Key_Delete)
    assert desk.names() == ["kim@example.com"]
    assert "Delete removes" in desk.chips()[0].accessibleDescription()


def test_a_click_on_the_cross_removes_and_one_elsewhere_does_not(desk: Desk) -> None:
    desk.type("ana")
    chip = desk.chips()[0]
    middle = chip.rect().center()
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=middle)
    assert desk.names() == ["Ana Ruiz"]
    middle.setX(chip.width() - 10)
    QTest.mouseMove(chip, middle)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=middle)
    assert desk.names() == []


def test_what_chats_tell_of_a_service_is_shown_and_others_are_asked_about(desk: Desk) -> None:
    desk.type("ana")
    assert "iMessage" in desk.chips()[0].accessibleName()
    desk.type("+14155559001")
    _, handles, told = desk.wishes.reach_asked[-1]
    assert handles == (KIM,)
    told(KIM, Reach(ReachState.CHECKING))
    assert "checking" in desk.chips()[1].accessibleName()
    told(KIM, Reach(ReachState.KNOWN, Service.SMS))
    assert desk.says("recipient_says") == "Goes by SMS, for +1 415 555 9001 has no iMessage."
    told(KIM, Reach(ReachState.KNOWN))
    assert "cannot be reached" in desk.says("recipient_says")
    told(Handle("+14155550000"), Reach(ReachState.UNKNOWN))
    assert len(desk.chips()) == 2


def test_a_group_can_be_named_and_one_person_not(desk: Desk) -> None:
    name = desk.find(QLineEdit, "group_name")
    desk.type("+14155559001")
    assert not name.isVisible()
    desk.type("kim@example.com")
    assert name.isVisible()
    QTest.keyClicks(name, " Weekend ")
    QTest.keyClick(name, Qt.Key.Key_Return)
    QTest.keyClicks(desk.message, "Hello")
    desk.send.click()
    beginning, contents, _ = desk.wishes.begun[0]
    assert beginning.group_name == "Weekend"
    assert beginning.line == HEALTHY
    assert beginning.to == (KIM, "kim@example.com")
    assert [each.text for each in contents] == ["Hello"]


def test_more_than_31_recipients_cannot_be_written_to(desk: Desk) -> None:
    desk.edit.insert(",".join(f"+1415555{number}" for number in range(9100, 9132)))
    QTest.keyClicks(desk.message, "Hello")
    assert "1 to 31 recipients" in desk.says("recipient_says")
    assert not desk.send.isEnabled()
    QTest.keyClick(desk.chips()[-1], Qt.Key.Key_Delete)
    assert desk.send.isEnabled()


def test_a_chat_over_the_same_line_is_offered_and_written_to(desk: Desk) -> None:
    desk.line.setCurrentIndex(0)
    desk.line.activated.emit(0)
    desk.type("ana")
    assert "You have a chat with" in desk.says("existing_chat_words")
    QTest.keyClicks(desk.message, "See example.com")
    assert desk.says("first_message_words") == ""
    desk.send.click()
    assert desk.wishes.sent[0][:2] == (ANA, "See example.com")
    assert desk.wishes.begun == []


def test_a_link_is_held_at_the_agents_word_and_let_go_again(desk: Desk) -> None:
    desk.type("+14155559001")
    QTest.keyClicks(desk.message, "Hi. See example.com")
    hold = desk.find(QPushButton, "hold_link")
    assert not desk.send.isEnabled()
    QTest.keyClick(desk.message, Qt.Key.Key_Return)
    assert desk.wishes.begun == []
    hold.click()
    assert desk.says("first_half") == "1   Hi."
    assert desk.says("second_half") == "2   See example.com"
    hold.click()
    assert not desk.send.isEnabled()
    hold.click()
    QTest.keyClick(desk.message, Qt.Key.Key_Return)
    assert [each.text for each in desk.wishes.begun[0][1]] == ["Hi.", "See example.com"]


def test_what_could_not_be_kept_stays_in_the_dialog_with_the_reason(desk: Desk) -> None:
    desk.type("+14155559001")
    QTest.keyClicks(desk.message, "Hello")
    desk.send.click()
    done = desk.wishes.begun[0][2]
    desk.send.click()
    assert len(desk.wishes.begun) == 1
    done(None, LocalFaultError("The disk is full"))
    assert desk.says("composer_says") == "This could not be kept for sending. The disk is full."
    assert desk.message.toPlainText() == "Hello"
    assert desk.send.isEnabled()


def test_what_is_safe_is_cleared_and_its_chat_is_opened(desk: Desk, qtbot: QtBot) -> None:
    desk.type("+14155559001")
    QTest.keyClicks(desk.message, "Hello")
    desk.send.click()
    with qtbot.waitSignal(desk.dialog.begun) as begun:
        desk.wishes.begun[0][2](ChatId("new:1"), None)
    assert begun.args == [ChatId("new:1")]
    assert not desk.dialog.isVisible()
    desk.dialog.begin()
    assert desk.names() == []
    assert desk.message.toPlainText() == ""


def test_clear_forgets_everything(desk: Desk) -> None:
    desk.type("ana")
    QTest.keyClicks(desk.message, "Hello")
    desk.find(QPushButton, "clear_new_chat").click()
    assert desk.names() == []
    assert desk.message.toPlainText() == ""
    assert not desk.find(QPushButton, "clear_new_chat").isEnabled()


def test_a_text_that_is_too_long_says_so(desk: Desk, qtbot: QtBot) -> None:
    desk.type("+14155559001")
    desk.message.setPlainText("a" * 10_001)
    qtbot.waitUntil(lambda: "1 characters too many" in desk.says("composer_says"))
    assert not desk.send.isEnabled()


def test_lines_that_become_known_later_are_offered(qtbot: QtBot, cache: Cache, wishes: Wishes) -> None:
    desk = Desk(cache, wishes)
    qtbot.addWidget(desk.window)
    desk.type("+14155559001")
    QTest.keyClicks(desk.message, "Hello")
    assert not desk.send.isEnabled()
    cache.set_lines((Line("1", LINE, line_type=Service.RCS),))
    assert desk.line.currentText() == "+1 415 555 0110 · no iMessage"
    assert desk.send.isEnabled()


def test_a_named_group_of_the_same_people_is_offered_but_not_written_to(desk: Desk) -> None:
    ana = desk.cache.summary(ANA)
    assert ana is not None
    kim = replace(ana.chat.handles[1], handle=KIM)
    group = replace(
        ana.chat, id=ChatId("g"), display_name="Weekend", handles=(*ana.chat.handles, kim), is_group=True
    )
    desk.cache.merge_chats([group])
    desk.line.setCurrentIndex(0)
    desk.line.activated.emit(0)
    desk.type("ana")
    desk.type("+14155559001")
    assert "has exactly these people already" in desk.says("existing_chat_words")
    desk.dialog.set_theme(DARK)
    desk.find(QPushButton, "open_existing_chat").click()
    assert not desk.dialog.isVisible()
    assert desk.names() == ["Ana Ruiz", "+1 415 555 9001"]


def test_decorations_and_service_go_with_the_first_message(desk: Desk) -> None:
    desk.type("+14155559001")
    QTest.keyClicks(desk.message, "Hello")
    desk.message.setFocus()
    desk.message.selectAll()
    QTest.keyClick(desk.message, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    desk.composer.set_preferred_service(Service.IMESSAGE)
    desk.send.click()
    (content,) = desk.wishes.begun[0][1]
    assert content.parts == (OutgoingText("Hello", (Decoration(0, 5, style="bold"),)),)
    assert content.preferred_service is Service.IMESSAGE


def test_an_effect_waits_for_the_second_message(desk: Desk) -> None:
    desk.type("+14155559001")
    QTest.keyClicks(desk.message, "Hello")
    desk.composer.set_effect(Effect("screen", "confetti"))
    assert "cannot have an effect" in desk.says("first_message_words")
    assert not desk.send.isEnabled()
    desk.find(QPushButton, "drop_effect").click()
    assert desk.says("first_message_words") == ""
    assert desk.send.isEnabled()


def test_an_effect_goes_with_the_link_that_is_held(desk: Desk) -> None:
    desk.type("+14155559001")
    QTest.keyClicks(desk.message, "Hi. See example.com")
    desk.composer.set_effect(Effect("screen", "confetti"))
    desk.find(QPushButton, "hold_link").click()
    assert not desk.find(QPushButton, "drop_effect").isVisible()
    desk.send.click()
    first, second = desk.wishes.begun[0][1]
    assert first.effect is None
    assert second.effect == Effect("screen", "confetti")


def test_what_will_arrive_follows_how_the_recipient_is_reached(desk: Desk) -> None:
    said = desk.composer.sending.line
    assert said.words.replace("\u2068", "").replace("\u2069", "").startswith("To whom you choose above")
    desk.type("+14155559001")
    _, _, told = desk.wishes.reach_asked[-1]
    QTest.keyClicks(desk.message, "Hello")
    told(KIM, Reach(ReachState.KNOWN, Service.SMS))
    assert said.words.startswith("SMS: 5 of 160")
    told(KIM, Reach(ReachState.KNOWN, Service.IMESSAGE))
    assert said.words == "iMessage: arrives as you see it"


def test_an_emoji_is_completed_in_the_first_message(desk: Desk) -> None:
    with_focus = desk.message
    with_focus.setFocus()
    QTest.keyClicks(with_focus, "Well done :tada:")
    assert with_focus.toPlainText() == "Well done 🎉"


def test_who_refused_messages_over_any_line_is_not_written_to(desk: Desk) -> None:
    refusal = a_message("m", 3, text="STOP")
    desk.cache.merge_messages(ANA, [refusal], desk.cache.next_sequence())
    assert desk.line.currentText().startswith("+1 415 555 0120")
    QTest.keyClicks(desk.message, "Hello")
    desk.type("ana")
    assert "STOP" in desk.says("composer_says")
    assert not desk.send.isEnabled()
    assert desk.message.isReadOnly()
    assert desk.message.toPlainText() == "Hello"
    desk.type("kim@example.com")
    assert desk.send.isEnabled()


def test_a_line_that_is_critical_is_used_by_a_second_press(desk: Desk) -> None:
    desk.type("+14155559001")
    QTest.keyClicks(desk.message, "Hello")
    desk.send.click()
    desk.wishes.begun[0][2](None, HeldBackError(is_line_critical=True))
    assert "This line is critical" in desk.says("gate_words")
    assert desk.dialog.isVisible()
    desk.send.click()
    assert [each.accepts_risk for each in desk.wishes.terms] == [False, True]


def test_what_was_accepted_for_one_is_asked_again_for_another(desk: Desk) -> None:
    desk.type("+14155559001")
    QTest.keyClicks(desk.message, "Hello")
    desk.send.click()
    desk.wishes.begun[0][2](None, HeldBackError(is_line_critical=True))
    desk.type("kim@example.com")
    assert desk.says("gate_words") == ""
    desk.send.click()
    assert not desk.wishes.terms[-1].accepts_risk


def test_a_chat_over_another_line_is_told_of_and_can_be_opened(desk: Desk, qtbot: QtBot) -> None:
    desk.line.setCurrentIndex(1)
    desk.line.activated.emit(1)
    desk.type("ana")
    assert "Sending begins another" in desk.says("existing_chat_words")
    QTest.keyClicks(desk.message, "Hello")
    assert desk.send.isEnabled()
    with qtbot.waitSignal(desk.dialog.existing_wanted) as wanted:
        desk.find(QPushButton, "open_existing_chat").click()
    assert wanted.args == [ANA]


def test_what_is_written_to_whom_is_kept_and_taken_up(desk: Desk, qtbot: QtBot) -> None:
    desk.line.setCurrentIndex(0)
    desk.line.activated.emit(0)
    desk.type("+14155559001")
    desk.type("kim@example.com")
    QTest.keyClicks(desk.find(QLineEdit, "group_name"), "Weekend")
    QTest.keyClicks(desk.message, "Hello")
    desk.composer.set_effect(Effect("screen", "confetti"))
    desk.dialog.reject()
    kept = desk.cache.draft(UNBEGUN)
    assert kept is not None
    assert kept.begins == Beginning(LINE, (KIM, Handle("kim@example.com")), "Weekend")

    again = Desk(desk.cache, desk.wishes)
    qtbot.addWidget(again.window)
    assert again.line.currentText().startswith("+1 415 555 0110")
    assert [each.person.handle for each in again.chips()] == [KIM, "kim@example.com"]
    assert again.find(QLineEdit, "group_name").text() == "Weekend"
    assert again.message.toPlainText() == "Hello"
    assert again.composer.draft().effect == Effect("screen", "confetti")
    again.find(QPushButton, "clear_new_chat").click()
    assert again.cache.draft(UNBEGUN) is None


def test_a_file_that_was_being_copied_when_the_dialog_closed_is_there_when_it_opens(desk: Desk) -> None:
    first, second = a_file("one.pdf"), a_file("two.pdf")
    QTest.keyClicks(desk.message, "Both of them")
    desk.composer.take_files([Path("one.pdf"), Path("two.pdf")])
    ((_, told),) = desk.wishes.files.taking
    desk.dialog.reject()
    told(Taken(0, first))
    desk.dialog.begin()
    told(Taken(1, second))
    assert desk.composer.draft().files == (first, second)
    assert desk.message.toPlainText() == "Both of them"
    desk.dialog.reject()
    kept = desk.cache.draft(UNBEGUN)
    assert kept is not None
    assert kept.files == (first, second)


def test_a_message_is_not_sent_without_the_file_that_is_still_copied(desk: Desk) -> None:
    desk.type("+14155559001")
    QTest.keyClicks(desk.message, "Both of them")
    desk.composer.take_files([Path("one.pdf")])
    desk.dialog.reject()
    desk.dialog.begin()
    desk.send.click()
    assert desk.wishes.begun == []
    assert "Still copying" in desk.says("composer_says")


def test_a_file_that_arrives_after_clear_is_not_sent_to_somebody_else(desk: Desk) -> None:
    desk.type("ana")
    desk.composer.take_files([Path("one.pdf")])
    ((_, told),) = desk.wishes.files.taking
    desk.find(QPushButton, "clear_new_chat").click()
    told(Taken(0, a_file("one.pdf")))
    assert desk.composer.draft().files == ()
    desk.dialog.reject()
    assert desk.cache.draft(UNBEGUN) is None


def test_what_is_sent_is_kept_no_longer(desk: Desk) -> None:
    desk.type("+14155559001")
    QTest.keyClicks(desk.message, "Hello")
    desk.dialog.reject()
    assert desk.cache.draft(UNBEGUN) is not None
    desk.dialog.begin()
    assert desk.message.toPlainText() == "Hello"
    desk.send.click()
    desk.wishes.begun[0][2](ChatId("new:1"), None)
    assert desk.cache.draft(UNBEGUN) is None


def test_what_is_written_while_a_message_goes_is_not_lost_with_it(desk: Desk) -> None:
    desk.type("+14155559001")
    QTest.keyClicks(desk.message, "Hello")
    desk.send.click()
    QTest.keyClicks(desk.message, " and more")
    desk.wishes.begun[0][2](ChatId("new:1"), None)
    kept = desk.cache.draft(UNBEGUN)
    assert kept is not None
    assert kept.text == " and more"
    desk.dialog.begin()
    assert desk.message.toPlainText() == " and more"
    assert desk.names() == []


def test_the_settings_hold_in_the_dialog_too(desk: Desk) -> None:
    desk.dialog.reject()
    desk.ways.enter_sends = False
    desk.dialog.begin()
    desk.type("+14155559001")
    QTest.keyClicks(desk.message, "Hello")
    QTest.keyClick(desk.message, Qt.Key.Key_Return)
    assert desk.wishes.begun == []
    QTest.keyClick(desk.message, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(desk.wishes.begun) == 1


def test_pickers_open_inside_the_dialog(desk: Desk) -> None:
    QTest.keyClick(desk.message, Qt.Key.Key_E, _CTRL | Qt.KeyboardModifier.ShiftModifier)
    picker = desk.find(QWidget, "effects_popover")
    assert picker.isVisible()
    assert desk.dialog.rect().adjusted(-16, -16, 16, 16).contains(picker.geometry())
    QTest.keyClick(desk.dialog.focusWidget(), Qt.Key.Key_Escape)
    assert not picker.isVisible()
    assert desk.dialog.isVisible()
