"""The states of the composer: how each comes about, and what an agent then reads."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from linqdesk.domain.canned import CannedReply
from linqdesk.domain.capability import Reach, ReachState
from linqdesk.domain.chat import HealthStatus
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.errors import ApiDetails, RequestRejectedError
from linqdesk.domain.ids import LocalId
from linqdesk.domain.message import Effect, ReplyTo
from linqdesk.domain.outgoing import Content, OutgoingMessage, OutgoingState, OutgoingText
from linqdesk.domain.outgoing_files import DraftFile
from linqdesk.domain.send_gate import HeldBackError
from linqdesk.domain.service import Service
from linqdesk.ui.composer.composer import Composer
from tests.looks.quiet_shelf import QuietShelf
from tests.looks.stage import ANA, LINE, TOM, Stage, a_file, a_message
from tests.looks.states import State

_CONFETTI = Effect("screen", "confetti")
_SHIPPED = CannedReply(
    "shipped", "Hello {name}, order {number} left today.", (Decoration(0, 12, style="bold"),), _CONFETTI
)
_HOURS = CannedReply("hours", "We are here from 9 to 18, on Saturdays until 14.")
_PRICES = CannedReply("prices", "Our prices are in the file.", files=("canned files/prices.pdf",))


def _decorate(stage: Stage, start: int, end: int) -> None:
    cursor = stage.composer.edit.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    stage.composer.edit.setTextCursor(cursor)


def _empty(stage: Stage) -> None:
    stage.composer.edit.setFocus()


def _decorated(stage: Stage) -> None:
    stage.type("Happy birthday to her! See you at 5, do not be late.")
    decorator = stage.composer.decorator
    for start, end, style in ((0, 5, "bold"), (23, 26, "underline"), (37, 51, "strikethrough")):
        _decorate(stage, start, end)
        decorator.toggle_style(style)
    _decorate(stage, 6, 14)
    decorator.toggle_animation("ripple")


def _with_effect(stage: Stage) -> None:
    stage.type("Congratulations!")
    stage.composer.set_effect(_CONFETTI)


def _imessage_only(stage: Stage) -> None:
    stage.type("This one is for iMessage alone.")
    stage.composer.set_preferred_service(Service.IMESSAGE)


def _by_sms(stage: Stage) -> None:
    _decorated(stage)
    stage.press(Qt.Key.Key_End)
    stage.composer.set_effect(_CONFETTI)
    stage.composer.set_preferred_service(Service.SMS)


def _link(stage: Stage) -> None:
    stage.type("https://shop.example/orders/4711")


def _reply(stage: Stage) -> None:
    asked = stage.say(ANA, "And could you wrap it, with a long card that says who it is from?", minutes_ago=2)
    stage.composer.set_reply_to(ReplyTo(asked.id))
    stage.type("Of course")


def _parts(stage: Stage) -> None:
    stage.type("Both, and the invoice:")
    for name, kind, size in (
        ("lake.jpg", "image/jpeg", 412_000),
        ("a very long name of an invoice for the order 4711.pdf", "application/pdf", 88_000),
    ):
        stage.composer.add_to_tray(ANA, DraftFile(a_file(name, kind, size)))


def _emoji(stage: Stage) -> None:
    stage.window.area.build().emoji.toggle_picker()


def _effects(stage: Stage) -> None:
    stage.type("Congratulations!")
    stage.window.area.build().effects.toggle_picker()


def _offer_replies(stage: Stage) -> None:
    stage.window.area.set_canned(QuietShelf((_SHIPPED, _HOURS, _PRICES)))


def _canned_list(stage: Stage) -> None:
    _offer_replies(stage)
    stage.type("/")


def _canned_fields(stage: Stage) -> None:
    _offer_replies(stage)
    stage.type("/ship")
    stage.press(Qt.Key.Key_Tab)


def _draft_in_list(stage: Stage) -> None:
    stage.type("I will look it up and")
    stage.composer.keep()
    stage.window.open_chat(TOM)


def _new_chat(stage: Stage) -> None:
    stage.window.chats.new_chat_button.click()
    dialog = stage.window.findChild(QLineEdit, "recipients")
    assert isinstance(dialog, QLineEdit)
    for who in ("+1 415 555 9001", "kim.park@example.com", "ana"):
        QTest.keyClicks(dialog, who)
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    for _, handles, told in list(stage.wishes.reach_asked):
        for each in handles:
            told(each, Reach(ReachState.KNOWN, Service.IMESSAGE))
    first = dialog.window().findChild(Composer, "composer")
    assert isinstance(first, Composer)
    QTest.keyClicks(first.edit, "Your table is ready: https://shop.example/t/7")


def _hold(stage: Stage, error: HeldBackError) -> None:
    stage.type("I have asked the warehouse.")
    stage.press(Qt.Key.Key_Return)
    _, _, done = stage.wishes.sent[-1]
    done(error)


def _critical(stage: Stage) -> None:
    stage.judge(HealthStatus.CRITICAL)
    _hold(stage, HeldBackError(is_critical=True))


def _colleague(stage: Stage) -> None:
    answer = a_message(ANA, "Kim here: it is on the van already, you get it before noon.", 0.4, is_mine=True)
    _hold(stage, HeldBackError(answer=answer))


def _opted_out(stage: Stage) -> None:
    stage.type("One more thing")
    stage.judge(HealthStatus.OPTED_OUT)


def _stopped(stage: Stage) -> None:
    stage.type("One more thing")
    stage.say(ANA, "STOP")


def _editing(stage: Stage) -> None:
    stage.say(ANA, "It ships todya.", minutes_ago=1.2, is_mine=True)
    stage.press(Qt.Key.Key_Up)
    stage.press(Qt.Key.Key_End)
    stage.press(Qt.Key.Key_Backspace)


def _refused(stage: Stage) -> None:
    content = Content((OutgoingText("See https://shop.example/t/7"),))
    refusal = RequestRejectedError("", ApiDetails(status=400, code=1005))
    sent = a_message(ANA, "", 0).created_at
    stage.cache.add_outgoing(
        OutgoingMessage(LocalId("refused"), ANA, LINE, sent, content, OutgoingState.FAILED, refusal, 1)
    )


def _too_long(stage: Stage) -> None:
    stage.composer.edit.setPlainText("All of it. " * 910)


STATES = (
    State("empty", _empty, ("To \u2068Ana Ruiz\u2069 by iMessage",)),
    State("decorated", _decorated, ()),
    State("effect", _with_effect, ("Confetti",)),
    State("imessage-only", _imessage_only, ("iMessage only",)),
    State("by-sms", _by_sms, ("not arrive", "Confetti")),
    State("link", _link, ("card",)),
    State("reply", _reply, ("And could you wrap it",)),
    State("parts", _parts, ("2 files", "Remove all")),
    State("emoji", _emoji, ()),
    State("effects", _effects, ("Bubble", "Screen")),
    State("canned-list", _canned_list, ("/shipped: Hello {name}, order {number} left today.", "1 file")),
    State("canned-fields", _canned_fields, ("To fill in, by Tab: {number}", "Confetti")),
    State(
        "draft-in-list", _draft_in_list, ("To \u2068Tom Becker\u2069 by SMS", "draft: I will look it up and")
    ),
    State("new-chat", _new_chat, ("kim.park@example.com", "New chat")),
    State("critical", _critical, ("Send anyway", "Not now")),
    State("colleague", _colleague, ("Somebody else answered", "Kim here", "Look first")),
    State("opted-out", _opted_out, ("opted out",)),
    State("stopped", _stopped, ("“STOP”",)),
    State("editing", _editing, ("Edit", "left")),
    State("refused", _refused, ("a first message must not hold a link",)),
    State("too-long", _too_long, ("too many",)),
)
