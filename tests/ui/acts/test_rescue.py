"""What the agent does about messages that did not arrive."""

from dataclasses import replace

from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from linqdesk.domain.decorations import Decoration
from linqdesk.domain.delivery import Delivery
from linqdesk.domain.errors import LocalFaultError, NotAllowedError
from linqdesk.domain.message import Effect, TextPart
from linqdesk.domain.outgoing import Content, OutgoingState, OutgoingText
from linqdesk.domain.send_gate import HeldBackError, SendTerms
from linqdesk.domain.service import Service
from linqdesk.ui.panels.question_dialog import QuestionDialog
from tests.store.messages import ANA, a_message, a_send
from tests.ui.acts.conftest import Desk

FAILED = replace(
    a_message("failed", 9, is_mine=True, delivery=Delivery.FAILED),
    parts=(TextPart("See you", (Decoration(0, 3, "bold"),)),),
    effect=Effect("bubble", "slam"),
    service=Service.IMESSAGE,
)
PLAIN = Content((OutgoingText("See you"),), preferred_service=Service.SMS)


def _press(desk: Desk, name: str) -> None:
    buttons = [each for each in desk.view.findChildren(QPushButton, name) if each.isVisible()]
    buttons[0].click()


def _has(desk: Desk, name: str) -> bool:
    return any(each.isVisible() for each in desk.view.findChildren(QPushButton, name))


def test_a_failed_message_is_sent_once_as_sms_however_often_that_is_pressed(at_desk: Desk) -> None:
    at_desk.tell(FAILED)
    _press(at_desk, "send_as_sms")
    _press(at_desk, "send_as_sms")
    assert at_desk.wishes.contents == [PLAIN]
    at_desk.wishes.sent[0][2](None)
    assert not at_desk.wishes.discarded


def test_a_failed_message_is_sent_again_as_it_was(at_desk: Desk) -> None:
    at_desk.tell(FAILED)
    _press(at_desk, "retry")
    again = at_desk.wishes.contents[0]
    assert again.parts == (OutgoingText("See you", (Decoration(0, 3, "bold"),)),)
    assert again.effect == FAILED.effect


def test_the_gate_is_asked_for_what_is_sent_again_too(at_desk: Desk) -> None:
    at_desk.tell(FAILED)
    _press(at_desk, "send_as_sms")
    at_desk.wishes.sent[0][2](HeldBackError(is_critical=True))
    question = next(each for each in at_desk.view.findChildren(QuestionDialog) if each.isVisible())
    question.press("Send")
    assert at_desk.wishes.terms == [SendTerms(), SendTerms(accepts_risk=True)]


def test_what_could_not_be_kept_is_said_and_may_be_tried_again(at_desk: Desk) -> None:
    at_desk.tell(FAILED)
    _press(at_desk, "send_as_sms")
    at_desk.wishes.sent[0][2](LocalFaultError("The disk is full."))
    assert "The disk is full" in at_desk.notice()
    _press(at_desk, "send_as_sms")
    assert len(at_desk.wishes.sent) == 2


def test_discarding_what_linq_knows_asks_first(at_desk: Desk) -> None:
    at_desk.tell(FAILED)
    _press(at_desk, "discard")
    question = next(each for each in at_desk.view.findChildren(QuestionDialog) if each.isVisible())
    assert not at_desk.wishes.deleted
    question.press("Delete")
    assert [name for name, _ in at_desk.wishes.deleted] == ["failed"]
    assert not _has(at_desk, "discard")


def test_why_names_the_message_for_linqs_support(at_desk: Desk) -> None:
    at_desk.tell(FAILED)
    _press(at_desk, "why")
    popup = next(each for each in at_desk.view.findChildren(QDialog, "reasons") if each.isVisible())
    words = " ".join(each.text() for each in popup.findChildren(QLabel))
    assert "Linq does not say why" in words
    assert "Message failed" in words


def test_an_unsent_message_goes_from_the_outbox_only_when_its_twin_is_safe(at_desk: Desk) -> None:
    failure = NotAllowedError("no")
    at_desk.cache.add_outgoing(replace(a_send("local", OutgoingState.FAILED), failure=failure))
    _press(at_desk, "send_as_sms")
    assert not at_desk.wishes.discarded
    at_desk.wishes.sent[0][2](None)
    assert at_desk.wishes.discarded == ["local"]


def test_the_menu_has_what_the_buttons_have(at_desk: Desk) -> None:
    failure = NotAllowedError("no")
    at_desk.cache.add_outgoing(replace(a_send("local", OutgoingState.FAILED), failure=failure))
    row = at_desk.view.messages.row_at(at_desk.position("local"))
    assert row.content.chat_id == ANA
    labels = [each.label for each in at_desk.desk.entries_of_unsent(row) if each is not None]
    assert labels[:5] == ["Why…", "Retry", "Edit", "Send as SMS", "Discard"]


def test_a_narrow_column_spares_what_the_menu_has(at_desk: Desk) -> None:
    at_desk.tell(FAILED)
    at_desk.view.resize(280, 600)
    assert not _has(at_desk, "why")
    for name in ("retry", "send_as_sms", "discard"):
        shown = next(each for each in at_desk.view.findChildren(QPushButton, name) if each.isVisible())
        assert shown.geometry().left() >= 0
